namespace MattermostLearning.Playground.Time;

/// <summary>
/// A clock that moves only when it is told to. Timers fire in order, each at exactly its due time, while the clock shows that time.
/// Wall time and elapsed time are kept apart, so that a stepped clock (<see cref="Step"/>) neither fires nor delays a timer.
/// </summary>
/// <remarks>
/// Callbacks run on the thread that moves the clock, never under a lock, so a callback may create, change or dispose timers.
/// A timer that is due at once is fired from the thread pool, as a real one would be.
/// </remarks>
public sealed class VirtualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly Lock _mover = new();
    private readonly SortedSet<VirtualTimer> _waiting = new(ByDueTime.Order);
    private DateTimeOffset _wall;
    private long _elapsed;
    private long _created;
    private long? _steppedAt;

    /// <param name="start">What the clock shows first; kept as UTC.</param>
    public VirtualTime(DateTimeOffset start) => _wall = start.ToUniversalTime();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What the clock shows, in UTC.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
                return _wall;
        }
    }

    /// <summary>When the earliest timer is due by what the clock shows now, or null when none waits.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_gate)
                return _waiting.Min is { } next ? _wall.AddTicks(next.Due - _elapsed) : null;
        }
    }

    /// <summary>How long ago the wall clock was set; null when it never was. Whoever sleeps until a moment by it learns of that only when it wakes.</summary>
    public TimeSpan? SinceStep
    {
        get
        {
            lock (_gate)
                return _steppedAt is { } at ? TimeSpan.FromTicks(_elapsed - at) : null;
        }
    }

    /// <summary>How many timers wait; of use when a driver hunts for what keeps it from resting.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp()
    {
        lock (_gate)
            return _elapsed;
    }

    /// <summary>Moves the clock forward, firing every timer that falls due on the way, the last ones at exactly <paramref name="moment"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment has passed; a clock that jumps back is <see cref="Step"/>.</exception>
    public void AdvanceTo(DateTimeOffset moment)
    {
        lock (_mover)
        {
            long target;
            lock (_gate)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(moment, _wall);
                target = _elapsed + (moment - _wall).Ticks;
            }

            FireUntil(target);
        }
    }

    /// <inheritdoc cref="AdvanceTo"/>
    public void SetUtcNow(DateTimeOffset moment) => AdvanceTo(moment);

    /// <summary>Moves the clock forward by <paramref name="delta"/>.</summary>
    public void Advance(TimeSpan delta) => AdvanceTo(Now + delta);

    /// <summary>
    /// Sets the wall clock forward or back, as an administrator or a time server does. Timers keep their remaining time and
    /// <see cref="GetTimestamp"/> does not move: only what the clock shows changes.
    /// </summary>
    public void Step(TimeSpan delta)
    {
        lock (_gate)
        {
            _wall += delta;
            _steppedAt = _elapsed;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, Interlocked.Increment(ref _created));
        timer.Change(dueTime, period);
        return timer;
    }

    private void FireUntil(long target)
    {
        while (true)
        {
            VirtualTimer due;
            lock (_gate)
            {
                if (_waiting.Min is not { } next || next.Due > target)
                {
                    MoveTo(target);
                    return;
                }

                MoveTo(next.Due);
                due = next;
                _waiting.Remove(due);
                if (due.Period > 0)
                {
                    due.Due += due.Period;
                    _waiting.Add(due);
                }
            }

            due.Fire();
        }
    }

    /// <summary>Elapsed time never runs back: a timer that was due earlier than now fires now.</summary>
    private void MoveTo(long elapsed)
    {
        if (elapsed <= _elapsed)
            return;
        _wall = _wall.AddTicks(elapsed - _elapsed);
        _elapsed = elapsed;
    }

    private void FireWhatIsDueNow()
    {
        lock (_mover)
            FireUntil(GetTimestamp());
    }

    private sealed class VirtualTimer(VirtualTime clock, TimerCallback callback, object? state, long order) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private bool _disposed;

        internal long Due { get; set; }

        internal long Period { get; private set; }

        internal long Order => order;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_disposed)
                    return false;
                clock._waiting.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
                Due = clock._elapsed + dueTime.Ticks;
                Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
                clock._waiting.Add(this);
            }

            if (dueTime == TimeSpan.Zero)
                ThreadPool.UnsafeQueueUserWorkItem(static c => c.FireWhatIsDueNow(), clock, preferLocal: false);
            return true;
        }

        internal void Fire()
        {
            if (_context is null)
                callback(state);
            else
                ExecutionContext.Run(_context, static s => { var t = (VirtualTimer)s!; t.Invoke(); }, this);
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                _disposed = true;
                clock._waiting.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Invoke() => callback(state);
    }

    private sealed class ByDueTime : IComparer<VirtualTimer>
    {
        internal static readonly ByDueTime Order = new();

        public int Compare(VirtualTimer? x, VirtualTimer? y) =>
            x!.Due != y!.Due ? x.Due.CompareTo(y.Due) : x.Order.CompareTo(y.Order);
    }
}
