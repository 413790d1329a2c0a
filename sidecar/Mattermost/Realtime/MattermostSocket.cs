using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using MattermostLearning.Mattermost.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MattermostLearning.Mattermost.Realtime;

/// <summary>
/// Mattermost's events, over one socket that reconnects by itself and goes on where it stopped. The reader gets events one at a time and in
/// order, and a <see cref="Reconnected"/> before whatever follows a break.
/// </summary>
public sealed class MattermostSocket(
    IMattermostCredentials credentials,
    SocketConnector connector,
    IOptions<SocketOptions> options,
    IOptions<MattermostClientOptions> client,
    TimeProvider time,
    ILogger<MattermostSocket> log)
{
    private readonly Lock gate = new();
    private readonly StreamOrder order = new();
    private SocketState state = new() { Since = time.GetUtcNow() };
    private int running;

    /// <summary>Raised after every change of phase, on the socket's own task: return at once.</summary>
    public event Action<SocketState>? PhaseChanged;

    public SocketState State
    {
        get
        {
            lock (gate) return state;
        }
    }

    /// <summary>
    /// Reads until cancelled. An event that the handler fails on is followed by a <see cref="Reconnected"/> with a gap, so that it
    /// reads back what it has lost; that one is repeated until it works.
    /// </summary>
    public async Task RunAsync(Func<RealtimeEvent, CancellationToken, ValueTask> handler, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (Interlocked.Exchange(ref running, 1) == 1) throw new InvalidOperationException("The socket is running already.");
        try
        {
            // The queue outlives connections: what has arrived is handled, whatever becomes of the connection it came on.
            var queue = Channel.CreateBounded<RealtimeEvent>(
                new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true, SingleWriter = true });
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var connecting = ConnectAsync(queue.Writer, either.Token);
            var handling = HandleAsync(queue.Reader, handler, either.Token);
            await Task.WhenAny(connecting, handling);
            await either.CancelAsync(); // neither goes on without the other
            await Task.WhenAll(connecting, handling);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            Change(SocketPhase.Down, "stopped");
            Volatile.Write(ref running, 0);
        }
    }

    private async Task ConnectAsync(ChannelWriter<RealtimeEvent> queue, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            Change(SocketPhase.Connecting, null);
            var (phase, problem, heard) = await OneConnectionAsync(queue, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (heard) attempt = 0;
            lock (gate) state = state with { Failures = state.Failures + 1 };
            Change(phase, problem);
            log.LogInformation("The WebSocket to Mattermost is down: {Problem}.", problem);
            await Task.Delay(Backoff(attempt), time, cancellationToken);
        }
    }

    private async Task<(SocketPhase Phase, string Problem, bool Heard)> OneConnectionAsync(
        ChannelWriter<RealtimeEvent> queue, CancellationToken cancellationToken)
    {
        WebSocket socket;
        try
        {
            using var timeout = new CancellationTokenSource(options.Value.ConnectTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            socket = await connector(Address(), credentials.Token, either.Token);
        }
        catch (SocketRefusedException refused)
        {
            return refused.IsTokenRefused
                ? (SocketPhase.Refused, "the token was refused", false)
                : (SocketPhase.Down, $"the upgrade was answered with {(int)refused.Status}{Advice(refused.Status)}", false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return (SocketPhase.Down, failure.InnerException is HttpRequestException cause ? AttemptHandler.Describe(cause) : $"no connection ({failure.GetType().Name})", false);
        }

        using (socket)
        {
            order.Opened();
            var connection = new SocketConnection(socket, options.Value, time);
            var problem = await connection.ReadAsync((frame, cancel) => TakeAsync(frame, queue, cancel), cancellationToken);
            // Servers let anybody upgrade, greet only whom they know, and hang up on others after some seconds.
            var unknown = !connection.HeardAnything && !connection.Stalled && !order.Resuming;
            order.Closed(connection.HeardAnything);
            if (unknown) return (SocketPhase.Refused, "it ended before the server's greeting, as it does where the token is not taken", false);
            return (SocketPhase.Down, problem, connection.HeardAnything);
        }
    }

    /// <summary>A server that is in trouble gets out of it; an answer that is none of Mattermost's stays.</summary>
    private static string Advice(HttpStatusCode status) =>
        status is < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests ? " (Mattermost__Url has to lead to Mattermost itself, and a proxy before it has to pass WebSockets on)" : "";

    private async ValueTask TakeAsync(Frame frame, ChannelWriter<RealtimeEvent> queue, CancellationToken cancellationToken)
    {
        if (frame is Frame.Malformed malformed)
        {
            lock (gate) state = state with { MalformedFrames = state.MalformedFrames + 1 };
            log.LogWarning("A frame from Mattermost's WebSocket could not be read and is skipped (seq {Seq}).", malformed.Seq);
        }
        var events = order.Take(frame).ToList();
        lock (gate)
        {
            state = state with
            {
                ConnectionId = order.ConnectionId,
                ServerVersion = order.ServerVersion,
                LastReceivedSeq = order.LastReceived,
            };
        }
        if (State.Phase != SocketPhase.Up) Change(SocketPhase.Up, null);
        foreach (var happened in events) await queue.WriteAsync(happened, cancellationToken);
    }

    private async Task HandleAsync(
        ChannelReader<RealtimeEvent> queue, Func<RealtimeEvent, CancellationToken, ValueTask> handler, CancellationToken cancellationToken)
    {
        await foreach (var happened in queue.ReadAllAsync(cancellationToken))
        {
            var next = happened;
            for (var failures = 0; ; failures++)
            {
                try
                {
                    await handler(next, cancellationToken);
                    break;
                }
                catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    log.LogError(failure, "Handling {Event} failed; the reader is asked to read back.", next.GetType().Name);
                    if (failures > 0) await Task.Delay(Backoff(failures - 1), time, cancellationToken);
                    next = new Reconnected { Gap = true, Reason = GapReason.HandlerFailed, Seq = happened.Seq };
                }
            }
            lock (gate) state = state with { LastHandledSeq = happened.Seq };
        }
    }

    private Uri Address()
    {
        var http = credentials.BaseAddress;
        var scheme = http.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        return new Uri($"{scheme}://{http.Authority}{http.AbsolutePath.TrimEnd('/')}/api/v4/websocket{order.ResumeQuery}");
    }

    private TimeSpan Backoff(int attempt)
    {
        var doubled = options.Value.FirstBackoff * Math.Pow(2, Math.Min(attempt, 20));
        var longest = doubled < options.Value.LongestBackoff ? doubled : options.Value.LongestBackoff;
        return longest * (0.5 + (0.5 * client.Value.Jitter()));
    }

    private void Change(SocketPhase phase, string? problem)
    {
        SocketState now;
        lock (gate)
        {
            var moved = state.Phase != phase;
            now = state = state with
            {
                Phase = phase,
                Since = moved ? time.GetUtcNow() : state.Since,
                LastProblem = problem ?? state.LastProblem,
            };
            if (!moved) return;
        }
        PhaseChanged?.Invoke(now);
    }
}
