using System.Net.WebSockets;

namespace MattermostLearning.Mattermost.Realtime;

/// <summary>One open connection from its first frame to its end, with a watch for silence.</summary>
internal sealed class SocketConnection(WebSocket socket, SocketOptions options, TimeProvider time)
{
    private static readonly byte[] Ping = """{"seq":1,"action":"ping"}"""u8.ToArray();

    private long heardAt;
    private volatile bool stalled;
    private volatile bool heardAnything;

    public bool HeardAnything => heardAnything;

    public bool Stalled => stalled;

    /// <summary>Reads frames until the connection ends, and says why it did.</summary>
    public async Task<string> ReadAsync(Func<Frame, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        heardAt = time.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(ending);
        try
        {
            return await ReadFramesAsync(take, ending.Token);
        }
        catch (Exception) when (stalled && !cancellationToken.IsCancellationRequested)
        {
            return "the connection stalled";
        }
        catch (WebSocketException failure)
        {
            return $"the connection broke ({failure.WebSocketErrorCode})";
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Among them a cancellation that nobody asked for: that is how an aborted socket, one without keep-alive answers too, ends a read.
            return $"the connection broke ({failure.GetType().Name})";
        }
        finally
        {
            await ending.CancelAsync();
            await watch;
            await CloseAsync();
        }
    }

    private async Task<string> ReadFramesAsync(Func<Frame, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        // The answer tells that the connection lives, and, where it goes on from an earlier one, that nothing more is to come of the old.
        await socket.SendAsync(Ping, WebSocketMessageType.Text, true, cancellationToken);
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        var tooLarge = false;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close) return "the server closed the connection";
            Volatile.Write(ref heardAt, time.GetTimestamp());
            tooLarge = tooLarge || message.Length + part.Count > options.MaxMessageBytes;
            if (!tooLarge) message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;

            heardAnything = true;
            var frame = tooLarge || part.MessageType != WebSocketMessageType.Text
                ? new Frame.Malformed(null)
                : FrameParser.Parse(message.GetBuffer().AsMemory(0, (int)message.Length));
            message.SetLength(0);
            tooLarge = false;
            await take(frame, cancellationToken);
        }
    }

    private async Task WatchAsync(CancellationTokenSource ending)
    {
        try
        {
            await Task.Delay(options.ConnectTimeout, time, ending.Token);
            if (!heardAnything)
            {
                await StallAsync(ending);
                return;
            }
            while (options.IdleProbe != Timeout.InfiniteTimeSpan)
            {
                var seen = Volatile.Read(ref heardAt);
                var left = options.IdleProbe - time.GetElapsedTime(seen);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, time, ending.Token);
                    continue;
                }
                await socket.SendAsync(Ping, WebSocketMessageType.Text, true, ending.Token);
                await Task.Delay(options.ProbeTimeout, time, ending.Token);
                if (Volatile.Read(ref heardAt) != seen) continue;
                await StallAsync(ending);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Reading meets the same break and reports it.
        }
    }

    private async Task StallAsync(CancellationTokenSource ending)
    {
        stalled = true;
        await ending.CancelAsync();
    }

    /// <summary>Says goodbye where that is possible at once; the server must not be waited for.</summary>
    private async Task CloseAsync()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, soon.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or ObjectDisposedException
            or InvalidOperationException or OperationCanceledException)
        {
            socket.Abort();
        }
    }
}
