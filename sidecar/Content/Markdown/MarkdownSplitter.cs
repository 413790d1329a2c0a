using System.Collections.Immutable;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using Markdig;
using Markdig.Syntax;

namespace MattermostLearning.Content.Markdown;

/// <summary>What stands below the front matter.</summary>
/// <param name="Body">The Markdown outside of sections with meaning, as written.</param>
/// <param name="BodySpan">Where it begins.</param>
/// <param name="Sections">In order.</param>
internal sealed record MarkdownParts(string Body, TextSpan BodySpan, ImmutableArray<Section> Sections);

/// <summary>Splits Markdown at its level-2 headings. Text is cut out of the source, never rendered again.</summary>
internal static class MarkdownSplitter
{
    private static readonly MarkdownPipeline Blocks = new MarkdownPipelineBuilder().Build();

    public static MarkdownParts Split(SourceText source, int start, ContentDeclaration declaration, DiagnosticBag report)
    {
        var text = source.Text[start..];
        if (!text.Contains('#') && !text.Contains("--", StringComparison.Ordinal))
            return new MarkdownParts(Trimmed(text).Text, BodySpanOf(source, start), []);

        var body = new List<string>();
        var sections = ImmutableArray.CreateBuilder<Section>();
        (Matched Heading, TextSpan Span)? open = null;
        var from = 0;
        foreach (var heading in Headings(text, start, report))
        {
            // Markdig leaves closing signs ("## Hint ##") out of its span.
            var end = text.IndexOf('\n', Math.Max(heading.Span.Start, heading.Span.End)) is var at and >= 0 ? at : text.Length;
            var span = TextSpan.FromBounds(start + heading.Span.Start, start + end);
            var match = HeadingMatcher.Match(text[heading.Span.Start..end], heading.Level, declaration, span, report);
            if (heading.Level != 2)
                continue;
            if (match is null && open is null)
                continue;
            Close(from, heading.Span.Start);
            open = match is null ? null : (match, span);
            from = match is null ? heading.Span.Start : end;
        }
        Close(from, text.Length);
        CheckCounts(sections, report);
        return new MarkdownParts(string.Join("\n\n", body), BodySpanOf(source, start), sections.ToImmutable());

        void Close(int begin, int stop)
        {
            var (markdown, offset) = Trimmed(text[begin..stop]);
            if (open is not var (match, span))
            {
                if (markdown.Length > 0)
                    body.Add(markdown);
                return;
            }
            if (markdown.Length == 0)
                report.Error(span, Codes.EmptySection, "There is no text below this heading.", "Write it below, or take the heading away.");
            if (match.Argument is { } argument)
                sections.Add(new Section(match.Heading, argument, markdown, span, start + begin + offset));
        }
    }

    private static IEnumerable<HeadingBlock> Headings(string text, int start, DiagnosticBag report)
    {
        try
        {
            return Markdig.Markdown.Parse(text, Blocks).OfType<HeadingBlock>();
        }
        catch (ArgumentException)
        {
            // Markdig gives up at 128 levels rather than overflow the stack.
            report.Error(new TextSpan(start, 1), Codes.MarkdownTooDeep, "This Markdown is nested too deeply to be read.", "Take out some levels of quotes or lists.");
            return [];
        }
    }

    private static void CheckCounts(IEnumerable<Section> sections, DiagnosticBag report)
    {
        foreach (var group in sections.GroupBy(each => each.Heading))
        {
            if (group.Skip(group.Key.AtMost).FirstOrDefault() is { } extra)
            {
                var most = group.Key.AtMost == 1 ? "one section" : $"{group.Key.AtMost} sections";
                report.Error(extra.HeadingSpan, Codes.TooManySections, $"A file has at most {most} `{group.Key.Name}`.", "Put the texts together, or take this one away.");
            }
        }
    }

    /// <summary>Without blank lines around it; the indentation of the first line stays.</summary>
    private static (string Text, int Offset) Trimmed(string text)
    {
        var end = text.AsSpan().TrimEnd();
        var from = 0;
        for (var at = 0; at < end.Length && char.IsWhiteSpace(end[at]); at++)
        {
            if (end[at] == '\n')
                from = at + 1;
        }
        return from < end.Length ? (end[from..].ToString(), from) : ("", 0);
    }

    private static TextSpan BodySpanOf(SourceText source, int start)
    {
        while (start < source.Text.Length && char.IsWhiteSpace(source.Text[start]))
            start++;
        return new TextSpan(Math.Min(start, Math.Max(0, source.Text.Length - 1)), 1);
    }
}
