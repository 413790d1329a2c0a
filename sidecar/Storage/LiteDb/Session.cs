using LiteDB;
using LiteDB.Engine;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>
/// One opening of the file. Reads may come from any thread; everything else from the store's writer thread alone, since LiteDB's transactions
/// belong to the thread that began them. After any doubt a session is thrown away and the file opened anew: LiteDB's state in memory is not to be trusted then.
/// </summary>
internal sealed partial class Session : IDisposable
{
    public const string Collation = "/Ordinal";

    /// <summary>A store has at least its first page.</summary>
    public const int SmallestFile = PageSize;

    private const int PageSize = 8192;
    private const int MostVersions = 10_000;
    private const int MostTransactions = 100; // of LiteDB, which refuses one more
    private const int MostReaders = 64;

    [ThreadStatic]
    private static BsonExpression? _byId;

    [ThreadStatic]
    private static BsonExpression? _anyOf;

    [ThreadStatic]
    private static Dictionary<(string Entries, bool HasEnd), (BsonExpression Where, BsonExpression Order)>? _byIndex;

    private readonly IDiskFile _dataFile;
    private readonly IDiskFile _logFile;
    private readonly DataStream _data;
    private readonly LogStream _log;
    private readonly LiteEngine _engine;
    private readonly SemaphoreSlim _readers = new(MostReaders);

    /// <summary>Of documents that were lately written, or looked for to be; 0 for none. It includes what the running transaction wrote: one that fails takes the session with it.</summary>
    private readonly Dictionary<(string Kind, string Id), long> _versions = [];

    private long _settled;

    private Session(IDiskFile dataFile, IDiskFile logFile)
    {
        _dataFile = dataFile;
        _logFile = logFile;
        _data = new DataStream(dataFile) { IsOpenForWriting = dataFile.Length < PageSize };
        _log = new LogStream(logFile);
        var isNew = dataFile.Length < PageSize;
        _engine = new LiteEngine(new EngineSettings
        {
            DataStream = _data,
            LogStream = _log,
            Collation = isNew ? new Collation(Collation) : null,
        });
        _data.IsOpenForWriting = false;
        _settled = logFile.Length;
    }

    /// <summary>Where the log ends that is known to be on the disk. What stands behind it was never acknowledged.</summary>
    public long Settled => _settled;

    public static string LogOf(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + "-log" + Path.GetExtension(path));

    /// <param name="options">Where.</param>
    /// <param name="keepLog">Length to cut the log back to, when what stands behind was not acknowledged.</param>
    /// <exception cref="StoreDamagedException">The file is not one of ours, or does not hold together.</exception>
    public static Session Open(LiteDbOptions options, long? keepLog = null)
    {
        var path = options.Path;
        IDiskFile? data = null, log = null;
        Session? session = null;
        try
        {
            data = options.OpenFile(path);
            log = options.OpenFile(LogOf(path));
            if (keepLog is { } length && log.Length > length)
            {
                log.Length = length;
                log.Flush();
            }

            log.Flush(); // what a killed process left in the system's cache counts from here on
            if (data.Length == 0 && log.Length > 0)
                throw new StoreDamagedException(Advice(path, "the data file is empty while its log is not"));
            session = new Session(data, log);
            session.Check(path);
            return session;
        }
        catch (Exception e)
        {
            session?.Dispose();
            data?.Dispose();
            log?.Dispose();
            if (e is IOException or UnauthorizedAccessException or StoreDamagedException)
                throw;
            throw new StoreDamagedException(Advice(path, e.Message), e);
        }
    }

    public static string Advice(string path, string why) =>
        $"The data file {path} cannot be used: {why}. It was left as it is. Move it (and {Path.GetFileName(LogOf(path))}) aside and restore a backup.";

    public void Begin()
    {
        // Never within a transaction: what it wrote is known nowhere else.
        if (_versions.Count > MostVersions)
            _versions.Clear();
        if (!_engine.BeginTrans())
            throw new LiteException(0, "The writer thread is already in a transaction.");
    }

    /// <summary>Finds out, within the running transaction, which versions of these documents there are: one question for all of a collection that nobody knows.</summary>
    /// <param name="changes">What is to be written.</param>
    /// <param name="committed">The version of a document before this transaction, 0 for none, where somebody has read it since it was last written.</param>
    public void LookUp(IEnumerable<PreparedChange> changes, Func<PreparedChange, long?> committed)
    {
        var unknown = new Dictionary<string, BsonArray>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var key = (change.Kind.Name, change.Id);
            if (_versions.ContainsKey(key))
                continue;
            _versions[key] = committed(change) ?? Absent();

            long Absent()
            {
                if (!unknown.TryGetValue(change.Kind.Name, out var ids))
                    unknown[change.Kind.Name] = ids = [];
                ids.Add(change.Id);
                return 0;
            }
        }

        foreach (var (collection, ids) in unknown)
        {
            var anyOf = _anyOf ??= BsonExpression.Create("$._id IN @0", ids);
            anyOf.Parameters["0"] = ids;
            using var reader = _engine.Query(collection, new Query { Where = { anyOf } });
            while (reader.Read())
                _versions[(collection, reader.Current["_id"].AsString)] = reader.Current["v"].AsInt64;
        }
    }

    /// <summary>Whether all of the set's documents, which were looked up, are as their decider saw them.</summary>
    public bool Holds(PreparedChange[] set) => Array.TrueForAll(set, change => _versions[(change.Kind.Name, change.Id)] == change.ExpectedVersion);

    public void Apply(PreparedChange[] set)
    {
        foreach (var change in set)
        {
            _versions[(change.Kind.Name, change.Id)] = change.Stored is null ? 0 : change.ExpectedVersion + 1;
            if (change.Stored is null)
            {
                if (change.ExpectedVersion != 0)
                    _engine.Delete(change.Kind.Name, [change.Id]);
                continue;
            }

            var document = Write(change.Kind, change.Stored, change.ExpectedVersion + 1);
            if (change.ExpectedVersion == 0)
                _engine.Insert(change.Kind.Name, [document], BsonAutoId.ObjectId);
            else
                _engine.Update(change.Kind.Name, [document]);
        }
    }

    /// <summary>Returns when the running transaction is on the disk.</summary>
    /// <exception cref="IOException">It is not, and the session is to be thrown away.</exception>
    public void CommitAndSettle()
    {
        var before = _log.Confirmed;
        if (!_engine.Commit())
            throw new IOException("LiteDB did not commit.");
        _log.Settle(before + 1, CheckAlive);
        _settled = _log.Length;
    }

    /// <summary>Ends a transaction in which nothing was written.</summary>
    public void EndUnchanged() => _engine.Rollback();

    public bool IsLongerThan(long bytes) => _log.Length > bytes;

    /// <summary>Carries the log over into the data file.</summary>
    public void Checkpoint()
    {
        _data.IsOpenForWriting = true;
        try
        {
            _engine.Checkpoint();
            _settled = _log.Length;
        }
        finally
        {
            _data.IsOpenForWriting = false;
        }
    }

    /// <summary>Tries the disk without LiteDB: an empty page at the end of the log, which LiteDB skips, should the process end right here.</summary>
    public void Probe()
    {
        _logFile.Write(new byte[PageSize * 8], _settled);
        _logFile.Flush();
        _logFile.Length = _settled;
    }

    /// <summary>Throws when LiteDB has closed itself.</summary>
    public void CheckAlive()
    {
        _engine.BeginTrans();
        _engine.Rollback();
    }

    public (BsonDocument Document, long Version)? Get(string collection, string id) => Reading(() =>
        Find(collection, id) is { } found ? (found, found["v"].AsInt64) : ((BsonDocument, long)?)null);

    /// <summary>Documents by an index: keys from <paramref name="from"/> to before <paramref name="below"/>.</summary>
    public T[] Range<T>(string collection, string index, string from, string? below, int limit, Func<BsonDocument, T> make) => Reading(() =>
    {
        if (below is not null && string.CompareOrdinal(from, below) >= 0)
            return [];
        var found = new List<T>();
        var (where, order) = ExpressionsOf(_entries[(collection, Field(index))], hasEnd: below is not null);
        where.Parameters["0"] = from;
        if (below is not null)
            where.Parameters["1"] = below;
        using var reader = _engine.Query(collection, new Query { Where = { where }, OrderBy = order, Limit = limit });
        while (reader.Read())
            found.Add(make(reader.Current.AsDocument));
        return found.ToArray();
    });

    /// <summary>The bounds within which exactly one key lies.</summary>
    public static (string From, string Below) Exactly(string key) => (key + '\0', key + '\u0001');

    /// <summary>The same, with ids after the given one: none has U+0000 in it.</summary>
    public static (string From, string Below) Exactly(string key, string afterId) => (key + '\0' + afterId + '\0', key + '\u0001');

    public void Dispose()
    {
        _engine.Dispose();
        _dataFile.Dispose();
        _logFile.Dispose();
        _readers.Dispose();
    }

    private static string Field(string index) => "k_" + index;

    /// <summary>Ordered by key and then by id.</summary>
    private static string EntryOf(string key, string id) => key + '\0' + id;

    private static BsonDocument Write(DocumentKind kind, StoredDocument stored, long version)
    {
        var document = new BsonDocument
        {
            ["_id"] = stored.Id,
            ["v"] = version,
            ["s"] = stored.Schema,
            ["c"] = Checksum(stored.Id, stored.Schema, stored.Json),
        };
        for (var i = 0; i < kind.IndexNames.Count; i++)
        {
            if (stored.Keys[i] is { } key)
                document[Field(kind.IndexNames[i])] = EntryOf(key, stored.Id);
        }

        document["j"] = stored.Json;
        return document;
    }

    private T Reading<T>(Func<T> read)
    {
        _readers.Wait();
        try
        {
            return read();
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>Parsed once a thread: parsing would cost as much as looking up.</summary>
    private static (BsonExpression Where, BsonExpression Order) ExpressionsOf(string entries, bool hasEnd)
    {
        var known = _byIndex ??= [];
        if (known.TryGetValue((entries, hasEnd), out var expressions))
            return expressions;
        var any = entries.StartsWith("$.", StringComparison.Ordinal) ? entries : entries + " ANY";
        // One BETWEEN, since of two comparisons LiteDB uses the index for one and loads documents for the other. Its upper end
        // is inclusive, but no entry equals it: an entry has U+0000 and the id behind the key.
        var where = hasEnd ? BsonExpression.Create(any + " BETWEEN @0 AND @1", "", "") : BsonExpression.Create(any + " >= @0", "");
        return known[(entries, hasEnd)] = (where, BsonExpression.Create(entries));
    }

    private BsonDocument? Find(string collection, string id)
    {
        var byId = _byId ??= BsonExpression.Create("$._id = @0", id);
        byId.Parameters["0"] = id;
        using var reader = _engine.Query(collection, new Query { Where = { byId }, Limit = 1 });
        return reader.Read() ? reader.Current.AsDocument : null;
    }

    private IEnumerable<BsonDocument> Documents(string collection, string entries = "$._id", int order = Query.Ascending, int limit = int.MaxValue)
    {
        using var reader = _engine.Query(collection, new Query { OrderBy = BsonExpression.Create(entries), Order = order, Limit = limit });
        while (reader.Read())
            yield return reader.Current.AsDocument;
    }
}
