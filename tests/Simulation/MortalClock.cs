using MattermostLearning.Playground.Time;

namespace MattermostLearning.Simulation;

/// <summary>The clock as one process has it: with its end none of its timers fires any more, so nothing that waits goes on.</summary>
internal sealed class MortalClock(VirtualTime time) : TimeProvider
{
    private readonly HashSet<MortalTimer> _timers = [];
    private bool _isOver;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MortalTimer(this, time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period));
        _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    public void End()
    {
        _isOver = true;
        foreach (var timer in _timers.ToList())
            timer.Dispose();
    }

    private sealed class MortalTimer(MortalClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => !clock._isOver && timer.Change(dueTime, period);

        public void Dispose()
        {
            clock._timers.Remove(this);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
