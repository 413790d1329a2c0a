namespace MattermostLearning.Content.Markdown;

/// <summary>What a heading says, without its signs.</summary>
internal static class HeadingText
{
    public static string Of(ReadOnlySpan<char> markdown) => markdown.TrimStart().TrimStart('#').Trim().TrimEnd('#').TrimEnd().ToString();
}
