using System.Globalization;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Live;

/// <summary>A channel with twelve people, each at two devices, and the round of a challenge that came due while the sidecar was away, and opened when it came back.</summary>
public sealed class LiveStage : IAsyncDisposable
{
    private const int People = 12;
    private const string Slug = "live";

    private LiveStage(ContractServer server) => Server = server;

    public ContractServer Server { get; }

    public string ChannelId { get; private set; } = "";

    /// <summary>The post that opened the round.</summary>
    public string OpeningId { get; private set; } = "";

    /// <summary>Each person's two sessions.</summary>
    public IReadOnlyList<(Client Phone, Client Desk)> Sessions { get; private set; } = [];

    internal LiveSidecar Sidecar { get; private set; } = null!;

    public static async Task<LiveStage> OpenAsync(ContractServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var stage = new LiveStage(server);
        var sessions = new List<(Client Phone, Client Desk)>();
        for (var number = 1; number <= People; number++)
        {
            var phone = await server.NewPersonAsync($"live{number}");
            sessions.Add((phone, await Client.SignInAsync(server, phone.Name, ContractServer.Password)));
        }

        stage.Sessions = sessions;
        stage.ChannelId = await server.NewChannelAsync("O", [.. sessions.Select(one => one.Phone)]);
        var name = (await server.Ann.Get($"/channels/{stage.ChannelId}")).Json.Text("name");
        var sidecar = stage.Sidecar = await LiveSidecar.MakeAsync(server);
        (await server.Ann.Post($"/channels/{stage.ChannelId}/members", new { user_id = sidecar.Bot.Id })).Status.ShouldBe(System.Net.HttpStatusCode.Created);
        var opens = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1);
        sidecar.WriteContent($"{Slug}.md", Challenge(name, server.Ann.Name, opens));
        // Schedules name full minutes. Nobody has to wait for the next one: the run begins before the last one, and its round comes late.
        await sidecar.StartAsync(behind: TimeSpan.FromMinutes(5));
        await LiveSidecar.UntilAsync("the run has begun", async () => (await sidecar.Store.FindAsync(Run.ByChannel, stage.ChannelId)).Count == 1);
        await sidecar.StopAsync();
        await sidecar.StartAsync();
        await LiveSidecar.UntilAsync("the round is open", async () =>
        {
            stage.OpeningId = (await PostsAsync(server.Ann, stage.ChannelId)).FirstOrDefault(post => post.Text("user_id") == stage.Sidecar.Bot.Id && Action(post, "I'm in") is not null)?.Text("id") ?? "";
            return stage.OpeningId.Length > 0;
        });
        return stage;
    }

    /// <summary>Presses a button by what stands on it, as Mattermost's own clients do.</summary>
    public static async Task<Got> PressAsync(Client who, JsonNode post, string label)
    {
        ArgumentNullException.ThrowIfNull(who);
        return await who.Post($"/posts/{post.Text("id")}/actions/{Action(post, label) ?? throw new InvalidOperationException($"There is no button {label}.")}", new { });
    }

    public async Task<JsonNode> OpeningAsync() => (await Server.Ann.Get($"/posts/{OpeningId}")).Json;

    public Task<Got> TypeAsync(Client who, string words)
    {
        ArgumentNullException.ThrowIfNull(who);
        return who.Post("/commands/execute", new { channel_id = ChannelId, command = $"/{Sidecar.Trigger} {words} {Slug}" });
    }

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<JsonNode>> PostsAsync(Client reader, string channelId)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var got = await reader.Get($"/channels/{channelId}/posts?per_page=200");
        got.Status.ShouldBe(System.Net.HttpStatusCode.OK, got.Body);
        var list = got.Json;
        return [.. list["order"]!.AsArray().Select(id => list["posts"]![id!.GetValue<string>()]!).OrderBy(post => post.Number("create_at"))];
    }

    /// <summary>What the bot wrote to somebody, oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> DirectAsync(Client who)
    {
        ArgumentNullException.ThrowIfNull(who);
        var channel = (await who.Post("/channels/direct", new[] { Sidecar.Bot.Id, who.Id })).Json.Text("id");
        return [.. (await PostsAsync(who, channel)).Where(post => post.Text("user_id") == Sidecar.Bot.Id)];
    }

    /// <summary>What Mattermost shows in the thread of the round: people's replies, and their reactions on these.</summary>
    public async Task<(List<string> Replies, List<string> Reactions)> ShownAsync()
    {
        var thread = (await Server.Ann.Get($"/posts/{OpeningId}/thread")).Json;
        var replies = thread["posts"]!.AsObject().Select(one => one.Value!)
            .Where(post => post.Text("root_id") == OpeningId && post.Text("user_id") != Sidecar.Bot.Id && post.Number("delete_at") == 0).Select(post => post.Text("id")).ToList();
        var reactions = new List<string>();
        foreach (var reply in replies)
        {
            // A post without reactions has null.
            if (JsonNode.Parse((await Server.Ann.Get($"/posts/{reply}/reactions")).Body) is JsonArray list)
                reactions.AddRange(list.Select(one => one!).Where(one => one.Text("user_id") != Sidecar.Bot.Id).Select(one => Reaction.IdOf(reply, one.Text("user_id"), one.Text("emoji_name"))));
        }

        return ([.. replies.Order(StringComparer.Ordinal)], [.. reactions.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The same as the sidecar has it.</summary>
    public async Task<(List<string> Replies, List<string> Reactions)> StoredAsync()
    {
        var round = await RoundAsync();
        var replies = (await Sidecar.Store.FindAsync(Contribution.ByOccurrence, round.Id)).Select(one => one.PostId);
        var reactions = (await Sidecar.Store.FindAsync(Reaction.ByOccurrence, round.Id)).Select(one => Reaction.IdOf(one.PostId, one.PersonId, one.Emoji));
        return ([.. replies.Order(StringComparer.Ordinal)], [.. reactions.Order(StringComparer.Ordinal)]);
    }

    public async Task<Occurrence> RoundAsync()
    {
        var run = (await Sidecar.Store.FindAsync(Run.ByChannel, ChannelId)).ShouldHaveSingleItem();
        return (await Sidecar.Store.FindAsync(Occurrence.ByRun, run.Id)).ShouldHaveSingleItem();
    }

    public async Task<bool> IsEverythingSentAsync() => (await Sidecar.Store.FindAsync(OutboxRow.ByStatus, OutboxRow.Queue)).Count == 0;

    public ValueTask DisposeAsync() => Sidecar.DisposeAsync();

    public static string? Action(JsonNode post, string label)
    {
        ArgumentNullException.ThrowIfNull(post);
        return (post["props"]?["attachments"] as JsonArray ?? []).SelectMany(one => one!["actions"] as JsonArray ?? [])
            .FirstOrDefault(action => action!.Text("name") == label)?.Text("id");
    }

    private static string Challenge(string channel, string host, DateTimeOffset opens)
    {
        // A round opens late only by day: somewhere it is noon.
        var zone = ZoneText.All.First(zone => TimeZoneInfo.ConvertTime(opens, zone).Hour == 12);
        var local = TimeZoneInfo.ConvertTime(opens, zone);
        return string.Create(CultureInfo.InvariantCulture, $"""
            ---
            kind: challenge
            title: Live
            summary: A round on a server.
            channel: {channel}
            schedule: once on {local:yyyy-MM-dd} at {local:HH:mm}
            time-zone: {zone.Id}
            open-for: 20 minutes
            remind: no
            start: when loaded
            host: {host}
            ---
            Tell us one thing.
            """);
    }
}
