using System.Text.RegularExpressions;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>The first line of a message, for lists.</summary>
internal static partial class Headlines
{
    private const int Longest = 72;

    public static string Of(string markdown)
    {
        var line = markdown.Split('\n').Select(Plain).FirstOrDefault(one => one.Length > 0) ?? "";
        if (line.Length <= Longest)
            return line;
        var cut = line.LastIndexOf(' ', Longest - 1);
        return $"{line[..(cut > Longest / 2 ? cut : Longest - 1)]}\u2026";
    }

    /// <summary>A whole message without links, for where none leads anywhere.</summary>
    public static string WithoutLinks(string markdown) => Link().Replace(markdown, "$1");

    private static string Plain(string line) => Marks().Replace(Link().Replace(line, "$1"), "").Trim();

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*|__|`|^#+\s+|^>\s*|(?<!\w)_|_(?!\w)")]
    private static partial Regex Marks();
}
