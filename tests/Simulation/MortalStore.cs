using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Storage.InMemory;

namespace MattermostLearning.Simulation;

/// <summary>The store as one process has it: on a disk that may be full or slow, and only as long as it lives. What was taken, is kept.</summary>
internal sealed class MortalStore(Life life, Disk disk, Draws draws, Story story) : ILearningStore
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(2);

    private readonly InMemoryStore _store = disk.Store;

    public StoreHealth Health => disk.IsFull ? new StoreHealth(false, "The disk is full.") : _store.Health;

    public async Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken = default)
    {
        await life.OrNeverAsync();
        if (disk.IsSlow)
            await Task.Delay(Slowness, life.Clock, cancellationToken);
        else if (draws.For($"commit {story.Commits}").Next(4) is var pause and > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(pause), life.Clock, cancellationToken);
        if (disk.IsFull)
            throw new StoreUnavailableException("The disk is full.");
        var outcome = await _store.CommitAsync(changes, cancellationToken);
        story.Committed(changes, outcome);
        life.HasCommitted();
        await life.OrNeverAsync();
        return outcome;
    }

    public async ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken = default) where T : Document, IStored<T>
    {
        await life.OrNeverAsync();
        return await _store.GetAsync<T>(id, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        await life.OrNeverAsync();
        return await _store.FindAsync(index, key, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, string afterId, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        await life.OrNeverAsync();
        return await _store.FindAsync(index, key, afterId, limit, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<T>> RangeAsync<T>(DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        await life.OrNeverAsync();
        return await _store.RangeAsync(index, from, below, limit, cancellationToken);
    }
}
