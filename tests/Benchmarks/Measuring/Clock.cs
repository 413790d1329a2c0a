namespace MattermostLearning.Benchmarks.Measuring;

/// <summary>The one place where real time is read: a benchmark is about nothing else.</summary>
internal static class Clock
{
    public static TimeProvider Time => TimeProvider.System;

    public static DateTimeOffset Now => Time.GetUtcNow();

    public static long Stamp() => Time.GetTimestamp();

    public static TimeSpan Since(long stamp) => Time.GetElapsedTime(stamp);

    public static Task PauseAsync(TimeSpan wait) => Task.Delay(wait, Time);
}
