namespace MattermostLearning.Mattermost.Realtime;

/// <summary>
/// The order of events over connections: what was heard last, what must come next, and where something is missing. Pure, so that every
/// turn a server can take is a test.
/// </summary>
internal sealed class StreamOrder
{
    private long expected;
    private bool resync;
    private bool resumable;

    /// <summary>Empty before the first greeting, or when the server keeps nothing for us.</summary>
    public string ConnectionId { get; private set; } = "";

    public Version? ServerVersion { get; private set; }

    public bool HasStarted { get; private set; }

    /// <summary>Whether the open connection is to go on from an earlier one and has not yet shown that it does.</summary>
    public bool Resuming { get; private set; }

    public long LastReceived => expected - 1;

    /// <summary>What to ask the server for, if it can go on where we stopped.</summary>
    public string? ResumeQuery =>
        resumable && ConnectionId.Length > 0 ? $"?connection_id={Uri.EscapeDataString(ConnectionId)}&sequence_number={expected}" : null;

    /// <summary>A new connection is open.</summary>
    public void Opened() => Resuming = ResumeQuery is not null;

    /// <summary>A connection ended. One that was to go on and said nothing is not tried that way again.</summary>
    public void Closed(bool heardAnything)
    {
        if (Resuming && !heardAnything) resumable = false;
        Resuming = false;
    }

    /// <summary>The events to hand on for one frame, in order.</summary>
    public IEnumerable<RealtimeEvent> Take(Frame frame) => frame switch
    {
        Frame.Hello hello => Greeted(hello),
        Frame.Event { Value: var value } => Heard(value),
        Frame.Reply => Confirmed(),
        Frame.Malformed malformed => Unreadable(malformed.Seq),
        _ => [],
    };

    private IEnumerable<RealtimeEvent> Greeted(Frame.Hello hello)
    {
        var known = HasStarted && hello.ConnectionId.Length > 0 && hello.ConnectionId == ConnectionId;
        ServerVersion = hello.ServerVersion ?? ServerVersion;
        if (known && hello.Seq == expected)
        {
            Resuming = false;
            expected++;
            return [new Reconnected { Gap = false, Seq = hello.Seq }];
        }
        var reason = HasStarted ? GapReason.NewConnection : GapReason.FirstConnection;
        ConnectionId = hello.ConnectionId;
        expected = hello.Seq + 1;
        resumable = HasStarted = true;
        Resuming = resync = false;
        return [new Reconnected { Gap = true, Reason = reason, Seq = hello.Seq }];
    }

    private IEnumerable<RealtimeEvent> Heard(RealtimeEvent value)
    {
        if (!HasStarted)
        {
            HasStarted = true;
            expected = value.Seq + 1;
            yield return new Reconnected { Gap = true, Reason = GapReason.FirstConnection, Seq = value.Seq - 1 };
        }
        else if (resync)
        {
            resync = Resuming = false;
            expected = value.Seq + 1; // the gap was told when the frame before could not be read
        }
        else if (value.Seq < expected)
        {
            yield break; // sent again after a resume
        }
        else
        {
            var gap = value.Seq > expected;
            if (gap || Resuming)
            {
                yield return new Reconnected
                {
                    Gap = gap,
                    Reason = gap ? GapReason.MissingSequence : GapReason.None,
                    Seq = value.Seq - 1,
                };
            }
            Resuming = false;
            expected = value.Seq + 1;
        }
        yield return value;
    }

    /// <summary>The server answers on a connection that goes on: what it had kept for us has come before this.</summary>
    private IEnumerable<RealtimeEvent> Confirmed()
    {
        if (!Resuming) return [];
        Resuming = false;
        return [new Reconnected { Gap = false, Seq = expected - 1 }];
    }

    private IEnumerable<RealtimeEvent> Unreadable(long? seq)
    {
        if (seq < expected) return [];
        if (seq is { } place) expected = place + 1;
        else resync = true;
        Resuming = false;
        return [new Reconnected { Gap = true, Reason = GapReason.MalformedFrame, Seq = expected - 1 }];
    }
}
