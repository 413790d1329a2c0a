using MattermostLearning.Playground.Time;

namespace MattermostLearning.Simulation;

/// <summary>
/// Moves the clock where one thread does everything. When nothing is left that could be run, all there is waits for the clock, which then goes to the
/// next timer and no further: there is nothing to be guessed, and nothing that depends on the machine.
/// </summary>
internal sealed class Driver(VirtualTime time)
{
    /// <summary>Whatever a moment brings has come after so many timers of it, or it turns in a circle.</summary>
    private const int MostInVain = 10_000;

    /// <summary>By the clock: no pause before a repetition, and no row of them, is longer.</summary>
    private static readonly TimeSpan LongestUnrest = TimeSpan.FromMinutes(15);

    private int _inVain;

    /// <summary>The parts of what lives; empty while nothing does.</summary>
    public IReadOnlyList<RestProbe> Probes { get; set; } = [];

    /// <summary>Ends when nothing is left that could be run.</summary>
    public static async Task QuietAsync()
    {
        do
            await Task.Yield();
        while (ThreadPool.PendingWorkItemCount > 0);
    }

    /// <summary>Lets everything happen that is due up to a moment, whatever is under way then, or until it is enough.</summary>
    public async Task AdvanceToAsync(DateTimeOffset moment, Func<bool> isEnough)
    {
        await QuietAsync();
        while (!isEnough())
        {
            if (time.NextTimer is { } next && next <= moment)
            {
                await StepAsync(next);
                continue;
            }

            if (moment > time.Now)
                await StepAsync(moment);
            return;
        }
    }

    /// <summary>Waits, by the clock, for what was begun.</summary>
    public Task UntilAsync(Task work, string what) => UntilAsync(() => new ValueTask<string?>(work.IsCompleted ? null : what));

    /// <summary>Waits, by the clock, until everything that was set off has ended.</summary>
    public Task SettleAsync() => UntilAsync(BusyAsync);

    private async Task UntilAsync(Func<ValueTask<string?>> busy)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            await QuietAsync();
            if (await busy() is not { } who)
                return;
            if (time.NextTimer is not { } next || time.GetElapsedTime(began) > LongestUnrest)
                throw new TimeoutException($"At {time.Now:u} it does not come to rest: {who} is busy.");
            await StepAsync(next);
        }
    }

    private Task StepAsync(DateTimeOffset moment)
    {
        _inVain = moment > time.Now ? 0 : _inVain + 1;
        if (_inVain > MostInVain)
            throw new TimeoutException($"At {time.Now:u} something sets timers for the moment that it is, over and over.");
        time.AdvanceTo(moment > time.Now ? moment : time.Now);
        return QuietAsync();
    }

    private async ValueTask<string?> BusyAsync()
    {
        foreach (var probe in Probes)
        {
            if (!await probe.IsAtRest(time.Now))
                return probe.Name;
        }

        return null;
    }
}
