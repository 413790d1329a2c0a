using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.Contract.Store;

public sealed class LiteDbStoreTests : LiteDbContract;

public sealed class LiteDbStoreThatSerialisesReadsTests : LiteDbContract
{
    protected override LiteDbOptions With(LiteDbOptions options) => options with { SerialiseReads = true };
}

/// <summary>Carries the log over after every few commits, and takes three sets at a time.</summary>
public sealed class LiteDbStoreThatIsBusyTests : LiteDbContract
{
    protected override LiteDbOptions With(LiteDbOptions options) => options with { CheckpointAt = 64 * 1024, LargestBatch = 3, LongestQueue = 4 };
}

public abstract class LiteDbContract : LearningStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected virtual LiteDbOptions With(LiteDbOptions options) => options;

    protected override Task<ILearningStore> OpenAsync() => Task.FromResult<ILearningStore>(
        LiteDbStore.Open(With(new LiteDbOptions { Path = _folder.File("learning.db") }), TimeProvider.System, NullLogger<LiteDbStore>.Instance));

    protected override async Task CloseAsync(ILearningStore store) => await ((LiteDbStore)store).DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("store-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
