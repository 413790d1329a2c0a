using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace MattermostLearning.Tests.Contract.Support;

/// <summary>A WebSocket of one account, raw.</summary>
public sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(15);
    private readonly ContractServer _server;
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonNode> _frames = Channel.CreateUnbounded<JsonNode>();
    private readonly List<JsonNode> _passed = [];
    private Task _reading = Task.CompletedTask;

    private Listener(ContractServer server) => _server = server;

    /// <summary>Everything that was received and looked at so far.</summary>
    public IReadOnlyList<JsonNode> Passed => _passed;

    public string ConnectionId { get; private set; } = "";

    /// <summary>Connects with the token on the upgrade and waits for hello.</summary>
    public static async Task<Listener> OpenAsync(Client client)
    {
        var listener = await ConnectAsync(client, "", withToken: true);
        var hello = await listener.NextAsync("hello");
        listener.ConnectionId = hello["data"]!.Text("connection_id");
        return listener;
    }

    public static async Task<Listener> ConnectAsync(Client client, string query, bool withToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var listener = new Listener(client.Server);
        if (withToken)
            listener._socket.Options.SetRequestHeader("Authorization", "Bearer " + client.Token);
        var address = new UriBuilder(new Uri(client.Server.Address, "api/v4/websocket")) { Scheme = "ws", Query = query };
        await listener._socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        listener._reading = listener.ReadAsync();
        return listener;
    }

    public Task SendAsync(object message) => _socket.SendAsync(
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next event of a name (and of a kind), or a failure when none comes in time.</summary>
    public Task<JsonNode> NextAsync(string name, Func<JsonNode, bool>? fits = null) => AnyAsync($"event {name}", e => e["event"]?.GetValue<string>() == name && (fits?.Invoke(e) ?? true), "event." + name);

    /// <summary>The next frame that fits, shaped or not.</summary>
    public async Task<JsonNode> AnyAsync(string what, Func<JsonNode, bool> fits, string? shape = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Guard);
        try
        {
            while (true)
            {
                var frame = await _frames.Reader.ReadAsync(limit.Token);
                _passed.Add(frame);
                if (!fits(frame))
                    continue;
                if (shape is not null)
                    Shapes.Check(_server, shape, frame);
                return frame;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new TimeoutException($"No {what}; there were: {string.Join(", ", _passed.Select(p => p["event"]?.ToString() ?? p.ToJsonString()))}", e);
        }
    }

    /// <summary>Whether what comes first is more of the old stream, and not a new hello.</summary>
    public async Task<bool> ContinuesAsync()
    {
        await _frames.Reader.WaitToReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Guard, TestContext.Current.CancellationToken);
        return _frames.Reader.TryPeek(out var first) && first["event"]?.GetValue<string>() != "hello";
    }

    /// <summary>Drops the line without a goodbye, as a network does.</summary>
    public async Task CutAsync()
    {
        _socket.Abort();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                using var text = new MemoryStream();
                WebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                    if (part.MessageType == WebSocketMessageType.Close)
                        return;
                    text.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);

                _frames.Writer.TryWrite(JsonNode.Parse(Encoding.UTF8.GetString(text.ToArray()))!);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }
}
