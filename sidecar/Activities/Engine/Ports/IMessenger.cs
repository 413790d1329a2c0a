using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>What the outbox and the reconciliation need of Mattermost's posts. Every failure is a <see cref="DeliveryException"/> that says what is known.</summary>
public interface IMessenger
{
    /// <summary>Creates a post and gives its id. The row id goes along as `pending_post_id` and in the post's props.</summary>
    Task<string> PostAsync(string channelId, string? rootPostId, string rowId, PostContent content, CancellationToken cancellationToken);

    /// <summary>Uploads a file for a post in that channel and gives the file's id; null for a picture that cannot be drawn here.</summary>
    Task<string?> UploadAsync(string channelId, OutboxFile file, CancellationToken cancellationToken);

    /// <summary>Replaces message and attachments of a post of the bot's. Doing it twice does no harm.</summary>
    Task EditAsync(string postId, string rowId, PostContent content, CancellationToken cancellationToken);

    /// <summary>Doing it twice does no harm; a post that is gone is no failure.</summary>
    Task ReactAsync(string postId, string emoji, CancellationToken cancellationToken);

    /// <inheritdoc cref="ReactAsync"/>
    Task UnreactAsync(string postId, string emoji, CancellationToken cancellationToken);

    /// <summary>The channel of the direct messages with a person.</summary>
    Task<string> DirectChannelAsync(string personId, CancellationToken cancellationToken);

    /// <summary>The channel of a conversation of these people, two to seven, and the bot; made when there is none yet.</summary>
    Task<string> GroupChannelAsync(IReadOnlyList<string> personIds, CancellationToken cancellationToken);

    /// <summary>The bot's post that carries this row id, among the channel's posts since then, deleted ones included; null when there is none.</summary>
    Task<string?> FindByRowAsync(string channelId, string rowId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The row id that a post of the bot's carries; null when it carries none or is not the bot's.</summary>
    Task<string?> RowOfAsync(string postId, CancellationToken cancellationToken);

    /// <summary>A whole thread with its reactions; null when its root is gone.</summary>
    Task<ThreadSnapshot?> ReadThreadAsync(string rootPostId, CancellationToken cancellationToken);

    /// <summary>What people wrote in a channel, and reacted to there, since then, oldest first; the names of channels are left empty.</summary>
    Task<IReadOnlyList<SeenDeed>> DeedsSinceAsync(string channelId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Those of the given people who are members of the channel now.</summary>
    Task<IReadOnlySet<string>> MembersAmongAsync(string channelId, IReadOnlyCollection<string> personIds, CancellationToken cancellationToken);
}

/// <summary>What stands in a thread, without any text: replies by people (no bots, no system messages) and the reactions to them.</summary>
public sealed record ThreadSnapshot(IReadOnlyList<ThreadReply> Replies, IReadOnlyList<ThreadReaction> Reactions);

public sealed record ThreadReply(string PostId, string PersonId, DateTimeOffset At);

public sealed record SeenDeed(string PersonId, Deed Deed);

public sealed record ThreadReaction(string PostId, string PersonId, string Emoji);

/// <param name="kind">What is known of the outcome.</param>
/// <param name="errorId">Mattermost's error id or a short reason; never content.</param>
/// <param name="retryAfter">How long Mattermost asked to wait.</param>
/// <param name="inner"></param>
public sealed class DeliveryException(DeliveryFailure kind, string errorId, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception($"Mattermost did not take it ({kind}: {errorId}).", inner)
{
    /// <summary>Mattermost's word for a post in a channel that is archived.</summary>
    public const string ChannelIsArchived = "api.post.create_post.can_not_post_to_deleted.error";

    public DeliveryFailure Kind { get; } = kind;
    public string ErrorId { get; } = errorId;
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

public enum DeliveryFailure
{
    /// <summary>It may have taken effect or not: a timeout, a lost connection, a 5xx.</summary>
    Unclear,

    /// <summary>It did not take effect and may work later: a 429, no connection at all.</summary>
    TryLater,

    /// <summary>The bot's token is not accepted: nothing works until it is replaced.</summary>
    TokenRefused,

    /// <summary>It will never work: no such channel, no permission, invalid.</summary>
    Refused,
}
