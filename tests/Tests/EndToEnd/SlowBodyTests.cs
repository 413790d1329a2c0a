using System.Net;
using System.Net.Sockets;
using System.Text;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A body that does not come, or comes in drops, is waited for no longer than a few seconds, and holds up nobody.</summary>
public sealed class SlowBodyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/mattermost/command", "application/x-www-form-urlencoded", "Content-Length: 400")]
    [InlineData("/mattermost/action", "application/json", "Content-Length: 400")]
    [InlineData("/mattermost/dialog", "application/json", "Transfer-Encoding: chunked")]
    [InlineData("/mattermost/webhook", "application/json", "Content-Length: 400")]
    public async Task A_body_that_stops_in_the_middle_is_cut_off_by_the_clock(string path, string type, string length)
    {
        await using var world = await Stage.OpenedAsync();
        using var socket = await ConnectAsync(world);
        var chunk = length.StartsWith("Transfer", StringComparison.Ordinal) ? "3\r\n{\"a\r\n" : "tex";
        await BeginAsync(world, socket, $"POST {path} HTTP/1.1\r\nHost: sidecar\r\nContent-Type: {type}\r\n{length}\r\n\r\n{chunk}");

        // Others are served meanwhile.
        (await world.As("ann").CommandAsync("/learn help", "learning")).Text.ShouldNotBeEmpty();
        world.Time.Advance(TimeSpan.FromSeconds(6));

        var answer = await ReadAsync(socket, "The body came too slowly.");
        answer.ShouldStartWith("HTTP/1.1 408 ");
        answer.ShouldContain("Connection: close");
        await world.SettleAsync();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_comes_drop_by_drop_has_no_more_time_than_one_that_stops()
    {
        await using var world = await Stage.OpenedAsync();
        using var socket = await ConnectAsync(world);
        await BeginAsync(world, socket, "POST /mattermost/action HTTP/1.1\r\nHost: sidecar\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{");
        for (var second = 0; second < 4; second++)
        {
            await SendAsync(socket, " ");
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        world.Time.Advance(TimeSpan.FromSeconds(1.5));
        (await ReadAsync(socket, "The body came too slowly.")).ShouldStartWith("HTTP/1.1 408 ");
        await EndsAsync(socket);
    }

    [Fact]
    public async Task A_hundred_bodies_that_stop_hold_up_nobody()
    {
        await using var world = await Stage.OpenedAsync();
        var sockets = new List<Socket>();
        for (var i = 0; i < 100; i++)
        {
            sockets.Add(await ConnectAsync(world));
            await SendAsync(sockets[^1], "POST /mattermost/action HTTP/1.1\r\nHost: sidecar\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{");
        }

        (await world.As("ann").ClickAsync(Stage.Opening(world), "I'm in")).Text.ShouldStartWith("You're in for this round");
        foreach (var socket in sockets)
            socket.Dispose();
        await world.SettleAsync();
        world.Log.Problems.ShouldBeEmpty();
    }

    /// <summary>Sends the beginning of a request, and waits until the clock runs for the rest of it.</summary>
    private static async Task BeginAsync(SidecarWorld world, Socket socket, string text)
    {
        var timers = world.Time.WaitingTimers;
        await SendAsync(socket, text);
        while (world.Time.WaitingTimers <= timers)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
    }

    private static async Task<Socket> ConnectAsync(SidecarWorld world)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, world.SidecarAddress.Port, Cancel);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text), Cancel);

    /// <summary>Reads until it has been said.</summary>
    private static async Task<string> ReadAsync(Socket socket, string until)
    {
        var said = "";
        var buffer = new byte[1_000];
        while (!said.Contains(until, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, Cancel).AsTask().WaitAsync(Patience, TimeProvider.System, Cancel);
            read.ShouldBeGreaterThan(0, said);
            said += Encoding.ASCII.GetString(buffer, 0, read);
        }

        return said;
    }

    /// <summary>The server ends the connection by itself, politely or not.</summary>
    private static async Task EndsAsync(Socket socket)
    {
        try
        {
            var buffer = new byte[1_000];
            while (await socket.ReceiveAsync(buffer, Cancel).AsTask().WaitAsync(Patience, TimeProvider.System, Cancel) > 0)
                continue;
        }
        catch (SocketException e)
        {
            e.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        }
    }
}
