using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>One request, whether it came over HTTP or from <see cref="Person"/>.</summary>
internal sealed class Call
{
    private JsonNode? _json;
    private bool _read;

    public required string Method { get; init; }

    /// <summary>Below <c>/api/v4</c>, without the query.</summary>
    public required string Path { get; init; }

    public required User? Caller { get; init; }

    public string Token { get; init; } = "";

    public string RequestId { get; init; } = "";

    public byte[] Body { get; init; } = [];

    public string ContentType { get; init; } = "";

    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the server is busy saving the post of this request; a fault that tests ask for.</summary>
    public TimeSpan SaveTakes { get; init; }

    public Dictionary<string, string> Route { get; } = [];

    /// <summary>Who is signed in.</summary>
    public User Me => Caller ?? throw Refusal.SessionExpired();

    public JsonNode? Json
    {
        get
        {
            if (!_read)
            {
                _read = true;
                try
                {
                    _json = Body.Length == 0 ? null : JsonNode.Parse(Body);
                }
                catch (JsonException)
                {
                    _json = null;
                }
            }

            return _json;
        }
    }

    public JsonObject Object(string name) => Json as JsonObject ?? throw Refusal.BadBody(name);

    public IReadOnlyList<string> Strings(string name) =>
        Json is JsonArray array ? [.. array.Select(n => n.AsText())] : throw Refusal.BadBody(name);

    public int Page => Query.TryGetValue("page", out var text) && int.TryParse(text, out var page) && page > 0 ? page : 0;

    /// <summary>60 unless asked, 200 at most whatever is asked.</summary>
    public int PerPage => Query.TryGetValue("per_page", out var text) && int.TryParse(text, out var size) && size >= 0 ? Math.Min(size, 200) : 60;

    public string Ask(string name) => Query.GetValueOrDefault(name, "");

    public IEnumerable<T> PageOf<T>(IEnumerable<T> all) => all.Skip(Page * PerPage).Take(PerPage);
}

/// <summary>What is answered: JSON, or bytes of some other type.</summary>
internal sealed record Answer(int Status, JsonNode? Json)
{
    public byte[]? Bytes { get; init; }

    /// <summary>The JSON, where it has been written already.</summary>
    public string? Text { get; init; }

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Answer Ok(JsonNode? json) => new(200, json);

    public static Answer Created(JsonNode json) => new(201, json);

    public static Answer Done() => new(200, new JsonObject { ["status"] = "OK" });

    public static Answer Many(IEnumerable<JsonNode> items) => new(200, new JsonArray([.. items]));

    public byte[] ToBytes() => Bytes ?? (Text is null ? Json.ToBytes() : Encoding.UTF8.GetBytes(Text));
}

internal sealed class Routes
{
    private readonly Dictionary<(string Method, int Segments), List<Entry>> _entries = [];

    private readonly record struct Entry(string[] Pattern, bool Anonymous, Func<Call, Task<Answer>> Handler);

    public void Add(string method, string pattern, Func<Call, Task<Answer>> handler, bool anonymous = false)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!_entries.TryGetValue((method, parts.Length), out var list))
            _entries[(method, parts.Length)] = list = [];
        list.Add(new Entry(parts, anonymous, handler));
    }

    public Task<Answer> Dispatch(Call call)
    {
        var parts = call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (_entries.TryGetValue((call.Method, parts.Length), out var list))
        {
            foreach (var entry in list.Where(e => Matches(e.Pattern, parts)))
                return Run(entry, parts, call);
        }

        throw new Refusal(404, Refusal.NoSuchAddress, "Sorry, we could not find the page.");
    }

    private static bool Matches(string[] pattern, string[] parts)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "{action_id}" ? !parts[i].All(char.IsAsciiLetterOrDigit) : pattern[i][0] != '{' && pattern[i] != parts[i])
                return false;
        }

        return true;
    }

    private static Task<Answer> Run(Entry entry, string[] parts, Call call)
    {
        if (!entry.Anonymous)
            _ = call.Me;
        for (var i = 0; i < parts.Length; i++)
        {
            if (entry.Pattern[i][0] != '{')
                continue;
            var name = entry.Pattern[i].Trim('{', '}');
            var value = Uri.UnescapeDataString(parts[i]);
            if (name == "user_id" && value == "me")
                value = call.Me.Id;
            if (name.EndsWith("_id", StringComparison.Ordinal) && name != "action_id" && !Ids.IsValid(value))
                throw Refusal.BadUrl(name);
            call.Route[name] = value;
        }

        return entry.Handler(call);
    }
}
