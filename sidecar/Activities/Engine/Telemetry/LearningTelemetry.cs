using System.Diagnostics;
using System.Diagnostics.Metrics;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.Activities.Engine.Telemetry;

/// <summary>
/// What the engine measures and traces; each name stands here. Spans carry ids of runs, rounds and outbox rows, and nothing else that tells
/// what was said or who did it. No label of a metric grows with people or runs.
/// </summary>
public sealed class LearningTelemetry : IDisposable
{
    /// <summary>Of the meter, and of the source of traces.</summary>
    public const string Name = "MattermostLearning";

    /// <summary>A round's instant came.</summary>
    public const string ScheduleSource = "schedule";

    /// <summary>A due time came: a close, a hint, a reminder.</summary>
    public const string MomentSource = "moment";

    public const string Outcome = "learning.outcome";
    private const string RunId = "learning.run.id";
    private const string OccurrenceId = "learning.occurrence.id";
    private const string RowId = "learning.row.id";

    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _lag;

    /// <param name="meters">Of the sidecar's own services, so that several in one process are told apart.</param>
    public LearningTelemetry(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        Meter = meters.Create(Name);
        _deliveries = Meter.CreateCounter<long>("learning.outbox.deliveries", "{message}", "Messages by what became of an attempt to send them.");
        _lag = Meter.CreateHistogram(
            "learning.due.lag", "s", "From the instant of a round or a due time to its decision, while the sidecar was up.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3600] });
    }

    public Meter Meter { get; }

    public ActivitySource Source { get; } = new(Name);

    public void Dispose() => Source.Dispose();

    /// <param name="source"><see cref="ScheduleSource"/> or <see cref="MomentSource"/>.</param>
    /// <param name="lag">How long after its instant it was decided.</param>
    internal void Decided(string source, TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds), new KeyValuePair<string, object?>("source", source));

    internal void Settled(OutboxStatus status) => Delivered(status switch
    {
        OutboxStatus.Sent => "sent",
        OutboxStatus.Refused => "refused",
        OutboxStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A row is settled when it waits no longer."),
    });

    /// <summary>Nothing came of an attempt, or nobody knows what: there will be another.</summary>
    internal void Retried() => Delivered("retried");

    /// <summary>Events of one run, decided together: a child of what caused the first, linked to what caused the others.</summary>
    internal Activity? StartDecision(string runId, IReadOnlyList<Letter> letters)
    {
        if (!Source.HasListeners())
            return null;
        // Whoever woke the mailbox need not be the one whose letter is decided now.
        Activity.Current = null;
        var causes = letters.Select(letter => letter.Cause).Where(cause => cause != default).Distinct().ToList();
        var rounds = letters.Select(letter => letter.OccurrenceId).OfType<string>().Distinct().ToList();
        return Source.StartActivity("decide", ActivityKind.Internal, causes.FirstOrDefault(), links: causes.Skip(1).Select(cause => new ActivityLink(cause)))
            ?.SetTag(RunId, runId)
            .SetTag(OccurrenceId, rounds.Count == 1 ? rounds[0] : null)
            .SetTag("learning.event", string.Join(' ', letters.Select(letter => letter.Happened.GetType().Name).Distinct()))
            .SetTag("learning.events", letters.Count);
    }

    /// <param name="source"><see cref="ScheduleSource"/> or <see cref="MomentSource"/>.</param>
    /// <param name="subject">The run or the round that is told.</param>
    internal Activity? StartDue(string source, string subject)
    {
        var at = subject.IndexOf('@', StringComparison.Ordinal);
        return Source.StartActivity($"due {source}")?.SetTag(RunId, at < 0 ? subject : subject[..at]).SetTag(OccurrenceId, at < 0 ? null : subject);
    }

    internal Activity? StartDelivery(OutboxRow row) =>
        Source.StartActivity("deliver", ActivityKind.Producer)
            ?.SetTag(RowId, row.Id)
            .SetTag(RunId, row.RunId)
            .SetTag(OccurrenceId, row.OccurrenceId)
            .SetTag("learning.operation", row.Operation.ToString().ToLowerInvariant());

    /// <summary>Of the exception only its type: messages may hold anything.</summary>
    public void Failed(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Current?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
    }

    /// <summary>The span that is open here, if it is ours.</summary>
    private Activity? Current => Activity.Current is { } span && span.Source == Source ? span : null;

    private void Delivered(string outcome)
    {
        _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        Current?.SetTag(Outcome, outcome);
    }
}
