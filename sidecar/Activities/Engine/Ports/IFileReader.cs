namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>Reads files that people attached to messages which the bot may see.</summary>
public interface IFileReader
{
    /// <summary>What is known of a file without fetching it; null when it is gone or not the bot's to read.</summary>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not answer.</exception>
    Task<SharedFile?> FindAsync(string fileId, CancellationToken cancellationToken);

    /// <summary>What stands in it, whole; null as for <see cref="FindAsync"/>.</summary>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not answer.</exception>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string fileId, CancellationToken cancellationToken);

    /// <summary>People's messages with files in a channel, since a moment, oldest first.</summary>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not answer.</exception>
    Task<IReadOnlyList<FilesSeen>> SharedSinceAsync(string channelId, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <param name="Name">As its owner named it: anything at all.</param>
/// <param name="Size">In bytes.</param>
public sealed record SharedFile(string Name, long Size);

/// <summary>A message with files in a channel.</summary>
/// <param name="PostId">The message.</param>
/// <param name="RootPostId">The root of its thread; null for one that is no reply.</param>
/// <param name="ChannelId">Where it stands.</param>
/// <param name="PersonId">Who wrote it.</param>
/// <param name="FileIds">Its files, in order.</param>
public sealed record FilesSeen(string PostId, string? RootPostId, string ChannelId, string PersonId, IReadOnlyList<string> FileIds);
