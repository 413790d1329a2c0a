using System.Collections.Concurrent;
using LiteDB;
using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>
/// The embedded store: one file, one process, one writer thread that brings all waiting change sets to the disk together.
/// </summary>
/// <remarks>
/// A disk that refuses (full, read-only) makes the store unhealthy and not dead: commits are refused with the reason, reads go on as far as
/// they can, and the disk is tried again every <see cref="LiteDbOptions.RetryAfter"/> until it takes a write.
/// </remarks>
public sealed partial class LiteDbStore : ILearningStore, IAsyncDisposable
{
    private readonly LiteDbOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StoreLock _lock;
    private readonly ConcurrentDictionary<DocumentKind, bool> _prepared = new();
    private readonly ConcurrentDictionary<DocumentKind, RecentReads> _recent = new();
    private readonly ReaderWriterLockSlim _gate = new(); // readers read; whoever replaces the session writes
    private Session? _session;
    private volatile StoreHealth _health = StoreHealth.Good;

    private LiteDbStore(LiteDbOptions options, TimeProvider time, ILogger logger, StoreLock @lock, Session session)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _lock = @lock;
        _session = session;
        _queue = MakeQueue(options);
        _retry = time.CreateTimer(_ => _queue.Writer.TryWrite(new Errand<bool>(() => true)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _lull = time.CreateTimer(_ => _queue.Writer.TryWrite(new Errand<bool>(CheckpointInLull)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Should it fail, whoever needs one of them is told why.
        _ = PrepareAsync(options.Kinds, CancellationToken.None);
        _writer = new Thread(Run) { IsBackground = true, Name = "store writer" };
        _writer.Start();
    }

    public StoreHealth Health => _health;

    /// <summary>Times since it was opened at which commits were brought to the disk: waiting ones go together.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Bytes of the data file and of its log.</summary>
    public long SizeOnDisk => new[] { _options.Path, Session.LogOf(_options.Path) }.Select(path => new FileInfo(path)).Sum(file => file.Exists ? file.Length : 0);

    /// <summary>Opens the data file, or makes it, for this process alone.</summary>
    /// <exception cref="StoreInUseException">Another process has it.</exception>
    /// <exception cref="StoreDamagedException">The file does not hold together or was not made by the sidecar. It is left as it is.</exception>
    /// <exception cref="StoreUnavailableException">The disk does not let it be opened.</exception>
    public static LiteDbStore Open(LiteDbOptions options, TimeProvider time, ILogger<LiteDbStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        options = options with { Path = Path.GetFullPath(options.Path) };
        StoreLock? taken = null;
        try
        {
            MakeFolder(Path.GetDirectoryName(options.Path)!);
            taken = StoreLock.Take(options.Path, time);
            return new LiteDbStore(options, time, logger, taken, Session.Open(options));
        }
        catch (Exception e)
        {
            taken?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new StoreUnavailableException($"The data file {options.Path} cannot be opened for writing: {e.Message} The account that the sidecar runs as must be able to write in its folder (Data__Path).", e);
            throw;
        }
    }

    public async ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken = default) where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(id);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_prepared.ContainsKey(T.Stored))
            await PrepareAsync([T.Stored], cancellationToken);
        var recent = RecentOf(T.Stored);
        if (Volatile.Read(ref _session) is not null && recent.TryGet<T>(id, out var known))
            return known;
        var writes = recent.Writes;
        var read = Read(session => session.Get(T.Stored.Name, id)) is { } found ? Read<T>(found.Document) : null;
        recent.Keep(id, read, writes);
        return read;
    }

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        var (from, below) = Session.Exactly(key);
        return RangeAsync(index, from, below, int.MaxValue, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, string afterId, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(afterId);
        await PrepareAsync(index, limit, cancellationToken);
        // Whoever goes through many does so once: what others ask for time and again stays remembered.
        var (from, below) = Session.Exactly(key, afterId);
        return limit == 0 ? [] : ReadRange(index, from, below, limit);
    }

    public async ValueTask<IReadOnlyList<T>> RangeAsync<T>(
        DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(from);
        await PrepareAsync(index, limit, cancellationToken);
        if (limit == 0)
            return [];
        var question = new Question(index.Name, from, below, limit);
        var recent = RecentOf(T.Stored);
        if (Volatile.Read(ref _session) is not null && recent.TryGetList<T>(question, out var known))
            return known;
        var writes = recent.Writes;
        var read = ReadRange(index, from, below, limit);
        recent.Keep(question, read, T.Stored.IdOf, writes);
        return read;
    }

    /// <summary>Reads the whole store and lists what is damaged; nothing is changed. Commits wait meanwhile.</summary>
    public Task<IReadOnlyList<string>> ExamineAsync(CancellationToken cancellationToken = default) =>
        OnWriterAsync<IReadOnlyList<string>>(session => [.. session.Examine()], cancellationToken);

    /// <summary>
    /// Makes a copy of the running store. It is complete or it is not there: it appears under its name when it is on the disk.
    /// Commits wait meanwhile. What stands there already is never overwritten.
    /// </summary>
    public Task BackupAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        if (path == _options.Path || path == Session.LogOf(_options.Path))
            throw new ArgumentException("A backup needs a file of its own.", nameof(path));
        return OnWriterAsync(
            session =>
            {
                session.Checkpoint();
                CopyDurably(_options.Path, path, overwrite: false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Puts a backup in the place of the data file of a stopped sidecar. The present file is kept aside under a name that says when.</summary>
    /// <returns>Where the earlier data file is now; null when there was none.</returns>
    /// <exception cref="StoreInUseException">A sidecar is running on the file.</exception>
    /// <exception cref="StoreDamagedException">The backup is no store, does not hold together, or was written by a newer build. Nothing was changed.</exception>
    /// <param name="backup">What <see cref="BackupAsync"/> made.</param>
    /// <param name="path">The data file.</param>
    /// <param name="time">Names the file that is kept aside.</param>
    /// <param name="kinds">What this build can read: a backup that holds newer documents of these is refused.</param>
    public static string? Restore(string backup, string path, TimeProvider time, IReadOnlyCollection<DocumentKind>? kinds = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(backup);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);
        backup = Path.GetFullPath(backup);
        path = Path.GetFullPath(path);
        if (!File.Exists(backup))
            throw new FileNotFoundException($"There is no backup {backup}.", backup);
        MakeFolder(Path.GetDirectoryName(path)!);
        using var taken = StoreLock.Take(path, time);

        var incoming = path + ".restoring";
        var incomingLog = Session.LogOf(incoming);
        try
        {
            File.Delete(incomingLog);
            CopyDurably(backup, incoming, overwrite: true);
            // LiteDB would make a new, empty store of an empty file.
            if (new FileInfo(incoming).Length < Session.SmallestFile)
                throw new StoreDamagedException($"{backup} is no backup: it is too small to be one. Nothing was changed.");
            using (var session = OpenIncoming(backup, incoming))
            {
                if ((session.Examine().FirstOrDefault() ?? session.Newer(kinds ?? [])) is { } problem)
                    throw new StoreDamagedException($"The backup {backup} cannot be used: {problem}. Nothing was changed.");
                session.Checkpoint();
            }

            File.Delete(incomingLog);
            string? aside = null;
            if (File.Exists(path))
            {
                aside = KeepAside(path, time);
                // Its log belongs to it: a log beside another data file would be carried over into that one.
                if (File.Exists(Session.LogOf(path)))
                    File.Move(Session.LogOf(path), Session.LogOf(aside));
            }

            File.Delete(Session.LogOf(path));
            File.Move(incoming, path);
            return aside;
        }
        finally
        {
            File.Delete(incoming);
            File.Delete(incomingLog);
        }
    }

    private static Session OpenIncoming(string backup, string incoming)
    {
        try
        {
            return Session.Open(new LiteDbOptions { Path = incoming });
        }
        catch (StoreDamagedException e)
        {
            // What the store says of its own file speaks of the copy, and gives advice that is none here.
            throw new StoreDamagedException($"{backup} is no backup of this sidecar, or is damaged. Nothing was changed.", e);
        }
    }

    private static string KeepAside(string path, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 1; ; i++)
        {
            var aside = $"{path}.before-restore-{stamp}{(i == 1 ? "" : "-" + i)}";
            if (File.Exists(aside))
                continue;
            File.Move(path, aside);
            return aside;
        }
    }

    private static void CopyDurably(string from, string to, bool overwrite)
    {
        var temporary = to + ".part";
        File.Delete(temporary);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            // Not with a lock: the running store holds one on its own file.
            using (var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
            using (var target = new FileStream(temporary, options))
            {
                source.CopyTo(target, 1 << 20);
                target.Flush(flushToDisk: true);
            }

            File.Move(temporary, to, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static T Read<T>(BsonDocument document) where T : Document, IStored<T>
    {
        var id = document["_id"].AsString;
        if (!Session.IsIntact(document))
            throw new UnreadableDocumentException(T.Stored.Name, id, "it was altered outside the sidecar or damaged on the disk (its checksum does not match)");
        return T.Stored.Read(id, document["s"].AsInt32, document["j"].AsString, document["v"].AsInt64);
    }

    private ValueTask PrepareAsync<T>(DocumentIndex<T> index, int limit, CancellationToken cancellationToken) where T : Document, IStored<T>
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellationToken.ThrowIfCancellationRequested();
        if (!T.Stored.IndexNames.Contains(index.Name))
            throw new ArgumentException($"{T.Stored.Name} has no index {index.Name}.", nameof(index));
        return _prepared.ContainsKey(T.Stored) ? ValueTask.CompletedTask : new ValueTask(PrepareAsync([T.Stored], cancellationToken));
    }

    /// <summary>Each is made of what LiteDB gives before the next is read: both of all of them would be in memory for nothing.</summary>
    private T[] ReadRange<T>(DocumentIndex<T> index, string from, string? below, int limit) where T : Document, IStored<T> =>
        Read(session => session.Range(T.Stored.Name, index.Name, from, below, limit, Read<T>));

    private RecentReads RecentOf(DocumentKind kind) => _recent.GetOrAdd(kind, _ => new RecentReads());

    /// <summary>The version of a document that is still as it was read; null where that is not known.</summary>
    private long? LastRead(PreparedChange change) =>
        _recent.TryGetValue(change.Kind, out var recent) && recent.TryGet<Document>(change.Id, out var document) ? document?.Version ?? 0 : null;

    /// <summary>Before a write is acknowledged, or given up: what was read of these documents, and lists that they may stand in, may no longer be so.</summary>
    /// <param name="written">Several of the same document stand in order.</param>
    /// <param name="isCommitted">They are now as they were to be written.</param>
    private void RememberWritten(IEnumerable<PreparedChange> written, bool isCommitted)
    {
        foreach (var same in written.GroupBy(change => change.Kind))
        {
            foreach (var (_, recent) in _recent.Where(one => one.Key.Name == same.Key.Name && !(isCommitted && one.Key == same.Key)))
                recent.Forget(same.Select(change => change.Id));
            if (isCommitted)
                RecentOf(same.Key).Keep(same.Select(change => (change.Id, (object?)change.Committed)));
        }
    }

    private TResult Read<TResult>(Func<Session, TResult> read)
    {
        // Taking turns is the same lock, held exclusively; the writer joins in by holding it for a batch.
        if (_options.SerialiseReads)
            _gate.EnterWriteLock();
        else
            _gate.EnterReadLock();
        try
        {
            return read(_session ?? throw Unavailable());
        }
        catch (Exception e) when (e is IOException or LiteException or ObjectDisposedException)
        {
            // LiteDB has closed itself, or is in doubt; the writer opens the file anew.
            _suspect = true;
            _queue.Writer.TryWrite(new Errand<bool>(() => true));
            throw new StoreUnavailableException($"The data file {_options.Path} could not be read: {e.Message}", e);
        }
        finally
        {
            if (_options.SerialiseReads)
                _gate.ExitWriteLock();
            else
                _gate.ExitReadLock();
        }
    }

    private StoreUnavailableException Unavailable(Exception? inner = null) => new(_health.Problem ?? "The store is not available.", inner);
}
