using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Simulation;

/// <summary>
/// The alarm clock of runs in Quartz's place, whose own loop begins on a thread of its own and sleeps for as long as chance has it: no seed repeats that.
/// Like it, this one looks at the clock from time to time, so that it learns when somebody has set it.
/// </summary>
internal sealed class RunAlarms(IServiceProvider services, TimeProvider time, Naps naps) : IRunTriggers
{
    private readonly Dictionary<string, (DateTimeOffset Instant, ITimer Timer)> _set = new(StringComparer.Ordinal);

    public Task SetAsync(string runId, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        Clear(runId);
        _set[runId] = (instant, time.CreateTimer(_ => Look(runId), null, UntilNextLook(instant), Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public Task ClearAsync(string runId, CancellationToken cancellationToken)
    {
        Clear(runId);
        return Task.CompletedTask;
    }

    private void Look(string runId)
    {
        var (instant, timer) = _set[runId];
        if (instant > time.GetUtcNow())
        {
            timer.Change(UntilNextLook(instant), Timeout.InfiniteTimeSpan);
            return;
        }

        Clear(runId);
        _ = Task.Run(() => services.GetRequiredService<RunScheduler>().FiredAsync(runId, CancellationToken.None));
    }

    private TimeSpan UntilNextLook(DateTimeOffset instant)
    {
        var left = instant - time.GetUtcNow();
        return left > naps.Longest ? naps.Longest : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Clear(string runId)
    {
        if (_set.Remove(runId, out var earlier))
            earlier.Timer.Dispose();
    }
}
