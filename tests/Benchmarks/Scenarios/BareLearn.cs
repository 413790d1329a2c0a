using System.Globalization;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>What a bare `/learn` costs in processor time, straight at the sidecar: the time of all of its threads, collections included.</summary>
internal sealed class BareLearn : IScenario
{
    private const int Callers = 4;
    private const int Rounds = 3;

    public string Name => "cpu";

    public string Summary => "processor time of a bare `/learn` on a large store";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench)
    {
        var sizes = bench.Sizes;
        await using var town = await Town.OpenAsync(null);
        using var community = await Community.SettleAsync(bench, town, sizes.People, sizes.Events, Rounds);
        var people = await town.AddPeopleAsync(100);
        await community.StartAsync();
        using var constant = await ConstantHandler.StartAsync(await community.LearnAsync(people[0]));
        using var other = new HttpClient();

        List<double> learn = [], same = [];
        for (var trial = -1; trial < sizes.Trials; trial++) // the first warms up
        {
            var one = await CostAsync(community.Sidecar.Process, sizes.Calls, number => community.LearnAsync(people[number % people.Count]));
            var another = await CostAsync(constant.Process, sizes.Calls, _ => constant.AskAsync(other));
            if (trial < 0)
                continue;
            learn.Add(one);
            same.Add(another);
        }

        var (measured, least) = (Spread.Median(learn), Spread.Median(same));
        var stored = string.Create(CultureInfo.InvariantCulture, $"{sizes.People:N0} people, {sizes.Events:N0} learning events, {Rounds} open rounds");
        return
        [
            Row.Within($"processor time of a bare `/learn`: {stored}", measured, 0.5, "{0:0.000} ms"),
            new Row("the same", Row.Text("{0:0.000} ms", measured), Row.Text("a constant on the same stack, {0:0.000} ms", least), measured / least),
        ];
    }

    private static async Task<double> CostAsync(Child process, int calls, Func<int, Task> call)
    {
        var before = process.ProcessorTime;
        await Load.RunAsync(Callers, calls, (_, number) => call(number));
        return (process.ProcessorTime - before).TotalMilliseconds / calls;
    }
}
