using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Messages;
using MattermostLearning.Sidecar.Pictures;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>Posts, edits, reactions and threads, with every failure put in the words that the outbox decides by.</summary>
internal sealed class MattermostMessenger(
    MattermostClient client, MattermostDirectory directory, BotIdentity bot, MattermostAccess access, PictureMaker pictures, IAuthoredFiles authored) : IMessenger, IDisposable
{
    /// <summary>The prop of each of our posts that names the outbox row it came from.</summary>
    public const string RowProp = "learning_row";

    private const string StillSaving = "api.post.deduplicate_create_post.pending";

    /// <summary>Calls at a time: more rows than these wait for the disk together, but a server is not stormed, and what people wait for is never behind them.</summary>
    private const int MostCalls = 16;
    private const int MostPages = 100;
    private const int PerPage = 200;

    /// <summary>What `since` answers at most; as much means that there may be more.</summary>
    private const int SinceLimit = 1_000;

    private readonly ConcurrentDictionary<string, string> _directChannels = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _calls = new(MostCalls);

    public void Dispose() => _calls.Dispose();

    public Task<string> PostAsync(string channelId, string? rootPostId, string rowId, PostContent content, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var post = new NewPost { ChannelId = channelId, RootId = rootPostId, Content = content.WithProp(RowProp, rowId), PendingPostId = rowId };
            return (await client.Posts.CreateAsync(post, cancellationToken)).Id;
        }, cancellationToken);

    public Task<string?> UploadAsync(string channelId, OutboxFile file, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        // An array that is null would be taken for an empty one.
        var bytes = file switch
        {
            { Picture: { } picture } => pictures.Draw(picture) is { } drawn ? drawn : default(ReadOnlyMemory<byte>?),
            { Authored: { } beside } => await authored.ReadAsync(beside, cancellationToken),
            _ => Encoding.UTF8.GetBytes(file.Text),
        };
        return bytes is { } content ? (await client.Files.UploadAsync(channelId, file.Name, file.MimeType, content, cancellationToken)).Id : null;
    }, cancellationToken);

    public Task EditAsync(string postId, string rowId, PostContent content, CancellationToken cancellationToken) =>
        AskAsync(() => client.Posts.UpdateAsync(postId, content.WithProp(RowProp, rowId), cancellationToken), cancellationToken);

    public Task ReactAsync(string postId, string emoji, CancellationToken cancellationToken) =>
        UnlessGoneAsync(async () => await client.Reactions.AddAsync(await bot.IdAsync(cancellationToken), postId, emoji, cancellationToken), cancellationToken);

    public Task UnreactAsync(string postId, string emoji, CancellationToken cancellationToken) =>
        UnlessGoneAsync(async () => await client.Reactions.RemoveAsync(await bot.IdAsync(cancellationToken), postId, emoji, cancellationToken), cancellationToken);

    public Task<string> DirectChannelAsync(string personId, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var botId = await bot.IdAsync(cancellationToken);
        var key = $"{botId}/{personId}";
        if (_directChannels.TryGetValue(key, out var known))
            return known;
        var channel = await client.Channels.DirectAsync(botId, personId, cancellationToken);
        return _directChannels[key] = channel.Id;
    }, cancellationToken);

    public Task<string> GroupChannelAsync(IReadOnlyList<string> personIds, CancellationToken cancellationToken) => AskAsync(
        async () => (await client.Channels.GroupAsync([.. personIds, await bot.IdAsync(cancellationToken)], cancellationToken)).Id, cancellationToken);

    public Task<string?> FindByRowAsync(string channelId, string rowId, DateTimeOffset since, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var botId = await bot.IdAsync(cancellationToken);
        var from = since.ToUnixTimeMilliseconds();
        var changed = await client.Posts.SinceAsync(channelId, Math.Max(1, from), cancellationToken);
        if (Ours(changed) is { } found)
            return found;
        if (changed.Posts.Count < SinceLimit)
            return null;

        // So busy a channel that not all of it was told: page by page, newest first, until before the attempt.
        for (var page = 0; page < MostPages; page++)
        {
            var posts = await client.Posts.PageAsync(channelId, page, PerPage, cancellationToken);
            if (Ours(posts) is { } paged)
                return paged;
            if (posts.Order.Count < PerPage || posts.Ordered.Any(post => post.CreateAt < from))
                return null;
        }

        return null;

        // With a root, some servers write its props into its deleted replies, ours among them: the oldest is the one.
        string? Ours(PostList list) => list.Posts.Values.Where(post => post.UserId == botId && post.Prop(RowProp) == rowId).MinBy(post => post.CreateAt)?.Id;
    }, cancellationToken);

    public Task<string?> RowOfAsync(string postId, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            var post = await client.Posts.GetAsync(postId, cancellationToken);
            return post.UserId == await bot.IdAsync(cancellationToken) ? post.Prop(RowProp) : null;
        }
        catch (MattermostException e) when (IsTheirWord(e) && (e.IsNotFound || e.IsForbidden))
        {
            return null;
        }
    }, cancellationToken);

    public Task<ThreadSnapshot?> ReadThreadAsync(string rootPostId, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        // Whoever reads it tells the bot's own reactions from others', also before the WebSocket has come up.
        await bot.IdAsync(cancellationToken);
        List<Post> posts;
        try
        {
            posts = await client.Posts.ThreadAsync(rootPostId, cancellationToken).ToListAsync(cancellationToken);
        }
        catch (MattermostException e) when (IsTheirWord(e) && e.IsNotFound)
        {
            return null;
        }

        if (posts.Find(post => post.Id == rootPostId) is not { IsDeleted: false })
            return null;
        var replies = posts.Where(post => post.RootId == rootPostId && !post.IsDeleted && !IsAutomatic(post)).ToList();
        var bots = await directory.BotsAmongAsync([.. replies.Select(post => post.UserId).Distinct()], cancellationToken);
        replies.RemoveAll(post => bots.Contains(post.UserId));
        return new ThreadSnapshot(
            [.. replies.Select(post => new ThreadReply(post.Id, post.UserId, post.CreatedAt ?? DateTimeOffset.UnixEpoch))],
            [.. (await ReactionsAsync(replies, cancellationToken)).Select(one => new ThreadReaction(one.PostId, one.UserId, one.EmojiName)).Distinct()]);
    }, cancellationToken);

    public Task<IReadOnlySet<string>> MembersAmongAsync(string channelId, IReadOnlyCollection<string> personIds, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlySet<string>>(async () =>
            (await client.Channels.MembersAsync(channelId, personIds, cancellationToken)).Select(member => member.UserId).ToHashSet(StringComparer.Ordinal), cancellationToken);

    public Task<IReadOnlyList<SeenDeed>> DeedsSinceAsync(string channelId, DateTimeOffset since, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<SeenDeed>>(async () =>
    {
        // Mattermost tells of what changed after a moment; what was done in that very millisecond counts, too.
        var from = Math.Max(2, since.ToUnixTimeMilliseconds());
        var changed = await client.Posts.SinceAsync(channelId, from - 1, cancellationToken);
        Dictionary<string, Post> posts = new(changed.Posts, StringComparer.Ordinal);
        for (var page = 0; changed.Posts.Count >= SinceLimit && page < MostPages; page++)
        {
            var older = await client.Posts.PageAsync(channelId, page, PerPage, cancellationToken);
            foreach (var post in older.Posts.Values)
                posts[post.Id] = post;
            if (older.Order.Count < PerPage || older.Ordered.Any(post => post.CreateAt < from))
                break;
        }

        List<Post> standing = [.. posts.Values.Where(post => !post.IsDeleted && post.ChannelId == channelId)];
        var written = standing.Where(post => !IsAutomatic(post) && Math.Max(post.CreateAt, post.EditAt) >= from).Select(post => new SeenDeed(
            post.UserId,
            new Deed(post.IsReply ? DeedKind.Reply : DeedKind.Message, post.Id, channelId, "", post.EditedAt ?? post.CreatedAt ?? since) { Traits = TraitsOf(post), IsReadBack = true }));
        var reacted = (await ReactionsAsync(standing, cancellationToken)).Where(one => one.CreateAt >= from).Select(one => new SeenDeed(
            one.UserId, new Deed(DeedKind.Reaction, one.PostId, channelId, "", one.CreatedAt ?? since) { Emoji = one.EmojiName, IsReadBack = true }));
        return [.. written.Concat(reacted).OrderBy(one => one.Deed.At).ThenBy(one => one.Deed.PostId, StringComparer.Ordinal)];
    }, cancellationToken);

    /// <summary>By a webhook, or one of Mattermost's or a plugin's own messages. `/me` is something that people write.</summary>
    internal static bool IsAutomatic(Post post) => post.Type is not ("" or "me") || post.Prop("from_webhook") == "true";

    internal static MessageTraits TraitsOf(Post post)
    {
        var files = post.Metadata?.Files.Select(file => file.MimeType).ToList() ?? [];
        // Older servers tell of files by their ids alone.
        while (files.Count < post.FileIds.Count)
            files.Add("");
        return Activities.Engine.Kinds.TraitsOf.Message(post.Message, files);
    }

    private async Task<IReadOnlyList<Reaction>> ReactionsAsync(IReadOnlyList<Post> posts, CancellationToken cancellationToken)
    {
        var reactions = posts.SelectMany(post => post.Metadata?.Reactions ?? []).ToList();
        var untold = posts.Where(post => post is { HasReactions: true, Metadata: null or { Reactions.Count: 0 } }).Select(post => post.Id).ToList();
        if (untold.Count > 0)
            reactions.AddRange((await client.Reactions.OfPostsAsync(untold, cancellationToken)).Values.SelectMany(each => each));
        return reactions;
    }

    private async Task UnlessGoneAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(async () =>
            {
                await change();
                return true;
            }, cancellationToken);
        }
        catch (DeliveryException e) when (e is { Kind: DeliveryFailure.Refused, InnerException: MattermostException { IsNotFound: true } })
        {
            // The post is gone, and its reactions with it.
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        if (!access.IsComplete)
            throw new DeliveryException(DeliveryFailure.TokenRefused, "not set up yet");
        await _calls.WaitAsync(cancellationToken);
        try
        {
            return await ask();
        }
        catch (MattermostException e)
        {
            throw Translate(e);
        }
        catch (InvalidMessageException e)
        {
            throw new DeliveryException(DeliveryFailure.Refused, "invalid message", inner: e);
        }
        catch (ArgumentException e)
        {
            throw new DeliveryException(DeliveryFailure.Refused, "invalid id", inner: e);
        }
        finally
        {
            _calls.Release();
        }
    }

    /// <summary>What is known of the outcome. When in doubt it is unclear: then the outbox looks before it sends again.</summary>
    internal static DeliveryException Translate(MattermostException e)
    {
        if (e.Id == StillSaving)
            return new DeliveryException(DeliveryFailure.Unclear, e.Id, TimeSpan.FromSeconds(1), e);
        var name = e.Id.Length > 0 ? e.Id : e.Status is { } status ? $"status {(int)status}" : e.Failure.ToString();
        var kind = e switch
        {
            { IsUnauthorized: true } => DeliveryFailure.TokenRefused,
            { Status: HttpStatusCode.TooManyRequests } => DeliveryFailure.TryLater,
            { OutcomeUnknown: true } => DeliveryFailure.Unclear,
            { Status: HttpStatusCode.RequestEntityTooLarge } => DeliveryFailure.Refused,
            _ when IsTheirWord(e) && (int?)e.Status is >= 400 and < 500 => DeliveryFailure.Refused,
            // Nobody there, or somebody else: a proxy's page says nothing about the message.
            _ => DeliveryFailure.TryLater,
        };
        return new DeliveryException(kind, name, e.RetryAfter, e);
    }

    private static bool IsTheirWord(MattermostException e) => e is { Failure: MattermostFailure.Refused, IsTransient: false };
}
