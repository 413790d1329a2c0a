using System.Collections.Concurrent;
using System.Threading.Channels;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// Keeps one trigger for each running run, at its next undecided instant: rebuilt from the store at start, moved when a run or its
/// file changes. At both it also opens, or leaves out, what was missed.
/// </summary>
public sealed class RunScheduler : BackgroundService, IWorkSource
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(15);

    private readonly LearningLedger _ledger;
    private readonly Definitions _definitions;
    private readonly ActivityRuntime _runtime;
    private readonly RunCalendar _calendar;
    private readonly IRunTriggers _triggers;
    private readonly LearningTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<RunScheduler> _logger;
    private readonly Channel<string?> _changed = Channel.CreateUnbounded<string?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, Trigger> _next = new(StringComparer.Ordinal);
    private int _underWay = 1;

    public RunScheduler(
        LearningLedger ledger, Definitions definitions, ActivityRuntime runtime, RunCalendar calendar, IRunTriggers triggers, LearningTelemetry telemetry, TimeProvider time,
        ILogger<RunScheduler> logger)
    {
        _ledger = ledger;
        _definitions = definitions;
        _runtime = runtime;
        _calendar = calendar;
        _triggers = triggers;
        _telemetry = telemetry;
        _time = time;
        _logger = logger;
        ledger.RunsChanged += runs =>
        {
            foreach (var run in runs)
                Post(run.Id);
        };
        definitions.Changed += () => Post(null);
    }

    /// <summary>The earliest trigger.</summary>
    public DateTimeOffset? NextMoment => _next.Min(one => (DateTimeOffset?)one.Value.At);

    /// <summary>Runs that have another round to come.</summary>
    public int Scheduled => _next.Count;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(Volatile.Read(ref _underWay) == 0 && !(NextMoment <= now));

    /// <summary>The trigger of a run fired.</summary>
    public async Task FiredAsync(string runId, CancellationToken cancellationToken)
    {
        using var span = _telemetry.StartDue(LearningTelemetry.ScheduleSource, runId);
        var instant = _next.TryGetValue(runId, out var trigger) ? trigger.Instant : null;
        try
        {
            await _runtime.OpenDueRoundsAsync(runId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The trigger is used up. The instant is still undecided in the store, so asking again opens it late, but opens it.
            _logger.LogError("Run {RunId} came due and could not be told, so it is told again in {Seconds} s: {Reason}", runId, RetryAfter.TotalSeconds, e.Message);
            await TryAgainAsync(runId, CancellationToken.None);
            return;
        }

        if (_time.GetUtcNow() - instant is { } lag && lag >= TimeSpan.Zero)
            _telemetry.Decided(LearningTelemetry.ScheduleSource, lag);
        // Decided or not, the run's next instant is looked up again: a clock that was set may have fired the trigger early.
        Post(runId);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var run in await _ledger.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running), stoppingToken))
            await CatchUpAsync(run.Id, stoppingToken);
        Interlocked.Decrement(ref _underWay);

        await foreach (var runId in _changed.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (runId is not null)
                {
                    await PlaceAsync(runId, stoppingToken);
                }
                else
                {
                    foreach (var run in await _ledger.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running), stoppingToken))
                        await FollowFileAsync(run, stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                _logger.LogError(e, "The trigger of run {RunId} could not be placed", runId ?? "(all)");
                if (runId is not null)
                    await TryAgainAsync(runId, stoppingToken);
            }

            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>A run whose file was changed goes by it at once, as it would after a restart.</summary>
    private async Task FollowFileAsync(Run run, CancellationToken cancellationToken)
    {
        if (_definitions.Library.Find(run.Slug) is { } current && current.Kind == run.Kind && current.Hash != run.DefinitionHash)
            await CatchUpAsync(run.Id, cancellationToken);
    }

    private async Task CatchUpAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            await _runtime.OpenDueRoundsAsync(runId, cancellationToken);
            await PlaceAsync(runId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One run that cannot be taken up now must not keep the others from running, and is tried again.
            _logger.LogError(e, "Run {RunId} could not be taken up again", runId);
            await TryAgainAsync(runId, cancellationToken);
        }
    }

    private async Task PlaceAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await _ledger.Store.GetAsync<Run>(runId, cancellationToken);
        var next = run is null ? null : _calendar.Next(run, await _definitions.CurrentOfAsync(run, cancellationToken));
        if (next is { } instant)
        {
            await _triggers.SetAsync(runId, instant, cancellationToken);
            _next[runId] = new Trigger(instant, instant);
        }
        else
        {
            await _triggers.ClearAsync(runId, cancellationToken);
            _next.TryRemove(runId, out _);
        }
    }

    private async Task TryAgainAsync(string runId, CancellationToken cancellationToken)
    {
        var at = _time.GetUtcNow() + RetryAfter;
        await _triggers.SetAsync(runId, at, cancellationToken);
        _next.AddOrUpdate(runId, new Trigger(at, null), (_, before) => before with { At = at });
    }

    private void Post(string? runId)
    {
        Interlocked.Increment(ref _underWay);
        _changed.Writer.TryWrite(runId);
    }

    /// <param name="At">When it fires.</param>
    /// <param name="Instant">Of the round that it was first set for; null where it only asks again after a failure.</param>
    private readonly record struct Trigger(DateTimeOffset At, DateTimeOffset? Instant);
}
