using MattermostLearning.Content.Diagnostics;
using Markdig.Syntax;

namespace MattermostLearning.Content.Markdown;

/// <summary>What stands in a text like a heading, for a kind to whom headings of one level mean something: one of another level, or a line in bold.</summary>
/// <param name="Said">Without its signs.</param>
/// <param name="Level">None for a line in bold.</param>
/// <param name="Span">The line.</param>
public sealed record OtherHeading(string Said, int? Level, TextSpan Span)
{
    /// <param name="text">Where they stand.</param>
    /// <param name="level">Headings of this one are known already.</param>
    public static IEnumerable<OtherHeading> In(Passage text, int level)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var block in text.Blocks)
        {
            var line = TextSpan.FromBounds(block.Span.Start, text.LineEnd(block.Span.Start));
            if (block is HeadingBlock heading && heading.Level != level)
                yield return new OtherHeading(HeadingText.Of(text.Whole.AsSpan(line.Start, line.Length)), heading.Level, line);
            else if (block is ParagraphBlock && text.Whole.AsSpan(line.Start, line.Length).TrimEnd() is ['*', '*', .. var said, '*', '*'] && !said.Contains('*'))
                yield return new OtherHeading(said.ToString(), null, line);
        }
    }

    /// <summary>As a finding speaks of it.</summary>
    public string Form => Level is { } level ? $"this is level {level}" : "this is a line in bold";
}
