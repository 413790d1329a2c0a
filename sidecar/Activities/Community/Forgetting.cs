using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MattermostLearning.Activities.Community.Library;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community;

/// <summary>
/// Forgets people. What carries their id is deleted, or gets a pseudonym where it has been counted: then the counts stay right, and the
/// figures of a community do not change because somebody left it.
/// </summary>
/// <remarks>
/// Runs and rounds are told, so that it happens in their own order of events; the rest is committed here. It is written down beside the
/// store before it begins and in the store when it is done, so a crash half-way, or a store restored from a backup, is noticed at the
/// next start and it is done again.
/// </remarks>
public sealed class Forgetting(
    LearningLedger ledger, ActivityRuntime runtime, PersonData data, HandLibrary library, IForgottenList list, TimeProvider time, ILogger<Forgetting> logger)
{
    private const int MostAtOnce = 100;

    /// <summary>What they set off while it was under way is found by looking again.</summary>
    private const int MostPasses = 5;

    private const string FactLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly ILearningStore _store = ledger.Store;

    /// <summary>Runs that would be left without a host.</summary>
    public async Task<IReadOnlyList<Run>> HostedByAsync(string personId, CancellationToken cancellationToken) =>
        [.. (await _store.FindAsync(Run.ByHost, personId, cancellationToken)).Where(run => run.Status is not (RunStatus.Stopped or RunStatus.Ended))];

    /// <summary>Once begun it goes through, whoever has stopped waiting for it.</summary>
    /// <exception cref="StoreUnavailableException">Not everything is done; the next start goes on with it, or asking again.</exception>
    public async Task ForgetAsync(string personId)
    {
        var mark = list.MarkOf(personId);
        list.Add(mark);
        await ReplaceAsync(personId);
        await RecordAsync(mark);
        logger.LogInformation("Somebody was forgotten, at their wish");
    }

    /// <summary>At start: forgets again whom this store, restored from a backup or left half-way, does not know to be forgotten.</summary>
    public async Task ApplyAgainAsync(CancellationToken cancellationToken)
    {
        HashSet<string> missing = new(StringComparer.Ordinal);
        foreach (var mark in list.Marks)
        {
            if (await _store.GetAsync<Forgotten>(mark, cancellationToken) is null)
                missing.Add(mark);
        }

        if (missing.Count == 0)
            return;
        var found = 0;
        HashSet<string> seen = new(StringComparer.Ordinal);
        await foreach (var personId in EverybodyAsync(cancellationToken))
        {
            if (!seen.Add(personId) || !missing.Contains(list.MarkOf(personId)))
                continue;
            await ReplaceAsync(personId);
            found++;
        }

        foreach (var mark in missing)
            await RecordAsync(mark);
        logger.LogInformation("The store had come back with {Count} people who had been forgotten; they are forgotten again", found);
    }

    private async Task ReplaceAsync(string personId)
    {
        for (var pass = 1; pass <= MostPasses; pass++)
        {
            var record = await data.GatherAsync(personId, CancellationToken.None);
            if (record.IsEmpty)
                return;
            await TellAsync(record);
            await RemoveAsync(record);
        }

        logger.LogWarning("Somebody who is being forgotten goes on acting; what came last is kept until they ask again");
    }

    private async Task TellAsync(PersonRecord record)
    {
        var personId = record.PersonId;
        var rounds = record.Participations.Select(one => one.OccurrenceId)
            .Concat(record.Contributions.Select(one => one.OccurrenceId))
            .Concat(record.Reactions.Select(one => one.OccurrenceId))
            .Concat(record.Moments.Select(one => one.OccurrenceId).OfType<string>())
            .Concat(record.Rows.Select(one => one.OccurrenceId).OfType<string>())
            .Concat(record.Suggestions.Select(one => one.OccurrenceId).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        var runs = rounds.Select(RunOf).Concat(record.Enrollments.Select(one => one.RunId)).Concat(record.Suggestions.Select(one => one.RunId)).ToHashSet(StringComparer.Ordinal);
        var hosted = record.Runs.Where(run => run.HostId == personId).Select(run => run.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var run in record.Runs)
        {
            runs.Add(run.Id);
            var ofRun = await _store.FindAsync(Occurrence.ByRun, run.Id, CancellationToken.None);
            rounds.UnionWith(ofRun.Select(round => round.Id));
            // Nobody is left to say that it goes on. One that still runs can only have come back from a backup: it was stopped before its host was forgotten.
            if (run.HostId == personId && run.Status != RunStatus.Stopped)
                await TellAsync(ofRun.LastOrDefault(round => round.Status == OccurrenceStatus.Open)?.Id ?? run.Id, new RunStopping(null));
        }

        foreach (var id in runs)
            await TellAsync(id, new PersonForgotten(personId, Forgotten.Nobody, hosted.Contains(id)));
        foreach (var id in rounds)
            await TellAsync(id, new PersonForgotten(personId, Forgotten.NewPseudonym(), hosted.Contains(RunOf(id))));
    }

    private async Task TellAsync(string subject, ActivityEvent happened)
    {
        try
        {
            await runtime.TellAsync(subject, happened, CancellationToken.None);
        }
        catch (Exception e) when (e is not StoreUnavailableException)
        {
            // What is kept has been replaced all the same; only a post that names them may stand as it was.
            logger.LogError("The posts of {Subject} could not be edited while somebody was forgotten: {Reason}", subject, e.Message);
        }
    }

    /// <summary>All that belongs to no run or round, and what is left of those that are gone.</summary>
    private async Task RemoveAsync(PersonRecord record)
    {
        var id = record.PersonId;
        await EachAsync(LearningEvent.ByPerson, id, fact => fact with
        {
            // The day is enough for figures, and too little to find somebody by; the id was made from theirs.
            Id = RandomNumberGenerator.GetString(FactLetters, 26),
            PersonId = Forgotten.Nobody,
            At = new DateTimeOffset(fact.At.UtcDateTime.Date, TimeSpan.Zero),
            Version = 0,
        });
        await EachAsync(PersonSettings.ByPerson, id, _ => null);
        await EachAsync(NudgeRecord.ByPerson, id, _ => null);
        await EachAsync(RecallDeck.ByPerson, id, _ => null);
        await EachAsync(OutboxRow.ByPerson, id, _ => null);
        await EachAsync(PostedMessage.ByPerson, id, _ => null);
        await EachAsync(DueTime.ByPerson, id, _ => null);
        await EachAsync(Enrollment.ByPerson, id, _ => null);
        await EachAsync(Participation.ByPerson, id, _ => null);
        await EachAsync(Contribution.ByPerson, id, _ => null);
        await EachAsync(Reaction.ByPerson, id, _ => null);
        await EachAsync(Acquaintance.ByPerson, id, _ => null);
        await EachAsync(Tip.ByPerson, id, _ => null);
        // The kind has done so where it could; what everybody has read stays, as nobody's.
        await EachAsync(Suggestion.ByPerson, id, one => one.OccurrenceId is null ? null : one with { PersonId = Forgotten.Nobody, ShowsName = false });
        // Whoever asked for it, the silence goes on.
        await EachAsync(Hold.ByPerson, id, hold => hold with { PersonId = Forgotten.Nobody });
        await library.ForgetAsync(id);
    }

    private async Task EachAsync<T>(DocumentIndex<T> index, string personId, Func<T, T?> replace) where T : Document, IStored<T>
    {
        while (await _store.RangeAsync(index, personId, Next(personId), MostAtOnce, CancellationToken.None) is { Count: > 0 } batch)
        {
            var changes = new ChangeSet();
            foreach (var document in batch)
            {
                changes.Delete(document);
                if (replace(document) is { } other)
                    changes.Save(other);
            }

            // When one of them changed meanwhile, all are read again.
            await ledger.CommitAsync(changes, CancellationToken.None);
        }
    }

    private async Task RecordAsync(string mark)
    {
        if (await _store.GetAsync<Forgotten>(mark, CancellationToken.None) is null)
            await ledger.CommitAsync(new ChangeSet().Save(new Forgotten { Mark = mark, At = time.GetUtcNow() }), CancellationToken.None);
    }

    /// <summary>Everybody whose id the store holds, some more than once: by leaps through the indexes, at the cost of people and not of what they did.</summary>
    private async IAsyncEnumerable<string> EverybodyAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerable<string>[] all =
        [
            KeysAsync(PersonSettings.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(NudgeRecord.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(RecallDeck.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Enrollment.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Participation.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Contribution.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Reaction.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(LearningEvent.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(DueTime.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(OutboxRow.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(PostedMessage.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Acquaintance.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Tip.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Suggestion.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Hold.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(LibraryVersion.ByPerson, one => one.PersonId, cancellationToken),
            KeysAsync(Run.ByHost, one => one.HostId, cancellationToken),
            KeysAsync(Run.ByStarter, one => one.StartedBy, cancellationToken),
        ];
        foreach (var keys in all)
        {
            await foreach (var key in keys)
                yield return key;
        }
    }

    private async IAsyncEnumerable<string> KeysAsync<T>(
        DocumentIndex<T> index, Func<T, string?> personOf, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Document, IStored<T>
    {
        for (var from = ""; await _store.RangeAsync(index, from, null, 1, cancellationToken) is [var first]; from = Next(personOf(first)!))
            yield return personOf(first)!;
    }

    private static string RunOf(string occurrenceId) => occurrenceId.Split('@')[0];

    /// <summary>The first key after this one: no key has control characters.</summary>
    private static string Next(string key) => $"{key}\u0001";
}
