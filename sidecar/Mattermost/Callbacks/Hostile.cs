using System.Text.Json;

namespace MattermostLearning.Mattermost.Callbacks;

/// <summary>Reading what anybody may have sent: wrong types read as missing, long texts as wrong, nothing throws.</summary>
internal static class Hostile
{
    /// <summary>UTF-16 units of one value; a message of the longest kind in the widest characters fits.</summary>
    public const int LongestText = 64 * 1024;

    /// <summary>A JSON object all of whose names and strings are text; null for everything else.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                Touch(document.RootElement);
                return document;
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or half of a surrogate pair or broken UTF-8 in a string, which only shows on reading.
        }
        document?.Dispose();
        return null;
    }

    public static string Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return "";
        return String(value) ?? "";
    }

    public static bool Flag(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static string Text(IReadOnlyDictionary<string, string> form, string name) =>
        form.TryGetValue(name, out var value) && value is { Length: <= LongestText } ? value : "";

    /// <summary>A string's value; null when it is none or too long.</summary>
    public static string? String(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestText } text ? text : null;

    public static bool IsIdOrEmpty(string text) => text.Length == 0 || MattermostId.IsValid(text);

    public static string[] List(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Touch(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Touch(item);
                break;
            case JsonValueKind.Object:
                foreach (var entry in element.EnumerateObject())
                {
                    _ = entry.Name;
                    Touch(entry.Value);
                }
                break;
        }
    }
}
