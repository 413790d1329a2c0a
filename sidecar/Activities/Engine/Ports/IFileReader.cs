namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>Reads files that people attached to a message which the bot may see.</summary>
public interface IFileReader
{
    /// <summary>Null when it is gone or not the bot's to read.</summary>
    /// <param name="fileId">Mattermost's id.</param>
    /// <param name="most">A file of more bytes than this is not fetched.</param>
    /// <param name="cancellationToken"></param>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not answer.</exception>
    Task<SharedFile?> ReadAsync(string fileId, long most, CancellationToken cancellationToken);
}

/// <param name="Name">As its owner named it: anything at all.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Content">Null where there is more of it than was asked for.</param>
public sealed record SharedFile(string Name, long Size, ReadOnlyMemory<byte>? Content)
{
    // A log line that prints one must not carry what stands in it.
    public override string ToString() => $"a file of {Size} bytes";
}
