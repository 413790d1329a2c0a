using System.Diagnostics;
using System.Diagnostics.Metrics;
using MattermostLearning.Activities.Engine.Telemetry;
using MattermostLearning.Mattermost.Realtime;

namespace MattermostLearning.Sidecar.Telemetry;

/// <summary>What is measured where the engine meets the world, as it happens. What is looked up when somebody asks stands in <see cref="SidecarGauges"/>.</summary>
internal sealed class SidecarMetrics
{
    /// <summary>From a commit on a fast disk to what a person would give up on.</summary>
    private static readonly InstrumentAdvice<double> Short = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5] };

    private readonly Histogram<double> _callbacks;
    private readonly Histogram<double> _calls;
    private readonly Histogram<double> _commits;
    private readonly Counter<long> _gaps;

    public SidecarMetrics(LearningTelemetry telemetry)
    {
        var meter = telemetry.Meter;
        _callbacks = meter.CreateHistogram("learning.callback.duration", "s", "Calls of Mattermost, from the request to the end of the answer.", advice: Short);
        _calls = meter.CreateHistogram("learning.mattermost.request.duration", "s", "Attempts of calls to Mattermost's API.", advice: Short);
        _commits = meter.CreateHistogram("learning.commit.duration", "s", "Commits, from asking the store to its word that they are on the disk.", advice: Short);
        _gaps = meter.CreateCounter<long>("learning.websocket.gaps", "{gap}", "Times at which events of Mattermost may have been missed, so that everything was read back.");
    }

    /// <param name="route">`command`, `action`, `dialog` or `webhook`.</param>
    /// <param name="outcome">See <see cref="CallbackMeasure"/>.</param>
    /// <param name="duration">Until the answer was written.</param>
    public void Called(string route, string outcome, TimeSpan duration) =>
        _callbacks.Record(duration.TotalSeconds, new TagList { { "route", route }, { "outcome", outcome } });

    /// <param name="status">The class of the answer's status, such as `2xx`; `429` for itself; `none` without an answer.</param>
    /// <param name="duration">Until the answer began.</param>
    public void CalledMattermost(string status, TimeSpan duration) => _calls.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("status", status));

    /// <param name="outcome">`committed`, `stale` (decided on what had changed meanwhile) or `failed`.</param>
    /// <param name="duration">Waiting for its turn is part of it.</param>
    public void Committed(string outcome, TimeSpan duration) => _commits.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void MissedSomething(GapReason reason) => _gaps.Add(1, new KeyValuePair<string, object?>("reason", reason switch
    {
        GapReason.FirstConnection => "first_connection",
        GapReason.NewConnection => "new_connection",
        GapReason.MissingSequence => "missing_sequence",
        GapReason.MalformedFrame => "malformed_frame",
        GapReason.HandlerFailed => "handler_failed",
        _ => "unknown",
    }));
}
