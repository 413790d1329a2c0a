using System.Text.RegularExpressions;

namespace MattermostLearning.Content.Design;

/// <summary>What other editors make something of, and Mattermost shows as it is typed.</summary>
internal static partial class ForeignSigns
{
    /// <summary>Null where there is none. Code is meant to be read as it stands.</summary>
    public static (string Sign, string Help)? Find(string markdown)
    {
        if (Sign().Match(Code().Replace(markdown, "")) is not { Success: true } found)
            return null;
        var help = found switch
        {
            _ when found.Groups["box"].Success => "Begin it with a word in bold: `> **Note:** ...`.",
            _ when found.Groups["footnote"].Success => "Say it in the sentence, in brackets, or as a link.",
            _ when found.Groups["marked"].Success => "Two asterisks on each side make it bold: `**word**`.",
            _ when found.Groups["picture"].Success => "Write `![What matters in it](picture.png)`.",
            _ when found.Groups["page"].Success => "Write a link with its address: `[text](https://example.org)`.",
            _ when found.Groups["heading"].Success => "A heading within a text is `### A small heading`.",
            _ => "Take it away, or say it in Markdown.",
        };
        return (found.Value.Trim(), help);
    }

    [GeneratedRegex(@"^[ \t]*(?<fence>```+|~~~+).*?(?:^[ \t]*\k<fence>|\z)|`+[^`\n]*`+", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(
        @"(?<box>\[!(?:note|tip|info|warning|important|caution)\]|^:::\s*\w+)|(?<footnote>\[\^\w+\])|(?<marked>(?<![=\w])==[^=\s][^=\n]*==(?![=\w])|(?<![+\w])\+\+[^+\s][^+\n]*\+\+(?![+\w]))"
        + @"|(?<picture>!\[\[[^\]\n]+\]\])|(?<page>(?<!\[)\[\[[^\]\n]+\]\])|(?<heading>^h[1-6]\.[ \t])|^\[toc\]|\{(?:color|panel|code|quote|noformat)(?::[^}\n]*)?\}",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sign();
}
