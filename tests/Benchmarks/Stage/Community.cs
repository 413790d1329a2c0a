using MattermostLearning.Benchmarks.Measuring;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>A sidecar on a store with a past, beside open rounds in channels of a town. It has not started yet.</summary>
internal sealed class Community : IDisposable
{
    private readonly Town _town;
    private string _commandToken = "";

    private Community(SidecarProcess sidecar, Town town, IReadOnlyList<OpenRound> rounds) => (Sidecar, _town, Rounds) = (sidecar, town, rounds);

    public SidecarProcess Sidecar { get; }

    public IReadOnlyList<OpenRound> Rounds { get; }

    /// <summary>The token that Mattermost sends along with `/learn`.</summary>
    public string CommandToken => _commandToken;

    /// <param name="bench">Where.</param>
    /// <param name="town">The team.</param>
    /// <param name="people">People in the past.</param>
    /// <param name="events">Learning events in the past.</param>
    /// <param name="rounds">Open rounds, each in a channel of its own.</param>
    /// <param name="trigger">The slash command's word.</param>
    /// <param name="more">More to be stored before the start.</param>
    public static async Task<Community> SettleAsync(
        Workbench bench, Town town, int people, int events, int rounds, string trigger = "learn", Func<StoreFiller, IReadOnlyList<OpenRound>, Task>? more = null)
    {
        var sidecar = new SidecarProcess(bench);
        await Population.CopyAsync(bench, people, events, sidecar.StoreFile);
        List<OpenRound> open = [];
        await using (var store = sidecar.OpenStore())
        {
            var filler = new StoreFiller(store);
            await OpenRound.AddTextAsync(filler);
            for (var number = 0; number < rounds; number++)
                open.Add(await OpenRound.AddAsync(sidecar, town, filler));
            if (more is not null)
                await more(filler, open);
            await filler.FlushAsync();
        }

        return new Community(sidecar, town, open) { _commandToken = await town.AddCommandAsync(trigger, new Uri(sidecar.Address, "mattermost/command")) };
    }

    public Task StartAsync() => Sidecar.StartAsync(_town, CommandToken);

    /// <summary>`/learn`, straight at the sidecar, as Mattermost would send it.</summary>
    public async Task<string> LearnAsync(string personId)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = CommandToken, ["team_id"] = _town.TeamId, ["team_domain"] = "bench", ["channel_id"] = Rounds[0].ChannelId, ["channel_name"] = "bench",
            ["user_id"] = personId, ["user_name"] = "somebody", ["command"] = "/learn", ["text"] = "", ["trigger_id"] = "",
        });
        using var answer = await Sidecar.Http.PostAsync("mattermost/command", form);
        var text = await answer.Content.ReadAsStringAsync();
        MeasurementException.Unless(answer.IsSuccessStatusCode && text.Contains(OpenRound.Title, StringComparison.Ordinal), $"`/learn` was answered: {(int)answer.StatusCode} {text}");
        return text;
    }

    public void Dispose() => Sidecar.Dispose();
}
