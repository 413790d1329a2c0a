using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>An append-only fact: who did what, to what, when. The source of insights and exports.</summary>
public sealed record LearningEvent : Document, IStored<LearningEvent>
{
    public required string Id { get; init; }
    public required string Verb { get; init; }

    /// <summary>Null for what nobody did, such as a round that opened.</summary>
    public string? PersonId { get; init; }

    public required string RunId { get; init; }
    public string? OccurrenceId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What came of it, in the kind's words, such as a share right; null where nothing is measured.</summary>
    public string? Result { get; init; }

    public static DocumentIndex<LearningEvent> ByPerson { get; } = new("person", fact => fact.PersonId);
    public static DocumentIndex<LearningEvent> ByInstant { get; } = new("at", fact => InstantKey.Of(fact.At));

    public static DocumentKind<LearningEvent> Stored { get; } =
        new("learning_events", 1, fact => fact.Id, LearningJson.Default.LearningEvent, [ByPerson, ByInstant]);
}

/// <summary>The verbs of learning events.</summary>
public static class Verbs
{
    public const string Started = "started";
    public const string Stopped = "stopped";
    public const string Opened = "opened";
    public const string Closed = "closed";
    public const string Joined = "joined";
    public const string Left = "left";
    public const string Enrolled = "enrolled";
    public const string Replied = "replied";
    public const string Answered = "answered";
    public const string Finished = "finished";
    public const string Withdrew = "withdrew";
    public const string Suggested = "suggested";
    public const string Accepted = "accepted";
    public const string Invited = "invited";
    public const string LeftOut = "left-out";
    public const string Reminded = "reminded";
    public const string RemindersOff = "reminders-off";
    public const string RemindersOn = "reminders-on";
    public const string Paused = "paused";
    public const string Resumed = "resumed";
    public const string SettingsChanged = "settings-changed";
    public const string RecallOn = "recall-on";
    public const string RecallOff = "recall-off";
    public const string Recalled = "recalled";
    public const string Known = "known";
}
