using System.Threading.Channels;

namespace MattermostLearning.Playground.StandIn;

/// <summary>
/// One client's event stream. It outlives its socket: what was sent last is kept, so that a client that comes back with its
/// connection id can ask again from a sequence number.
/// </summary>
internal sealed class Connection(string id, string userId)
{
    /// <summary>How many sent events are kept for a client that comes back.</summary>
    private const int Kept = 128;

    /// <summary>How many events may wait for a client that is away; one more and the connection is forgotten.</summary>
    private const int MayWait = 256;

    private readonly List<Frame> _frames = [];
    private System.Threading.Channels.Channel<Frame>? _socket;
    private long _sent = -1;

    private readonly record struct Frame(long Sequence, string Heads)
    {
        public override string ToString() => $"{Heads}{Sequence}}}";
    }

    public string Id => id;

    public string UserId => userId;

    public bool IsAttached => _socket is not null;

    public DateTimeOffset LostAt { get; set; }

    /// <summary>The sequence number of the latest event, sent or not; -1 before the first.</summary>
    public long LastSequence { get; private set; } = -1;

    public IReadOnlyList<string> Unsent => [.. _frames.Where(f => f.Sequence > _sent).Select(f => f.Heads)];

    /// <returns>False when too much waits and the connection is to be forgotten.</returns>
    public bool Enqueue(string heads)
    {
        var frame = new Frame(++LastSequence, heads);
        _frames.Add(frame);
        if (_socket is not null)
            _socket.Writer.TryWrite(frame);
        else if (LastSequence - _sent > MayWait)
            return false;
        while (_frames.Count > Kept && _frames[0].Sequence <= Interlocked.Read(ref _sent))
            _frames.RemoveAt(0);
        return true;
    }

    /// <summary>Sets the stream back so that <paramref name="sequence"/> is sent next. False when that event is no longer there.</summary>
    public bool Rewind(long sequence)
    {
        if (sequence != LastSequence + 1 && (_frames.Count == 0 || sequence < _frames[0].Sequence || sequence > LastSequence))
            return false;
        _sent = sequence - 1;
        return true;
    }

    /// <summary>Streams to a socket until it goes: first what was not sent yet, then what comes.</summary>
    public ChannelReader<string> Attach()
    {
        var socket = _socket = System.Threading.Channels.Channel.CreateUnbounded<Frame>();
        foreach (var frame in _frames.Where(f => f.Sequence > _sent))
            socket.Writer.TryWrite(frame);
        return new Texts(this, socket.Reader);
    }

    public void Detach() => _socket = null;

    public void Close()
    {
        _socket?.Writer.TryComplete();
        _socket = null;
    }

    /// <summary>Frames as text; taking one marks it as sent.</summary>
    private sealed class Texts(Connection connection, ChannelReader<Frame> frames) : ChannelReader<string>
    {
        public override bool TryRead(out string item)
        {
            item = "";
            if (!frames.TryRead(out var frame))
                return false;
            Interlocked.Exchange(ref connection._sent, frame.Sequence);
            item = frame.ToString();
            return true;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => frames.WaitToReadAsync(cancellationToken);
    }
}
