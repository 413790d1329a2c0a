namespace MattermostLearning.Activities.Engine.Store;

/// <summary>
/// The store port. There is no Begin and no Commit: a whole <see cref="ChangeSet"/> goes in and an outcome comes out,
/// so that a provider may group commits, and so that no transaction can span an await.
/// </summary>
/// <remarks>Reads see everything that was acknowledged before they began.</remarks>
public interface ILearningStore
{
    /// <summary>
    /// Stores all of the changes durably, or none. When the task ends with <see cref="CommitOutcome.Committed"/>, a crash loses nothing of it.
    /// Many callers' sets may share one write to the disk; one that is refused or fails, fails alone.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored: the disk is full, the file is read-only, or the store is closed.</exception>
    Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken = default);

    ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken = default) where T : Document, IStored<T>;

    /// <summary>All documents whose key in the index is exactly <paramref name="key"/>, ordered by id.</summary>
    ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>;

    /// <summary>Of the documents of <see cref="FindAsync{T}(DocumentIndex{T}, string, CancellationToken)"/> those whose id comes after <paramref name="afterId"/>, at most <paramref name="limit"/> of them.</summary>
    ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, string afterId, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>;

    /// <summary>
    /// Documents whose key is at least <paramref name="from"/> and, unless null, below <paramref name="below"/>, compared ordinally,
    /// ordered by key and then by id, at most <paramref name="limit"/> of them. Costs what it returns, not what is stored.
    /// </summary>
    ValueTask<IReadOnlyList<T>> RangeAsync<T>(DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>;

    /// <summary>Whether commits are being accepted and, when not, why: for readiness and for the operator.</summary>
    StoreHealth Health { get; }
}

public enum CommitOutcome
{
    Committed,

    /// <summary>A document was changed, made or removed by somebody else meanwhile. Nothing was stored: read again and decide again.</summary>
    Stale,
}

/// <param name="IsHealthy">Commits are accepted.</param>
/// <param name="Problem">What is wrong and what to do, when not.</param>
public sealed record StoreHealth(bool IsHealthy, string? Problem = null)
{
    public static StoreHealth Good { get; } = new(true);
}

/// <summary>The store did not take the changes, and none of them was stored. The message says what to do.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
