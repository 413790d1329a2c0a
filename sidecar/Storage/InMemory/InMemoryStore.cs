using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage.InMemory;

/// <summary>
/// The store for rehearsal and tests: nothing is kept on disk, everything else is as in the others. Documents are held
/// as their JSON, so that what cannot be written and read back shows here as well.
/// </summary>
public sealed class InMemoryStore : ILearningStore, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Collection> _collections = new(StringComparer.Ordinal);
    private bool _closed;

    public StoreHealth Health
    {
        get
        {
            lock (_gate)
                return _closed ? new StoreHealth(false, "The store is closed.") : StoreHealth.Good;
        }
    }

    public Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<CommitOutcome>(cancellationToken);
        try
        {
            return Task.FromResult(Commit(PreparedSet.Of(changes)));
        }
        catch (Exception e)
        {
            return Task.FromException<CommitOutcome>(e);
        }
    }

    public ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken = default) where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(id);
        cancellationToken.ThrowIfCancellationRequested();
        Entry? entry;
        lock (_gate)
            entry = CollectionOf(T.Stored).Documents.GetValueOrDefault(id);
        return ValueTask.FromResult(entry is null ? null : Read<T>(entry));
    }

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        return Range(index, (key, ""), found => !string.Equals(found, key, StringComparison.Ordinal), int.MaxValue, cancellationToken);
    }

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, string afterId, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(afterId);
        // No id has U+0000 in it.
        return Range(index, (key, afterId + '\0'), found => !string.Equals(found, key, StringComparison.Ordinal), limit, cancellationToken);
    }

    public ValueTask<IReadOnlyList<T>> RangeAsync<T>(
        DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(from);
        return Range(index, (from, ""), key => below is not null && string.CompareOrdinal(key, below) >= 0, limit, cancellationToken);
    }

    /// <summary>Everything that is kept, by collection and id: for tests, to look whether something is gone.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Everything()
    {
        lock (_gate)
        {
            return _collections.ToDictionary(
                one => one.Key,
                IReadOnlyDictionary<string, string> (one) => one.Value.Documents.ToDictionary(document => document.Key, document => document.Value.Stored.Json));
        }
    }

    /// <summary>A backup, or what a next process finds: a store of its own that holds what this one holds now, as it was written.</summary>
    public InMemoryStore Copy()
    {
        var copy = new InMemoryStore();
        lock (_gate)
        {
            foreach (var (name, collection) in _collections)
            {
                var documents = copy._collections[name] = new Collection();
                foreach (var (id, entry) in collection.Documents)
                    documents.Documents[id] = new Entry(entry.Stored, entry.Version);
            }
        }

        return copy;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
            _closed = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>Out of its JSON, once: documents do not change.</summary>
    private static T Read<T>(Entry entry) where T : Document, IStored<T>
    {
        if (entry.Document is T known)
            return known;
        var read = T.Stored.Read(entry.Stored.Id, entry.Stored.Schema, entry.Stored.Json, entry.Version);
        entry.Document = read;
        return read;
    }

    private ValueTask<IReadOnlyList<T>> Range<T>(
        DocumentIndex<T> index, (string Key, string Id) from, Func<string, bool> isPast, int limit, CancellationToken cancellationToken)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellationToken.ThrowIfCancellationRequested();
        var found = new List<Entry>();
        lock (_gate)
        {
            var collection = CollectionOf(T.Stored);
            if (!collection.Indexes.TryGetValue(index.Name, out var keys))
                throw new ArgumentException($"{T.Stored.Name} has no index {index.Name}.", nameof(index));
            if (keys.Count > 0 && limit > 0 && keys.Comparer.Compare(keys.Max, from) >= 0)
            {
                foreach (var (key, id) in keys.GetViewBetween(from, keys.Max))
                {
                    if (found.Count == limit || isPast(key))
                        break;
                    found.Add(collection.Documents[id]);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<T>>([.. found.Select(Read<T>)]);
    }

    private CommitOutcome Commit(PreparedChange[] changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                var present = CollectionOf(change.Kind).Documents.GetValueOrDefault(change.Id)?.Version ?? 0;
                if (present != change.ExpectedVersion)
                    return CommitOutcome.Stale;
            }

            ThrowIfClosed();
            foreach (var change in changes)
            {
                CollectionOf(change.Kind).Put(
                    change.Kind, change.Id, change.Stored is null ? null : new Entry(change.Stored, change.ExpectedVersion + 1));
            }

            return CommitOutcome.Committed;
        }
    }

    private Collection CollectionOf(DocumentKind kind)
    {
        ThrowIfClosed();
        if (!_collections.TryGetValue(kind.Name, out var collection))
            _collections[kind.Name] = collection = new Collection();
        collection.Index(kind);
        return collection;
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new StoreUnavailableException("The store is closed.");
    }

    private sealed class Entry(StoredDocument stored, long version)
    {
        public StoredDocument Stored => stored;

        public long Version => version;

        public Document? Document { get; set; }
    }

    private sealed class KeyThenId : IComparer<(string Key, string Id)>
    {
        public static KeyThenId Instance { get; } = new();

        public int Compare((string Key, string Id) x, (string Key, string Id) y)
        {
            var byKey = string.CompareOrdinal(x.Key, y.Key);
            return byKey != 0 ? byKey : string.CompareOrdinal(x.Id, y.Id);
        }
    }

    private sealed class Collection
    {
        private readonly HashSet<DocumentKind> _known = [];
        private readonly Dictionary<string, List<(string Index, string Key)>> _where = new(StringComparer.Ordinal);

        public Dictionary<string, Entry> Documents { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, SortedSet<(string Key, string Id)>> Indexes { get; } = new(StringComparer.Ordinal);

        /// <summary>Makes the indexes that this kind adds, over the documents that are already there.</summary>
        public void Index(DocumentKind kind)
        {
            if (!_known.Add(kind))
                return;
            for (var i = 0; i < kind.IndexNames.Count; i++)
            {
                if (Indexes.ContainsKey(kind.IndexNames[i]))
                    continue;
                var keys = Indexes[kind.IndexNames[i]] = new SortedSet<(string Key, string Id)>(KeyThenId.Instance);
                foreach (var (id, entry) in Documents)
                {
                    try
                    {
                        if (kind.KeysOf(id, entry.Stored.Schema, entry.Stored.Json)[i] is { } key)
                        {
                            keys.Add((key, id));
                            (_where.TryGetValue(id, out var entries) ? entries : _where[id] = []).Add((kind.IndexNames[i], key));
                        }
                    }
                    catch (UnreadableDocumentException)
                    {
                        // Whoever reads it is told; until then it stands in no new index.
                    }
                }
            }
        }

        public void Put(DocumentKind kind, string id, Entry? entry)
        {
            List<(string Index, string Key)> now = [];
            for (var i = 0; entry is not null && i < kind.IndexNames.Count; i++)
            {
                if (entry.Stored.Keys[i] is { } key)
                    now.Add((kind.IndexNames[i], key));
            }

            // Most changes leave a document where it stands.
            var earlier = _where.GetValueOrDefault(id) ?? [];
            if (!now.SequenceEqual(earlier))
            {
                foreach (var (index, key) in earlier)
                    Indexes[index].Remove((key, id));
                foreach (var (index, key) in now)
                    Indexes[index].Add((key, id));
                _where[id] = now;
            }

            if (entry is not null)
            {
                Documents[id] = entry;
                return;
            }

            Documents.Remove(id);
            _where.Remove(id);
        }
    }
}
