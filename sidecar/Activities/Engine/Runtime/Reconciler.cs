using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// Compares what is stored of a round with what stands in its thread, as sets, and tells the differences as if they had just
/// happened. After it, participation is what Mattermost shows, however much was missed.
/// </summary>
public sealed class Reconciler(
    LearningLedger ledger, ActivityRuntime runtime, IMessenger messenger, IDirectory directory, RecentRemovals removals, IForgottenList forgotten, TimeProvider time,
    ILogger<Reconciler> logger)
{
    /// <summary>So long after a close people still reply; and always in the last round of a run, however long ago that was.</summary>
    private static readonly TimeSpan LateFor = TimeSpan.FromDays(7);

    /// <summary>Runs that are read back at a time: Mattermost's answers are waited for together, and what else is to be sent is not kept waiting.</summary>
    private const int AtOnce = 4;

    private readonly ILearningStore _store = ledger.Store;
    private volatile bool _isCurrent;
    private int _breaks;

    /// <summary>Everything is heard as it happens, and nothing was missed since the last reconciliation.</summary>
    public bool IsCurrent => _isCurrent;

    /// <summary>The connection to Mattermost is gone or has a gap: from here on, things may be missed.</summary>
    public void LostTouch()
    {
        Interlocked.Increment(ref _breaks);
        _isCurrent = false;
    }

    /// <summary>After a start or a gap: reads every open round's thread, and those in which late replies are to be expected.</summary>
    /// <exception cref="DeliveryException">Mattermost did not answer; try again.</exception>
    /// <exception cref="DirectoryUnavailableException">The same.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var breaks = Volatile.Read(ref _breaks);
        List<Run> runs = [];
        foreach (var status in Run.Living)
            runs.AddRange(await _store.FindAsync(Run.ByStatus, status.ToString(), cancellationToken));
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, CatchUpAsync);

        // What broke meanwhile may have been missed; then another reading back is under way.
        if (breaks == Volatile.Read(ref _breaks))
            _isCurrent = true;
    }

    private async ValueTask CatchUpAsync(Run run, CancellationToken cancellationToken)
    {
        await TellOfChannelAsync(run, cancellationToken);
        var rounds = await _store.FindAsync(Occurrence.ByRun, run.Id, cancellationToken);
        var closed = rounds.Where(round => round.Status == OccurrenceStatus.Closed).ToList();
        var late = closed.Where(round => round.ClosesAt > time.GetUtcNow() - LateFor).Append(closed.MaxBy(round => round.Instant));
        foreach (var round in rounds.Where(round => round.Status == OccurrenceStatus.Open).Union(late.OfType<Occurrence>()))
            await ReconcileIfReadableAsync(round, cancellationToken);
        foreach (var round in rounds.Where(round => round.Status == OccurrenceStatus.Open))
            await TellOfDeedsAsync(run, round, cancellationToken);
    }

    /// <summary>What people were to do in Mattermost, and may have done while nobody listened. Told as it would have been; what was told before changes nothing.</summary>
    private async Task TellOfDeedsAsync(Run run, Occurrence round, CancellationToken cancellationToken)
    {
        List<(string PersonId, Watch Watching)> watched = [];
        await foreach (var one in _store.EachAsync(Participation.ByOccurrence, round.Id, cancellationToken))
        {
            if (one.Watching is { } watching)
                watched.Add((one.PersonId, watching));
        }

        foreach (var there in watched.GroupBy(one => one.Watching.Channel))
        {
            var channel = there.Key is { } name
                ? await directory.FindChannelAsync(run.TeamId, name, cancellationToken)
                : await directory.ChannelAsync(run.ChannelId, cancellationToken);
            if (channel is null)
                continue;
            try
            {
                var since = there.ToDictionary(one => one.PersonId, one => one.Watching.Since, StringComparer.Ordinal);
                foreach (var (personId, deed) in await messenger.DeedsSinceAsync(channel.Id, since.Values.Min(), cancellationToken))
                {
                    if (since.TryGetValue(personId, out var from) && deed.At >= from)
                        await runtime.TellAsync(round.Id, new Did(personId, deed with { ChannelName = channel.Name }), cancellationToken);
                }
            }
            catch (DeliveryException e) when (e.Kind == DeliveryFailure.Refused)
            {
                logger.LogWarning("Round {OccurrenceId}: channel {ChannelId} may not be read ({ErrorId}); is the bot still in it?", round.Id, channel.Id, e.ErrorId);
            }
        }
    }

    /// <summary>Archiving and restoring a channel are not told again to whoever was away.</summary>
    private async Task TellOfChannelAsync(Run run, CancellationToken cancellationToken)
    {
        if (await directory.ChannelAsync(run.ChannelId, cancellationToken) is not { } channel)
            return;
        if (channel.IsArchived && run.Status == RunStatus.Running)
            await runtime.TellAsync(run.Id, new ChannelArchived(), cancellationToken);
        else if (!channel.IsArchived && run.Status == RunStatus.Archived)
            await runtime.TellAsync(run.Id, new ChannelRestored(), cancellationToken);
    }

    /// <summary>Before a decision that looks at a round: reads its thread, unless nothing can have been missed.</summary>
    /// <param name="occurrenceId">The round.</param>
    /// <param name="always">Read it in any case: at a close, replies that are still on their way to us must count.</param>
    /// <param name="cancellationToken"></param>
    /// <exception cref="DeliveryException">Mattermost did not answer; try again.</exception>
    public async Task EnsureCurrentAsync(string occurrenceId, bool always, CancellationToken cancellationToken)
    {
        if ((always || !_isCurrent)
            && await _store.GetAsync<Occurrence>(occurrenceId, cancellationToken) is { Status: OccurrenceStatus.Open } round)
            await ReconcileIfReadableAsync(round, cancellationToken);
    }

    /// <summary>A thread that the bot may no longer read (it was taken out of the channel) holds up no other, and its round goes by what is stored.</summary>
    private async Task ReconcileIfReadableAsync(Occurrence round, CancellationToken cancellationToken)
    {
        try
        {
            await ReconcileAsync(round, cancellationToken);
        }
        catch (DeliveryException e) when (e.Kind == DeliveryFailure.Refused)
        {
            logger.LogWarning("Round {OccurrenceId}: its thread may not be read ({ErrorId}); is the bot still in the channel?", round.Id, e.ErrorId);
        }
    }

    private async Task ReconcileAsync(Occurrence round, CancellationToken cancellationToken)
    {
        if (await _store.GetAsync<PostedMessage>(round.RootRowId, cancellationToken) is not { } root)
            return;

        // What is stored is read first: only what was there before the thread was read can be said to be missing from it.
        var began = time.GetUtcNow();
        var contributions = (await _store.FindAsync(Contribution.ByOccurrence, round.Id, cancellationToken)).ToDictionary(one => one.PostId);
        var reactions = (await _store.FindAsync(Reaction.ByOccurrence, round.Id, cancellationToken))
            .ToDictionary(one => Reaction.IdOf(one.PostId, one.PersonId, one.Emoji));
        var thread = await messenger.ReadThreadAsync(root.PostId, cancellationToken);
        if (thread is null)
        {
            await runtime.TellAsync(round.Id, new RoundPostGone(), cancellationToken);
            return;
        }

        List<ActivityEvent> differences = [];
        var replies = thread.Replies.ToDictionary(reply => reply.PostId);
        foreach (var reply in thread.Replies.OrderBy(reply => reply.At))
        {
            if (!contributions.ContainsKey(reply.PostId) && !removals.Since(reply.PostId, began))
                differences.Add(new Replied(reply.PersonId, reply.PostId, reply.At));
        }

        var standing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reaction in thread.Reactions.Where(one => one.PersonId != directory.BotId && replies.ContainsKey(one.PostId)))
        {
            var id = Reaction.IdOf(reaction.PostId, reaction.PersonId, reaction.Emoji);
            standing.Add(id);
            // What a forgotten person did before must not come back from Mattermost; of a reaction it is not known when it was made.
            if (forgotten.Marks.Count > 0 && forgotten.Marks.Contains(forgotten.MarkOf(reaction.PersonId)))
                continue;
            if (!reactions.ContainsKey(id) && !removals.Since(id, began))
                differences.Add(new Reacted(reaction.PersonId, reaction.PostId, reaction.Emoji));
        }

        differences.AddRange(reactions.Where(one => !standing.Contains(one.Key))
            .Select(one => new ReactionRemoved(one.Value.PersonId, one.Value.PostId, one.Value.Emoji)));
        differences.AddRange(contributions.Values.Where(one => !replies.ContainsKey(one.PostId))
            .Select(one => new ReplyRemoved(one.PersonId, one.PostId)));
        await Task.WhenAll(differences.Select(one => runtime.TellAsync(round.Id, one, cancellationToken)));
        var gone = await TellWhoLeftAsync(round, root.ChannelId, cancellationToken);
        if (differences.Count + gone > 0)
            logger.LogInformation("Round {OccurrenceId}: {Count} things had been missed and are taken in", round.Id, differences.Count + gone);
    }

    private async Task<int> TellWhoLeftAsync(Occurrence round, string channelId, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var one in _store.EachAsync(Participation.ByOccurrence, round.Id, cancellationToken))
        {
            if (one.IsIn)
                waiting.Add(one.PersonId);
        }

        await foreach (var one in _store.EachAsync(Enrollment.ByRun, round.RunId, cancellationToken))
            waiting.Add(one.PersonId);
        if (waiting.Count == 0)
            return 0;
        var members = await messenger.MembersAmongAsync(channelId, waiting, cancellationToken);
        var gone = waiting.Where(personId => !members.Contains(personId)).ToList();
        foreach (var personId in gone)
        {
            await runtime.TellAsync(round.Id, new LeftChannel(personId), cancellationToken);
            await runtime.TellAsync(round.RunId, new LeftChannel(personId), cancellationToken);
        }

        return gone.Count;
    }
}
