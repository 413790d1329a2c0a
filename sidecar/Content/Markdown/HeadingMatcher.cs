using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Markdown;

/// <param name="Heading">The declaration.</param>
/// <param name="Argument">Null where it could not be read, which has been reported.</param>
internal sealed record Matched(HeadingDeclaration Heading, object? Argument);

/// <summary>Finds out what a heading means to a kind; warns where it nearly means something.</summary>
internal static class HeadingMatcher
{
    private const int LongestHeading = 80;

    /// <summary>A heading without its signs: of either form, in one line.</summary>
    private static string TextOf(ReadOnlySpan<char> markdown)
    {
        var text = markdown.TrimStart();
        if (text.StartsWith('#'))
            text = WithoutClosing(text.TrimStart('#').TrimEnd());
        else if (markdown.LastIndexOf('\n') is var end and >= 0)
            text = markdown[..end];
        return OneLine.Of(text);
    }

    /// <summary>Signs at the end close a heading where a space stands before them: "## Hint ##", and not "## C#".</summary>
    private static ReadOnlySpan<char> WithoutClosing(ReadOnlySpan<char> text) =>
        text.TrimEnd('#') is var open && (open.Length == 0 || char.IsWhiteSpace(open[^1])) ? open : text;

    /// <returns>Null where the heading is body text.</returns>
    public static Matched? Match(ReadOnlySpan<char> markdown, int level, ContentDeclaration declaration, TextSpan span, DiagnosticBag report)
    {
        var written = TextOf(markdown);
        var text = written.Trim(' ', '*', '_', ':', '`');
        var open = level == 2 ? declaration.Open : null;
        if (text.Length is 0 or > LongestHeading)
            return text.Length == 0 || open is null ? null : new Matched(open, open.ReadArgument(written).Value);
        foreach (var heading in declaration.Headings)
        {
            if (level == 2 && heading is OpenHeading)
                continue;
            if (ArgumentAfterName(text, heading) is not { } argument || !Takes(heading, argument))
                continue;
            if (level != 2)
            {
                Warn(level, heading, text);
                return null;
            }
            var (value, refusal) = heading.ReadArgument(argument);
            if (refusal is not null)
                report.Error(span, refusal);
            return new Matched(heading, value);
        }
        if (level == 2 && NearMiss(text, declaration) is { } near)
            report.Warning(span, Codes.HeadingNearMiss, $"`{text}` has no meaning of its own here and is posted as text.", $"Did you mean `## {near.Example}`?");
        else if (open is not null)
            return new Matched(open, open.ReadArgument(written).Value);
        return null;

        void Warn(int written, HeadingDeclaration heading, string shown) => report.Warning(
            span, Codes.HeadingNearMiss, $"`{shown}` has its meaning as a heading of level 2 only, and this is level {written}.", $"Write `## {shown}`, if `{heading.Name}` is meant.");
    }

    private static bool Takes(HeadingDeclaration heading, string argument) => argument.Length == 0 || heading.ArgumentWords.Contains(FirstWord(argument).ToLowerInvariant());

    private static string FirstWord(string text) => text.IndexOf(' ') is var end and >= 0 ? text[..end] : text;

    /// <returns>Null where the text does not begin with one of the heading's names. Where it begins with several, the longest counts.</returns>
    private static string? ArgumentAfterName(string text, HeadingDeclaration heading)
    {
        var from = -1;
        foreach (var name in heading.FoldedNames)
            from = Math.Max(from, Names.EndOf(name, text));
        return from < 0 ? null : text[from..];
    }

    private static HeadingDeclaration? NearMiss(string text, ContentDeclaration declaration)
    {
        var word = FirstWord(text);
        var (whole, first, opening) = (Names.Fold(text), Names.Fold(word.TrimEnd(':', ',', '.', '!')), Names.Fold(word.TrimEnd(':', '.', ')')));
        foreach (var heading in declaration.Headings)
        {
            // By its own name an open heading is taken; "Questions" is another word for it, and not one of them.
            if (heading is OpenHeading && heading.FoldedNames.Contains(opening))
                continue;
            if (heading.ArgumentWords.Length > 0 && (heading.FoldedNames.Contains(first) || IsClose(first, heading)))
                return heading;
            if (IsClose(whole, heading) || IsAlsoSaid(text, heading))
                return heading;
        }

        return null;
    }

    private static bool IsClose(string folded, HeadingDeclaration heading)
    {
        foreach (var name in heading.FoldedNames)
        {
            if (Closest.IsNear(folded, name))
                return true;
        }

        return false;
    }

    private static bool IsAlsoSaid(string text, HeadingDeclaration heading)
    {
        foreach (var said in heading.AlsoSaid)
        {
            if (Names.Same(said, text))
                return true;
        }

        return false;
    }
}
