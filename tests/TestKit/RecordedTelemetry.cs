using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MattermostLearning.Activities.Engine.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.TestKit;

/// <summary>Keeps what one sidecar measures and traces, and nothing of others that run in the same process.</summary>
public sealed class RecordedTelemetry : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _traces;
    private readonly ConcurrentQueue<Measurement> _measurements = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<Instrument> _instruments = new();

    /// <param name="services">Of the sidecar.</param>
    public RecordedTelemetry(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        var source = services.GetRequiredService<LearningTelemetry>().Source;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope != factory || instrument.Meter.Name != LearningTelemetry.Name)
                return;
            _instruments.Enqueue(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
        _traces = new ActivityListener
        {
            ShouldListenTo = candidate => candidate == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_traces);
    }

    /// <summary>Spans that have ended, in that order.</summary>
    public IReadOnlyList<Activity> Spans => [.. _spans];

    /// <summary>All that measure.</summary>
    public IReadOnlyList<Instrument> Instruments => [.. _instruments];

    /// <summary>Names and values of all labels so far.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Labels => [.. _measurements.SelectMany(one => one.Labels).Distinct()];

    /// <summary>What was measured with this instrument, under these labels.</summary>
    /// <param name="instrument">Its name.</param>
    /// <param name="labels">As `name=value`; others may stand beside them.</param>
    public IReadOnlyList<double> Of(string instrument, params IReadOnlyList<string> labels) =>
        [.. _measurements.Where(one => one.Instrument == instrument && labels.All(one.Labels.Select(label => $"{label.Key}={label.Value}").Contains)).Select(one => one.Value)];

    /// <summary>What a gauge or a counter that is looked up shows now.</summary>
    public double Look(string instrument)
    {
        _meters.RecordObservableInstruments();
        return Of(instrument) is [.., var last] ? last : throw new InvalidOperationException($"There is no {instrument}.");
    }

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _measurements.Enqueue(
        new Measurement(instrument.Name, value, [.. tags.ToArray().Select(tag => KeyValuePair.Create(tag.Key, tag.Value?.ToString() ?? ""))]));

    private sealed record Measurement(string Instrument, double Value, IReadOnlyList<KeyValuePair<string, string>> Labels);
}
