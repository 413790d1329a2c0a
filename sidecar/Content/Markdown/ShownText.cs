using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MattermostLearning.Content.Markdown;

/// <summary>Finds what Mattermost does not show as it is meant: HTML, formulas, and texts that are too long for one message.</summary>
internal static partial class ShownText
{
    private static readonly FrozenDictionary<string, string> Instead = new Dictionary<string, string>
    {
        ["b"] = "Two asterisks on each side make it bold: `**word**`.",
        ["strong"] = "Two asterisks on each side make it bold: `**word**`.",
        ["i"] = "One asterisk on each side makes it italic: `*word*`.",
        ["em"] = "One asterisk on each side makes it italic: `*word*`.",
        ["br"] = "A line ends where you end it; a blank line begins a paragraph.",
        ["p"] = "A blank line begins a paragraph.",
        ["hr"] = "Write `---` in a line of its own.",
        ["a"] = "Write `[text](https://example.org)`.",
        ["img"] = "Write `![What matters in it](picture.png)`.",
        ["ul"] = "Begin each line of the list with `- `.",
        ["ol"] = "Begin each line of the list with `1. `.",
        ["li"] = "Begin each line of the list with `- `.",
        ["code"] = "Put it in backticks: `` `word` ``.",
        ["pre"] = "Put a line of three backticks before and after it.",
        ["blockquote"] = "Begin each line of the quote with `> `.",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Other elements that people write; `&lt;name&gt;` is none, and shown as it is meant.</summary>
    private static readonly FrozenSet<string> Elements = FrozenSet.ToFrozenSet(
        [
            "abbr", "audio", "big", "button", "center", "dd", "del", "details", "div", "dl", "dt", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5",
            "h6", "header", "iframe", "input", "ins", "kbd", "mark", "nav", "s", "script", "section", "small", "span", "strike", "style", "sub", "summary", "sup", "svg", "table",
            "tbody", "td", "th", "thead", "tr", "tt", "u", "video", .. Instead.Keys,
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it may have HTML or formulas. Most files have neither, and need no tree as deep as that.</summary>
    public static bool MayHaveSigns(ReadOnlySpan<char> markdown) =>
        (markdown.Contains('<') && Tag().IsMatch(markdown)) || markdown.Contains('$') || (HasFence(markdown) && TexBlock().IsMatch(markdown));

    private static bool HasFence(ReadOnlySpan<char> markdown) => markdown.Contains("```", StringComparison.Ordinal) || markdown.Contains("~~~", StringComparison.Ordinal);

    /// <summary>Reports HTML and formulas; of a text that <see cref="MayHaveSigns"/>, with all that stands within its lines.</summary>
    public static void CheckSigns(MarkdownText markdown, DiagnosticBag report)
    {
        var text = markdown.Text;
        foreach (var block in markdown.Tree.Descendants<LeafBlock>())
        {
            if (block is HtmlBlock html)
                ReportHtml(text.Substring(html.Span.Start, html.Span.Length), html.Span.Start);
            else if (block is FencedCodeBlock { Info: "latex" or "tex" } formula)
                ReportLatex(formula.Span.Start, 3);
            else if (block.Inline is { } inline)
                CheckInline(block, inline);
        }

        void CheckInline(LeafBlock block, ContainerInline inline)
        {
            foreach (var tag in inline.Descendants<HtmlInline>().Where(tag => !tag.Tag.StartsWith("</", StringComparison.Ordinal)))
                ReportHtml(tag.Tag, tag.Span.Start);
            ImmutableArray<CodeInline> code = [.. inline.Descendants<CodeInline>()];
            foreach (Match formula in Formula().Matches(text.Substring(block.Span.Start, block.Span.Length)))
            {
                var at = block.Span.Start + formula.Index;
                if (!code.Any(each => each.Span.Start <= at + formula.Length && at <= each.Span.End))
                    ReportLatex(at, formula.Length);
            }
        }

        void ReportHtml(string html, int at)
        {
            if (html.StartsWith("<!--", StringComparison.Ordinal))
            {
                report.Warning(new TextSpan(at, 4), Codes.Html, "Mattermost shows this comment to everybody.", "Put notes for other authors into the front matter, behind a `#`.");
            }
            else if (Tag().Match(html) is { Success: true } tag && Elements.Contains(tag.Groups[1].Value))
            {
                report.Warning(
                    new TextSpan(at + tag.Index, tag.Length), Codes.Html, $"Mattermost knows no HTML: everybody would read `<{tag.Groups[1].Value}>`.",
                    Instead.GetValueOrDefault(tag.Groups[1].Value, "Say it in Markdown; put it in backticks where people are meant to read it as it is."));
            }
        }

        void ReportLatex(int at, int length) => report.Warning(
            new TextSpan(at, length), Codes.Latex, "Mattermost shows this formula as it is typed, unless an admin has switched LaTeX on.",
            $"Say it in words or as a picture. Where LaTeX is switched on, write `lint-off: {Codes.Latex} (our Mattermost shows LaTeX)`.");
    }

    /// <summary>Reports a text that is meant to be one message, and is longer than that.</summary>
    public static void CheckLength(string markdown, TextSpan place, DiagnosticBag report)
    {
        if (markdown.Length <= LongText.Most)
            return;
        var length = markdown.Length.ToString("N0", CultureInfo.InvariantCulture);
        if (LongText.Uncuttable(markdown) is { } at)
        {
            report.Error(
                place with { Start = place.Start + at }, Codes.FitsNoMessage, "This piece fits into no message of Mattermost, and must not be cut in the middle.",
                $"A code block or an item of a list has at most {LongText.Most.ToString("N0", CultureInfo.InvariantCulture)} characters. Make several of it, or put it beside the file as an attachment.");
            return;
        }

        var pieces = LongText.Split(markdown).Length;
        report.Warning(
            place, Codes.SeveralMessages, $"This text has {length} characters, more than one message of Mattermost holds: it comes in {pieces}.",
            "It is cut between paragraphs. People read a screen of a phone or two: keep what they need for the first step.");
    }

    [GeneratedRegex(@"<(?:!--|([A-Za-z][A-Za-z0-9]*)(?=[\s/>]))", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\s*(?:```|~~~)\s*(?:la)?tex\b", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex TexBlock();

    /// <summary>Between dollars stands something that prices do not have.</summary>
    [GeneratedRegex(@"\$\$[^$]+\$\$|\$(?=\S)[^$\n]*(?:\\[A-Za-z]|\^|_\{|\{)[^$\n]*(?<=\S)\$", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();
}
