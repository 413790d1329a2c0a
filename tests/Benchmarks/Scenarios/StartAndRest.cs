using System.Globalization;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>From the start of the process to ready, with 100 content files and an empty store, and what it holds at rest; and the playground's page.</summary>
internal sealed class StartAndRest : IScenario
{
    private const int Files = 100;

    /// <summary>Of the form of Mattermost's own; no command is typed here.</summary>
    private const string AnyToken = "abcdefghijklmnopqrstuvwxyz";

    public string Name => "start";

    public string Summary => "start to ready, memory at rest, the playground's first page";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench)
    {
        await using var town = await Town.OpenAsync(bench.Real);
        List<double> ready = [], constant = [], memory = [], page = [], processor = [];
        for (var start = 0; start < bench.Sizes.Trials; start++)
        {
            using (var other = await ConstantHandler.StartAsync("{}"))
                constant.Add(other.Process.TimeToAnswer.TotalSeconds);
            using (var sidecar = new SidecarProcess(bench))
            {
                OpenRound.WriteTexts(sidecar.ContentFolder, Files);
                await sidecar.StartAsync(town, AnyToken);
                ready.Add(sidecar.Process.TimeToAnswer.TotalSeconds);
                processor.Add(sidecar.Process.ProcessorTime.TotalSeconds);
                await Clock.PauseAsync(bench.Sizes.Rest);
                memory.Add(sidecar.Process.ResidentMegabytes);
            }

            page.Add(await PageAsync(bench));
        }

        var least = Spread.Median(constant);
        return
        [
            Row.Within($"start to ready, {Files} content files, empty store, against {town.Kind}", Spread.Median(ready), 1, "{0:0.00} s"),
            new Row("the same", Row.Text("{0:0.00} s", Spread.Median(ready)), Row.Text("a constant handler answers after {0:0.00} s", least), Spread.Median(ready) / least),
            new Row("processor time until ready", Row.Text("{0:0.00} s", Spread.Median(processor)), Row.Text("start to ready, {0:0.00} s", Spread.Median(ready)), Spread.Median(processor) / Spread.Median(ready)),
            Row.Within("resident memory at rest", Spread.Median(memory), 120, "{0:0} MB"),
            Row.Within("the playground's page, from the start of the process", Spread.Median(page), 3, "{0:0.00} s"),
        ];
    }

    private static async Task<double> PageAsync(Workbench bench)
    {
        var port = Child.FreePort().ToString(CultureInfo.InvariantCulture);
        var content = bench.NewFolder();
        OpenRound.WriteTexts(content, 3);
        using var playground = await Child.StartAsync(
            SidecarProcess.ProgramIn(bench.SidecarFolder), ["playground", "--port", port, "--content", content], new Dictionary<string, string>(), new Uri($"http://127.0.0.1:{port}/"));
        return playground.TimeToAnswer.TotalSeconds;
    }
}
