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
}
