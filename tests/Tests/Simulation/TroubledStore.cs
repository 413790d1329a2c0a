using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Tests.Simulation;

/// <summary>A store on a disk that may be full or slow; what it has taken, it keeps.</summary>
internal sealed class TroubledStore(ILearningStore store, TimeProvider time) : ILearningStore
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(2);

    private int _waiting;

    public bool IsFull { get; set; }

    public bool IsSlow { get; set; }

    /// <summary>Commits that wait for the disk.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public StoreHealth Health => IsFull ? new StoreHealth(false, "The disk is full.") : store.Health;

    public async Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken = default)
    {
        if (IsSlow)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                await Task.Delay(Slowness, time, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }

        if (IsFull)
            throw new StoreUnavailableException("The disk is full.");
        return await store.CommitAsync(changes, cancellationToken);
    }

    public ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken = default) where T : Document, IStored<T> => store.GetAsync<T>(id, cancellationToken);

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken = default)
        where T : Document, IStored<T> => store.FindAsync(index, key, cancellationToken);

    public ValueTask<IReadOnlyList<T>> RangeAsync<T>(DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T> => store.RangeAsync(index, from, below, limit, cancellationToken);
}
