using System.Net;
using System.Net.Sockets;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Messages;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class ClientFaultTests : IAsyncDisposable
{
    private const string Channel = "cccccccccccccccccccccccccc";
    private const string User = """{"id":"uuuuuuuuuuuuuuuuuuuuuuuuuu","username":"anna","brand_new":7}""";
    private const string Post = """{"id":"pppppppppppppppppppppppppp","channel_id":"cccccccccccccccccccccccccc","message":"hi"}""";

    private readonly WireMockServer server = WireMockServer.Start();
    private readonly ManualTime time = new(wait => wait != TestClient.Attempt);
    private readonly TestClient client;

    public ClientFaultTests() => client = new TestClient(new Uri(server.Url!), time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        server.Dispose();
    }

    [Fact]
    public async Task A_read_is_repeated_after_a_429_once_the_told_time_has_passed()
    {
        InTurn("/api/v4/users/me", TooMany(7), Json(User));
        (await client.Api.Users.MeAsync(Cancel)).Username.ShouldBe("anna");
        time.EndedAtOnce.ShouldBe([TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    public async Task A_change_is_repeated_after_a_429_since_nothing_was_done()
    {
        InTurn("/api/v4/posts", TooMany(2), TooMany(3), Json(Post, 201));
        (await PostAsync()).Message.ShouldBe("hi");
        time.EndedAtOnce.ShouldBe([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)]);
    }

    [Fact]
    public async Task The_seconds_of_the_reset_header_count_when_there_is_no_retry_after()
    {
        InTurn("/api/v4/users/me", Response.Create().WithStatusCode(429).WithHeader("X-RateLimit-Reset", "4").WithBody("limit exceeded"), Json(User));
        await client.Api.Users.MeAsync(Cancel);
        time.EndedAtOnce.ShouldBe([TimeSpan.FromSeconds(4)]);
    }

    [Fact]
    public async Task Too_many_429s_end_in_an_exception_that_says_when()
    {
        Always("/api/v4/users/me", TooMany(5));
        var failure = await Should.ThrowAsync<MattermostException>(client.Api.Users.MeAsync(Cancel));
        failure.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        failure.IsTransient.ShouldBeTrue();
        failure.Message.ShouldContain("limit exceeded");
        Requests.ShouldBe(4);
    }

    [Fact]
    public async Task A_longer_pause_than_a_call_sits_through_is_told_at_once_and_closes_the_gate_for_everybody()
    {
        Always("/api/v4/users/me", TooMany(300));
        (await Should.ThrowAsync<MattermostException>(client.Api.Users.MeAsync(Cancel))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(300));
        Requests.ShouldBe(1);
        var closed = await Should.ThrowAsync<MattermostException>(PostAsync());
        closed.RetryAfter.ShouldBe(TimeSpan.FromSeconds(300));
        closed.OutcomeUnknown.ShouldBeFalse();
        Requests.ShouldBe(1);
    }

    [Theory, InlineData(500), InlineData(502), InlineData(503)]
    public async Task A_read_is_repeated_after_a_server_error(int status)
    {
        InTurn("/api/v4/users/me", Error(status), Json(User));
        (await client.Api.Users.MeAsync(Cancel)).Username.ShouldBe("anna");
        time.EndedAtOnce.ShouldBe([TimeSpan.FromMilliseconds(400)]);
    }

    [Theory, InlineData(500), InlineData(503)]
    public async Task A_change_is_not_repeated_after_a_server_error_and_its_outcome_is_unknown(int status)
    {
        InTurn("/api/v4/posts", Error(status), Json(Post, 201));
        var failure = await Should.ThrowAsync<MattermostException>(PostAsync());
        failure.OutcomeUnknown.ShouldBeTrue();
        failure.IsTransient.ShouldBeTrue();
        failure.Id.ShouldBe("app.some.error");
        failure.RequestId.ShouldBe("rrrrrrrrrrrrrrrrrrrrrrrrrr");
        Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_final_and_has_the_servers_id()
    {
        Always("/api/v4/posts", Error(403));
        var failure = await Should.ThrowAsync<MattermostException>(PostAsync());
        (failure.IsForbidden, failure.IsTransient, failure.OutcomeUnknown).ShouldBe((true, false, false));
        failure.Message.ShouldBe("POST posts was refused with 403 app.some.error: You may not. (request rrrrrrrrrrrrrrrrrrrrrrrrrr)");
    }

    [Theory]
    [InlineData("app.reaction.delete_all_with_emoji_name.get_reactions.app_error", "app.reaction.delete_all_with_emoji_name.get_reactions.app_error")]
    [InlineData("Post rejected by plugin. Because", "")]
    [InlineData(TestClient.Token, "")]
    public async Task Ids_of_errors_are_kept_exactly_and_only_where_they_look_like_one(string told, string kept)
    {
        Always("/api/v4/users/me", Json($$"""{"id":"{{told}}","message":"No.","status_code":400}""", 400));
        (await Should.ThrowAsync<MattermostException>(client.Api.Users.MeAsync(Cancel))).Id.ShouldBe(kept);
    }

    [Fact]
    public async Task An_attempt_ends_after_its_time_and_a_changes_outcome_is_unknown()
    {
        var slow = new ManualTime(_ => true);
        await using var impatient = new TestClient(new Uri(server.Url!), slow);
        Always("/api/v4/posts", Json(Post).WithDelay(TimeSpan.FromSeconds(30)));
        var failure = await Should.ThrowAsync<MattermostException>(PostAsync(impatient.Api));
        (failure.Failure, failure.OutcomeUnknown, failure.IsTransient).ShouldBe((MattermostFailure.TimedOut, true, true));
        slow.EndedAtOnce.ShouldBe([TestClient.Attempt]);
    }

    [Fact]
    public async Task Html_is_named_with_the_setting_to_look_at_and_without_secrets()
    {
        Always("/api/v4/users/me", Response.Create().WithStatusCode(200).WithHeader("Content-Type", "text/html")
            .WithBody($"<html><head><script>let t='{TestClient.Token}'</script><title>Sign in</title></head><body>Welcome {TestClient.Token}</body></html>"));
        var failure = await Should.ThrowAsync<MattermostException>(client.Api.Users.MeAsync(Cancel));
        failure.Failure.ShouldBe(MattermostFailure.NotMattermost);
        failure.Message.ShouldContain("answered with HTML, not JSON: is Mattermost__Url the address of Mattermost itself?");
        failure.Message.ShouldContain("Sign in Welcome [redacted]");
    }

    [Fact]
    public async Task A_redirect_to_a_login_page_is_not_followed()
    {
        Always("/api/v4/users/me", Response.Create().WithStatusCode(302).WithHeader("Location", server.Url + "/login?secret=x"));
        Always("/login", Json(User));
        var failure = await Should.ThrowAsync<MattermostException>(client.Api.Users.MeAsync(Cancel));
        failure.Failure.ShouldBe(MattermostFailure.NotMattermost);
        failure.Message.ShouldContain("redirect");
        failure.Message.ShouldNotContain("secret");
        Requests.ShouldBe(1);
    }

    [Theory, InlineData("[1,2]"), InlineData("\"text\""), InlineData("{\"id\":5}"), InlineData("{\"id\":\"a\""), InlineData("null"), InlineData("")]
    public async Task Json_of_another_shape_is_told_apart(string body)
    {
        Always("/api/v4/users/me", Json(body));
        (await Should.ThrowAsync<MattermostException>(client.Api.Users.MeAsync(Cancel))).Failure.ShouldBe(MattermostFailure.NotMattermost);
    }

    [Fact]
    public async Task An_unreadable_answer_to_a_change_leaves_its_outcome_unknown()
    {
        Always("/api/v4/posts", Json("{\"id\":"));
        (await Should.ThrowAsync<MattermostException>(PostAsync())).OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_beyond_the_cap_is_not_read()
    {
        await using var small = new TestClient(new Uri(server.Url!), time, configure: options => options.MaxResponseBytes = 2048);
        Always("/api/v4/users/me", Json("\"" + new string('x', 5000) + "\""));
        (await Should.ThrowAsync<MattermostException>(small.Api.Users.MeAsync(Cancel))).Failure.ShouldBe(MattermostFailure.TooLarge);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_body_that_breaks_off_and_a_reset_are_repeated_for_reads_only(bool reset)
    {
        await using var broken = new BrokenServer(reset);
        await using var caller = new TestClient(broken.Address, time);
        (await Should.ThrowAsync<MattermostException>(caller.Api.Users.MeAsync(Cancel))).OutcomeUnknown.ShouldBeFalse();
        var read = broken.Connections;
        read.ShouldBeGreaterThanOrEqualTo(4); // more where the handler below repeats, too

        foreach (var change in new[] { PostAsync(caller.Api), caller.Api.Posts.DeleteAsync(Channel, Cancel) })
        {
            var failure = await Should.ThrowAsync<MattermostException>(change);
            (failure.Failure, failure.OutcomeUnknown).ShouldBe((MattermostFailure.Unreachable, true));
        }
        broken.Connections.ShouldBe(read + 2);
    }

    [Fact]
    public async Task Where_nobody_listens_a_change_is_known_not_to_have_happened()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = new Uri($"http://{free.LocalEndpoint}");
        free.Stop();
        await using var caller = new TestClient(address, time);
        var failure = await Should.ThrowAsync<MattermostException>(PostAsync(caller.Api));
        (failure.Failure, failure.OutcomeUnknown, failure.IsTransient).ShouldBe((MattermostFailure.Unreachable, false, true));
    }

    [Fact]
    public async Task The_token_is_read_for_every_request_and_never_logged_or_told()
    {
        Always("/api/v4/users/me", Response.Create().WithStatusCode(401).WithBody(
            $$"""{"id":"api.context.session_expired.app_error","message":"No session for {{TestClient.Token}}","status_code":401}"""));
        var failure = await Should.ThrowAsync<MattermostException>(client.Api.Users.MeAsync(Cancel));
        failure.IsUnauthorized.ShouldBeTrue();
        failure.ToString().ShouldNotContain(TestClient.Token);
        client.Log.All.ShouldNotBeEmpty();
        client.Log.All.ShouldNotContain(TestClient.Token);
        client.Credentials.Token = "another";
        await Should.ThrowAsync<MattermostException>(client.Api.Users.MeAsync(Cancel));
        server.LogEntries.Select(entry => entry.RequestMessage!.Headers!["Authorization"].Single())
            .ShouldBe([$"Bearer {TestClient.Token}", "Bearer another"]);
    }

    [Fact]
    public async Task Wrong_ids_and_impossible_messages_never_leave()
    {
        await Should.ThrowAsync<ArgumentException>(() => client.Api.Users.GetAsync("../me", Cancel));
        await Should.ThrowAsync<ArgumentException>(() => client.Api.Teams.GetByNameAsync("a/b", Cancel));
        await Should.ThrowAsync<ArgumentException>(() => client.Api.Users.GetManyAsync(["short"], Cancel));
        await Should.ThrowAsync<InvalidMessageException>(() => client.Api.Posts.CreateAsync(
            new NewPost { ChannelId = Channel, Content = PostContent.Text(new string('x', 16_384)) }, Cancel));
        Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Fields_that_are_not_known_are_kept_and_missing_ones_are_empty()
    {
        Always("/api/v4/users/me", Json(User));
        var user = await client.Api.Users.MeAsync(Cancel);
        user.Unknown!["brand_new"].GetInt32().ShouldBe(7);
        user.Nickname.ShouldBe("");
    }

    [Fact]
    public async Task Pages_are_read_until_a_short_one()
    {
        server.Given(Request.Create().WithPath("/api/v4/teams").WithParam("page", "0")).RespondWith(Json($"[{string.Join(',', Enumerable.Repeat("{}", 200))}]"));
        server.Given(Request.Create().WithPath("/api/v4/teams").WithParam("page", "1")).RespondWith(Json("[{},{}]"));
        (await client.Api.Teams.AllAsync(Cancel).CountAsync(Cancel)).ShouldBe(202);
        Requests.ShouldBe(2);
    }

    [Fact]
    public async Task Many_ids_go_in_chunks_and_only_once()
    {
        Always("/api/v4/users/ids", Json("[]"));
        var ids = Enumerable.Range(0, 450).Select(number => number.ToString("d26", null)).ToList();
        await client.Api.Users.GetManyAsync([.. ids, .. ids], Cancel);
        Requests.ShouldBe(3);
    }

    private int Requests => server.LogEntries.Count;

    private static IResponseBuilder Json(string body, int status = 200) =>
        Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body);

    private static IResponseBuilder TooMany(int seconds) => Response.Create().WithStatusCode(429)
        .WithHeader("Retry-After", seconds.ToString(null as IFormatProvider)).WithHeader("Content-Type", "text/plain").WithBody("limit exceeded\n");

    private static IResponseBuilder Error(int status) => Json(
        $$"""{"id":"app.some.error","message":"You may not.","detailed_error":"","request_id":"rrrrrrrrrrrrrrrrrrrrrrrrrr","status_code":{{status}}}""", status);

    private void Always(string path, IResponseBuilder response) => server.Given(Request.Create().WithPath(path)).RespondWith(response);

    private void InTurn(string path, params IResponseBuilder[] responses)
    {
        for (var i = 0; i < responses.Length; i++)
        {
            var mapping = server.Given(Request.Create().WithPath(path)).InScenario(path);
            (i == 0 ? mapping : mapping.WhenStateIs($"{i}")).WillSetStateTo($"{i + 1}").RespondWith(responses[i]);
        }
    }

    private Task<Post> PostAsync(MattermostClient? with = null) => (with ?? client.Api).Posts.CreateAsync(
        new NewPost { ChannelId = Channel, Content = PostContent.Text("hi"), PendingPostId = "row" }, Cancel);
}
