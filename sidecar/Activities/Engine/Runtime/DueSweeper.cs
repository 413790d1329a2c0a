using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Engine.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>Sleeps until the earliest moment in the store and tells the runs whose moments have come. Costs what is due, not what is stored.</summary>
public sealed class DueSweeper : BackgroundService, IWorkSource
{
    /// <summary>So many are read together: whoever is in such a list once, with nothing cut off, has nothing else that is due.</summary>
    private const int MostAtOnce = 20_000;

    /// <summary>So many are told together, and their people asked about in one call.</summary>
    private const int MostToldAtOnce = 500;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(15);

    /// <summary>So long after somebody was not to be disturbed, Mattermost is asked again.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(5);

    private readonly ActivityRuntime _runtime;
    private readonly Reconciler _reconciler;
    private readonly Definitions _definitions;
    private readonly IDirectory _directory;
    private readonly ILearningStore _store;
    private readonly LearningTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<DueSweeper> _logger;
    private readonly Alarm _alarm;

    /// <summary>Moments that could not be told: left in the store, tried again later, and holding up nothing else.</summary>
    private readonly Dictionary<string, DateTimeOffset> _postponed = new(StringComparer.Ordinal);

    private DateTimeOffset _upSince;

    public DueSweeper(
        ActivityRuntime runtime, Reconciler reconciler, Definitions definitions, IDirectory directory, LearningLedger ledger, LearningTelemetry telemetry, Naps naps,
        TimeProvider time, ILogger<DueSweeper> logger)
    {
        _runtime = runtime;
        _reconciler = reconciler;
        _definitions = definitions;
        _directory = directory;
        _store = ledger.Store;
        _telemetry = telemetry;
        _time = time;
        _logger = logger;
        _alarm = new Alarm(time, naps);
        ledger.MomentAdded += _alarm.NoLaterThan;
    }

    public DateTimeOffset? NextMoment => _alarm.At;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_alarm.IsAsleep(now));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _upSince = _time.GetUtcNow();
        while (true)
        {
            if (await SweepAsync(stoppingToken) is { } next)
                _alarm.NoLaterThan(next);
            await _alarm.SleepAsync(stoppingToken);
        }
    }

    /// <summary>Tells all that is due, and says when to look again; null when nothing is waited for.</summary>
    internal async Task<DateTimeOffset?> SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var now = _time.GetUtcNow();
                var most = MostAtOnce + _postponed.Count;
                var due = await _store.RangeAsync(DueTime.ByInstant, "", InstantKey.Of(now.AddTicks(1)), most, cancellationToken);
                if (due.Count < most)
                    ForgetAllBut(due);
                var ready = due.Where(moment => !(_postponed.TryGetValue(moment.Id, out var until) && until > now)).ToList();
                if (ready.Count == 0)
                    return await NextAsync(now, cancellationToken);
                var unprompted = ready.Where(moment => moment.PersonId is not null && moment.WaitsUntil > now).ToList();
                var alone = due.Count < most ? WhoIsAlone(due) : [];
                await TellAllAsync(ready.Except(unprompted), alone, now, cancellationToken);
                if (unprompted.Count > 0)
                    await TellAllAsync(await WhoMayBeDisturbedAsync(unprompted, now, cancellationToken), alone, now, cancellationToken);
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or UnreadableDocumentException)
        {
            _logger.LogError("The sweep could not read the store: {Reason}", e.Message);
            return _time.GetUtcNow() + RetryAfter;
        }
    }

    /// <summary>
    /// The others are told later, and decided then, by what the person has done meanwhile. All are asked about in one call.
    /// </summary>
    private async ValueTask<IEnumerable<DueTime>> WhoMayBeDisturbedAsync(List<DueTime> unprompted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var people = unprompted.Select(moment => moment.PersonId!).Distinct().ToList();
            var disturbed = await _directory.NotToBeDisturbedAsync(people, cancellationToken);
            Postpone(unprompted.Where(moment => disturbed.Contains(moment.PersonId!)), AskAgain);
            return unprompted.Where(moment => !disturbed.Contains(moment.PersonId!));
        }
        catch (DirectoryUnavailableException)
        {
            _logger.LogInformation("{Count} reminders wait: Mattermost does not say who may be disturbed", unprompted.Count);
            Postpone(unprompted, RetryAfter);
            return [];
        }

        void Postpone(IEnumerable<DueTime> waiting, TimeSpan wait)
        {
            foreach (var moment in waiting)
                _postponed[moment.Id] = now + wait < moment.WaitsUntil!.Value ? now + wait : moment.WaitsUntil.Value;
        }
    }

    /// <summary>A moment that is no longer in the store has been told or taken back; it must not be waited for.</summary>
    private void ForgetAllBut(IReadOnlyList<DueTime> due)
    {
        if (_postponed.Count == 0)
            return;
        var standing = due.Select(moment => moment.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _postponed.Keys.Where(id => !standing.Contains(id)).ToList())
            _postponed.Remove(gone);
    }

    private async Task<DateTimeOffset?> NextAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ahead = await _store.RangeAsync(DueTime.ByInstant, InstantKey.Of(now.AddTicks(1)), null, 1, cancellationToken);
        return ahead.Select(moment => (DateTimeOffset?)moment.At).Concat(_postponed.Values.Select(until => (DateTimeOffset?)until)).Min();
    }

    /// <summary>The people for whom one run has something. Whoever was postponed may have had company before.</summary>
    private HashSet<string> WhoIsAlone(IEnumerable<DueTime> due) =>
        [.. due.Where(moment => moment.PersonId is not null).GroupBy(moment => moment.PersonId!)
            .Where(own => own.All(moment => moment.RunId == own.First().RunId && !_postponed.ContainsKey(moment.Id))).Select(own => own.Key)];

    private async Task TellAllAsync(IEnumerable<DueTime> moments, HashSet<string> alone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var ofRun in moments.GroupBy(moment => moment.OccurrenceId ?? moment.RunId))
        {
            foreach (var some in ofRun.Chunk(MostToldAtOnce))
                await TellAsync(ofRun.Key, some, alone, now, cancellationToken);
        }
    }

    private async Task TellAsync(string subject, DueTime[] moments, HashSet<string> alone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var span = _telemetry.StartDue(LearningTelemetry.MomentSource, subject);
        try
        {
            if (moments[0].OccurrenceId is { } occurrenceId)
                await _reconciler.EnsureCurrentAsync(occurrenceId, moments.Any(IsAboutEverybody), cancellationToken);
            await _runtime.PrepareAsync([.. moments.Select(moment => moment.PersonId).OfType<string>().Distinct()], cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Postpone(moments, e);
            return;
        }

        // Told together, so that they become one commit; each that fails waits alone.
        var told = moments.Select(moment => (moment, Task: _runtime.TellAsync(subject, Came(moment), cancellationToken))).ToList();
        foreach (var (moment, task) in told)
        {
            try
            {
                await task;
                // One that waited for its reader, or came due while there was no sidecar, was not decided late.
                var hadToWait = _postponed.Remove(moment.Id) && moment.WaitsUntil is not null;
                if (!hadToWait && moment.At >= _upSince)
                    _telemetry.Decided(LearningTelemetry.MomentSource, _time.GetUtcNow() - moment.At);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Postpone([moment], e);
            }
        }

        void Postpone(DueTime[] waiting, Exception e)
        {
            _logger.LogWarning("{Count} moments of {Subject} wait: {Reason}", waiting.Length, subject, e.Message);
            foreach (var moment in waiting)
                _postponed[moment.Id] = now + RetryAfter;
        }

        MomentCame Came(DueTime moment) =>
            new(moment.What, moment.PersonId, moment.At) { IsAllThatIsDue = moment.PersonId is { } personId && alone.Contains(personId) };

        bool IsAboutEverybody(DueTime moment) => _definitions.Kinds.Any(kind => kind.LooksAtEverybody(Came(moment)));
    }
}
