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

    /// <summary>No name of a heading has more.</summary>
    private const int MostWords = 6;

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
        var words = text.Split(' ');
        var beginnings = Beginnings(words, declaration.LongestName);
        foreach (var heading in declaration.Headings)
        {
            if (level == 2 && heading is OpenHeading)
                continue;
            if (ArgumentAfterName(words, beginnings, heading) is not { } argument || !Takes(heading, argument))
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
        if (level == 2 && NearMiss(words, text, declaration) is { } near)
            report.Warning(span, Codes.HeadingNearMiss, $"`{text}` has no meaning of its own here and is posted as text.", $"Did you mean `## {near.Example}`?");
        else if (open is not null)
            return new Matched(open, open.ReadArgument(written).Value);
        return null;

        void Warn(int written, HeadingDeclaration heading, string shown) => report.Warning(
            span, Codes.HeadingNearMiss, $"`{shown}` has its meaning as a heading of level 2 only, and this is level {written}.", $"Write `## {shown}`, if `{heading.Name}` is meant.");
    }

    private static bool Takes(HeadingDeclaration heading, string argument) =>
        argument.Length == 0 || heading.ArgumentWords.Contains(argument.Split(' ')[0].ToLowerInvariant());

    /// <summary>The first word, the first two, and so on, as names are compared, as long as a name can be that.</summary>
    private static List<string> Beginnings(string[] words, int longest)
    {
        var beginnings = new List<string>();
        foreach (var word in words.AsSpan(0, Math.Min(words.Length, MostWords)))
        {
            var next = Names.Fold(word);
            if ((beginnings.Count > 0 ? beginnings[^1].Length : 0) + next.Length > longest)
                break;
            beginnings.Add(beginnings.Count > 0 ? beginnings[^1] + next : next);
        }

        return beginnings;
    }

    private static string? ArgumentAfterName(string[] words, List<string> beginnings, HeadingDeclaration heading)
    {
        for (var count = beginnings.Count; count > 0; count--)
        {
            if (heading.FoldedNames.Contains(beginnings[count - 1], StringComparer.Ordinal))
                return string.Join(' ', words, count, words.Length - count);
        }
        return null;
    }

    private static HeadingDeclaration? NearMiss(string[] words, string text, ContentDeclaration declaration)
    {
        var (whole, first) = (Names.Fold(text), Names.Fold(words[0].TrimEnd(':', ',', '.', '!')));
        foreach (var heading in declaration.Headings)
        {
            // By its own name an open heading is taken; "Questions" is another word for it, and not one of them.
            if (heading is OpenHeading && heading.FoldedNames.Contains(Names.Fold(words[0].TrimEnd(':', '.', ')')), StringComparer.Ordinal))
                continue;
            if (heading.ArgumentWords.Length > 0 && (heading.FoldedNames.Contains(first, StringComparer.Ordinal) || IsClose(first, heading)))
                return heading;
            if (IsClose(whole, heading) || heading.AlsoSaid.Any(said => Names.Same(said, text)))
                return heading;
        }
        return null;
    }

    private static bool IsClose(string folded, HeadingDeclaration heading) => Closest.Find(folded, heading.FoldedNames) is not null;
}
