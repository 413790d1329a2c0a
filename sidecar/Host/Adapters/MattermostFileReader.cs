using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>Asks how large a file is before it is fetched.</summary>
internal sealed class MattermostFileReader(MattermostClient client, MattermostAccess access) : IFileReader
{
    public async Task<SharedFile?> ReadAsync(string fileId, long most, CancellationToken cancellationToken)
    {
        if (!access.IsComplete)
            throw new DirectoryUnavailableException();
        try
        {
            var file = await client.Files.GetInfoAsync(fileId, cancellationToken);
            // Without the cast, null would be taken for an empty array.
            return new SharedFile(file.Name, file.Size, file.Size > most ? null : (ReadOnlyMemory<byte>?)await client.Files.DownloadAsync(fileId, cancellationToken));
        }
        catch (MattermostException e) when (e is { Failure: MattermostFailure.Refused, IsTransient: false } && (e.IsNotFound || e.IsForbidden))
        {
            return null;
        }
        catch (MattermostException e)
        {
            throw new DirectoryUnavailableException(e);
        }
    }
}
