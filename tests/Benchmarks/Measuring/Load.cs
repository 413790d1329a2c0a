namespace MattermostLearning.Benchmarks.Measuring;

/// <summary>Many callers, each of whom begins the next call when the one before it has ended.</summary>
internal static class Load
{
    /// <param name="callers">How many at a time.</param>
    /// <param name="calls">How many in all.</param>
    /// <param name="call">Told which caller it is and the number of the call.</param>
    public static async Task<LoadResult> RunAsync(int callers, int calls, Func<int, int, Task> call)
    {
        var milliseconds = new double[calls];
        var taken = -1;
        var began = Clock.Stamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref taken); number < calls; number = Interlocked.Increment(ref taken))
            {
                var start = Clock.Stamp();
                await call(caller, number);
                milliseconds[number] = Clock.Since(start).TotalMilliseconds;
            }
        })));
        return new LoadResult(milliseconds, Clock.Since(began));
    }

    /// <summary>The same where each caller makes as many calls as every other one.</summary>
    /// <param name="callers">How many at a time.</param>
    /// <param name="callsEach">How many each of them makes.</param>
    /// <param name="call">Told which caller it is and the number of its call.</param>
    public static async Task<LoadResult> EachAsync(int callers, int callsEach, Func<int, int, Task> call)
    {
        var began = Clock.Stamp();
        var results = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => RunAsync(1, callsEach, (_, number) => call(caller, number))));
        return new LoadResult([.. results.SelectMany(result => result.Milliseconds)], Clock.Since(began));
    }
}

/// <param name="Milliseconds">How long each call took.</param>
/// <param name="Elapsed">How long all of them took together.</param>
internal sealed record LoadResult(IReadOnlyList<double> Milliseconds, TimeSpan Elapsed)
{
    public double PerSecond => Milliseconds.Count / Elapsed.TotalSeconds;
}
