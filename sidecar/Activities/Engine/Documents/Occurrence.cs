using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>One opening of a run, named by the run and the scheduled instant, never by when it happened to open.</summary>
public sealed record Occurrence : Document, IStored<Occurrence>
{
    public required string Id { get; init; }
    public required string RunId { get; init; }
    public required DateTimeOffset Instant { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>The close of a round without a schedule: it is there until its run is stopped.</summary>
    public static DateTimeOffset Never { get; } = DateTimeOffset.MaxValue;

    /// <summary>People come to it when they like and go through it at their own pace.</summary>
    [JsonIgnore]
    public bool StaysOpen => ClosesAt == Never;

    /// <summary>It keeps the definition it opened with; edits apply to the next.</summary>
    public required string DefinitionHash { get; init; }

    public OccurrenceStatus Status { get; init; }

    /// <summary>The outbox row of the opening post: known before Mattermost has given that post an id.</summary>
    public required string RootRowId { get; init; }

    /// <summary>How many are in now.</summary>
    public int Joined { get; init; }

    /// <summary>The first few who are in, in order, to be named in the post.</summary>
    public IReadOnlyList<string> FirstJoined { get; init; } = [];

    /// <summary>How many people have contributed.</summary>
    public int Contributors { get; init; }

    /// <summary>How many of them had never contributed to the run before.</summary>
    public int FirstTimers { get; init; }

    public DateTimeOffset? LastContributionAt { get; init; }

    /// <summary>What the kind remembers of this round.</summary>
    public JsonElement? State { get; init; }

    public static string IdOf(string runId, DateTimeOffset instant) =>
        $"{runId}@{instant.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}";

    /// <summary>The run that is part of an id.</summary>
    public static string RunOf(string id) => id.Split('@')[0];

    /// <summary>The instant that is part of an id; null when the text is none.</summary>
    public static DateTimeOffset? InstantOf(string id) => DateTimeOffset.TryParseExact(
        id.Split('@')[^1], "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    public static DocumentIndex<Occurrence> ByRun { get; } = new("run", round => round.RunId);

    /// <summary>The run's rounds that are open: a list costs what is open, not all that ever was.</summary>
    public static DocumentIndex<Occurrence> ByOpenRun { get; } = new("open_run", round => round.Status == OccurrenceStatus.Open ? round.RunId : null);

    /// <summary>Rounds that are over, by the moment at which they were to close.</summary>
    public static DocumentIndex<Occurrence> ByEnd { get; } =
        new("end", round => round.Status == OccurrenceStatus.Open ? null : InstantKey.Of(round.ClosesAt));

    public static DocumentIndex<Occurrence> ByDefinition { get; } = new("definition", round => round.DefinitionHash);

    public static DocumentKind<Occurrence> Stored { get; } =
        new("occurrences", 1, round => round.Id, LearningJson.Default.Occurrence, [ByRun, ByOpenRun, ByEnd, ByDefinition]);
}

public enum OccurrenceStatus
{
    Open,
    Closed,

    /// <summary>Ended without a close: the run was stopped or its post is gone.</summary>
    Cancelled,
}
