using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Carries event streams over WebSockets, and listens to the little that clients say.</summary>
internal sealed class Sockets(World world)
{
    private readonly HashSet<WebSocket> _open = [];
    private volatile TaskCompletionSource? _stalled;

    /// <summary>
    /// Serves one socket until it goes. <paramref name="caller"/> is whom the upgrade request named, or null for a browser, which says it
    /// in its first message.
    /// </summary>
    public async Task ServeAsync(WebSocket socket, User? caller, string connectionId, string sequence, CancellationToken stopping)
    {
        lock (world.Gate)
            _open.Add(socket);
        try
        {
            caller ??= await ChallengeAsync(socket, stopping);
            if (caller is not null)
                await StreamAsync(socket, caller, connectionId, sequence, stopping);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went, or the socket was cut.
        }
        finally
        {
            lock (world.Gate)
                _open.Remove(socket);
            socket.Abort();
        }
    }

    public void CutAll()
    {
        List<WebSocket> open;
        lock (world.Gate)
            open = [.. _open];
        open.ForEach(s => s.Abort());
    }

    /// <summary>Nothing more is sent, and nothing says so, until <see cref="Flow"/>.</summary>
    public void Stall() => Interlocked.CompareExchange(ref _stalled, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    public bool IsStalled => _stalled is not null;

    public void Flow() => Interlocked.Exchange(ref _stalled, null)?.TrySetResult();

    private async Task StreamAsync(WebSocket socket, User user, string connectionId, string sequence, CancellationToken stopping)
    {
        Connection connection;
        System.Threading.Channels.ChannelReader<string> frames;
        lock (world.Gate)
        {
            if (connectionId.Length == 0)
            {
                connection = world.Hub.Register(user);
            }
            else
            {
                if (!Ids.IsValid(connectionId) || !long.TryParse(sequence, CultureInfo.InvariantCulture, out var next) || next < 0)
                    return;
                connection = world.Hub.Resume(user, connectionId, next);
            }

            frames = connection.Attach();
            world.Hub.SetOnline(user);
        }

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var listening = ListenAsync(socket, gone);
        try
        {
            while (await frames.WaitToReadAsync(gone.Token))
            {
                await UntilItFlowsAsync(gone.Token);
                if (socket.State != WebSocketState.Open)
                    break;
                if (frames.TryRead(out var text))
                    await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, gone.Token);
            }
        }
        finally
        {
            lock (world.Gate)
            {
                connection.Detach();
                world.Hub.Lost(connection);
            }

            await gone.CancelAsync();
            socket.Abort();
            await listening;
        }
    }

    private Task UntilItFlowsAsync(CancellationToken cancellationToken) => _stalled is { } stalled ? stalled.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    private async Task ListenAsync(WebSocket socket, CancellationTokenSource gone)
    {
        try
        {
            while (await ReadAsync(socket, gone.Token) is { } request)
            {
                // Typing and other actions change nothing here; a ping is answered.
                if (request.Text("action") == "ping")
                {
                    await UntilItFlowsAsync(gone.Token);
                    await ReplyAsync(socket, request, new JsonObject { ["text"] = "pong" }, gone.Token);
                }
            }

            if (socket.State == WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went.
        }

        await gone.CancelAsync();
    }

    private async Task<User?> ChallengeAsync(WebSocket socket, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), world.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        while (await ReadAsync(socket, either.Token) is { } request)
        {
            if (request.Text("action") != "authentication_challenge")
                continue;
            User? user = null;
            lock (world.Gate)
            {
                if (request["data"] is JsonObject data && world.Sessions.TryGetValue(data.Text("token"), out var session))
                    user = world.Users[session.UserId];
            }

            if (user is null)
                return null;
            await ReplyAsync(socket, request, null, either.Token);
            return user;
        }

        return null;
    }

    private static async Task ReplyAsync(WebSocket socket, JsonObject request, JsonObject? data, CancellationToken cancellation)
    {
        var reply = new JsonObject { ["status"] = "OK", ["seq_reply"] = request.Number("seq") };
        if (data is not null)
            reply["data"] = data;
        await socket.SendAsync(Encoding.UTF8.GetBytes(reply.ToText()), WebSocketMessageType.Text, endOfMessage: true, cancellation);
    }

    private static async Task<JsonObject?> ReadAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[8192];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
                return JsonNode.Parse(buffer.AsSpan(0, length)) as JsonObject ?? [];
            if (length == buffer.Length)
                return null;
        }
    }
}
