using System.Text.Json.Serialization;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>What came to one person unprompted in the last days, and what was held back: the memory of the budget that all activities share.</summary>
public sealed record NudgeRecord : Document, IStored<NudgeRecord>
{
    public required string PersonId { get; init; }

    /// <summary>When nudges went out, or will: the latest of the last week.</summary>
    public IReadOnlyList<DateTimeOffset> Sent { get; init; } = [];

    /// <summary>When they last finished something.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public IReadOnlyList<HeldNudge> Held { get; init; } = [];

    [JsonIgnore]
    public DateTimeOffset LastAt => Sent.Concat(Held.Select(one => one.Until ?? one.At)).Append(FinishedAt ?? DateTimeOffset.MinValue).Max();

    public static DocumentIndex<NudgeRecord> ByPerson { get; } = new("person", one => one.PersonId);

    /// <summary>By the last that happened: what lies behind the week is of no use.</summary>
    public static DocumentIndex<NudgeRecord> ByInstant { get; } = new("at", one => InstantKey.Of(one.LastAt));

    public static DocumentKind<NudgeRecord> Stored { get; } =
        new("nudges", 1, one => one.PersonId, LearningJson.Default.NudgeRecord, [ByPerson, ByInstant]);
}

/// <param name="RunId">What it was about.</param>
/// <param name="At">When it would have come.</param>
/// <param name="Until">When it comes instead; null when it was dropped.</param>
public sealed record HeldNudge(string RunId, DateTimeOffset At, DateTimeOffset? Until);
