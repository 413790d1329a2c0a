using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>The playground as its page uses it: over HTTP and WebSocket, without a browser. It is Monday, and the first round has opened.</summary>
public sealed class PlaygroundTests : IAsyncLifetime
{
    private const string Shortcut = """
        ---
        kind: challenge
        title: Show your shortcut
        summary: Show one small trick that saves you time.
        channel: Tool talk
        schedule: every Wednesday at 10:00
        time-zone: Europe/London
        open-for: 2 days
        host: omar.host
        ---
        Which key saves you a minute every day?
        """;

    private static readonly DateTimeOffset Wednesday = LearningTown.At("2027-03-17 16:00");
    private readonly Unit.Host.Folder _folder = new();
    private readonly HttpClient _client = new();
    private PlaygroundTown _town = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("content/one-good-question.md", LearningTown.Challenge);
        _folder.Write("content/show-your-shortcut.md", Shortcut);
        _town = await PlaygroundTown.StartAsync(new PlaygroundLine(0, Path.Combine(_folder.Path, "content"), null), Wednesday);
        _client.BaseAddress = _town.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _town.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_page_answers_while_its_activities_are_being_started_and_shows_them_when_they_are()
    {
        string page = "";
        Task<string>? state = null;
        await using var town = await PlaygroundTown.StartAsync(new PlaygroundLine(0, Path.Combine(_folder.Path, "content"), null), Wednesday, address =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = _client.Send(request, Cancel);
            using var text = new StreamReader(answer.Content.ReadAsStream(Cancel));
            page = text.ReadToEnd();
            state = _client.GetStringAsync(new Uri(address, "play/state?as=ann"), Cancel);
        });

        page.ShouldStartWith("<!doctype html>");
        JsonNode.Parse(await state!)!["now"]!.GetValue<long>().ShouldBe(LearningTown.At("2027-03-15 09:05").ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task The_page_and_what_it_needs_come_from_here_alone()
    {
        using var page = await _client.GetAsync("/", Cancel);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self'");
        policy.ShouldNotContain("unsafe");
        var text = await page.Content.ReadAsStringAsync(Cancel);
        text.ShouldContain("A rehearsal.");
        text.ShouldNotContain("https://");
        foreach (var name in new[] { "page.css", "conversation.css", "page.js", "api.js", "posts.js", "markdown.js", "emoji.js", "composer.js", "dialog.js", "icon.svg" })
        {
            using var asset = await _client.GetAsync($"/assets/{name}", Cancel);
            asset.StatusCode.ShouldBe(HttpStatusCode.OK, name);
            (await asset.Content.ReadAsStringAsync(Cancel)).ShouldNotContain("innerHTML", customMessage: name);
        }

        (await _client.GetAsync("/assets/nothing.js", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Host", "learning.attacker.example", "The playground answers only as 127.0.0.1 or localhost.")]
    [InlineData("Origin", "http://attacker.example", "The playground answers only its own page.")]
    public async Task Other_sites_of_the_same_browser_are_not_let_in(string header, string value, string answer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/play/state?as=ann");
        request.Headers.Add(header, value);
        using var response = await _client.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ReadAsync(response))["message"]!.GetValue<string>().ShouldBe(answer);
    }

    [Fact]
    public async Task Nothing_is_changed_by_a_request_that_any_site_could_send()
    {
        using var response = await _client.PostAsync("/play/clock?by=day&as=ann", null, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await StateAsync("ann"))["now"]!.GetValue<long>().ShouldBe(LearningTown.At("2027-03-15 09:05").ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Only_those_who_play_can_be_played()
    {
        using var response = await _client.GetAsync("/play/state?as=learning", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Everything_is_started_and_the_first_round_is_open()
    {
        _town.NotStarted.ShouldBeEmpty();
        (await PostsAsync("ann", "learning")).ShouldContain(post => Message(post).StartsWith("**One good question**", StringComparison.Ordinal));
        (await PostsAsync("ann", "tool-talk")).ShouldNotContain(post => Message(post).StartsWith("**Show your shortcut**", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_learner_joins_and_replies_and_another_window_sees_it_at_once()
    {
        using var bilal = await ListenAsync("bilal");
        var round = (await PostsAsync("ann", "learning")).Single(post => Message(post).StartsWith("**One good question**", StringComparison.Ordinal));
        var id = round["id"]!.GetValue<string>();
        var button = round["props"]!["attachments"]![0]!["actions"]![0]!["id"]!.GetValue<string>();

        await DoAsync("ann", HttpMethod.Post, $"/api/v4/posts/{id}/actions/{button}", new JsonObject());
        // What followed from the click has happened when it is answered, the line on the post included.
        (await PostsAsync("bilal", "learning")).Single(post => post["id"]!.GetValue<string>() == id)["props"]!.ToJsonString().ShouldContain("In so far: Ann Berg");
        await DoAsync("ann", HttpMethod.Post, "/api/v4/posts", new JsonObject { ["channel_id"] = round["channel_id"]!.DeepClone(), ["root_id"] = id, ["message"] = "I asked a nurse." });

        await HearAsync(bilal, heard => heard.Contains("I asked a nurse."));
    }

    [Fact]
    public async Task The_clock_bar_opens_what_is_due_and_every_window_is_told()
    {
        using var chiara = await ListenAsync("chiara");
        await DoAsync("ann", HttpMethod.Post, "/play/clock?by=hour");
        (await PostsAsync("ann", "tool-talk")).ShouldNotContain(post => Message(post).StartsWith("**Show your shortcut**", StringComparison.Ordinal));

        await DoAsync("ann", HttpMethod.Post, "/play/clock?by=day");
        var moved = await DoAsync("ann", HttpMethod.Post, "/play/clock?by=day");
        moved["happened"]!.GetValue<bool>().ShouldBeTrue();
        moved["now"]!.GetValue<long>().ShouldBe(LearningTown.At("2027-03-17 10:05").ToUnixTimeMilliseconds());
        (await PostsAsync("ann", "tool-talk")).ShouldContain(post => Message(post).StartsWith("**Show your shortcut**", StringComparison.Ordinal));
        await HearAsync(chiara, heard => heard.Contains("playground_clock") && heard.Contains(moved["now"]!.ToJsonString()));
    }

    [Fact]
    public async Task Next_stops_at_the_next_thing_that_people_can_see()
    {
        // The hint after a day.
        var moved = await DoAsync("ann", HttpMethod.Post, "/play/clock?by=next");
        moved["happened"]!.GetValue<bool>().ShouldBeTrue();
        moved["now"]!.GetValue<long>().ShouldBe(LearningTown.At("2027-03-16 09:00").ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Two_windows_that_act_at_once_take_turns()
    {
        var round = (await PostsAsync("ann", "learning")).Single(post => Message(post).StartsWith("**One good question**", StringComparison.Ordinal));
        var reply = (string who) => DoAsync(who, HttpMethod.Post, "/api/v4/posts",
            new JsonObject { ["channel_id"] = round["channel_id"]!.DeepClone(), ["root_id"] = round["id"]!.DeepClone(), ["message"] = $"From {who}" });
        await Task.WhenAll(reply("ann"), DoAsync("chiara", HttpMethod.Post, "/play/clock?by=hour"), reply("bilal"), DoAsync("learning.lead", HttpMethod.Post, "/play/clock?by=hour"));
        // Both moves of the clock count; some seconds may have passed with what was written.
        (DateTimeOffset.FromUnixTimeMilliseconds((await StateAsync("ann"))["now"]!.GetValue<long>()) - LearningTown.At("2027-03-15 11:05")).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(1));
        (await PostsAsync("ann", "learning")).Count(post => Message(post).StartsWith("From ", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task An_edited_file_is_read_at_once_and_every_window_is_told()
    {
        using var ann = await ListenAsync("ann");
        _folder.Write("content/show-your-shortcut.md", Shortcut.Replace("every Wednesday at 10:00", "sometimes", StringComparison.Ordinal));
        await HearAsync(ann, heard => heard.Contains("playground_content") && heard.Contains("""{"changed":["show-your-shortcut.md"],"broken":[{"path":"show-your-shortcut.md","line":6,"finding":"""));
        _folder.Write("content/show-your-shortcut.md", Shortcut.Replace("every Wednesday at 10:00", "every Monday at 10:00", StringComparison.Ordinal));
        await HearAsync(ann, heard => heard.Contains("playground_content") && heard.Contains("""{"changed":["show-your-shortcut.md"],"broken":[]}"""));

        var moved = await DoAsync("ann", HttpMethod.Post, "/play/clock?by=hour");

        moved["happened"]!.GetValue<bool>().ShouldBeTrue();
        (await PostsAsync("ann", "tool-talk")).ShouldContain(post => Message(post).StartsWith("**Show your shortcut**", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_unread_is_shown_until_it_is_looked_at()
    {
        var channel = (await ChannelAsync("ann", "learning"))["id"]!.GetValue<string>();
        (await ChannelAsync("ann", "learning"))["unread"]!.GetValue<int>().ShouldBe(1);
        await DoAsync("ann", HttpMethod.Post, $"/play/seen/{channel}");
        (await ChannelAsync("ann", "learning"))["unread"]!.GetValue<int>().ShouldBe(0);
        (await ChannelAsync("bilal", "learning"))["unread"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Suggestions_are_those_that_one_may_use()
    {
        var learner = Names(await StateAsync("ann"));
        learner.ShouldContain("join");
        learner.ShouldNotContain("start");
        Names(await StateAsync("learning.lead")).ShouldContain("start");

        static IEnumerable<string> Names(JsonObject state) => state["commands"]!.AsArray().Select(one => one!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refusal_is_told_in_words()
    {
        var channel = (await ChannelAsync("ann", "learning"))["id"]!.GetValue<string>();
        using var response = await SendAsync("ann", HttpMethod.Post, "/api/v4/commands/execute", new JsonObject { ["command"] = "/nothing", ["channel_id"] = channel });
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(response))["message"]!.GetValue<string>().ShouldStartWith("Command with a trigger of 'nothing' not found.");
    }

    [Fact]
    public async Task A_taken_port_and_a_used_data_folder_say_what_to_do()
    {
        var port = _town.Address.Port;
        var content = Path.Combine(_folder.Path, "content");
        (await Should.ThrowAsync<CannotStartException>(() => PlaygroundTown.StartAsync(new PlaygroundLine(port, content, null), Wednesday)))
            .Message.ShouldStartWith($"Port {port} of this machine is taken: end what listens there, or choose another with `playground --port ");
        (await Should.ThrowAsync<CannotStartException>(() => PlaygroundTown.StartAsync(new PlaygroundLine(0, content, content), Wednesday)))
            .Message.ShouldContain("is not empty");
        (await Should.ThrowAsync<CannotStartException>(() => PlaygroundTown.StartAsync(new PlaygroundLine(0, Path.Combine(_folder.Path, "nowhere"), null), Wednesday)))
            .Message.ShouldContain("Content__Path");
    }

    [Fact]
    public async Task With_a_data_folder_the_sidecar_keeps_its_store_there()
    {
        var data = Path.Combine(_folder.Path, "data");
        await using (await PlaygroundTown.StartAsync(new PlaygroundLine(0, Path.Combine(_folder.Path, "content"), data), Wednesday))
            File.Exists(Path.Combine(data, "learning.db")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--prot 1", "`--prot` means nothing to `playground`. Did you mean `--port`?")]
    [InlineData("--port", "`--port` needs NUMBER.")]
    [InlineData("--Mattermost:Url=https://chat.example.org", "`playground` takes no settings, so `Mattermost:Url` means nothing to it.")]
    [InlineData("--port 70000", "`70000` is no port")]
    public async Task A_slip_on_the_command_line_is_told(string line, string answer) =>
        (await Should.ThrowAsync<UsageException>(() => CommandLine.RunAsync(["playground", .. line.Split(' ')], new Terminal(TextWriter.Null, false), new SidecarSetup(), Cancel)))
            .Message.ShouldStartWith(answer);

    private static string Message(JsonNode post) => post["message"]!.GetValue<string>();

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!.AsObject();

    private async Task<HttpResponseMessage> SendAsync(string who, HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Learning-As", who);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await _client.SendAsync(request, Cancel);
    }

    private async Task<JsonObject> DoAsync(string who, HttpMethod method, string path, JsonNode? body = null)
    {
        using var response = await SendAsync(who, method, path, body);
        var json = await ReadAsync(response);
        response.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
        return json;
    }

    private Task<JsonObject> StateAsync(string who) => DoAsync(who, HttpMethod.Get, "/play/state");

    private async Task<JsonNode> ChannelAsync(string who, string name) =>
        (await StateAsync(who))["channels"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == name)!;

    private async Task<List<JsonNode>> PostsAsync(string who, string channel)
    {
        var id = (await ChannelAsync(who, channel))["id"]!.GetValue<string>();
        return [.. (await DoAsync(who, HttpMethod.Get, $"/api/v4/channels/{id}/posts"))["posts"]!.AsObject().Select(one => one.Value!)];
    }

    private async Task<ClientWebSocket> ListenAsync(string who)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", _town.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"ws://{_town.Address.Authority}/play/socket?as={who}"), Cancel);
        await HearAsync(socket, heard => heard.Contains("\"hello\""));
        return socket;
    }

    private static async Task HearAsync(ClientWebSocket socket, Func<string, bool> isIt)
    {
        var buffer = new byte[64 * 1024];
        for (var heard = ""; !isIt(heard);)
        {
            var text = new StringBuilder();
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, Cancel);
                part.MessageType.ShouldBe(WebSocketMessageType.Text);
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
            while (!part.EndOfMessage);
            heard = text.ToString();
        }
    }
}
