using System.Net.Http.Json;
using System.Text.Json;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Benchmarks.Measuring;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>People who press the buttons of one round, straight at the sidecar, and the proof that what was answered is stored.</summary>
internal sealed class Clicks(SidecarProcess sidecar, Town town, OpenRound round)
{
    private const string How = "how";

    private readonly string _join = Sealed(sidecar, round, PersonAction.Join);
    private readonly string _how = Sealed(sidecar, round, How);
    private int _acknowledged;

    public int Acknowledged => _acknowledged;

    /// <summary>Everybody presses `How it works` once: it changes nothing, and the sidecar knows from then on who they are.</summary>
    public Task MeetAsync(int callers, IReadOnlyList<string> people) => Load.RunAsync(callers, people.Count, (_, number) => PressAsync(people[number], _how));

    /// <summary>Everybody presses `I'm in`, and each is answered that they are.</summary>
    public Task<LoadResult> JoinAsync(int callers, IReadOnlyList<string> people) => Load.RunAsync(callers, people.Count, async (_, number) =>
    {
        var answer = await PressAsync(people[number], _join);
        MeasurementException.Unless(answer.StartsWith("You're in", StringComparison.Ordinal), $"A click was answered: {answer}");
        Interlocked.Increment(ref _acknowledged);
    });

    /// <summary>Kills the sidecar, and compares what it had acknowledged with what its store holds.</summary>
    public async Task ProveAsync()
    {
        sidecar.Kill();
        await using var store = sidecar.OpenStore();
        var joined = (await store.FindAsync(Participation.ByOccurrence, round.Id)).Count(part => part.IsIn);
        var counted = (await store.GetAsync<Occurrence>(round.Id))!.Joined;
        MeasurementException.Unless(
            (joined, counted) == (_acknowledged, _acknowledged), $"{_acknowledged} clicks were acknowledged; after a kill the store holds {joined} of them and counts {counted}.");
    }

    private async Task<string> PressAsync(string personId, string reference)
    {
        var click = new
        {
            user_id = personId, user_name = "somebody", channel_id = round.ChannelId, team_id = town.TeamId, post_id = round.RootPostId, type = "button",
            context = new Dictionary<string, string> { ["ref"] = reference },
        };
        using var answer = await sidecar.Http.PostAsJsonAsync("mattermost/action", click);
        var text = await answer.Content.ReadAsStringAsync();
        MeasurementException.Unless(answer.IsSuccessStatusCode, $"A click was answered with {(int)answer.StatusCode}: {text}");
        return Api.Text(JsonSerializer.Deserialize<JsonElement>(text), "ephemeral_text");
    }

    private static string Sealed(SidecarProcess sidecar, OpenRound round, string action) =>
        sidecar.Sealer.Seal(new ActionReference(ActionReference.Activity, action, round.Id, PersonAction.WhileOpen));
}
