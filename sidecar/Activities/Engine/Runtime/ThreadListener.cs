using System.Collections.Concurrent;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>What was seen of one post, without its text.</summary>
public sealed record PostSeen(string PostId, string? RootPostId, string ChannelId, string PersonId, DateTimeOffset At)
{
    /// <summary>By a webhook, or one of Mattermost's own messages: never a contribution.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>Looks at the message; asked only where something is waited for that its author is to do.</summary>
    public Func<MessageTraits> Traits { get; init; } = () => MessageTraits.None;
}

/// <summary>
/// Hears what people do in threads and takes it to the round that owns the thread. It keeps the order in which Mattermost told it,
/// and no text.
/// </summary>
public sealed class ThreadListener(
    LearningLedger ledger, ActivityRuntime runtime, IDirectory directory, IMessenger messenger, OutboxDispatcher outbox, RecentRemovals removals,
    ILogger<ThreadListener> logger) : IWorkSource
{
    private readonly ILearningStore _store = ledger.Store;

    /// <summary>Replies that were told and are not stored yet: what is done to one at once must find it all the same.</summary>
    private readonly ConcurrentDictionary<string, (string OccurrenceId, string PersonId)> _arriving = new(StringComparer.Ordinal);

    private int _underWay;

    public DateTimeOffset? NextMoment => null;

    /// <summary>Something was heard and could not be stored: it has to be read back.</summary>
    public event Action? Missed;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(Volatile.Read(ref _underWay) == 0);

    public async Task PostedAsync(PostSeen post, CancellationToken cancellationToken)
    {
        await TellOfDeedAsync(post, cancellationToken);
        if (post.IsAutomatic || post.RootPostId is null || await RoundOfThreadAsync(post.RootPostId, cancellationToken) is not { } occurrenceId)
            return;
        if (!await directory.IsPersonAsync(post.PersonId, cancellationToken))
            return;
        _arriving[post.PostId] = (occurrenceId, post.PersonId);
        Tell(occurrenceId, new Replied(post.PersonId, post.PostId, post.At));
    }

    /// <summary>Whoever is shown what is missing from their message mends it rather than write another.</summary>
    public async Task EditedAsync(PostSeen post, CancellationToken cancellationToken) => await TellOfDeedAsync(post, cancellationToken);

    public async Task DeletedAsync(string postId, CancellationToken cancellationToken)
    {
        removals.Add(postId);
        if (await ReplyAsync(postId, cancellationToken) is { } reply)
            Tell(reply.OccurrenceId, new ReplyRemoved(reply.PersonId, postId));
        else if (await PostedAsAsync(postId, cancellationToken) is { OccurrenceId: { } occurrenceId } posted
            && await _store.GetAsync<Occurrence>(occurrenceId, cancellationToken) is { } round && round.RootRowId == posted.RowId)
            Tell(occurrenceId, new RoundPostGone());
    }

    public async Task ReactedAsync(string postId, string channelId, string personId, string emoji, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await TellOfDeedAsync(personId, channelId, name => new Deed(DeedKind.Reaction, postId, channelId, name, at) { Emoji = emoji }, cancellationToken);
        if (personId != directory.BotId && await ReplyAsync(postId, cancellationToken) is { } reply)
            Tell(reply.OccurrenceId, new Reacted(personId, postId, emoji));
    }

    public async Task ReactionRemovedAsync(string postId, string personId, string emoji, CancellationToken cancellationToken)
    {
        removals.Add(Reaction.IdOf(postId, personId, emoji));
        if (await ReplyAsync(postId, cancellationToken) is { } reply)
            Tell(reply.OccurrenceId, new ReactionRemoved(personId, postId, emoji));
    }

    public async Task LeftChannelAsync(string channelId, string personId, CancellationToken cancellationToken)
    {
        foreach (var run in await _store.FindAsync(Run.ByChannel, channelId, cancellationToken))
        {
            foreach (var round in await _store.FindAsync(Occurrence.ByRun, run.Id, cancellationToken))
            {
                if (round.Status == OccurrenceStatus.Open)
                    Tell(round.Id, new LeftChannel(personId));
            }

            Tell(run.Id, new LeftChannel(personId));
        }
    }

    public async Task ArchivedAsync(string channelId, CancellationToken cancellationToken)
    {
        foreach (var run in await _store.FindAsync(Run.ByChannel, channelId, cancellationToken))
            Tell(run.Id, new ChannelArchived());
    }

    public async Task RestoredAsync(string channelId, CancellationToken cancellationToken)
    {
        foreach (var run in await _store.FindAsync(Run.ByChannel, channelId, cancellationToken))
            Tell(run.Id, new ChannelRestored());
    }

    private async ValueTask TellOfDeedAsync(PostSeen post, CancellationToken cancellationToken)
    {
        if (!post.IsAutomatic)
        {
            await TellOfDeedAsync(
                post.PersonId, post.ChannelId, name => new Deed(post.RootPostId is null ? DeedKind.Message : DeedKind.Reply, post.PostId, post.ChannelId, name, post.At) { Traits = post.Traits() }, cancellationToken);
        }
    }

    /// <summary>Takes what somebody did to whatever waits for it. Of most people nothing is waited for, and nothing more is asked.</summary>
    private async ValueTask TellOfDeedAsync(string personId, string channelId, Func<string, Deed> deedIn, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(Participation.ByWatched, personId, cancellationToken) is not { Count: > 0 } watched)
            return;
        try
        {
            if (await directory.ChannelAsync(channelId, cancellationToken) is not { } channel)
                return;
            var deed = deedIn(channel.Name);
            foreach (var part in watched)
                Tell(part.OccurrenceId, new Did(personId, deed));
        }
        catch (DirectoryUnavailableException)
        {
            // Where it was done is not known now: it is read back.
            Missed?.Invoke();
        }
    }

    private async ValueTask<(string OccurrenceId, string PersonId)?> ReplyAsync(string postId, CancellationToken cancellationToken)
    {
        if (_arriving.TryGetValue(postId, out var arriving))
            return arriving;
        return await _store.GetAsync<Contribution>(postId, cancellationToken) is { } stored ? (stored.OccurrenceId, stored.PersonId) : null;
    }

    private async ValueTask<string?> RoundOfThreadAsync(string rootPostId, CancellationToken cancellationToken)
    {
        if (await PostedAsAsync(rootPostId, cancellationToken) is { } posted)
            return posted.OccurrenceId;
        // A reply can come in before the answer to our own post did: then the row id in that post tells whose thread it is.
        if (!outbox.HasUnsettledPosts || await messenger.RowOfAsync(rootPostId, cancellationToken) is not { } rowId)
            return null;
        return (await _store.GetAsync<OutboxRow>(rowId, cancellationToken))?.OccurrenceId;
    }

    private async ValueTask<PostedMessage?> PostedAsAsync(string postId, CancellationToken cancellationToken) =>
        await _store.FindAsync(PostedMessage.ByPost, postId, cancellationToken) is [var posted, ..] ? posted : null;

    private void Tell(string subject, ActivityEvent happened)
    {
        Interlocked.Increment(ref _underWay);
        _ = TellAsync();

        async Task TellAsync()
        {
            try
            {
                await runtime.TellAsync(subject, happened, CancellationToken.None);
            }
            catch (Exception e)
            {
                logger.LogError("{Event} in {Subject} was not taken in: {Reason}", happened.GetType().Name, subject, e.Message);
                if (e is StoreUnavailableException)
                    Missed?.Invoke();
            }
            finally
            {
                if (happened is Replied reply)
                    _arriving.TryRemove(reply.PostId, out _);
                Interlocked.Decrement(ref _underWay);
            }
        }
    }
}

/// <summary>
/// What people took back in the last minutes. A thread that was read a moment earlier may still show it, and must not bring it back.
/// </summary>
public sealed class RecentRemovals(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _removed = new(StringComparer.Ordinal);

    public void Add(string id)
    {
        var now = time.GetUtcNow();
        _removed[id] = now;
        if (_removed.Count % 256 != 0)
            return;
        foreach (var (old, at) in _removed)
        {
            if (at < now - Window)
                _removed.TryRemove(old, out _);
        }
    }

    public bool Since(string id, DateTimeOffset instant) => _removed.TryGetValue(id, out var at) && at >= instant;
}
