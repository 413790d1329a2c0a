using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What the end-to-end tests of one folder share: a weekly challenge in ~learning, the people there, and ways to look at what happened.</summary>
internal static class Stage
{
    public const string Bot = "learning";
    public const string Slug = "one-good-question";

    /// <summary>A Friday; the first round opens on the Monday after it. London's clock shows UTC until 28 March.</summary>
    public static readonly DateTimeOffset Friday = At("2027-01-08 15:00");
    public static readonly DateTimeOffset Monday = At("2027-01-11 09:00");

    /// <param name="changes">Keys of the front matter that are to be other than usual; null leaves one out.</param>
    public static string Challenge(params (string Key, string? Value)[] changes)
    {
        var keys = new Dictionary<string, string?>
        {
            ["kind"] = "challenge",
            ["title"] = "One good question",
            ["summary"] = "Ask somebody outside your team one question.",
            ["channel"] = "learning",
            ["schedule"] = "every Monday at 09:00",
            ["time-zone"] = "Europe/London",
            ["open-for"] = "4 days",
            ["remind"] = "1 day before close",
            ["rounds"] = "4",
            ["host"] = "hana.lead",
            ["when-missed"] = "send late",
        };
        foreach (var (key, value) in changes)
            keys[key] = value;
        var front = string.Join('\n', keys.Where(key => key.Key != "body" && key.Value is not null).Select(key => $"{key.Key}: {key.Value}"));
        return $"---\n{front}\n---\n{keys.GetValueOrDefault("body") ?? "Ask somebody **one question**. Then tell us in this thread."}\n\n## Hint after 1 day\nTry it on the stairs.\n\n## Wrap-up\nWhom will you ask next?\n";
    }

    public static Dictionary<string, string> Content(params (string Key, string? Value)[] changes) =>
        new() { [$"challenges/{Slug}.md"] = Challenge(changes) };

    public static void Everybody(Seed seed)
    {
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        seed.AddUser("root", "Root Admin", roles: "system_admin system_user", teams: SidecarWorld.Team);
        seed.AddUser("ann", "Ann Berg", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("bilal", "Bilal Khan", "America/New_York", teams: SidecarWorld.Team);
        seed.AddUser("dev", "Dev Patel", teams: SidecarWorld.Team);
        seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", "ann", "bilal", "dev"]);
    }

    /// <summary>A world in which the challenge has been started by its host, and the first round has just opened.</summary>
    public static async Task<SidecarWorld> OpenedAsync(Action<Seed>? more = null, IReadOnlyDictionary<string, string>? content = null, Action<SidecarWorld>? prepare = null)
    {
        var world = await StartedAsync(more, content, prepare);
        await world.AdvanceToAsync(Monday);
        return world;
    }

    /// <summary>A world in which the challenge has been started by its host, three days before its first round.</summary>
    public static async Task<SidecarWorld> StartedAsync(Action<Seed>? more = null, IReadOnlyDictionary<string, string>? content = null, Action<SidecarWorld>? prepare = null)
    {
        var world = await WorldAsync(more, content, prepare);
        await StartRunAsync(world);
        return world;
    }

    public static Task<SidecarWorld> WorldAsync(Action<Seed>? more = null, IReadOnlyDictionary<string, string>? content = null, Action<SidecarWorld>? prepare = null) =>
        SidecarWorld.StartAsync(
            Friday, "hana.lead",
            seed =>
            {
                Everybody(seed);
                more?.Invoke(seed);
            },
            content ?? Content(), prepare);

    public static async Task StartRunAsync(SidecarWorld world, string slug = Slug)
    {
        var hana = world.As("hana.lead");
        var plan = await world.LetAsync(hana.CommandAsync($"/learn start {slug}", "learning"));
        await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));
    }

    /// <summary>The bot's posts in a channel that are no replies: one for each round.</summary>
    public static IReadOnlyList<SeenPost> Openings(SidecarWorld world, string channel = "learning", string reader = "hana.lead") =>
        [.. world.As(reader).Read(channel).Where(post => post.RootId.Length == 0 && post.UserId == BotId(world))];

    public static SeenPost Opening(SidecarWorld world, int round = 1) => Openings(world)[round - 1];

    public static string BotId(SidecarWorld world) => world.As(Bot).Id;

    /// <summary>What the bot wrote to somebody directly, oldest first.</summary>
    public static async Task<IReadOnlyList<SeenPost>> DirectAsync(SidecarWorld world, string person) =>
        [.. world.As(person).Read(await world.As(person).DirectAsync(Bot)).Where(post => post.UserId == BotId(world))];

    public static async Task<Run> RunAsync(SidecarWorld world)
    {
        foreach (var status in Enum.GetNames<RunStatus>())
        {
            if (await world.Store.FindAsync(Run.ByStatus, status) is [var run, ..])
                return run;
        }

        throw new InvalidOperationException("There is no run.");
    }

    public static async Task<Occurrence> RoundAsync(SidecarWorld world, int round = 1) =>
        (await world.Store.FindAsync(Occurrence.ByRun, (await RunAsync(world)).Id))[round - 1];

    /// <summary>All learning events in the order of time, as sentences: when, who, what, of what, and what came of it.</summary>
    public static async Task<List<string>> FactsAsync(SidecarWorld world, IEnumerable<string> people)
    {
        var names = people.Append("hana.lead").ToDictionary(name => world.As(name).Id);
        var facts = await world.Store.RangeAsync(LearningEvent.ByInstant, "", null, 1_000);
        return
        [
            .. facts.Select(fact => (fact, Who: fact.PersonId is { } id ? names[id] : "nobody"))
                .OrderBy(one => one.fact.At).ThenBy(one => one.fact.Verb, StringComparer.Ordinal).ThenBy(one => one.Who, StringComparer.Ordinal)
                .Select(one => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.fact.At:HH:mm} {one.Who} {one.fact.Verb} {(one.fact.OccurrenceId is null ? "the run" : "the round")}{(one.fact.Result is { } result ? $", {result}" : "")}")),
        ];
    }

    /// <summary>A genuine seal, as a button of ours carries it.</summary>
    public static string Seal(SidecarWorld world, ActionReference reference) => world.Services.GetRequiredService<Sealer>().Seal(reference);

    /// <summary>A click as it reaches the sidecar, whether or not such a button is to be seen anywhere.</summary>
    public static async Task<(int Status, string Text)> PressAsync(SidecarWorld world, string who, SeenPost post, string? sealedReference)
    {
        var click = new JsonObject
        {
            ["user_id"] = world.As(who).Id,
            ["user_name"] = who,
            ["channel_id"] = post.ChannelId,
            ["team_id"] = "",
            ["post_id"] = post.Id,
            ["type"] = "button",
            ["context"] = new JsonObject { ["ref"] = sealedReference },
        };
        using var client = new HttpClient();
        using var content = new StringContent(click.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(world.SidecarAddress, "mattermost/action"), content, TestContext.Current.CancellationToken);
        await world.SettleAsync();
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode && JsonNode.Parse(text) is JsonObject json ? json["ephemeral_text"]?.GetValue<string>() ?? "" : text);
    }

    /// <summary>Everything that the bot said to anybody, wherever.</summary>
    public static IEnumerable<string> SaidBy(SidecarWorld world) => world.Mattermost.Transcript.Entries
        .Where(entry => entry.Who == $"@{Bot}" || entry.Kind == TranscriptKind.Private)
        .Select(entry => string.Join('\n', entry.Attachments.Select(one => one.Text).Prepend(entry.Text)));

    /// <summary>Nothing that anybody saw shows the inside of the machine.</summary>
    public static void NobodySawTheInside(SidecarWorld world)
    {
        foreach (var said in SaidBy(world))
        {
            said.ShouldNotContain("   at ");
            said.ShouldNotContain("Exception");
            said.ShouldNotContain("Something went wrong");
            said.ShouldNotContain("\u27E6");
        }
    }

    public static DateTimeOffset At(string utc) => new(DateTime.Parse(utc, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
