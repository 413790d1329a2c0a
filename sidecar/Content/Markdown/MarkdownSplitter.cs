using System.Collections.Immutable;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using Markdig.Syntax;

namespace MattermostLearning.Content.Markdown;

/// <summary>What stands below the front matter.</summary>
/// <param name="Body">What stands outside of sections with meaning, in order.</param>
/// <param name="BodySpan">Where it begins.</param>
/// <param name="Sections">In order.</param>
internal sealed record MarkdownParts(ImmutableArray<Passage> Body, TextSpan BodySpan, ImmutableArray<Section> Sections)
{
    /// <summary>Of a translation: what each of these translates, where the two are built alike; else empty.</summary>
    public ImmutableArray<Section> Originals { get; init; } = [];

    public string BodyText => Body is [var only] ? only.Markdown : string.Join("\n\n", Body.Select(each => each.Markdown));
}

/// <summary>Splits Markdown at its level-2 headings. Text is cut out of the source, never rendered again.</summary>
internal static class MarkdownSplitter
{
    public static MarkdownParts Split(MarkdownText markdown, ContentDeclaration declaration, DiagnosticBag report)
    {
        var (text, start) = (markdown.Text, markdown.Start);
        var body = ImmutableArray.CreateBuilder<Passage>();
        var sections = ImmutableArray.CreateBuilder<Section>();
        (Matched Heading, TextSpan Span)? open = null;
        var from = start;
        foreach (var heading in Headings(markdown, report))
        {
            // Markdig leaves closing signs ("## Hint ##") out of its span.
            var end = text.IndexOf('\n', Math.Max(heading.Span.Start, heading.Span.End)) is var at and >= 0 ? at : text.Length;
            var span = TextSpan.FromBounds(heading.Span.Start, end);
            var match = HeadingMatcher.Match(text.AsSpan(heading.Span.Start, end - heading.Span.Start), heading.Level, declaration, span, report);
            if (heading.Level != 2)
                continue;
            if (match is null && open is null)
                continue;
            Close(from, heading.Span.Start);
            open = match is null ? null : (match, span);
            from = match is null ? heading.Span.Start : end;
        }
        Close(from, text.Length);
        CheckCounts(sections, declaration, report);
        CheckSpaces(markdown, report);
        return new MarkdownParts(body.ToImmutable(), BodySpanOf(text, start), sections.ToImmutable());

        void Close(int begin, int stop)
        {
            var passage = Trimmed(markdown, begin, stop);
            if (open is not var (match, span))
            {
                if (passage.Length > 0)
                    body.Add(passage);
                return;
            }
            if (passage.Length == 0)
                report.Error(span, Codes.EmptySection, "There is no text below this heading.", "Write it below, or take the heading away.");
            if (match.Argument is { } argument)
                sections.Add(new Section(match.Heading, argument, passage.Start, passage.End, span));
        }
    }

    private static IEnumerable<HeadingBlock> Headings(MarkdownText markdown, DiagnosticBag report)
    {
        // Without one of these there is none, and a kind that needs no tree goes without; but for a text that may be none at all.
        if (markdown.Text.AsSpan(markdown.Start) is var text && !text.Contains('#') && !text.Contains("--", StringComparison.Ordinal) && !MarkdownText.MayBeTooDeep(text))
            return [];
        var headings = markdown.Tree.OfType<HeadingBlock>();
        if (markdown.IsTooDeep)
            report.Error(new TextSpan(markdown.Start, 1), Codes.MarkdownTooDeep, "This Markdown is nested too deeply to be read.", "Take out some levels of quotes or lists.");
        return headings;
    }

    private static void CheckCounts(ImmutableArray<Section>.Builder sections, ContentDeclaration declaration, DiagnosticBag report)
    {
        foreach (var heading in declaration.Headings)
        {
            var left = heading.AtMost;
            for (var at = 0; at < sections.Count && left >= 0; at++)
            {
                if (!ReferenceEquals(sections[at].Heading, heading) || --left >= 0)
                    continue;
                var most = heading.AtMost == 1 ? "one section" : $"{heading.AtMost} sections";
                report.Error(sections[at].HeadingSpan, Codes.TooManySections, $"A file has at most {most} `{heading.Name}`.", "Put the texts together, or take this one away.");
            }
        }
    }

    /// <summary>To Markdown, and to Mattermost, a heading has a space behind its signs: `##Hint` is text.</summary>
    private static void CheckSpaces(MarkdownText markdown, DiagnosticBag report)
    {
        var text = markdown.Text;
        for (var at = text.IndexOf("\n##", Math.Max(0, markdown.Start - 1), StringComparison.Ordinal); at >= 0; at = text.IndexOf("\n##", at + 1, StringComparison.Ordinal))
        {
            var line = text.AsSpan(at + 1);
            line = line[..(line.IndexOf('\n') is var end and >= 0 ? end : line.Length)];
            var said = line.TrimStart('#');
            if (said is [] or [' ' or '\t', ..])
                continue;
            var place = new TextSpan(at + 1, line.Length);
            if (!markdown.Tree.Any(block => block is ParagraphBlock && block.Span.Start <= place.Start && place.Start <= block.Span.End))
                continue;
            var signs = line[..^said.Length].ToString();
            report.Warning(place, Codes.HeadingNearMiss, "This is no heading: behind its signs a space is missing, and everybody reads them.", $"Write `{signs} {Written.Short(said.TrimStart().ToString())}`.");
            report.CanBe(place with { Length = line.Length - said.TrimStart().Length }, $"{signs} ");
        }
    }

    /// <summary>Without blank lines around it; the indentation of the first line stays.</summary>
    private static Passage Trimmed(MarkdownText markdown, int begin, int stop)
    {
        var end = begin + markdown.Text.AsSpan(begin, stop - begin).TrimEnd().Length;
        var from = begin;
        for (var at = begin; at < end && char.IsWhiteSpace(markdown.Text[at]); at++)
        {
            if (markdown.Text[at] == '\n')
                from = at + 1;
        }
        return new Passage(markdown, from, end);
    }

    private static TextSpan BodySpanOf(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
            start++;
        return new TextSpan(Math.Min(start, Math.Max(0, text.Length - 1)), 1);
    }
}
