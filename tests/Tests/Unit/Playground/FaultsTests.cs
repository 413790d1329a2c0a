using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Tests.Unit.Playground;

public sealed class FaultsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_reply_leaves_the_post_and_the_same_pending_id_finds_it()
    {
        await using var scene = await Scene.OpenAsync();
        scene.StandIn.Faults.Plan("POST", "/posts", Fault.LostReply);
        var post = new { channel_id = scene.Channel, message = "Once", pending_post_id = "row-1" };
        await Should.ThrowAsync<HttpRequestException>(() => scene.AsBotAsync(HttpMethod.Post, "/posts", post));
        using var again = await scene.AsBotAsync(HttpMethod.Post, "/posts", post);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        scene.Ann.Read("learning").Count(p => p.Message == "Once").ShouldBe(1);
    }

    [Fact]
    public async Task The_memory_of_pending_ids_ends_after_thirty_seconds_and_with_a_restart()
    {
        await using var scene = await Scene.OpenAsync();
        var post = new { channel_id = scene.Channel, message = "Again", pending_post_id = "row-1" };
        await PostAsync(scene, post);
        scene.Clock.Advance(TimeSpan.FromSeconds(29));
        await PostAsync(scene, post);
        scene.Ann.Read("learning").Count.ShouldBe(1);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await PostAsync(scene, post);
        scene.Ann.Read("learning").Count.ShouldBe(2);
        scene.StandIn.Faults.Restart();
        await PostAsync(scene, post);
        scene.Ann.Read("learning").Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_under_way_when_the_server_ends_is_never_done()
    {
        await using var scene = await Scene.OpenAsync();
        scene.StandIn.Faults.Plan("POST", "/posts", Fault.Slow(TimeSpan.FromSeconds(5)));
        var slow = scene.AsBotAsync(HttpMethod.Post, "/posts", new { channel_id = scene.Channel, message = "Slow", pending_post_id = "row-1" });
        while (scene.Clock.NextTimer is null)
            await Task.Yield();
        scene.StandIn.Faults.Restart();
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        await Should.ThrowAsync<HttpRequestException>(slow);
        scene.Ann.Read("learning").ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_post_is_being_saved_its_pending_id_is_refused()
    {
        await using var scene = await Scene.OpenAsync();
        var post = new { channel_id = scene.Channel, message = "Slow", pending_post_id = "row-1" };
        scene.StandIn.Faults.Plan("POST", "/posts", new Fault { SaveTakes = TimeSpan.FromSeconds(5) });
        var slow = scene.AsBotAsync(HttpMethod.Post, "/posts", post);
        while (scene.Clock.NextTimer is null)
            await Task.Yield();
        using (var second = await scene.AsBotAsync(HttpMethod.Post, "/posts", post))
        {
            second.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
            (await second.Content.ReadAsStringAsync(Cancelled)).ShouldContain("api.post.deduplicate_create_post.pending");
        }

        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        (await slow).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await slow).Dispose();
        scene.Ann.Read("learning").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Statuses_lost_requests_and_half_answers_strike_whom_they_are_meant_for()
    {
        await using var scene = await Scene.OpenAsync();
        var faults = scene.StandIn.Faults;
        faults.Plan(t => t is { IsBot: true, Path: "/users/me" }, Fault.Answer(503));
        using (var failed = await scene.AsBotAsync(HttpMethod.Get, "/users/me"))
            failed.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        faults.Plan("GET", "/users/me", Fault.TooMany(7));
        using (var many = await scene.AsBotAsync(HttpMethod.Get, "/users/me"))
        {
            many.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            many.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
            many.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        }

        faults.Plan("POST", "/posts", Fault.LostRequest);
        await Should.ThrowAsync<HttpRequestException>(() => scene.AsBotAsync(HttpMethod.Post, "/posts", new { channel_id = scene.Channel, message = "Lost" }));
        scene.Ann.Read("learning").ShouldBeEmpty();
        faults.Plan("GET", "/users/me", Fault.HalfReply);
        await Should.ThrowAsync<HttpRequestException>(() => scene.AsBotAsync(HttpMethod.Get, "/users/me"));
        faults.Choose = _ => Fault.Answer(500);
        await scene.Ann.PostAsync("learning", "People are never struck");
        faults.Clear();
        using var fine = await scene.AsBotAsync(HttpMethod.Get, "/users/me");
        fine.StatusCode.ShouldBe(HttpStatusCode.OK);
        faults.Struck.ShouldBe(4);
    }

    [Fact]
    public async Task Limiting_lets_through_what_was_promised()
    {
        await using var scene = await Scene.OpenAsync(new StandInOptions { RequestsPerSecond = 10, Burst = 3 });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
            statuses.Add(await StatusAsync(scene));
        statuses.Count(s => s == HttpStatusCode.OK).ShouldBe(3);
        statuses[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        scene.Clock.Advance(TimeSpan.FromMilliseconds(100));
        (await StatusAsync(scene)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_it_limits_each_answer_tells_what_is_left()
    {
        await using var scene = await Scene.OpenAsync(new StandInOptions { RequestsPerSecond = 10, Burst = 2 });
        foreach (var (remaining, retryAfter) in new[] { ("1", ""), ("0", ""), ("0", "1") })
        {
            using var answer = await scene.AsBotAsync(HttpMethod.Get, "/users/me");
            Told(answer, "X-RateLimit-Limit").ShouldBe("2");
            Told(answer, "X-RateLimit-Remaining").ShouldBe(remaining);
            Told(answer, "X-RateLimit-Reset").ShouldBe("1");
            Told(answer, "Retry-After").ShouldBe(retryAfter);
        }

        static string Told(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? values.Single() : "";
    }

    [Fact]
    public async Task A_revoked_token_is_worthless_at_once()
    {
        await using var scene = await Scene.OpenAsync();
        scene.StandIn.Seed.Revoke(scene.BotToken);
        (await StatusAsync(scene)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Cut_stalled_and_forgotten_sockets_lose_nothing_that_a_client_cannot_ask_for()
    {
        await using var scene = await Scene.OpenAsync();
        using var first = await ConnectAsync(scene, "");
        var hello = await NextAsync(first);
        var id = hello["data"]!["connection_id"]!.GetValue<string>();
        scene.StandIn.ClientsOf("coach").ShouldBe(1);
        scene.StandIn.Faults.StallSockets();
        await scene.Ann.PostAsync("learning", "While it was stalled");
        var last = scene.StandIn.LastSeq("coach");
        scene.StandIn.Faults.CutSockets();
        await Should.ThrowAsync<Exception>(async () =>
        {
            while (true)
                await NextAsync(first);
        });
        scene.StandIn.Faults.FlowSockets();

        using var second = await ConnectAsync(scene, $"?connection_id={id}&sequence_number=1");
        JsonNode next;
        do
            next = await NextAsync(second);
        while (next["event"]!.GetValue<string>() != "posted");
        next["seq"]!.GetValue<long>().ShouldBeLessThanOrEqualTo(last);
        scene.StandIn.Faults.ForgetConnections();

        using var third = await ConnectAsync(scene, $"?connection_id={id}&sequence_number=3");
        var fresh = await NextAsync(third);
        fresh["event"]!.GetValue<string>().ShouldBe("hello");
        fresh["data"]!["connection_id"]!.GetValue<string>().ShouldNotBe(id);
    }

    private static async Task<HttpStatusCode> StatusAsync(Scene scene)
    {
        using var response = await scene.AsBotAsync(HttpMethod.Get, "/users/me");
        return response.StatusCode;
    }

    private static async Task PostAsync(Scene scene, object post)
    {
        using var response = await scene.AsBotAsync(HttpMethod.Post, "/posts", post);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static async Task<ClientWebSocket> ConnectAsync(Scene scene, string query)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + scene.BotToken);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{scene.StandIn.Address.Port}/api/v4/websocket{query}"), Cancelled);
        return socket;
    }

    private static async Task<JsonNode> NextAsync(ClientWebSocket socket)
    {
        var buffer = new byte[65536];
        var part = await socket.ReceiveAsync(buffer, Cancelled).WaitAsync(TimeSpan.FromSeconds(15), Cancelled);
        return JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, part.Count))!;
    }
}
