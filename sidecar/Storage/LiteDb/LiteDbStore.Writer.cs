using System.Threading.Channels;
using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Storage.LiteDb;

public sealed partial class LiteDbStore
{
    private const string ClosedMessage = "The store is closed.";

    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Work> _queue;
    private readonly Thread _writer;
    private readonly ITimer _retry;
    private readonly ITimer _lull;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _collections = new(StringComparer.Ordinal);
    private long _settled; // of the session before, while there is none
    private long _lastTry;
    private long _writes;
    private volatile bool _suspect; // set by a reader that met an error
    private volatile bool _isClosing;
    private bool _owesCheckpoint;

    /// <inheritdoc/>
    /// <remarks>A call may be cancelled until the writer begins with it; after that it runs to its end and tells it truthfully.</remarks>
    public async Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        var set = PreparedSet.Of(changes);
        if (set.Length == 0)
            return _ended.Task.IsCompleted ? throw Unavailable() : CommitOutcome.Committed;
        return await EnqueueAsync(new Commit(set), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        _queue.Writer.TryComplete();
        await _ended.Task;
        await _retry.DisposeAsync();
        await _lull.DisposeAsync();
    }

    private static Channel<Work> MakeQueue(LiteDbOptions options) => Channel.CreateBounded<Work>(new BoundedChannelOptions(options.LongestQueue)
    {
        SingleReader = true,
        FullMode = BoundedChannelFullMode.Wait,
    });

    private async Task<TResult> EnqueueAsync<TResult>(Work<TResult> work, CancellationToken cancellationToken)
    {
        try
        {
            if (!_queue.Writer.TryWrite(work))
                await _queue.Writer.WriteAsync(work, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException(ClosedMessage, e);
        }

        await using (cancellationToken.UnsafeRegister(static (state, token) => ((Work<TResult>)state!).TryCancel(token), work))
            return await work.Task;
    }

    private Task<TResult> OnWriterAsync<TResult>(Func<Session, TResult> run, CancellationToken cancellationToken) =>
        EnqueueAsync(new Errand<TResult>(() => run(_session ?? throw Unavailable())), cancellationToken);

    private void Run()
    {
        var batch = new List<Commit>();
        try
        {
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (_queue.Reader.TryPeek(out _))
                    RunWaiting(batch);
            }
        }
        finally
        {
            Close();
        }
    }

    private void RunWaiting(List<Commit> batch)
    {
        batch.Clear();
        IErrand? errand = null;
        while (errand is null && batch.Count < _options.LargestBatch && _queue.Reader.TryRead(out var work))
        {
            if (!work.TryBegin())
                continue;
            if (work is Commit commit)
                batch.Add(commit);
            else
                errand = (IErrand)work;
        }

        try
        {
            if (_suspect)
                Abandon("A read failed; the data file is being opened anew.", null);
            if (!_health.IsHealthy || _session is null)
                TryRecover();
            if (batch.Count > 0)
            {
                RunBatch(batch);
                CheckpointWhereDue();
            }

            if (errand is not null)
                RunErrand(errand);
        }
        catch (Exception e)
        {
            // Nothing of the above should throw; if it does, callers are told and the file is opened anew.
            Abandon($"The store's writer met an error: {e.Message}", e);
            foreach (var commit in batch)
                commit.Fail(Unavailable(e));
            errand?.Fail(Unavailable(e));
        }
    }

    private void RunBatch(List<Commit> batch)
    {
        if (!_health.IsHealthy || _session is null)
        {
            foreach (var commit in batch)
                commit.Fail(Unavailable());
            return;
        }

        if (TryCommit(batch) is not { } failure)
            return;
        if (batch.Count == 1)
        {
            batch[0].Fail(Refused(failure));
            return;
        }

        // Something in the batch made LiteDB throw. Each set gets a transaction of its own, so that only the one at fault fails.
        foreach (var commit in batch)
        {
            if (!_health.IsHealthy || _session is null)
                commit.Fail(Unavailable());
            else if (TryCommit([commit]) is { } own)
                commit.Fail(Refused(own));
        }
    }

    /// <summary>
    /// Runs the sets in one transaction and completes their callers. When a set threw, nobody was completed and the exception is returned;
    /// when the disk refused, all were told so.
    /// </summary>
    private Exception? TryCommit(List<Commit> batch)
    {
        var session = _session!;
        var isSettled = false;
        if (_options.SerialiseReads)
            _gate.EnterWriteLock();
        try
        {
            var applied = 0;
            try
            {
                foreach (var change in batch.SelectMany(commit => commit.Set))
                {
                    if (!_prepared.ContainsKey(change.Kind))
                        Prepare(session, [change.Kind]);
                }

                session.Begin();
                session.LookUp(batch.SelectMany(commit => commit.Set), LastRead);
                foreach (var commit in batch)
                {
                    commit.Outcome = session.Holds(commit.Set) ? CommitOutcome.Committed : CommitOutcome.Stale;
                    if (commit.Outcome == CommitOutcome.Stale)
                        continue;
                    session.Apply(commit.Set);
                    applied++;
                }
            }
            catch (Exception e) when (e is not IOException)
            {
                Reopen(e);
                return e;
            }

            if (applied == 0)
            {
                session.EndUnchanged();
            }
            else
            {
                session.CommitAndSettle();
                isSettled = true;
                Interlocked.Increment(ref _writes);
            }
        }
        catch (Exception e)
        {
            Abandon($"The data file {_options.Path} could not be written: {e.Message} Nothing was stored; make room or make it writable, and the sidecar goes on by itself.", e);
            foreach (var commit in batch)
                commit.Fail(Unavailable(e));
            return null;
        }
        finally
        {
            if (_options.SerialiseReads)
                _gate.ExitWriteLock();
            // Whoever was refused reads again, and reads what is there.
            RememberWritten(batch.Where(commit => commit.Outcome == CommitOutcome.Stale).SelectMany(commit => commit.Set), isCommitted: false);
            RememberWritten(batch.Where(commit => commit.Outcome == CommitOutcome.Committed).SelectMany(commit => commit.Set), isSettled);
        }

        foreach (var commit in batch)
            commit.Complete();
        return null;
    }

    private void RunErrand(IErrand errand)
    {
        try
        {
            errand.Run();
        }
        catch (Exception e)
        {
            if (e is LiteDB.LiteException or ObjectDisposedException)
                Reopen(e);
            else if (_session is not null)
                Checked(e);
            errand.Fail(e is StoreUnavailableException or ArgumentException ? e : new StoreUnavailableException(e.Message, e));
        }
    }

    private static StoreUnavailableException Refused(Exception e) => new($"The store could not take this change set, and nothing of it was stored: {e.Message}", e);

    /// <summary>Whoever comes meanwhile waits for it, so it is left for a lull as long as it can be.</summary>
    private void CheckpointWhereDue()
    {
        if (!_health.IsHealthy || _session is not { } session)
            return;
        if (session.IsLongerThan(_options.CheckpointAt))
            Checkpoint();
        else if (session.IsLongerThan(_options.CheckpointAt / 2))
            _lull.Change(Lull, Timeout.InfiniteTimeSpan);
    }

    private bool CheckpointInLull()
    {
        if (_health.IsHealthy && _session?.IsLongerThan(_options.CheckpointAt / 2) == true)
            Checkpoint();
        return true;
    }

    private void Checkpoint()
    {
        try
        {
            if (_options.SerialiseReads)
                _gate.EnterWriteLock();
            try
            {
                _session!.Checkpoint();
                _owesCheckpoint = false;
            }
            finally
            {
                if (_options.SerialiseReads)
                    _gate.ExitWriteLock();
            }
        }
        catch (Exception e)
        {
            _owesCheckpoint = true; // nothing is lost: all of it stands in the log
            Abandon($"The data file {_options.Path} cannot take what its log holds: {e.Message} Make room or make it writable, and the sidecar goes on by itself.", e);
        }
    }

    private void Close()
    {
        try
        {
            if (_health.IsHealthy)
                _session?.Checkpoint();
        }
        catch (Exception e)
        {
            _logger.LogError(e, "The log could not be carried over; the next start does it");
        }

        _health = new StoreHealth(false, ClosedMessage);
        try
        {
            Exchange(null);
            var log = new FileInfo(Session.LogOf(_options.Path));
            if (log is { Exists: true, Length: 0 })
                log.Delete();
        }
        catch (Exception e)
        {
            _logger.LogError(e, "The data file was not closed cleanly");
        }

        _lock.Dispose();
        _ended.SetResult();
    }
}
