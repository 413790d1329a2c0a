using System.Globalization;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Benchmarks.Stage;

namespace MattermostLearning.Benchmarks.Scenarios;

/// <summary>
/// Clicks on `I'm in`, each committed to the disk before it is answered, beside LiteDB alone taking the very documents that those clicks
/// left, and beside the clicks that a Mattermost passes on to a handler that answers a constant.
/// </summary>
internal sealed class DurableClicks : IScenario
{
    private const int Callers = 64;

    public string Name => "click";

    public string Summary => "durable clicks, against LiteDB alone and against what Mattermost passes on";

    public async Task<IReadOnlyList<Row>> RunAsync(Workbench bench)
    {
        // What the clicks leave is learned from a first sidecar, so that trials of both sides can take turns on a second one.
        var left = await ClickAsync(bench, trials: 1, holdOutbox: true, between: null);
        var raw = await RawLiteDb.TakeAsync(left.StoreFile, left.Round.Id, Callers);
        List<double> alone = [];
        var clicks = await ClickAsync(bench, bench.Sizes.Trials, holdOutbox: true, () => alone.Add(raw.PerSecond(bench.NewFolder())));
        var sending = await ClickAsync(bench, 1, holdOutbox: false, between: null);
        var (kind, passedOn) = await PassedOnAsync(bench);

        var (rate, baseline) = (Spread.Median(clicks.PerSecond), Spread.Median(alone));
        var what = string.Create(CultureInfo.InvariantCulture, $"clicks on the disk before their answer, {Callers} callers, {bench.Sizes.Clicks:N0} a trial");
        return
        [
            new Row(what, Row.Text("{0:N0}/s", rate), Row.Text($"LiteDB alone, the same {raw.DocumentsPerDecision:0.0} documents a click, {Callers} clicks a transaction, {{0:N0}}/s", baseline),
                Spread.Median([.. clicks.PerSecond.Zip(alone, (one, other) => one / other)]), Aim.AtLeast(0.6)),
            new Row("the same", Row.Text("{0:N0}/s", rate), Row.Text($"clicks that {kind} passes on to a constant, {{0:N0}}/s", passedOn), rate / passedOn, Aim.AtLeast(2)),
            new Row("the same, while what they set off is being sent", Row.Text("{0:N0}/s", sending.PerSecond[0]), Row.Text("LiteDB alone, {0:N0}/s", baseline), sending.PerSecond[0] / baseline),
        ];
    }

    /// <param name="bench">Where.</param>
    /// <param name="trials">How many are timed; one before them warms up.</param>
    /// <param name="holdOutbox">Mattermost is slow to take posts, so that what the clicks set off does not compete with them.</param>
    /// <param name="between">What is done after each timed trial.</param>
    private static async Task<(List<double> PerSecond, string StoreFile, OpenRound Round)> ClickAsync(Workbench bench, int trials, bool holdOutbox, Action? between)
    {
        await using var town = await Town.OpenAsync(null);
        if (holdOutbox)
            town.HoldPosts();
        using var community = await Community.SettleAsync(bench, town, 0, 0, rounds: 1);
        await community.StartAsync();
        var clicks = new Clicks(community.Sidecar, town, community.Rounds[0]);
        List<double> perSecond = [];
        for (var trial = -1; trial < trials; trial++)
        {
            var people = await town.AddPeopleAsync(bench.Sizes.Clicks);
            await clicks.MeetAsync(Callers, people);
            var result = await clicks.JoinAsync(Callers, people);
            if (trial < 0)
                continue;
            perSecond.Add(result.PerSecond);
            between?.Invoke();
        }

        await clicks.ProveAsync();
        return (perSecond, community.Sidecar.StoreFile, community.Rounds[0]);
    }

    private static async Task<(string Kind, double PerSecond)> PassedOnAsync(Workbench bench)
    {
        await using var town = await Town.OpenAsync(bench.Real);
        using var constant = await ConstantHandler.StartAsync("""{"ephemeral_text":"You're in."}""");
        var channelId = await town.AddChannelAsync();
        using var caller = await town.AddCallerAsync(channelId);
        using var bot = town.AsBot();
        var action = new { id = "join", name = "I'm in", type = "button", integration = new { url = constant.Address.ToString(), context = new { step = "open" } } };
        var post = await bot.PostAsync("posts", new { channel_id = channelId, message = "Press.", props = new { attachments = new[] { new { text = "", actions = new[] { action } } } } });
        var shown = await caller.GetAsync($"posts/{Api.Text(post, "id")}");
        var actionId = Api.Text(shown.GetProperty("props").GetProperty("attachments")[0].GetProperty("actions")[0], "id");
        List<double> perSecond = [];
        for (var trial = -1; trial < bench.Sizes.Trials; trial++)
        {
            var result = await Load.RunAsync(Callers, bench.Sizes.Clicks, (_, _) => caller.PostAsync($"posts/{Api.Text(post, "id")}/actions/{actionId}", new { }));
            if (trial >= 0)
                perSecond.Add(result.PerSecond);
        }

        return (town.Kind, Spread.Median(perSecond));
    }
}
