namespace MattermostLearning.Benchmarks.Measuring;

/// <summary>What else the machine was doing.</summary>
internal static class Machine
{
    /// <summary>Processes that wanted to run in the last minute, on average, and the processors that there are.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? $"{File.ReadAllText("/proc/loadavg").Split(' ')[0]} on {Environment.ProcessorCount} processors" : "unknown";
}
