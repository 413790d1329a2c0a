using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using MattermostLearning.Mattermost.Realtime;

namespace MattermostLearning.Tests.Unit.Mattermost;

/// <summary>The far end of <see cref="MattermostSocket"/>, in memory: what it is asked, and sockets that the test speaks through.</summary>
internal sealed class FakeServer
{
    private readonly Channel<FakeSocket> opened = Channel.CreateUnbounded<FakeSocket>();

    public ConcurrentQueue<string> Addresses { get; } = new();

    public ConcurrentQueue<string?> Tokens { get; } = new();

    public HttpStatusCode? Refuse { get; set; }

    /// <summary>No connection comes about.</summary>
    public Exception? Unreachable { get; set; }

    public Task<FakeSocket> NextAsync() => opened.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    public Task<WebSocket> ConnectAsync(Uri address, string? token, CancellationToken cancellationToken)
    {
        Addresses.Enqueue(address.AbsoluteUri);
        Tokens.Enqueue(token);
        if (Unreachable is { } failure) throw failure;
        if (Refuse is { } status) throw new SocketRefusedException(status);
        var socket = new FakeSocket();
        opened.Writer.TryWrite(socket);
        return Task.FromResult<WebSocket>(socket);
    }
}

internal sealed class FakeSocket : WebSocket
{
    private readonly Channel<byte[]> frames = Channel.CreateUnbounded<byte[]>();
    private ReadOnlyMemory<byte> rest;

    public ConcurrentQueue<string> Received { get; } = new();

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    public void Send(params string[] texts)
    {
        foreach (var text in texts) frames.Writer.TryWrite(Encoding.UTF8.GetBytes(text));
    }

    public void Break(Exception? how = null) =>
        frames.Writer.Complete(how ?? new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (rest.Length == 0)
        {
            try
            {
                rest = await frames.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException closed) when (closed.InnerException is { } broken)
            {
                throw broken;
            }
        }
        var count = Math.Min(buffer.Length, rest.Length);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        return new ValueWebSocketReceiveResult(count, WebSocketMessageType.Text, rest.Length == 0);
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Received.Enqueue(Encoding.UTF8.GetString(buffer));
        return Task.CompletedTask;
    }

    public override void Abort()
    {
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public override void Dispose()
    {
    }
}
