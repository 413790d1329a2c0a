using System.Text.Json;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>A definition living in one channel, from its start until it is stopped.</summary>
public sealed record Run : Document, IStored<Run>
{
    public required string Id { get; init; }
    public required string Slug { get; init; }
    public required string Kind { get; init; }
    public required string TeamId { get; init; }
    public required string ChannelId { get; init; }

    /// <summary>The one person who answers for the run.</summary>
    public required string HostId { get; init; }

    /// <summary>Who said `/learn start`; null for a run that its file starts.</summary>
    public string? StartedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public RunStatus Status { get; init; }

    /// <summary>Instants up to this one are decided: opened or skipped. Only later ones can still open, whatever the clock or the file does.</summary>
    public required DateTimeOffset DecidedThrough { get; init; }

    /// <summary>A round that a facilitator leaves out.</summary>
    public DateTimeOffset? Skipped { get; init; }

    /// <summary>The scheduled instant of the first round; weeks are counted from it when the file has no `from:`.</summary>
    public DateTimeOffset? FirstInstant { get; init; }

    /// <summary>Rounds opened since the start or since the host last said to go on.</summary>
    public int Rounds { get; init; }

    /// <summary>The host chose to halve the pace.</summary>
    public bool EveryTwoWeeks { get; init; }

    /// <summary>The definition that was last used; it keeps the run alive when the file vanishes or becomes invalid.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>Counts the questions put to the host; a button on an older question changes nothing.</summary>
    public int Question { get; init; }

    /// <summary>What the kind remembers from round to round.</summary>
    public JsonElement? State { get; init; }

    /// <summary>Whatever may still have a round, now or after somebody's word.</summary>
    public static IReadOnlyList<RunStatus> Living { get; } = [RunStatus.Running, RunStatus.Paused, RunStatus.Ended, RunStatus.Archived];

    public static DocumentIndex<Run> ByStatus { get; } = new("status", run => run.Status.ToString());
    public static DocumentIndex<Run> ByChannel { get; } = new("channel", run => run.ChannelId);
    public static DocumentIndex<Run> ByHost { get; } = new("host", run => run.HostId);
    public static DocumentIndex<Run> ByStarter { get; } = new("starter", run => run.StartedBy);
    public static DocumentIndex<Run> ByDefinition { get; } = new("definition", run => run.DefinitionHash);

    public static DocumentKind<Run> Stored { get; } =
        new("runs", 1, run => run.Id, LearningJson.Default.Run, [ByStatus, ByChannel, ByHost, ByStarter, ByDefinition]);
}

public enum RunStatus
{
    Running,

    /// <summary>Waits for the host's word.</summary>
    Paused,

    /// <summary>All rounds are over; the host may still say to go on.</summary>
    Ended,

    /// <summary>Its channel is archived; it goes on with the next round once that is restored.</summary>
    Archived,

    /// <summary>Somebody stopped it. It stays stopped, over restarts and edits, until somebody starts it anew.</summary>
    Stopped,
}
