using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// Once a day takes out what has been kept long enough: sent rows of the outbox, closed rounds with all that belongs to them, facts, tips, decks that nobody has touched, runs
/// that are over, and texts that nothing refers to any more. In small commits, oldest first, so that an interruption costs nothing.
/// </summary>
public sealed class Housekeeping : BackgroundService, IWorkSource
{
    private const int MostAtOnce = 200;

    /// <summary>A round so large that it takes more commits than this goes on tomorrow.</summary>
    private const int MostCommitsARound = 100;

    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);
    private static readonly TimeSpan TryAgain = TimeSpan.FromHours(1);

    private readonly LearningLedger _ledger;
    private readonly ILearningStore _store;
    private readonly ActivityRuntime _runtime;
    private readonly Definitions _definitions;
    private readonly Retention _retention;
    private readonly TimeProvider _time;
    private readonly ILogger<Housekeeping> _logger;
    private readonly Alarm _alarm;

    public Housekeeping(
        LearningLedger ledger, ActivityRuntime runtime, Definitions definitions, Retention retention, Naps naps, TimeProvider time, ILogger<Housekeeping> logger)
    {
        _ledger = ledger;
        _store = ledger.Store;
        _runtime = runtime;
        _definitions = definitions;
        _retention = retention;
        _time = time;
        _logger = logger;
        _alarm = new Alarm(time, naps);
    }

    public DateTimeOffset? NextMoment => _alarm.At;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_alarm.IsAsleep(now));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var wait = Daily;
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception e) when (e is StoreUnavailableException or UnreadableDocumentException)
            {
                _logger.LogError("Housekeeping stopped half-way and goes on in an hour: {Reason}", e.Message);
                wait = TryAgain;
            }

            _alarm.NoLaterThan(_time.GetUtcNow() + wait);
            await _alarm.SleepAsync(stoppingToken);
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var (sent, kept) = (InstantKey.Of(Retention.SentSince(now)), InstantKey.Of(_retention.Since(now)));
        var rows = await RemoveBelowAsync(OutboxRow.BySettled, sent, cancellationToken)
            + await RemoveBelowAsync(PostedMessage.OfNoRound, sent, cancellationToken)
            + await RemoveBelowAsync(PostedMessage.OfNoRoundForLater, kept, cancellationToken);
        await RemoveBelowAsync(NudgeRecord.ByInstant, sent, cancellationToken);
        await RemoveBelowAsync(RecallDeck.ByInstant, kept, cancellationToken);
        await RemoveOffersAsync(sent, cancellationToken);
        var rounds = await RemoveRoundsAsync(kept, cancellationToken);
        var facts = await RemoveBelowAsync(LearningEvent.ByInstant, kept, cancellationToken);
        var tips = await RemoveBelowAsync(Tip.ByInstant, kept, cancellationToken);
        var runs = await RemoveRunsAsync(_retention.Since(now), cancellationToken);
        var texts = await RemoveDefinitionsAsync(cancellationToken);
        if (rows + rounds + facts + tips + runs + texts > 0)
        {
            _logger.LogInformation(
                "Housekeeping: {Rows} sent messages, {Rounds} rounds, {Facts} facts, {Tips} tips, {Runs} runs and {Texts} texts had been kept long enough",
                rows, rounds, facts, tips, runs, texts);
        }
    }

    private async Task<int> RemoveBelowAsync<T>(DocumentIndex<T> index, string below, CancellationToken cancellationToken)
        where T : Document, IStored<T>
    {
        for (var removed = 0; ;)
        {
            var batch = await _store.RangeAsync(index, "", below, MostAtOnce, cancellationToken);
            if (batch.Count == 0)
                return removed;
            // One that changed meanwhile is read again, and is no longer among them.
            if (await RemoveAsync(batch, cancellationToken) == CommitOutcome.Committed)
                removed += batch.Count;
        }
    }

    /// <summary>What was handed in and not put into the library, with all that came with it.</summary>
    private async Task RemoveOffersAsync(string below, CancellationToken cancellationToken)
    {
        foreach (var offer in await _store.RangeAsync(LibraryVersion.ByOffer, "", below, MostAtOnce, cancellationToken))
            await RemoveAllOfAsync(LibraryAttachment.ByVersion, offer.Id, cancellationToken);
        await RemoveBelowAsync(LibraryVersion.ByOffer, below, cancellationToken);
    }

    private async Task<int> RemoveRoundsAsync(string below, CancellationToken cancellationToken)
    {
        HashSet<string> waiting = [];
        for (var removed = 0; ;)
        {
            var found = await _store.RangeAsync(Occurrence.ByEnd, "", below, MostAtOnce + waiting.Count, cancellationToken);
            var batch = found.Where(round => !waiting.Contains(round.Id)).ToList();
            if (batch.Count == 0)
                return removed;
            foreach (var round in batch)
            {
                if (await RemoveRoundAsync(round.Id, cancellationToken))
                    removed++;
                else
                    waiting.Add(round.Id);
            }
        }
    }

    /// <summary>False when some of it has to stay for today.</summary>
    private async Task<bool> RemoveRoundAsync(string id, CancellationToken cancellationToken)
    {
        for (var commits = 0; commits < MostCommitsARound; commits++)
        {
            await _runtime.TellAsync(id, new RoundExpired(), cancellationToken);
            if (await _store.GetAsync<Occurrence>(id, cancellationToken) is null)
                return true;
            if ((await _store.FindAsync(OutboxRow.ByOccurrence, id, cancellationToken)).Any(row => row.Status == OutboxStatus.Waiting))
                return false;
        }

        return false;
    }

    private async Task<int> RemoveRunsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var status in new[] { RunStatus.Stopped, RunStatus.Ended })
        {
            foreach (var run in await _store.FindAsync(Run.ByStatus, status.ToString(), cancellationToken))
            {
                var isOver = run.CreatedAt < before && run.DecidedThrough < before
                    && (await _store.RangeAsync(Occurrence.ByRun, run.Id, Next(run.Id), 1, cancellationToken)).Count == 0;
                // Nobody is in every round of what never opens again; a run that has ended may still be told to go on.
                if (status == RunStatus.Stopped || isOver)
                    await RemoveAllOfAsync(Enrollment.ByRun, run.Id, cancellationToken);
                if (isOver)
                {
                    await RemoveAllOfAsync(Acquaintance.ByRun, run.Id, cancellationToken);
                    await RemoveAllOfAsync(Suggestion.ByRun, run.Id, cancellationToken);
                }

                // A file that starts by itself must find that it was stopped.
                if (isOver && run.StartedBy is not null && await RemoveAsync([run], cancellationToken) == CommitOutcome.Committed)
                    removed++;
            }
        }

        return removed;
    }

    private async Task RemoveAllOfAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken) where T : Document, IStored<T>
    {
        while (await _store.RangeAsync(index, key, Next(key), MostAtOnce, cancellationToken) is { Count: > 0 } batch)
            await RemoveAsync(batch, cancellationToken);
    }

    private async Task<int> RemoveDefinitionsAsync(CancellationToken cancellationToken)
    {
        // What is offered now may be opened with at any moment, so it stays.
        var offered = _definitions.Library.Definitions.Values.Select(definition => definition.Hash).ToHashSet(StringComparer.Ordinal);
        var removed = 0;
        for (var from = ""; ;)
        {
            var batch = await _store.RangeAsync(StoredDefinition.ByHash, from, null, MostAtOnce, cancellationToken);
            if (batch.Count == 0)
                return removed;
            foreach (var text in batch)
            {
                if (!offered.Contains(text.Hash)
                    && (await _store.RangeAsync(Occurrence.ByDefinition, text.Hash, Next(text.Hash), 1, cancellationToken)).Count == 0
                    && (await _store.RangeAsync(Participation.ByDefinition, text.Hash, Next(text.Hash), 1, cancellationToken)).Count == 0
                    && (await _store.RangeAsync(Run.ByDefinition, text.Hash, Next(text.Hash), 1, cancellationToken)).Count == 0
                    && await RemoveAsync([text], cancellationToken) == CommitOutcome.Committed)
                    removed++;
            }

            from = Next(batch[^1].Hash);
        }
    }

    private Task<CommitOutcome> RemoveAsync<T>(IReadOnlyList<T> batch, CancellationToken cancellationToken) where T : Document, IStored<T>
    {
        var changes = new ChangeSet();
        foreach (var document in batch)
            changes.Delete(document);
        return _ledger.CommitAsync(changes, cancellationToken);
    }

    /// <summary>The first key after this one: no key has control characters.</summary>
    private static string Next(string key) => $"{key}\u0001";
}
