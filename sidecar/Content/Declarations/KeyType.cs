using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Declarations;

/// <summary>A type of value: its name for the reference page and how its text is read.</summary>
/// <param name="Name">For people: "a duration", "a date".</param>
/// <param name="Read">Reads the text of one scalar, trimmed.</param>
public sealed record KeyType<T>(string Name, Func<string, Reading<T>> Read)
    where T : notnull
{
    /// <summary>The words that are possible, where there are only a few.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    public ValueShape Shape { get; init; } = new ValueShape.Words();
}

/// <summary>How a value looks to an editor, which sees YAML and not what it means.</summary>
public abstract record ValueShape
{
    private ValueShape()
    {
    }

    public sealed record Words : ValueShape;

    public sealed record Whole(int Least, int Most) : ValueShape;

    public sealed record YesNo : ValueShape;

    /// <summary>Keys with one text each.</summary>
    /// <param name="Key">What a key must look like, as a regular expression.</param>
    public sealed record Pairs(string Key) : ValueShape;
}
