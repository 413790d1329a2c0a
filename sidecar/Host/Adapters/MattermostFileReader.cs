using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>Files that people attach to their messages.</summary>
internal sealed class MattermostFileReader(MattermostClient client, MattermostAccess access) : IFileReader
{
    public Task<SharedFile?> FindAsync(string fileId, CancellationToken cancellationToken) => AskAsync<SharedFile?>(async () =>
    {
        var file = await client.Files.GetInfoAsync(fileId, cancellationToken);
        return new SharedFile(file.Name, file.Size);
    });

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string fileId, CancellationToken cancellationToken) =>
        AskAsync<ReadOnlyMemory<byte>?>(async () => await client.Files.DownloadAsync(fileId, cancellationToken));

    public async Task<IReadOnlyList<FilesSeen>> SharedSinceAsync(string channelId, DateTimeOffset since, CancellationToken cancellationToken) =>
        await AskAsync(async () => (IReadOnlyList<FilesSeen>)
        [
            .. (await client.Posts.SinceAsync(channelId, since.ToUnixTimeMilliseconds(), cancellationToken)).Posts.Values
                .Where(post => post is { IsDeleted: false, FileIds.Count: > 0 } && post.CreatedAt >= since && !MattermostPostReader.IsAutomatic(post))
                .OrderBy(post => post.CreateAt).Select(Seen),
        ]) ?? [];

    public static FilesSeen Seen(Post post) => new(post.Id, post.IsReply ? post.RootId : null, post.ChannelId, post.UserId, post.FileIds);

    private async Task<T?> AskAsync<T>(Func<Task<T>> ask)
    {
        if (!access.IsComplete)
            throw new DirectoryUnavailableException();
        try
        {
            return await ask();
        }
        catch (MattermostException e) when (e is { Failure: MattermostFailure.Refused, IsTransient: false } && (e.IsNotFound || e.IsForbidden))
        {
            return default;
        }
        catch (MattermostException e)
        {
            throw new DirectoryUnavailableException(e);
        }
    }
}
