using System.Runtime.CompilerServices;

namespace MattermostLearning.Activities.Engine.Store;

public static class StoreReading
{
    private const int AtOnce = 200;

    /// <summary>
    /// All documents whose key in the index is exactly <paramref name="key"/>, ordered by id, one after the other: however many there are, only a few of them are in memory. What is changed
    /// meanwhile may be met as it was or as it is.
    /// </summary>
    public static async IAsyncEnumerable<T> EachAsync<T>(
        this ILearningStore store, DocumentIndex<T> index, string key, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        IReadOnlyList<T> some;
        var after = "";
        do
        {
            some = await store.FindAsync(index, key, after, AtOnce, cancellationToken);
            foreach (var one in some)
                yield return one;
            after = some.Count == 0 ? after : T.Stored.IdOf(some[^1]);
        }
        while (some.Count == AtOnce);
    }
}
