using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using Markdig.Syntax;

namespace MattermostLearning.Content.Markdown;

/// <summary>A section taken apart at those of its headings of level 3 that mean something. Text is cut out of it, never rendered again.</summary>
/// <param name="Lead">What stands before the first of them.</param>
/// <param name="Parts">One for each of them, with what its heading says.</param>
public sealed partial record InnerSections(string Lead, ImmutableArray<Section<string>> Parts)
{
    private const int Level = 3;

    /// <param name="section">Where they stand.</param>
    /// <param name="means">Whether a heading, without its signs, means something; else it is part of the text.</param>
    /// <param name="others">Told of each heading that means nothing.</param>
    /// <param name="report">Of a translation: whether it has the parts of its original.</param>
    public static InnerSections Of(Section<string> section, Predicate<string> means, Action<string, TextSpan> others, DiagnosticBag report)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(report);
        var inner = Split(section, means, others);
        if (section.Original is not { } original)
            return inner;
        // What is to be said of its headings was said when it was read.
        var theirs = Split(original, means, others: null).Parts;
        if (theirs.Length == inner.Parts.Length)
            return inner with { Parts = [.. inner.Parts.Zip(theirs, (mine, other) => mine with { Original = other })] };
        report.Error(
            section.HeadingSpan, Codes.TranslationDiffers, $"The original has {(theirs.Length == 1 ? "one heading" : $"{theirs.Length} headings")} with a meaning in here, and this has {inner.Parts.Length}.",
            theirs.Length == 0
                ? "Take them away, or add them to the original."
                : $"A translation has the same, in the same order, and what means something is English in every language. In the original: {string.Join(", ", theirs.Select(each => $"`### {Written.Short(each.Argument)}`"))}.");
        return inner;
    }

    private static InnerSections Split(Section<string> section, Predicate<string> means, Action<string, TextSpan>? others)
    {
        var parts = ImmutableArray.CreateBuilder<Section<string>>();
        var text = section.Text;
        var (lead, from) = ("", text.Start);
        (string Said, TextSpan Span)? open = null;
        foreach (var heading in text.Blocks.OfType<HeadingBlock>().Where(each => each.Level == Level))
        {
            var end = text.LineEnd(heading.Span.Start);
            var span = TextSpan.FromBounds(heading.Span.Start, end);
            var said = HeadingText.Of(text.Whole.AsSpan(heading.Span.Start, span.Length));
            if (!means(said))
            {
                others?.Invoke(said, span);
                continue;
            }

            Close(heading.Span.Start);
            (open, from) = ((said, span), end);
        }

        Close(text.End);
        return new InnerSections(lead, parts.ToImmutable());

        void Close(int stop)
        {
            var below = text.Whole.AsSpan(from, stop - from).TrimStart('\n').TrimEnd();
            var begin = stop - text.Whole.AsSpan(from, stop - from).TrimStart('\n').Length;
            var part = text.Part(begin, begin + below.Length);
            if (open is var (said, span))
                parts.Add(new Section<string>(said, part, span));
            else
                lead = part.Markdown;
        }
    }

    /// <summary>What is quoted at the end of a text, without its signs, and what stands before; null where nothing is.</summary>
    public static (string Before, string? Quote) EndingQuote(Passage text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Blocks.Reverse().TakeWhile(block => block is QuoteBlock).LastOrDefault() is not { } first)
            return (text.Markdown, null);
        return (text.Whole[text.Start..first.Span.Start].TrimEnd(), QuoteMark().Replace(text.Whole[first.Span.Start..text.End], "").Trim());
    }

    [GeneratedRegex(@"^\s*>\s?", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex QuoteMark();
}
