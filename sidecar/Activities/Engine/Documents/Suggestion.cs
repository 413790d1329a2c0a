using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>
/// What a member suggested for a run, in their own words: kept because they gave it for just that. They can take it back until it has been
/// posted; once it has, it outlives them without their name.
/// </summary>
public sealed record Suggestion : Document, IStored<Suggestion>
{
    public required string Id { get; init; }
    public required string RunId { get; init; }
    public required string PersonId { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Their name may stand beside it where everybody reads it.</summary>
    public bool ShowsName { get; init; }

    /// <summary>It is part of the run; until then it waits for its host.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>The round in which it was posted first; null before.</summary>
    public string? OccurrenceId { get; init; }

    public static DocumentIndex<Suggestion> ByRun { get; } = new("run", one => one.RunId);
    public static DocumentIndex<Suggestion> ByPerson { get; } = new("person", one => one.PersonId);

    public static DocumentKind<Suggestion> Stored { get; } =
        new("suggestions", 1, one => one.Id, LearningJson.Default.Suggestion, [ByRun, ByPerson]);
}
