namespace MattermostLearning.Playground.Time;

/// <summary>One part of a running system, as the driver of virtual time sees it.</summary>
/// <param name="Name">Named when the system does not come to rest.</param>
/// <param name="IsAtRest">Nothing is being done, and nothing is due at the given time.</param>
/// <param name="NextMoment">The earliest moment it waits for; null when it waits for none.</param>
public sealed record RestProbe(string Name, Func<DateTimeOffset, ValueTask<bool>> IsAtRest, Func<DateTimeOffset?> NextMoment);

/// <summary>
/// Moves a virtual clock through a running system: only when every part of it rests, and then exactly to the earliest moment that
/// a part or a timer waits for. Whatever is due happens, in order, as it would have.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="probes">The parts of the system.</param>
/// <param name="isPausing">
/// Given where calls may fail: whether what is underway does nothing but wait for the clock, as a call does before it is repeated. The
/// clock then moves on to the next timer.
/// </param>
public sealed class VirtualTimeDriver(VirtualTime time, IReadOnlyList<RestProbe> probes, Func<bool>? isPausing = null)
{
    /// <summary>A system that is busy for this long, in real time, is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    /// <summary>What is set off mostly ends at once, long before a timer of the machine would: so often it is looked for without waiting.</summary>
    private const int QuickGlances = 400;

    /// <summary>A call seems to pause for a moment while its answer is read: only one that was seen to so often in a row does.</summary>
    private const int Glances = 20;

    /// <summary>Whatever is due is done the first time, or soon after.</summary>
    private const int MostInVain = 1_000;

    /// <summary>No pause ends later than that.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private RestProbe? _busy;

    public DateTimeOffset Now => time.Now;

    /// <summary>Waits until everything that was set off has ended.</summary>
    /// <exception cref="TimeoutException">It does not end; the message names who is busy.</exception>
    public async Task SettleAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var (pausing, quick) = (0, isPausing is null ? QuickGlances : 0);
        // Twice in a row: what one part has just ended may have set off another that was asked before.
        for (var inARow = 0; inARow < 2;)
        {
            if (await BusyAsync() is not { } busy)
            {
                inARow++;
                continue;
            }

            inARow = 0;
            if (quick-- > 0)
            {
                await Task.Yield();
                continue;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"At {time.Now:u} the system does not come to rest: {busy} is busy.");
            await Task.Delay(Glance, TimeProvider.System);
            pausing = isPausing?.Invoke() == true ? pausing + 1 : 0;
            if (pausing > Glances && time.NextTimer is { } timer && timer - time.Now <= LongestPause)
            {
                time.AdvanceTo(timer > time.Now ? timer : time.Now.AddTicks(1));
                pausing = 0;
            }
        }
    }

    /// <summary>Lets everything happen that is due up to a moment, the moment included.</summary>
    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        for (var inVain = 0; ; )
        {
            await SettleAsync();
            if (NextMoment() is not { } next || next > moment)
                break;
            inVain = next > time.Now ? 0 : inVain + 1;
            if (inVain > MostInVain)
                throw new TimeoutException($"At {time.Now:u} something waits for a moment that has come, and does nothing: {WhoWaits()}.");
            time.AdvanceTo(next > time.Now ? next : time.Now.AddTicks(1));
        }

        if (moment > time.Now)
            time.AdvanceTo(moment);
        await SettleAsync();
    }

    /// <inheritdoc cref="AdvanceToAsync"/>
    public Task AdvanceAsync(TimeSpan delta) => AdvanceToAsync(time.Now + delta);

    /// <summary>The earliest moment that anything waits for.</summary>
    public DateTimeOffset? NextMoment() =>
        probes.Select(probe => probe.NextMoment()).Append(time.NextTimer).Where(moment => moment is not null).Min();

    private string WhoWaits() =>
        string.Join(", ", probes.Select(probe => (probe.Name, Moment: probe.NextMoment())).Append(("a timer", time.NextTimer)).Where(one => one.Item2 <= time.Now).Select(one => one.Item1));

    /// <summary>Who was busy a moment ago most likely is still: it is asked first.</summary>
    private async ValueTask<string?> BusyAsync()
    {
        if (_busy is { } before && !await before.IsAtRest(time.Now))
            return before.Name;
        _busy = null;
        foreach (var probe in probes)
        {
            if (!await probe.IsAtRest(time.Now))
                return (_busy = probe).Name;
        }

        return null;
    }
}
