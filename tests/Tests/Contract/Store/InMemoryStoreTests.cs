using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Storage.InMemory;

namespace MattermostLearning.Tests.Contract.Store;

public sealed class InMemoryStoreTests : LearningStoreContract
{
    protected override Task<ILearningStore> OpenAsync() => Task.FromResult<ILearningStore>(new InMemoryStore());

    protected override async Task CloseAsync(ILearningStore store) => await ((InMemoryStore)store).DisposeAsync();
}
