using MattermostLearning.Benchmarks.Measuring;

namespace MattermostLearning.Benchmarks;

/// <summary>One promise, measured.</summary>
internal interface IScenario
{
    /// <summary>What `--only` calls it.</summary>
    string Name { get; }

    string Summary { get; }

    /// <exception cref="MeasurementException">What happened is not what should have been measured.</exception>
    Task<IReadOnlyList<Row>> RunAsync(Workbench bench);
}
