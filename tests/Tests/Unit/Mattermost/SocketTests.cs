using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Realtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed class SocketTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private readonly RecordedLog log = new();
    private readonly FakeServer server = new();
    private readonly ConcurrentQueue<RealtimeEvent> heard = new();
    private readonly ConcurrentQueue<SocketPhase> phases = new();
    private readonly MutableCredentials credentials = new() { BaseAddress = new Uri("https://chat.example.org/sub/"), Token = TestClient.Token };
    private readonly SocketOptions options = new();
    private readonly CancellationTokenSource stop = new();
    private readonly MattermostSocket socket;
    private Func<RealtimeEvent, ValueTask> handler;
    private Task running = Task.CompletedTask;

    public SocketTests()
    {
        handler = happened =>
        {
            heard.Enqueue(happened);
            return ValueTask.CompletedTask;
        };
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(log));
        socket = new MattermostSocket(
            credentials,
            server.ConnectAsync,
            Options.Create(options),
            Options.Create(new MattermostClientOptions { Jitter = () => 1 }),
            time,
            factory.CreateLogger<MattermostSocket>());
        socket.PhaseChanged += state => phases.Enqueue(state.Phase);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    [Fact]
    public async Task The_token_goes_into_the_header_and_the_sub_path_into_the_address()
    {
        await UpAsync();
        server.Addresses.Single().ShouldBe("wss://chat.example.org/sub/api/v4/websocket");
        server.Tokens.Single().ShouldBe(TestClient.Token);
    }

    [Fact]
    public async Task Events_are_handled_in_order_and_the_state_tells_how_far()
    {
        var connection = await UpAsync();
        connection.Send(Typing(1), Typing(2));
        await HeardAsync(3);
        await Eventually.TrueAsync(() => socket.State.LastHandledSeq == 2);
        socket.State.ShouldSatisfyAllConditions(
            state => state.Phase.ShouldBe(SocketPhase.Up),
            state => state.ConnectionId.ShouldBe("one"),
            state => state.ServerVersion.ShouldBe(new Version(10, 5, 1)),
            state => state.LastReceivedSeq.ShouldBe(2));
        heard.First().ShouldBeOfType<Reconnected>().Reason.ShouldBe(GapReason.FirstConnection);
    }

    public static TheoryData<Exception> Breaks =>
        [new WebSocketException(WebSocketError.ConnectionClosedPrematurely), new OperationCanceledException("Aborted"), new IOException()];

    [Theory, MemberData(nameof(Breaks), DisableDiscoveryEnumeration = true)]
    public async Task After_a_break_it_goes_on_where_it_stopped(Exception how)
    {
        var connection = await UpAsync();
        connection.Send(Typing(1), Typing(2));
        await HeardAsync(3);
        connection.Break(how);
        var again = await ReconnectAsync(TimeSpan.FromSeconds(1));
        server.Addresses.Last().ShouldEndWith("?connection_id=one&sequence_number=3");
        again.Send(Typing(3));
        await HeardAsync(5);
        heard.ElementAt(3).ShouldBeOfType<Reconnected>().Gap.ShouldBeFalse();
        heard.ElementAt(4).Seq.ShouldBe(3);
    }

    [Fact]
    public async Task A_changed_connection_is_told_before_the_events_that_follow()
    {
        var connection = await UpAsync();
        connection.Break();
        var again = await ReconnectAsync(TimeSpan.FromSeconds(1));
        again.Send(Hello("two"), Typing(1));
        await HeardAsync(3);
        heard.ElementAt(1).ShouldBeOfType<Reconnected>().Reason.ShouldBe(GapReason.NewConnection);
        heard.ElementAt(2).Seq.ShouldBe(1);
    }

    [Fact]
    public async Task A_frame_that_cannot_be_read_is_skipped_counted_told_and_not_logged()
    {
        var connection = await UpAsync();
        connection.Send("""{"event":"posted","data":{"post":"{\"message\":\"very private"},"seq":1}""", Typing(2));
        await HeardAsync(3);
        heard.ElementAt(1).ShouldBeOfType<Reconnected>().Reason.ShouldBe(GapReason.MalformedFrame);
        socket.State.MalformedFrames.ShouldBe(1);
        log.All.ShouldContain("could not be read");
        log.All.ShouldNotContain("private");
    }

    [Fact]
    public async Task A_message_beyond_the_cap_is_skipped_like_a_malformed_one()
    {
        options.MaxMessageBytes = 2_000;
        var connection = await UpAsync();
        connection.Send(new string('x', 50_000), Typing(2));
        await HeardAsync(3);
        heard.ElementAt(1).ShouldBeOfType<Reconnected>().Reason.ShouldBe(GapReason.MalformedFrame);
        heard.ElementAt(2).Seq.ShouldBe(2);
    }

    [Fact]
    public async Task A_silent_connection_is_asked_and_stays_when_it_answers()
    {
        var connection = await UpAsync();
        await AdvanceAsync(options.ConnectTimeout);
        await AdvanceAsync(options.IdleProbe);
        await Eventually.TrueAsync(() => connection.Received.Count == 2);
        connection.Send(Pong);
        await AdvanceAsync(options.ProbeTimeout);
        socket.State.Phase.ShouldBe(SocketPhase.Up);
        server.Addresses.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stalled_connection_is_given_up_and_made_anew()
    {
        await UpAsync();
        await AdvanceAsync(options.ConnectTimeout);
        await AdvanceAsync(options.IdleProbe);
        await AdvanceAsync(options.ProbeTimeout);
        await Eventually.TrueAsync(() => socket.State.Phase == SocketPhase.Down);
        socket.State.LastProblem.ShouldBe("the connection stalled");
        await ReconnectAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_connection_that_never_says_anything_is_given_up()
    {
        Start();
        await server.NextAsync();
        await AdvanceAsync(options.ConnectTimeout);
        await Eventually.TrueAsync(() => socket.State.LastProblem == "the connection stalled");
    }

    [Fact]
    public async Task A_refused_token_is_a_state_of_its_own_and_a_replaced_one_is_used_at_the_next_attempt()
    {
        server.Refuse = HttpStatusCode.Unauthorized;
        Start();
        await Eventually.TrueAsync(() => socket.State.Phase == SocketPhase.Refused);
        server.Refuse = null;
        credentials.Token = "replaced";
        var connection = await ReconnectAsync(TimeSpan.FromSeconds(1));
        connection.Send(Hello("one"));
        await HeardAsync(1);
        server.Tokens.Last().ShouldBe("replaced");
        log.All.ShouldNotContain(TestClient.Token);
        phases.ShouldBe([SocketPhase.Connecting, SocketPhase.Refused, SocketPhase.Connecting, SocketPhase.Up]);
    }

    [Fact]
    public async Task A_server_that_hangs_up_before_its_greeting_does_not_know_the_token()
    {
        Start();
        (await server.NextAsync()).Break();
        await Eventually.TrueAsync(() => socket.State.Phase == SocketPhase.Refused);
        socket.State.LastProblem.ShouldBe("it ended before the server's greeting, as it does where the token is not taken");
    }

    [Fact]
    public async Task A_resume_that_the_server_hangs_up_on_is_not_the_tokens_fault()
    {
        (await UpAsync()).Break();
        (await ReconnectAsync(TimeSpan.FromSeconds(1))).Break();
        await Eventually.TrueAsync(() => socket.State is { Phase: SocketPhase.Down, Failures: 2 });
        await ReconnectAsync(TimeSpan.FromSeconds(2));
        server.Addresses.Last().ShouldEndWith("/websocket");
    }

    [Theory]
    [InlineData(HttpRequestError.SecureConnectionError, "no secure connection: its certificate is not trusted here")]
    [InlineData(HttpRequestError.NameResolutionError, "the host's name is unknown")]
    [InlineData(HttpRequestError.ConnectionError, "no connection")]
    public async Task Why_there_is_no_connection_is_told(HttpRequestError error, string told)
    {
        server.Unreachable = new WebSocketException("Unable to connect to the remote server", new HttpRequestException(error));
        Start();
        await Eventually.TrueAsync(() => socket.State.Phase == SocketPhase.Down);
        socket.State.LastProblem.ShouldBe(told);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "the upgrade was answered with 404 (Mattermost__Url has to lead to Mattermost itself, and a proxy before it has to pass WebSockets on)")]
    [InlineData(HttpStatusCode.TooManyRequests, "the upgrade was answered with 429")]
    [InlineData(HttpStatusCode.BadGateway, "the upgrade was answered with 502")]
    public async Task An_answer_that_is_none_of_Mattermosts_says_what_to_look_at(HttpStatusCode status, string told)
    {
        server.Refuse = status;
        Start();
        await Eventually.TrueAsync(() => socket.State.Phase == SocketPhase.Down);
        socket.State.LastProblem.ShouldBe(told);
    }

    [Fact]
    public async Task Attempts_back_off_up_to_thirty_seconds()
    {
        server.Refuse = HttpStatusCode.BadGateway;
        Start();
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            await Eventually.TrueAsync(() => socket.State.Phase == SocketPhase.Down && time.Pending == 1);
            var attempts = server.Addresses.Count;
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            server.Addresses.Count.ShouldBe(attempts);
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Eventually.TrueAsync(() => server.Addresses.Count == attempts + 1 && socket.State.Failures == attempts + 1);
        }
    }

    [Fact]
    public async Task A_reader_that_fails_on_an_event_is_asked_to_read_back()
    {
        var failed = false;
        var ordinary = handler;
        handler = happened =>
        {
            if (happened.Seq != 1 || failed) return ordinary(happened);
            failed = true;
            throw new InvalidOperationException("no");
        };
        var connection = await UpAsync();
        connection.Send(Typing(1), Typing(2));
        await HeardAsync(3);
        heard.ElementAt(1).ShouldBeOfType<Reconnected>().Reason.ShouldBe(GapReason.HandlerFailed);
        heard.ElementAt(2).Seq.ShouldBe(2);
    }

    private static string Pong => """{"status":"OK","data":{"text":"pong"},"seq_reply":1}""";

    private static string Hello(string connection) =>
        $$"""{"event":"hello","data":{"connection_id":"{{connection}}","server_version":"10.5.1.b.h.true"},"broadcast":{},"seq":0}""";

    private static string Typing(long seq) => $$"""{"event":"typing","data":{"user_id":"u"},"broadcast":{},"seq":{{seq}}}""";

    private void Start() => running = socket.RunAsync((happened, _) => handler(happened), stop.Token);

    private async Task<FakeSocket> UpAsync()
    {
        Start();
        var connection = await server.NextAsync();
        connection.Send(Hello("one"));
        await HeardAsync(1);
        return connection;
    }

    private async Task<FakeSocket> ReconnectAsync(TimeSpan after)
    {
        await Eventually.TrueAsync(() => socket.State.Phase is SocketPhase.Down or SocketPhase.Refused && time.Pending == 1);
        time.Advance(after);
        return await server.NextAsync();
    }

    private async Task AdvanceAsync(TimeSpan span)
    {
        await Eventually.TrueAsync(() => time.Pending > 0);
        time.Advance(span);
    }

    private Task HeardAsync(int count) => Eventually.TrueAsync(() => heard.Count >= count);
}
