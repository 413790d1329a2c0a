using System.Runtime.CompilerServices;
using System.Text.Json;
using MattermostLearning.Mattermost.Messages;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public interface IPostsApi
{
    /// <summary>Makes a post. Content that the server would refuse throws an <see cref="InvalidMessageException"/> before anything is sent.</summary>
    Task<Post> CreateAsync(NewPost post, CancellationToken cancellationToken);

    Task<Post> GetAsync(string postId, CancellationToken cancellationToken);

    /// <summary>
    /// Renders a post anew: message, all props, and the files when there are some. Sent as a patch, since a whole update also writes what
    /// the caller does not hold and makes the server forget that the post has reactions.
    /// </summary>
    Task<Post> UpdateAsync(string postId, PostContent content, CancellationToken cancellationToken);

    Task<Post> PatchAsync(string postId, PostPatch patch, CancellationToken cancellationToken);

    /// <summary>Deletes a post and its replies. A post that is gone already is a 404, or a 403 on some servers.</summary>
    Task DeleteAsync(string postId, CancellationToken cancellationToken);

    /// <summary>
    /// The whole thread of a post, its root included, oldest first, paged where the server can (6.0 and later) and in one piece where not.
    /// </summary>
    IAsyncEnumerable<Post> ThreadAsync(string postId, CancellationToken cancellationToken);

    /// <summary>One page of a channel, newest first; pages are counted from 0.</summary>
    Task<PostList> PageAsync(string channelId, int page, int perPage, CancellationToken cancellationToken);

    /// <summary>What changed since an instant in milliseconds: a hint only, neither ordered nor complete past 1,000. Deleted posts are in it.</summary>
    Task<PostList> SinceAsync(string channelId, long since, CancellationToken cancellationToken);

    /// <summary>Up to 200 posts just before another.</summary>
    Task<PostList> BeforeAsync(string channelId, string postId, CancellationToken cancellationToken);

    /// <summary>Up to 200 posts just after another: new posts only, no edits, deletions or reactions on older ones.</summary>
    Task<PostList> AfterAsync(string channelId, string postId, CancellationToken cancellationToken);

    /// <summary>Text that only one person sees. Needs a system admin's token; a bot gets a 403.</summary>
    Task<Post> CreateEphemeralAsync(string userId, NewPost post, CancellationToken cancellationToken);
}

internal sealed class PostsApi(MattermostTransport http) : IPostsApi
{
    public Task<Post> CreateAsync(NewPost post, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, "posts", Wire(post), Json.NewPostWire, Json.Post, cancellationToken);

    public Task<Post> GetAsync(string postId, CancellationToken cancellationToken) =>
        http.GetAsync(Path(postId), Json.Post, cancellationToken);

    public Task<Post> UpdateAsync(string postId, PostContent content, CancellationToken cancellationToken)
    {
        MessageValidator.Require(content, http.Limits);
        var patch = new PostPatch
        {
            Message = content.Message,
            Props = MessageJson.Props(content),
            FileIds = content.FileIds.Count == 0 ? null : content.FileIds,
        };
        return PatchAsync(postId, patch, cancellationToken);
    }

    public Task<Post> PatchAsync(string postId, PostPatch patch, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Put, $"{Path(postId)}/patch", patch, Json.PostPatch, Json.Post, cancellationToken);

    public Task DeleteAsync(string postId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Delete, Path(postId), cancellationToken);

    public async IAsyncEnumerable<Post> ThreadAsync(string postId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"{Path(postId)}/thread?perPage={Paging.PerPage}&direction=down&skipFetchThreads=false";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var from = "";
        while (true)
        {
            var list = await http.GetAsync(path + from, Json.PostList, cancellationToken);
            var fresh = list.Posts.Values
                .Where(post => seen.Add(post.Id))
                .OrderBy(post => post.CreateAt).ThenBy(post => post.Id, StringComparer.Ordinal)
                .ToList();
            foreach (var post in fresh) yield return post;
            if (list.HasNext is not true || fresh.Count == 0) yield break;
            from = $"&fromPost={fresh[^1].Id}&fromCreateAt={fresh[^1].CreateAt}";
        }
    }

    public Task<PostList> PageAsync(string channelId, int page, int perPage, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page);
        ArgumentOutOfRangeException.ThrowIfNotEqual(perPage is > 0 and <= Paging.PerPage, true, nameof(perPage));
        return ListAsync(channelId, $"page={page}&per_page={perPage}", cancellationToken);
    }

    public Task<PostList> SinceAsync(string channelId, long since, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(since, 1);
        return ListAsync(channelId, $"since={since}", cancellationToken);
    }

    public Task<PostList> BeforeAsync(string channelId, string postId, CancellationToken cancellationToken) =>
        ListAsync(channelId, $"before={MattermostId.Require(postId)}&per_page={Paging.PerPage}", cancellationToken);

    public Task<PostList> AfterAsync(string channelId, string postId, CancellationToken cancellationToken) =>
        ListAsync(channelId, $"after={MattermostId.Require(postId)}&per_page={Paging.PerPage}", cancellationToken);

    public Task<Post> CreateEphemeralAsync(string userId, NewPost post, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Post,
        "posts/ephemeral",
        new EphemeralWire(MattermostId.Require(userId), Wire(post)),
        Json.EphemeralWire,
        Json.Post,
        cancellationToken);

    private Task<PostList> ListAsync(string channelId, string query, CancellationToken cancellationToken) =>
        http.GetAsync($"channels/{MattermostId.Require(channelId)}/posts?{query}", Json.PostList, cancellationToken);

    private NewPostWire Wire(NewPost post)
    {
        MattermostId.Require(post.ChannelId);
        if (post.RootId is not null) MattermostId.Require(post.RootId);
        MessageValidator.Require(post.Content, http.Limits);
        return new NewPostWire(
            post.ChannelId,
            post.RootId,
            post.Content.Message,
            MessageJson.Props(post.Content),
            post.Content.FileIds.Count == 0 ? null : post.Content.FileIds,
            post.PendingPostId);
    }

    private static string Path(string postId) => $"posts/{MattermostId.Require(postId)}";

    private static MattermostJson Json => MattermostJson.Wire;
}

internal sealed record NewPostWire(
    string ChannelId,
    string? RootId,
    string Message,
    Dictionary<string, JsonElement> Props,
    IReadOnlyList<string>? FileIds,
    string? PendingPostId);

internal sealed record EphemeralWire(string UserId, NewPostWire Post);
