using System.Globalization;
using System.Text.Json;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>
/// What a person waits for `/learn`, beside what they wait for a command that answers the same bytes without thinking. Blocks of both
/// take turns, so that whatever else the machine does strikes both.
/// </summary>
internal sealed class LearnThroughMattermost : IScenario
{
    private const int Callers = 8;
    private const int InOneBlock = 80;
    private const int Rounds = 3;
    private const int WarmUp = 5;
    private const string Constant = "constant";

    public string Name => "learn";

    public string Summary => "`/learn` through a Mattermost, against a command that answers a constant";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench)
    {
        await using var town = await Town.OpenAsync(bench.Real);
        using var community = await Community.SettleAsync(bench, town, bench.Sizes.People, bench.Sizes.FewEvents, Rounds);
        var callers = await CallersAsync(town, community);
        await community.StartAsync();
        using var constant = await ConstantHandler.StartAsync(await community.LearnAsync(callers[0].Id));
        await town.AddCommandAsync(Constant, constant.Address);
        foreach (var caller in callers)
        {
            var told = Api.Text(await SayAsync(caller, "learn", community), "text");
            MeasurementException.Unless(told.Contains(OpenRound.Title, StringComparison.Ordinal), $"Mattermost passed on as the answer to `/learn`: {told}");
        }

        // A sidecar runs for weeks: what the compiler does with the first thousands of calls is no part of this.
        using var straight = new HttpClient();
        await Load.RunAsync(Callers, WarmUp * bench.Sizes.Calls, (caller, _) => community.LearnAsync(callers[caller].Id));
        await Load.RunAsync(Callers, WarmUp * bench.Sizes.Calls, (_, _) => constant.AskAsync(straight));

        List<double> learn = [], same = [];
        var blocks = Math.Max(1, bench.Sizes.Calls / InOneBlock);
        for (var block = -blocks / 4; block < blocks; block++)
        {
            foreach (var (word, times) in new[] { ("learn", learn), (Constant, same) })
            {
                var result = await Load.RunAsync(Callers, InOneBlock, (caller, _) => SayAsync(callers[caller], word, community));
                if (block >= 0) // what comes before warms up
                    times.AddRange(result.Milliseconds);
            }
        }

        foreach (var caller in callers)
            caller.Dispose();
        return [Compare("median", 50, learn, same, 1.1, town), Compare("99th percentile", 99, learn, same, 1.25, town)];
    }

    private static async Task<List<Api>> CallersAsync(Town town, Community community)
    {
        List<Api> callers = [];
        for (var number = 0; number < Callers; number++)
            callers.Add(await town.AddCallerAsync(community.Rounds.Select(round => round.ChannelId)));
        return callers;
    }

    private static async Task<JsonElement> SayAsync(Api caller, string word, Community community) =>
        await caller.PostAsync("commands/execute", new { channel_id = community.Rounds[0].ChannelId, command = "/" + word });

    private static Row Compare(string what, double percent, List<double> learn, List<double> same, double bound, Town town)
    {
        var (measured, baseline) = (Spread.Percentile(learn, percent), Spread.Percentile(same, percent));
        return new Row(
            string.Create(CultureInfo.InvariantCulture, $"`/learn` through {town.Kind}, {Callers} callers, {what} of {learn.Count:N0}"),
            Row.Text("{0:0.00} ms", measured), Row.Text("a constant, {0:0.00} ms", baseline), measured / baseline, Aim.AtMost(bound));
    }
}
