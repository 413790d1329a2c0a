using System.Globalization;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>
/// What one more event costs when much has happened before: joins at two sidecars, one whose store is small and one whose store is large,
/// in turns. A join writes a learning event, a participation, a moment and a message.
/// </summary>
internal sealed class Growth : IScenario
{
    private const int Callers = 16;

    /// <summary>Short turns, so that both see the same machine.</summary>
    private const int TurnsInTrial = 5;

    public string Name => "growth";

    public string Summary => "cost of an event on a large store, against a small one";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench)
    {
        var sizes = bench.Sizes;
        await using var town = await Town.OpenAsync(null);
        town.HoldPosts();
        using var small = await Community.SettleAsync(bench, town, sizes.People, sizes.FewEvents, rounds: 1, "small");
        using var large = await Community.SettleAsync(bench, town, sizes.People, sizes.Events, rounds: 1, "large");
        Side[] sides = [new(small, town), new(large, town)];
        foreach (var side in sides)
            await side.Community.StartAsync();
        var inTurn = Math.Max(Callers, sizes.Clicks / TurnsInTrial);
        for (var turn = -TurnsInTrial; turn < sizes.Trials * TurnsInTrial; turn++) // the first trial warms up
        {
            foreach (var side in sides)
            {
                var people = await town.AddPeopleAsync(inTurn);
                await side.Clicks.MeetAsync(Callers, people);
                await side.JoinAsync(people, Callers, isTimed: turn >= 0);
            }
        }

        foreach (var side in sides)
            await side.Clicks.ProveAsync();
        var (little, much) = (Size(sizes.FewEvents), Size(sizes.Events));
        return
        [
            Compare("time of an event", side => side.Microseconds, Aim.AtMost(1.3)),
            Compare("processor time of an event", side => side.ProcessorMicroseconds, null),
        ];

        Row Compare(string what, Func<Side, List<double>> figures, Aim? aim)
        {
            var (one, other) = (Spread.Median(figures(sides[0])), Spread.Median(figures(sides[1])));
            return new Row($"{what}, {much} learning events stored", Row.Text("{0:N0} µs", other), Row.Text($"{little} stored, {{0:N0}} µs", one), other / one, aim);
        }
    }

    private static string Size(int events) => events.ToString("N0", CultureInfo.InvariantCulture);

    private sealed class Side(Community community, Town town)
    {
        public Community Community => community;

        public Clicks Clicks { get; } = new(community.Sidecar, town, community.Rounds[0]);

        public List<double> Microseconds { get; } = [];

        public List<double> ProcessorMicroseconds { get; } = [];

        public async Task JoinAsync(IReadOnlyList<string> people, int callers, bool isTimed)
        {
            var before = community.Sidecar.Process.ProcessorTime;
            var result = await Clicks.JoinAsync(callers, people);
            if (!isTimed)
                return;
            Microseconds.Add(result.Elapsed.TotalMicroseconds / people.Count);
            ProcessorMicroseconds.Add((community.Sidecar.Process.ProcessorTime - before).TotalMicroseconds / people.Count);
        }
    }
}
