using System.Globalization;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;
using MattermostLearning.Sidecar;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>
/// What many people cost while nothing is due: each is in an open round and waits for a reminder that is days away. The sweep is timed in
/// this process, on the sidecar's own parts and stores on the disk; start and memory are those of a process of its own.
/// </summary>
internal sealed class Idle : IScenario
{
    private const int InOneRound = 1_000;

    public string Name => "idle";

    public string Summary => "a sweep with nothing due, start and memory with many people";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench)
    {
        var sizes = bench.Sizes;
        await using var town = await Town.OpenAsync(null);
        using var few = await SettleAsync(bench, town, sizes.FewIdlePeople, "few");
        using var many = await SettleAsync(bench, town, sizes.IdlePeople, "many");
        var (first, second) = await SweepAsync(few, many, town, sizes);
        List<double> seconds = [], processor = [], compared = [], megabytes = [];
        for (var start = 0; start < sizes.Trials; start++)
        {
            var began = Clock.Stamp();
            await many.StartAsync();
            seconds.Add(many.Sidecar.Process.TimeToAnswer.TotalSeconds);
            processor.Add(many.Sidecar.Process.ProcessorTime.TotalSeconds);
            await many.Sidecar.IsInTouchAsync();
            compared.Add(Clock.Since(began).TotalSeconds);
            await Clock.PauseAsync(sizes.Rest);
            megabytes.Add(many.Sidecar.Process.ResidentMegabytes);
            many.Sidecar.Kill();
        }

        var crowd = string.Create(CultureInfo.InvariantCulture, $"{sizes.IdlePeople:N0} people");
        return
        [
            new Row(
                $"a sweep with nothing due, {crowd}", Row.Text("{0:0.0} µs", second),
                string.Create(CultureInfo.InvariantCulture, $"{sizes.FewIdlePeople:N0} people, {first:0.0} µs"), second / first, Aim.AtMost(1.2)),
            Row.Within($"start to ready, {crowd} in open rounds", Spread.Median(seconds), 2, "{0:0.00} s"),
            new Row(
                "processor time until ready", Row.Text("{0:0.00} s", Spread.Median(processor)), Row.Text("start to ready, {0:0.00} s", Spread.Median(seconds)),
                Spread.Median(processor) / Spread.Median(seconds)),
            new Row(
                "start until all of them are compared with Mattermost, beside the work", Row.Text("{0:0.00} s", Spread.Median(compared)),
                Row.Text("start to ready, {0:0.00} s", Spread.Median(seconds)), Spread.Median(compared) / Spread.Median(seconds)),
            Row.Within($"resident memory at rest, {crowd}", Spread.Median(megabytes), 200, "{0:0} MB"),
        ];
    }

    private static async Task<Community> SettleAsync(Workbench bench, Town town, int people, string trigger)
    {
        var rounds = ((people - 1) / InOneRound) + 1;
        return await Community.SettleAsync(bench, town, people, people, rounds, trigger, async (filler, open) =>
        {
            foreach (var (number, round) in open.Index())
            {
                foreach (var person in await town.AddPeopleAsync(Math.Min(InOneRound, people - (number * InOneRound)), round.ChannelId))
                    await round.TakeInAsync(filler, person);
            }
        });
    }

    /// <returns>Microseconds of one sweep over few, and over many.</returns>
    private static async Task<(double Few, double Many)> SweepAsync(Community few, Community many, Town town, Sizes sizes)
    {
        await using var ofFew = Build(few, town);
        await using var ofMany = Build(many, town);
        var (small, large) = (ofFew.Services.GetRequiredService<DueSweeper>(), ofMany.Services.GetRequiredService<DueSweeper>());
        List<double> first = [], second = [];
        for (var trial = -2; trial < sizes.Trials * 3; trial++) // the first two warm up
        {
            var (one, another) = (await TimeAsync(small, sizes.Sweeps), await TimeAsync(large, sizes.Sweeps));
            if (trial < 0)
                continue;
            first.Add(one);
            second.Add(another);
        }

        return (Spread.Median(first), Spread.Median(second));
    }

    private static async Task<double> TimeAsync(DueSweeper sweeper, int times)
    {
        var now = Clock.Now;
        var began = Clock.Stamp();
        for (var time = 0; time < times; time++)
        {
            var next = await sweeper.SweepAsync(CancellationToken.None);
            MeasurementException.Unless(next > now, "Something was due.");
        }

        return Clock.Since(began).TotalMicroseconds / times;
    }

    /// <summary>The sidecar's parts on that store, none of which runs.</summary>
    private static WebApplication Build(Community community, Town town) => SidecarApp.Build([], setup =>
    {
        setup.Environment = new Dictionary<string, string?>
        {
            ["Mattermost__Url"] = town.Address.ToString(),
            ["Mattermost__BotToken"] = town.Bot.Token,
            ["Mattermost__CommandTokens"] = community.CommandToken,
            ["Data__Path"] = community.Sidecar.DataFolder,
            ["Content__Path"] = community.Sidecar.ContentFolder,
        };
        setup.Logging = logging => logging.ClearProviders();
    });
}
