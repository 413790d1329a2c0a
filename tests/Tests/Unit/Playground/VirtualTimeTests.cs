using MattermostLearning.Playground.Time;

namespace MattermostLearning.Tests.Unit.Playground;

public sealed class VirtualTimeTests
{
    private static readonly DateTimeOffset Start = new(2027, 1, 11, 9, 0, 0, TimeSpan.Zero);
    private readonly VirtualTime _clock = new(Start);

    [Fact]
    public void The_clock_stands_still_until_it_is_told()
    {
        var before = _clock.GetTimestamp();
        _clock.GetUtcNow().ShouldBe(Start);
        _clock.GetTimestamp().ShouldBe(before);
        _clock.LocalTimeZone.ShouldBe(TimeZoneInfo.Utc);
    }

    [Fact]
    public void Timers_fire_in_order_and_the_clock_shows_their_due_time()
    {
        var seen = new List<(string, DateTimeOffset)>();
        using var late = Timer(() => seen.Add(("late", _clock.Now)), minutes: 3);
        using var early = Timer(() => seen.Add(("early", _clock.Now)), minutes: 1);
        using var never = Timer(() => seen.Add(("never", _clock.Now)), minutes: 6);

        _clock.AdvanceTo(Start.AddMinutes(5));

        seen.ShouldBe([("early", Start.AddMinutes(1)), ("late", Start.AddMinutes(3))]);
        _clock.Now.ShouldBe(Start.AddMinutes(5));
        _clock.NextTimer.ShouldBe(Start.AddMinutes(6));
    }

    [Fact]
    public void Timers_of_one_moment_fire_in_the_order_they_were_made()
    {
        var seen = new List<int>();
        var timers = Enumerable.Range(0, 5).Select(i => Timer(() => seen.Add(i), minutes: 1)).ToList();
        _clock.Advance(TimeSpan.FromMinutes(1));
        seen.ShouldBe([0, 1, 2, 3, 4]);
        timers.ForEach(t => t.Dispose());
    }

    [Fact]
    public void A_periodic_timer_fires_once_for_each_period()
    {
        var seen = new List<DateTimeOffset>();
        using var timer = _clock.CreateTimer(_ => seen.Add(_clock.Now), null, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(3));
        seen.ShouldBe([Start.AddSeconds(30), Start.AddSeconds(90), Start.AddSeconds(150)]);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan).ShouldBeTrue();
        _clock.NextTimer.ShouldBeNull();
    }

    [Fact]
    public void A_timer_made_by_a_callback_fires_on_the_same_way_when_it_is_due()
    {
        var seen = new List<DateTimeOffset>();
        ITimer? second = null;
        using var first = Timer(() => second = Timer(() => seen.Add(_clock.Now), minutes: 1), minutes: 1);
        _clock.Advance(TimeSpan.FromMinutes(2));
        seen.ShouldBe([Start.AddMinutes(2)]);
        second!.Dispose();
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public void A_stepped_clock_neither_fires_nor_delays_a_timer(int minutes)
    {
        var fired = 0;
        using var timer = Timer(() => fired++, minutes: 10);
        var before = _clock.GetTimestamp();

        _clock.Step(TimeSpan.FromMinutes(minutes));

        fired.ShouldBe(0);
        _clock.GetTimestamp().ShouldBe(before);
        _clock.Now.ShouldBe(Start.AddMinutes(minutes));
        _clock.NextTimer.ShouldBe(Start.AddMinutes(minutes + 10));
        _clock.Advance(TimeSpan.FromMinutes(10));
        fired.ShouldBe(1);
        _clock.GetElapsedTime(before).ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Moving_back_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => _clock.AdvanceTo(Start.AddSeconds(-1)));

    [Fact]
    public void A_disposed_timer_is_silent()
    {
        var fired = 0;
        var timer = Timer(() => fired++, minutes: 1);
        timer.Dispose();
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(2));
        fired.ShouldBe(0);
    }

    [Fact]
    public async Task A_timer_that_is_due_at_once_fires_without_the_clock_moving()
    {
        var fired = new TaskCompletionSource();
        using var timer = _clock.CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await fired.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        _clock.Now.ShouldBe(Start);
    }

    [Fact]
    public async Task Delays_cancellations_and_periodic_timers_of_the_platform_follow_it()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock, TestContext.Current.CancellationToken);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), _clock);
        using var ticks = new PeriodicTimer(TimeSpan.FromMinutes(1), _clock);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        limit.IsCancellationRequested.ShouldBeFalse();
        (await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();

        _clock.Advance(TimeSpan.FromMinutes(1));
        limit.IsCancellationRequested.ShouldBeTrue();
        (await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Fact]
    public void Many_threads_may_make_and_drop_timers_while_the_clock_moves()
    {
        var fired = 0;
        Parallel.For(0, 8, worker =>
        {
            for (var i = 1; i <= 500; i++)
            {
                if (worker == 0)
                    _clock.Advance(TimeSpan.FromMilliseconds(10));
                else
                    _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromMilliseconds(i), Timeout.InfiniteTimeSpan);
            }
        });
        _clock.Advance(TimeSpan.FromHours(1));
        fired.ShouldBe(7 * 500);
        _clock.WaitingTimers.ShouldBe(0);
    }

    private ITimer Timer(Action callback, int minutes) =>
        _clock.CreateTimer(_ => callback(), null, TimeSpan.FromMinutes(minutes), Timeout.InfiniteTimeSpan);
}
