using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>When the disk refuses or LiteDB is in doubt: the session is thrown away, and the file opened anew until it takes a write. On the writer's thread.</summary>
public sealed partial class LiteDbStore
{
    /// <summary>After an errand's failure: the disk of the backup may have been at fault, or ours.</summary>
    private void Checked(Exception cause)
    {
        try
        {
            _session!.CheckAlive();
            _session.Probe();
        }
        catch (Exception)
        {
            Abandon($"The data file {_options.Path} could not be written: {cause.Message}", cause);
        }
    }

    /// <summary>Throws the session away, cuts off what was not acknowledged, and opens the file anew.</summary>
    private void Reopen(Exception cause)
    {
        Abandon($"The data file {_options.Path} is being opened anew: {cause.Message}", cause);
        TryRecover();
    }

    private void Abandon(string problem, Exception? cause)
    {
        _logger.LogError(cause, "Commits are refused for now. {Problem}", problem);
        _health = new StoreHealth(false, problem);
        _suspect = false;
        _lastTry = 0;
        Exchange(null);
        Open(); // for readers, if it can be done
        _retry.Change(_options.RetryAfter, _options.RetryAfter);
    }

    private void TryRecover()
    {
        if (_lastTry != 0 && _time.GetElapsedTime(_lastTry) < _options.RetryAfter)
            return;
        _lastTry = Math.Max(1, _time.GetTimestamp());
        if (_session is null && !Open())
            return;
        try
        {
            _session!.Probe();
            if (_owesCheckpoint)
            {
                _session.Checkpoint();
                _owesCheckpoint = false;
            }
        }
        catch (Exception e)
        {
            if (e is not (IOException or UnauthorizedAccessException))
                Exchange(null);
            return;
        }

        _health = StoreHealth.Good;
        _retry.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _logger.LogInformation("Commits are accepted again.");
    }

    private bool Open()
    {
        try
        {
            Exchange(Session.Open(_options, _settled));
            return true;
        }
        catch (Exception e)
        {
            if (e is StoreDamagedException)
                _health = new StoreHealth(false, e.Message);
            _logger.LogError(e, "The data file could not be opened");
            return false;
        }
    }

    private void Exchange(Session? session)
    {
        var held = _gate.IsWriteLockHeld;
        if (!held)
            _gate.EnterWriteLock();
        try
        {
            _settled = _session?.Settled ?? _settled;
            _session?.Dispose();
            _session = session;
            foreach (var recent in _recent.Values)
                recent.ForgetAll();
        }
        finally
        {
            if (!held)
                _gate.ExitWriteLock();
        }
    }
}
