using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Simulation;

/// <summary>
/// Weeks in which people take part and everything breaks that can, drawn from a seed, with all promises checked at the end of each.
/// `MATTERMOST_LEARNING_SEEDS=1..500` tries others. A failure names its seed, which draws the same acts and faults again; only what the
/// process's own threads do within one moment is left to the machine.
/// </summary>
public sealed class SimulationTests
{
    private const int Weeks = 4;

    public static TheoryData<int> Seeds => [.. Trials.Seeds(1, 2, 3, 4, 5, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_promise_holds_after_every_week(int seed)
    {
        await using var simulation = await Simulation.StartAsync(seed);
        var promises = new Promises(simulation);
        for (var week = 1; week <= Weeks * Trials.Scale; week++)
        {
            var (from, to) = await RunWeekAsync(seed, simulation, week);
            var broken = await promises.BrokenAsync(from, to);
            broken.ShouldBeEmpty($"seed {seed}, week {week} ({from:u} to {to:u}). What happened:\n{string.Join('\n', simulation.Trail)}");
            simulation.Trail.Clear();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(Figures(seed, simulation));
    }

    private static async Task<(DateTimeOffset From, DateTimeOffset To)> RunWeekAsync(int seed, Simulation simulation, int week)
    {
        try
        {
            return await simulation.RunWeekAsync(week);
        }
        catch (Exception e)
        {
            throw new SimulationException($"Seed {seed}, week {week}: {e.Message}\nWhat happened last:\n{string.Join('\n', simulation.Trail.TakeLast(20))}\n{string.Join('\n', simulation.World.Log.Lines.TakeLast(20).Select(line => line.Split('\n')[0]))}", e);
        }
    }

    private static string Figures(int seed, Simulation simulation) =>
        $"seed {seed}: {Weeks * Trials.Scale} weeks, {simulation.Acts} acts, {simulation.Weather.Struck} calls struck, " +
        string.Join(", ", simulation.Broken.OrderBy(one => one.Key).Select(one => $"{one.Value} x {one.Key}"));
}
