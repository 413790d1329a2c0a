using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>What stands beside content files: in the content folder, or handed in together with one.</summary>
public interface IAuthoredFiles
{
    /// <summary>Null when it is not there (any more), or too large.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(AuthoredFile file, CancellationToken cancellationToken);
}
