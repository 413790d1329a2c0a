namespace MattermostLearning.Tests.Unit.Mattermost;

/// <summary>
/// A clock that moves only when told. Waits that <paramref name="endsAtOnce"/> picks move it themselves, so that a retry's pause takes no
/// time while an attempt's limit stays where it is.
/// </summary>
internal sealed class ManualTime(Func<TimeSpan, bool>? endsAtOnce = null) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private readonly List<TimeSpan> waits = [];
    private DateTimeOffset now = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Every wait that was asked for and picked.</summary>
    public IReadOnlyList<TimeSpan> EndedAtOnce
    {
        get
        {
            lock (gate) return [.. waits];
        }
    }

    public int Pending
    {
        get
        {
            lock (gate) return timers.Count;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock, stopping at every timer on the way.</summary>
    public void Advance(TimeSpan span)
    {
        var until = GetUtcNow() + span;
        while (true)
        {
            Timer? next;
            lock (gate)
            {
                next = timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
                if (next is null)
                {
                    now = until > now ? until : now;
                    return;
                }
                now = next.Due > now ? next.Due : now;
                timers.Remove(next);
            }
            next.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(Timer timer, TimeSpan wait)
    {
        var picked = wait > TimeSpan.Zero && endsAtOnce?.Invoke(wait) == true;
        lock (gate)
        {
            timers.Remove(timer);
            if (wait == Timeout.InfiniteTimeSpan) return;
            timer.Due = now + wait;
            if (!picked && wait > TimeSpan.Zero)
            {
                timers.Add(timer);
                return;
            }
            now = timer.Due;
            if (picked) waits.Add(wait);
        }
        ThreadPool.QueueUserWorkItem(_ => timer.Fire());
    }

    private sealed class Timer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Set(this, dueTime);
            return true;
        }

        public void Dispose() => owner.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

internal static class Eventually
{
    /// <summary>Waits for work on other threads; fails after a generous while of real time.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(20)) throw new TimeoutException("It never came true.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
