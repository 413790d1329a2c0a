using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community.Tips;

/// <summary>A message in a public channel that began with one of the words.</summary>
public sealed record TipSeen(string PostId, string ChannelId, string TeamId, string PersonId, DateTimeOffset At);

/// <summary>
/// Takes in tips. The webhook brings them from every public channel, the WebSocket from those that the bot is in; whoever comes first
/// stores the tip and answers it, in one commit, and the other finds it there.
/// </summary>
public sealed class TipKeeper(
    LearningLedger ledger, IDirectory directory, IPostReader posts, TipWords words, Catalogue catalogue, TimeProvider time, ILogger<TipKeeper> logger)
{
    public const string Emoji = "bulb";

    private readonly ILearningStore _store = ledger.Store;

    /// <summary>Told by the WebSocket: of a person's message in a public channel that the bot is in.</summary>
    /// <param name="tip">The message.</param>
    /// <param name="rootPostId">The root of its thread; null for one that is no reply.</param>
    /// <param name="text">Looked at, and dropped.</param>
    /// <param name="cancellationToken"></param>
    public async Task HeardAsync(TipSeen tip, string? rootPostId, string text, CancellationToken cancellationToken)
    {
        try
        {
            if (words.Begins(text) && await directory.IsPersonAsync(tip.PersonId, cancellationToken))
                await KeepAsync(tip, new Place(IsBotIn: true, rootPostId ?? tip.PostId), cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            logger.LogError("A tip was not kept: {Reason}", e.Message);
        }
    }

    /// <summary>Told by the webhook, which says neither whether it is a reply nor who else has told it already.</summary>
    /// <returns>What to answer the webhook with: a comment that the bot makes where it is no member. Null for nothing.</returns>
    public async Task<string?> CalledAsync(TipSeen tip, string text, CancellationToken cancellationToken)
    {
        if (!words.Begins(text) || await _store.GetAsync<Tip>(tip.PostId, cancellationToken) is not null || !await directory.IsPersonAsync(tip.PersonId, cancellationToken))
            return null;
        try
        {
            // What came in is the word of whoever knows the token; what stands there is Mattermost's.
            var post = (await posts.ReadAsync([tip.PostId], cancellationToken))[0];
            if (post.Outcome == PostReadOutcome.Hidden)
                logger.LogWarning("A tip was not kept: the bot may not read channel {ChannelId}. Is it in the team?", tip.ChannelId);
            if (post.Outcome != PostReadOutcome.Read || post.IsAutomatic || post.PersonId != tip.PersonId || post.ChannelId != tip.ChannelId || !words.Begins(post.Text))
                return null;
            var isBotIn = await directory.IsInChannelAsync(tip.ChannelId, directory.BotId, cancellationToken);
            return await KeepAsync(tip, new Place(isBotIn, post.RootPostId ?? tip.PostId), cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            // It comes only once, so it is kept on the webhook's word. It is read before anybody is shown it.
            return await KeepAsync(tip, null, cancellationToken);
        }
    }

    /// <summary>A message was deleted; what was a tip is none any more.</summary>
    public async Task DeletedAsync(string postId, CancellationToken cancellationToken)
    {
        try
        {
            if (await _store.GetAsync<Tip>(postId, cancellationToken) is { } tip)
                await DropAsync([tip], cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            logger.LogError("A tip that was taken back is still kept, until somebody looks for it: {Reason}", e.Message);
        }
    }

    /// <summary>They were taken back. One that changed meanwhile is looked at again when it is shown next.</summary>
    internal Task DropAsync(IReadOnlyCollection<Tip> tips, CancellationToken cancellationToken)
    {
        var changes = new ChangeSet();
        foreach (var tip in tips)
            changes.Delete(tip);
        return ledger.CommitAsync(changes, cancellationToken);
    }

    /// <param name="tip">The message.</param>
    /// <param name="place">Where it can be answered; null where that is not known.</param>
    /// <param name="cancellationToken"></param>
    private async Task<string?> KeepAsync(TipSeen tip, Place? place, CancellationToken cancellationToken)
    {
        while (await _store.GetAsync<Tip>(tip.PostId, cancellationToken) is null)
        {
            var person = await _store.GetAsync<PersonSettings>(tip.PersonId, cancellationToken) ?? new PersonSettings { PersonId = tip.PersonId };
            var changes = new ChangeSet().Save(new Tip
            {
                PostId = tip.PostId, ChannelId = tip.ChannelId, TeamId = tip.TeamId, PersonId = tip.PersonId, At = tip.At,
            });
            string? comment = null;
            // A webhook's comment cannot stand in a thread, so there the line waits for the next tip.
            if (place is not null && !person.KnowsTips && (place.IsBotIn || place.RootPostId == tip.PostId))
            {
                changes.Save(person with { KnowsTips = true });
                var line = catalogue.For(null).Say("tips.first", ("word", words.Words[0]));
                if (place.IsBotIn)
                    changes.Save(Row(tip, "tip-line") with { RootPostId = place.RootPostId, Draft = line });
                else
                    comment = line;
            }
            else if (place is { IsBotIn: true })
            {
                changes.Save(Row(tip, "tip-mark") with { Operation = OutboxOperation.React, TargetPostId = tip.PostId, Emoji = Emoji });
            }

            if (await ledger.CommitAsync(changes, cancellationToken) == CommitOutcome.Committed)
                return comment;
        }

        return null;
    }

    private OutboxRow Row(TipSeen tip, string name) => new()
    {
        Id = OutboxRow.IdOf(tip.PostId, name),
        Conversation = $"tips/{tip.ChannelId}",
        Order = ledger.Next(),
        Operation = OutboxOperation.Post,
        Purpose = MessagePurpose.Answer,
        ChannelId = tip.ChannelId,
        PersonId = tip.PersonId,
        NotBefore = time.GetUtcNow(),
    };

    private sealed record Place(bool IsBotIn, string RootPostId);
}
