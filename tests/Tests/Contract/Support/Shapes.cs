using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MattermostLearning.Tests.Contract.Support;

/// <summary>
/// Names and JSON types of a real server's answers, kept as files beside the suite. A run on a real server with
/// <c>MATTERMOST_TEST_RECORD=1</c> writes them; every other run is compared with them, the stand-in's above all.
/// </summary>
/// <remarks>
/// In a file, <c>"name?"</c> is a field that is sometimes absent, <c>"*"</c> stands for keys that are ids, and an array holds the shape
/// of its items. What integrations choose freely (props, contexts) is not looked into.
/// </remarks>
public static class Shapes
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, JsonNode?> Recorded = [];
    private static readonly Dictionary<string, JsonNode?> Known = [];
    private static readonly HashSet<string> Free = ["props", "context", "notify_props", "channel_mentions"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Check(ContractServer server, string name, JsonNode json)
    {
        ArgumentNullException.ThrowIfNull(server);
        var shape = Of(json);
        lock (Gate)
        {
            if (server.Records)
            {
                Recorded[name] = Recorded.TryGetValue(name, out var before) ? Merge(before, shape) : shape;
                return;
            }

            if (!Known.TryGetValue(name, out var known))
            {
                // Only versions that were recorded can be compared; the newest of them stands for the stand-in's default.
                var file = Path.Combine(Folder(), "5.38", name + ".json");
                Known[name] = known = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) : throw new InvalidOperationException($"No shape \"{name}\" was recorded: run on a real server with MATTERMOST_TEST_RECORD=1.");
            }

            var wrong = new List<string>();
            Compare(known, shape, name, wrong);
            wrong.ShouldBeEmpty($"{server.GetType().Name} answers otherwise than the real server: {json.ToJsonString()}");
        }
    }

    public static void Save(ContractServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (!server.Records)
            return;
        lock (Gate)
        {
            var folder = Path.Combine(Folder(), server.Version);
            Directory.CreateDirectory(folder);
            foreach (var (name, recorded) in Recorded)
            {
                var file = Path.Combine(folder, name + ".json");
                var shape = File.Exists(file) ? Merge(JsonNode.Parse(File.ReadAllText(file)), recorded) : recorded;
                File.WriteAllText(file, Sorted(shape)!.ToJsonString(Indented) + "\n");
            }
        }
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Shapes");

    private static JsonNode? Of(JsonNode? json) => json switch
    {
        JsonObject o when o.Count > 0 && o.All(p => IsId(p.Key)) => new JsonObject { ["*"] = o.Select(p => Of(p.Value)).Aggregate(Merge) },
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Free.Contains(p.Key) && p.Value is JsonObject ? "object" : Of(p.Value)))),
        JsonArray a => a.Count == 0 ? new JsonArray() : new JsonArray(a.Select(Of).Aggregate(Merge)),
        null => "null",
        _ => json.GetValueKind() switch { JsonValueKind.String => "string", JsonValueKind.Number => "number", _ => "boolean" },
    };

    private static bool IsId(string key) => key.Length == 26 && key.All(char.IsAsciiLetterOrDigit);

    private static JsonNode? Merge(JsonNode? one, JsonNode? other)
    {
        if (one is JsonObject a && other is JsonObject b)
        {
            var merged = new JsonObject();
            foreach (var key in a.Concat(b).Select(p => p.Key.TrimEnd('?')).Distinct().ToList())
            {
                var (x, y) = (a[key] ?? a[key + "?"], b[key] ?? b[key + "?"]);
                var isOptional = x is null || y is null || a.ContainsKey(key + "?") || b.ContainsKey(key + "?");
                merged[isOptional ? key + "?" : key] = x is null ? y!.DeepClone() : y is null ? x.DeepClone() : Merge(x, y);
            }

            return merged;
        }

        if (one is JsonArray m && other is JsonArray n)
            return m.Count == 0 ? n.DeepClone() : n.Count == 0 ? m.DeepClone() : new JsonArray(Merge(m[0], n[0]));
        if (one is JsonObject or JsonArray && other is JsonValue)
            return one.DeepClone();
        if (other is JsonObject or JsonArray)
            return other.DeepClone();
        return string.Join('|', Types(one).Union(Types(other)).Order(StringComparer.Ordinal));
    }

    private static string[] Types(JsonNode? shape) => shape!.GetValue<string>().Split('|');

    private static void Compare(JsonNode? known, JsonNode? shape, string path, List<string> wrong)
    {
        switch (known, shape)
        {
            case (JsonObject k, JsonObject s):
                foreach (var (key, expected) in k)
                {
                    if (s[key.TrimEnd('?')] is { } actual)
                        Compare(expected, actual, $"{path}.{key.TrimEnd('?')}", wrong);
                    else if (!key.EndsWith('?') && key != "*")
                        wrong.Add($"{path}.{key} is missing");
                }

                wrong.AddRange(s.Select(p => p.Key).Where(key => !k.ContainsKey(key) && !k.ContainsKey(key + "?")).Select(key => $"{path}.{key} is not sent by the real server"));
                break;
            case (JsonArray k, JsonArray s):
                if (k.Count > 0 && s.Count > 0)
                    Compare(k[0], s[0], path + "[]", wrong);
                break;
            case (JsonObject or JsonArray, JsonValue v) when v.GetValue<string>() == "null":
                break;
            case (JsonValue, JsonValue):
                if (Types(shape).Except(Types(known)).Any())
                    wrong.Add($"{path} is {shape} and not {known}");
                break;
            default:
                if (!(known is JsonValue free && free.GetValue<string>().Contains("object", StringComparison.Ordinal)))
                    wrong.Add($"{path} is {shape?.GetType().Name} and not {known?.GetType().Name}");
                break;
        }
    }

    private static JsonNode? Sorted(JsonNode? shape) => shape switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => shape?.DeepClone(),
    };
}
