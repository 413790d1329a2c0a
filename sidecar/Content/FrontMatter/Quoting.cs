namespace MattermostLearning.Content.FrontMatter;

internal static class Quoting
{
    private const int LongestShown = 200;

    /// <summary>As findings show it.</summary>
    public static string Quoted(string text) => Whole(text.Length > LongestShown ? text[..LongestShown] + "..." : text);

    public static string Whole(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The line as it must be written; without a key, an item of a list.</summary>
    public static string Line(string? key, string text) => key is null ? $"- {Quoted(text)}" : $"{key}: {Quoted(text)}";
}
