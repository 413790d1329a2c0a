using System.Text.Json;

namespace MattermostLearning.Sidecar.Options;

/// <summary>
/// `mattermost.json` in the data folder: settings that setup wrote, weaker than environment and command line. It may come, change and go
/// while the sidecar runs.
/// </summary>
internal sealed class SetupFile(string path) : ConfigurationProvider, IConfigurationSource
{
    public const string Name = "mattermost.json";
    private const int LongestFile = 64 * 1024;

    private byte[] _seen = [];

    public string FilePath => path;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Reads what is there at start.</summary>
    /// <exception cref="CannotStartException">It is there and cannot be read.</exception>
    public override void Load()
    {
        if (Refresh(out _) is { } problem)
            throw new CannotStartException(problem);
    }

    /// <summary>Reads the file again. What it held stays in force when the new content cannot be read.</summary>
    /// <param name="changed">There is other content than before.</param>
    /// <returns>What is wrong, without any content; null when all is well.</returns>
    public string? Refresh(out bool changed)
    {
        changed = false;
        try
        {
            var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
            if (bytes.AsSpan().SequenceEqual(_seen))
                return null;
            if (bytes.Length > LongestFile)
                return $"{path} is longer than {LongestFile} bytes, so it is not read.";
            Data = Flatten(bytes);
            _seen = bytes;
            changed = true;
            return null;
        }
        catch (JsonException e)
        {
            return $"{path} is not JSON (line {e.LineNumber + 1}): it should look like {{\"Mattermost\": {{\"BotToken\": \"...\", \"CommandTokens\": \"...\"}}}}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {e.Message}";
        }
    }

    private static Dictionary<string, string?> Flatten(byte[] json)
    {
        var flat = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (json.Length == 0)
            return flat;
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("An object is expected.", null, 0, 0);
        Add("", document.RootElement);
        return flat;

        void Add(string key, JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                        Add(Join(key, property.Name.Replace("__", ":", StringComparison.Ordinal)), property.Value);
                    break;
                case JsonValueKind.Array:
                    foreach (var (index, item) in element.EnumerateArray().Index())
                        Add(Join(key, index.ToString(System.Globalization.CultureInfo.InvariantCulture)), item);
                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    flat[key] = element.ToString();
                    break;
            }
        }

        static string Join(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";
    }
}
