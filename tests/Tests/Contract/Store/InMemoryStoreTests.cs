using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Storage.InMemory;

namespace MattermostLearning.Tests.Contract.Store;

public sealed class InMemoryStoreTests : LearningStoreContract
{
    protected override Task<ILearningStore> OpenAsync() => Task.FromResult<ILearningStore>(new InMemoryStore());

    protected override async Task CloseAsync(ILearningStore store) => await ((InMemoryStore)store).DisposeAsync();
}

/// <summary>The same as a rehearsal has it: nothing is written.</summary>
public sealed class UnwrittenStoreTests : LearningStoreContract
{
    protected override Task<ILearningStore> OpenAsync() => Task.FromResult<ILearningStore>(new InMemoryStore(writes: false));

    protected override async Task CloseAsync(ILearningStore store) => await ((InMemoryStore)store).DisposeAsync();
}
