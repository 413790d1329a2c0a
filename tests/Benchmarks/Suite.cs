using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Scenarios;

namespace MattermostLearning.Benchmarks;

/// <summary>All scenarios, in the order of the table.</summary>
public static class Suite
{
    internal static IReadOnlyList<IScenario> Scenarios { get; } =
        [
            new LearnThroughMattermost(), new BareLearn(), new DurableClicks(), new AnswersThroughMattermost(), new FanOut(), new MorningWave(), new Idle(), new Growth(), new StartAndRest(), new ContentReading(),
        ];

    public static IReadOnlyList<string> Names => [.. Scenarios.Select(scenario => scenario.Name)];

    /// <param name="bench">Sizes and place.</param>
    /// <param name="only">Names; empty for all.</param>
    /// <exception cref="MeasurementException">A scenario did not measure what it says.</exception>
    public static async Task<IReadOnlyList<Row>> RunAsync(Workbench bench, IReadOnlyCollection<string> only)
    {
        List<Row> rows = [];
        foreach (var scenario in Scenarios.Where(one => only.Count == 0 || only.Contains(one.Name)))
        {
            bench.Say($"{scenario.Name}: {scenario.Summary} (load of the machine: {Machine.Load()})");
            var began = Clock.Stamp();
            var measured = await scenario.RunAsync(bench);
            rows.AddRange(measured);
            bench.Say($"{Table.Render(measured)}\n{scenario.Name} took {Clock.Since(began).TotalSeconds:0} s");
        }

        return rows;
    }
}
