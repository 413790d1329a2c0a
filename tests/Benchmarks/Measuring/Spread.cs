namespace MattermostLearning.Benchmarks.Measuring;

/// <summary>What is said of many measurements of the same thing.</summary>
internal static class Spread
{
    public static double Median(IReadOnlyCollection<double> values) => Percentile(values, 50);

    /// <summary>The smallest value that so many percent of them do not exceed.</summary>
    public static double Percentile(IReadOnlyCollection<double> values, double percent)
    {
        if (values.Count == 0)
            throw new MeasurementException("Nothing was measured.");
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100) - 1, 0, sorted.Length - 1)];
    }
}

/// <summary>The benchmark did not measure what it says: its figures would mean nothing.</summary>
public sealed class MeasurementException(string message) : Exception(message)
{
    internal static void Unless(bool holds, string message)
    {
        if (!holds)
            throw new MeasurementException(message);
    }
}
