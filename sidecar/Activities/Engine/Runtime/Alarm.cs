namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>How long a worker that waits for a moment sleeps without looking at the clock: somebody may set it, or the machine may sleep itself.</summary>
public sealed record Naps(TimeSpan Longest);

/// <summary>A worker's sleep until the earliest of several moments, any of which may be named meanwhile.</summary>
public sealed class Alarm(TimeProvider time, Naps naps)
{
    /// <summary>A clock that goes on by so much while a timer is made was set, or the thread was made to wait: the timer is made anew.</summary>
    private static readonly TimeSpan Moved = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset? _at;
    private bool _isAsleep;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it goes off; null when no moment was named since it last did.</summary>
    public DateTimeOffset? At
    {
        get
        {
            lock (_gate)
                return _at;
        }
    }

    /// <summary>The worker sleeps, and nothing is due that would wake it.</summary>
    public bool IsAsleep(DateTimeOffset now)
    {
        lock (_gate)
            return _isAsleep && !(_at <= now);
    }

    public void NoLaterThan(DateTimeOffset moment)
    {
        lock (_gate)
        {
            if (_at <= moment)
                return;
            _at = moment;
            // Awake from here on, and not only once its thread goes on: until then the timer is set for what was the earliest before.
            _isAsleep = false;
            _changed.TrySetResult();
        }
    }

    public void Now() => NoLaterThan(DateTimeOffset.MinValue);

    /// <summary>Sleeps until the moment has come; without one, until there is one.</summary>
    public async Task SleepAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            DateTimeOffset now;
            var nap = naps.Longest;
            lock (_gate)
            {
                _isAsleep = false;
                if (_changed.Task.IsCompleted)
                    _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
                now = time.GetUtcNow();
                if (_at <= now)
                {
                    _at = null;
                    return;
                }

                if (_at is { } at && at - now < nap)
                    nap = at - now;
            }

            // As exact as the clock is: Task.Delay cuts to whole milliseconds on any clock, and would end just before the moment.
            var slept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var timer = time.CreateTimer(static over => ((TaskCompletionSource)over!).TrySetResult(), slept, nap, Timeout.InfiniteTimeSpan);
            // Only now: a clock that is moved as soon as everybody sleeps must find the timer set. One that was moved meanwhile would end it too late.
            lock (_gate)
            {
                if (time.GetUtcNow() - now > Moved)
                    continue;
                _isAsleep = !changed.IsCompleted;
            }

            await Task.WhenAny(slept.Task, changed).WaitAsync(cancellationToken);
        }
    }
}
