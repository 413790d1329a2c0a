namespace MattermostLearning.Mattermost.Realtime;

public enum SocketPhase
{
    Connecting,

    /// <summary>The server has spoken on this connection.</summary>
    Up,

    /// <summary>Waiting for the next attempt.</summary>
    Down,

    /// <summary>The server refused the token; it is tried again, since a token can be replaced while we run.</summary>
    Refused,
}

/// <summary>How the socket is doing.</summary>
public sealed record SocketState
{
    public SocketPhase Phase { get; init; } = SocketPhase.Down;

    /// <summary>Since when the phase lasts.</summary>
    public DateTimeOffset Since { get; init; }

    public string ConnectionId { get; init; } = "";

    public Version? ServerVersion { get; init; }

    /// <summary>The last place in the order that arrived; -1 before the first.</summary>
    public long LastReceivedSeq { get; init; } = -1;

    /// <summary>The last place in the order whose handling is done; equal to the received one when nothing is waiting.</summary>
    public long LastHandledSeq { get; init; } = -1;

    /// <summary>Frames that could not be read, since the start.</summary>
    public int MalformedFrames { get; init; }

    /// <summary>Connections that ended or failed since the start.</summary>
    public int Failures { get; init; }

    /// <summary>Why the last connection ended or failed, in words without content.</summary>
    public string LastProblem { get; init; } = "";
}

public sealed class SocketOptions
{
    /// <summary>How long connecting, and the first frame, may take.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the second attempt; it doubles up to <see cref="LongestBackoff"/>, and each is spread by half.</summary>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which the server is asked whether it is there. Infinite switches it off, for rehearsals in virtual time.</summary>
    public TimeSpan IdleProbe { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long that answer may take before the connection counts as stalled.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of one message that are read at most; a larger one is skipped like a malformed one.</summary>
    public int MaxMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Events that may wait for the reader before no more are read.</summary>
    public int QueueLength { get; set; } = 1024;
}
