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
/// <param name="isOnTheWire">
/// Given where calls may fail: whether one is on its way now. A part that is busy while none is waits for a timer, such as the pause
/// before a repetition, and the clock moves on to it.
/// </param>
public sealed class VirtualTimeDriver(VirtualTime time, IReadOnlyList<RestProbe> probes, Func<bool>? isOnTheWire = null)
{
    /// <summary>A system that is busy for this long, in real time, is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    /// <summary>A part that is busy for so long, in real time, with nothing on the wire, waits for a timer; for one that is no further off than that.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    public DateTimeOffset Now => time.Now;

    /// <summary>Waits until everything that was set off has ended.</summary>
    /// <exception cref="TimeoutException">It does not end; the message names who is busy.</exception>
    public async Task SettleAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var stoodStillSince = began;
        // Twice in a row: what one part has just ended may have set off another that was asked before.
        for (var inARow = 0; inARow < 2;)
        {
            if (await BusyAsync() is not { } busy)
            {
                inARow++;
                continue;
            }

            inARow = 0;
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"At {time.Now:u} the system does not come to rest: {busy} is busy.");
            await Task.Delay(Glance, TimeProvider.System);
            if (isOnTheWire is null || isOnTheWire())
            {
                stoodStillSince = TimeProvider.System.GetTimestamp();
            }
            else if (TimeProvider.System.GetElapsedTime(stoodStillSince) > Standstill && time.NextTimer is { } timer && timer - time.Now <= LongestPause)
            {
                time.AdvanceTo(timer > time.Now ? timer : time.Now.AddTicks(1));
                stoodStillSince = TimeProvider.System.GetTimestamp();
            }
        }
    }

    /// <summary>Lets everything happen that is due up to a moment, the moment included.</summary>
    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        while (true)
        {
            await SettleAsync();
            if (NextMoment() is not { } next || next > moment)
                break;
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

    private async ValueTask<string?> BusyAsync()
    {
        foreach (var probe in probes)
        {
            if (!await probe.IsAtRest(time.Now))
                return probe.Name;
        }

        return null;
    }
}
