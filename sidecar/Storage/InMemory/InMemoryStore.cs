using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage.InMemory;

/// <summary>The store for rehearsal and tests: nothing is kept on disk, everything else is as in the others.</summary>
/// <param name="writes">
/// Documents are held as their JSON, so that what cannot be written and read back shows here as well. Without, as they are: what nobody ever reads again, as in a
/// rehearsal, need not be written.
/// </param>
public sealed class InMemoryStore(bool writes = true) : ILearningStore, IAsyncDisposable
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
            return Task.FromResult(Commit(PreparedSet.Of(changes, writes)));
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
        cancellationToken.ThrowIfCancellationRequested();
        Entry[] found;
        lock (_gate)
        {
            var (collection, keys) = IndexOf(index);
            found = [.. keys.IdsOf(key).Select(id => collection.Documents[id])];
        }

        return ValueTask.FromResult<IReadOnlyList<T>>(Array.ConvertAll(found, Read<T>));
    }

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, string afterId, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(afterId);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellationToken.ThrowIfCancellationRequested();
        Entry[] found;
        lock (_gate)
        {
            var (collection, keys) = IndexOf(index);
            var ids = keys.IdsOf(key);
            var after = ids.BinarySearch(afterId, StringComparer.Ordinal);
            found = [.. ids.Skip(after < 0 ? ~after : after + 1).Take(limit).Select(id => collection.Documents[id])];
        }

        return ValueTask.FromResult<IReadOnlyList<T>>(Array.ConvertAll(found, Read<T>));
    }

    public ValueTask<IReadOnlyList<T>> RangeAsync<T>(
        DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellationToken.ThrowIfCancellationRequested();
        Entry[] found;
        lock (_gate)
        {
            var (collection, keys) = IndexOf(index);
            found = [.. keys.Between(from, below).SelectMany(keys.IdsOf).Take(limit).Select(id => collection.Documents[id])];
        }

        return ValueTask.FromResult<IReadOnlyList<T>>(Array.ConvertAll(found, Read<T>));
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
                    documents.Documents[id] = entry.Copy();
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

    private CollectionAndIndex IndexOf<T>(DocumentIndex<T> index) where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(index);
        var collection = CollectionOf(T.Stored);
        return collection.Indexes.TryGetValue(index.Name, out var keys)
            ? new CollectionAndIndex(collection, keys) : throw new ArgumentException($"{T.Stored.Name} has no index {index.Name}.", nameof(index));
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
                CollectionOf(change.Kind).Put(change.Kind, change.Id, Entry.Of(change));
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

    private readonly record struct CollectionAndIndex(Collection Collection, KeyIndex Index);

    /// <summary>A document, written or yet to be.</summary>
    private sealed class Entry(DocumentKind kind, IReadOnlyList<string?> keys, long version)
    {
        /// <summary>Null for a removal. What was written is read again, and what was not is as it was.</summary>
        public static Entry? Of(PreparedChange change) => change switch
        {
            { Committed: null } => null,
            { Stored: { } stored } => new Entry(change.Kind, change.Keys, change.ExpectedVersion + 1) { Stored = stored },
            _ => new Entry(change.Kind, change.Keys, change.ExpectedVersion + 1) { Document = change.Committed },
        };

        /// <summary>The same in a store of its own, in no index yet.</summary>
        public Entry Copy() => new(kind, [], version) { Stored = Stored };

        public StoredDocument Stored { get => field ??= kind.Write(Document!); private init; }

        public long Version => version;

        public Document? Document { get; set; }

        /// <summary>By which it is found.</summary>
        public (DocumentKind Kind, IReadOnlyList<string?> Keys) Place { get; set; } = (kind, keys);
    }

    private sealed class Collection
    {
        private readonly HashSet<DocumentKind> _known = [];

        public Dictionary<string, Entry> Documents { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, KeyIndex> Indexes { get; } = new(StringComparer.Ordinal);

        /// <summary>Makes the indexes that this kind adds, over the documents that are already there.</summary>
        public void Index(DocumentKind kind)
        {
            if (!_known.Add(kind))
                return;
            var added = kind.IndexNames.Where(name => !Indexes.ContainsKey(name)).ToList();
            foreach (var name in added)
                Indexes[name] = new KeyIndex();
            if (added.Count == 0)
                return;
            foreach (var (id, entry) in Documents)
            {
                try
                {
                    var place = (kind, kind.KeysOf(id, entry.Stored.Schema, entry.Stored.Json));
                    Move(id, entry.Place, place);
                    entry.Place = place;
                }
                catch (UnreadableDocumentException)
                {
                    // Whoever reads it is told; until then it stands in no new index.
                }
            }
        }

        public void Put(DocumentKind kind, string id, Entry? entry)
        {
            Move(id, Documents.GetValueOrDefault(id)?.Place ?? (kind, []), entry?.Place ?? (kind, []));
            if (entry is null)
                Documents.Remove(id);
            else
                Documents[id] = entry;
        }

        /// <summary>Most changes leave a document where it stands.</summary>
        private void Move(string id, (DocumentKind Kind, IReadOnlyList<string?> Keys) from, (DocumentKind Kind, IReadOnlyList<string?> Keys) to)
        {
            for (var i = 0; i < from.Keys.Count; i++)
            {
                if (from.Keys[i] is { } key && !IsSame(to, i, key))
                    Indexes[from.Kind.IndexNames[i]].Remove(key, id);
            }

            for (var i = 0; i < to.Keys.Count; i++)
            {
                if (to.Keys[i] is { } key && !IsSame(from, i, key))
                    Indexes[to.Kind.IndexNames[i]].Add(key, id);
            }

            bool IsSame((DocumentKind Kind, IReadOnlyList<string?> Keys) other, int i, string key) => from.Kind == to.Kind && i < other.Keys.Count && other.Keys[i] == key;
        }
    }

    /// <summary>Ids by key. Most indexes are only ever asked for one key; the order of all keys is made when a range of them is asked for.</summary>
    private sealed class KeyIndex
    {
        private readonly Dictionary<string, List<string>> _byKey = new(StringComparer.Ordinal);
        private SortedSet<string>? _keys;

        public void Add(string key, string id)
        {
            if (!_byKey.TryGetValue(key, out var ids))
            {
                _byKey[key] = [id];
                _keys?.Add(key);
            }
            else if (ids.BinarySearch(id, StringComparer.Ordinal) is var at and < 0)
            {
                ids.Insert(~at, id);
            }
        }

        public void Remove(string key, string id)
        {
            if (!_byKey.TryGetValue(key, out var ids) || ids.BinarySearch(id, StringComparer.Ordinal) is not (var at and >= 0))
                return;
            ids.RemoveAt(at);
            if (ids.Count > 0)
                return;
            _byKey.Remove(key);
            _keys?.Remove(key);
        }

        /// <summary>In ordinal order.</summary>
        public List<string> IdsOf(string key) => _byKey.GetValueOrDefault(key) ?? [];

        /// <summary>Keys from one on, below another, in ordinal order.</summary>
        public IEnumerable<string> Between(string from, string? below)
        {
            _keys ??= new SortedSet<string>(_byKey.Keys, StringComparer.Ordinal);
            return _keys.Count == 0 || string.CompareOrdinal(_keys.Max, from) < 0
                ? [] : _keys.GetViewBetween(from, _keys.Max!).TakeWhile(key => below is null || string.CompareOrdinal(key, below) < 0);
        }
    }
}
