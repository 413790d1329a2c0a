using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>
/// Reads posts one by one, some at a time: that is all that older servers offer for posts of several channels, and a bot may read single
/// posts of a public channel where it may not list them.
/// </summary>
internal sealed class MattermostPostReader(MattermostClient client, MattermostAccess access, Remembering how, TimeProvider time) : IPostReader
{
    private const int AtOnce = 10;

    public async Task<IReadOnlyList<PostRead>> ReadAsync(IReadOnlyCollection<string> postIds, CancellationToken cancellationToken)
    {
        if (!access.IsComplete)
            throw new DirectoryUnavailableException();
        List<PostRead> all = [];
        foreach (var some in postIds.Chunk(AtOnce))
            all.AddRange(await Task.WhenAll(some.Select(id => ReadAsync(id, cancellationToken))));
        return all;
    }

    private async Task<PostRead> ReadAsync(string postId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(how.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var post = await client.Posts.GetAsync(postId, either.Token);
            return new PostRead(postId, post.IsDeleted ? PostReadOutcome.Gone : PostReadOutcome.Read)
            {
                Text = post.Message,
                PersonId = post.UserId,
                ChannelId = post.ChannelId,
                RootPostId = post.IsReply ? post.RootId : null,
                IsAutomatic = IsAutomatic(post),
            };
        }
        catch (MattermostException e) when (e is { Failure: MattermostFailure.Refused, IsTransient: false } && (e.IsNotFound || e.IsForbidden))
        {
            return new PostRead(postId, e.IsNotFound ? PostReadOutcome.Gone : PostReadOutcome.Hidden);
        }
        catch (MattermostException e)
        {
            throw new DirectoryUnavailableException(e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DirectoryUnavailableException(e);
        }
    }

    /// <summary>By a bot, by a webhook, or one of Mattermost's own.</summary>
    internal static bool IsAutomatic(Post post) => MattermostMessenger.IsAutomatic(post) || post.Prop("from_bot") == "true";
}
