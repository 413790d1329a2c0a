using System.Collections.Immutable;
using System.Text;

namespace MattermostLearning.Content.Diagnostics;

/// <summary>
/// A stretch of a file and what can stand there instead without changing what its author meant: a key by its own name, a value in the quotes
/// that YAML asks for.
/// </summary>
public readonly record struct Repair(TextSpan Span, string Text)
{
    /// <summary>The text with all repairs done; of two that overlap, the first.</summary>
    public static string Apply(string text, ImmutableArray<Repair> repairs)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mended = new StringBuilder(text.Length);
        var at = 0;
        foreach (var repair in repairs.OrderBy(each => each.Span.Start).Where(each => each.Span.Start >= at))
        {
            mended.Append(text, at, repair.Span.Start - at).Append(repair.Text);
            at = repair.Span.End;
        }
        return mended.Append(text, at, text.Length - at).ToString();
    }
}
