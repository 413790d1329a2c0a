using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.FrontMatter;

/// <summary>One scalar as written; nothing is guessed about its type.</summary>
public readonly record struct FrontMatterValue(string Text, TextSpan Span);

/// <summary>One key with its value or values.</summary>
/// <param name="Key">As the author wrote it.</param>
/// <param name="KeySpan">Where.</param>
/// <param name="Values">At least one; an empty list has one empty value.</param>
/// <param name="IsList">Whether YAML's list form was used.</param>
/// <param name="ValueSpan">All values together.</param>
/// <param name="Unreadable">Already reported: to be left alone.</param>
public sealed record FrontMatterEntry(
    string Key, TextSpan KeySpan, ImmutableArray<FrontMatterValue> Values, bool IsList, TextSpan ValueSpan, bool Unreadable)
{
    /// <summary>Keys with one value each below this key; empty where there are none. Only few keys take them.</summary>
    public ImmutableArray<(FrontMatterValue Key, FrontMatterValue Value)> Pairs { get; init; } = [];
}
