namespace MattermostLearning.Playground.StandIn;

/// <summary>
/// What a fault may look at to decide whether it strikes: the path is below <c>/api/v4</c>, for example <c>/posts</c>, and the name is
/// empty when nobody is signed in.
/// </summary>
public sealed record FaultTarget(string Method, string Path, string UserName, bool IsBot);

/// <summary>What goes wrong with one call. Parts combine: a delay, then a status.</summary>
public sealed record Fault
{
    /// <summary>Waits, by the stand-in's clock, before anything else.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The server is this long busy saving the post: meanwhile the same pending_post_id is refused.</summary>
    public TimeSpan SaveTakes { get; init; }

    /// <summary>Answers this instead of doing anything.</summary>
    public int? Status { get; init; }

    public string ErrorId { get; init; } = "api.fault.app_error";

    /// <summary>Seconds that a 429 asks to wait; its body is plain text, as the server's own.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>Cuts the connection and does nothing.</summary>
    public bool DropBefore { get; init; }

    /// <summary>Does it, and cuts the connection instead of saying so.</summary>
    public bool DropAfter { get; init; }

    /// <summary>Does it, and cuts the connection in the middle of the answer.</summary>
    public bool HalfBody { get; init; }

    public static Fault Answer(int status) => new() { Status = status };

    public static Fault TooMany(int retryAfterSeconds) => new() { Status = 429, RetryAfterSeconds = retryAfterSeconds };

    public static Fault Slow(TimeSpan delay) => new() { Delay = delay };

    public static Fault LostRequest { get; } = new() { DropBefore = true };

    public static Fault LostReply { get; } = new() { DropAfter = true };

    public static Fault HalfReply { get; } = new() { HalfBody = true };
}

/// <summary>Makes a <see cref="MattermostStandIn"/> misbehave. It strikes calls that come by HTTP, never <see cref="Person"/>.</summary>
public sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<(Func<FaultTarget, bool> When, Fault Fault, int Left)> _planned = [];
    private readonly MattermostStandIn _standIn;

    internal Faults(MattermostStandIn standIn) => _standIn = standIn;

    /// <summary>Asked for every call that no planned fault struck; draws from a seed belong here.</summary>
    public Func<FaultTarget, Fault?>? Choose { get; set; }

    /// <summary>Nobody is there: every call and every WebSocket is cut before anything is done. People at their clients go on.</summary>
    public bool IsDown
    {
        get;
        set
        {
            field = value;
            if (value)
                CutSockets();
        }
    }

    /// <summary>Calls are answered and nobody may listen: a proxy that lost its rule for WebSockets, for example.</summary>
    public bool AreSocketsRefused { get; set; }

    /// <summary>How many calls were struck so far.</summary>
    public int Struck { get; private set; }

    /// <summary>Strikes the next <paramref name="times"/> calls that fit.</summary>
    public void Plan(Func<FaultTarget, bool> when, Fault fault, int times = 1)
    {
        lock (_gate)
            _planned.Add((when, fault, times));
    }

    /// <inheritdoc cref="Plan(Func{FaultTarget, bool}, Fault, int)"/>
    public void Plan(string method, string path, Fault fault, int times = 1) => Plan(t => t.Method == method && t.Path == path, fault, times);

    public void Clear()
    {
        lock (_gate)
            _planned.Clear();
        Choose = null;
        IsDown = false;
        AreSocketsRefused = false;
        _standIn.Sockets.Flow();
    }

    /// <summary>Cuts every WebSocket, without a goodbye.</summary>
    public void CutSockets() => _standIn.Sockets.CutAll();

    /// <summary>WebSockets stay open and silent until <see cref="FlowSockets"/>.</summary>
    public void StallSockets() => _standIn.Sockets.Stall();

    public bool AreSocketsStalled => _standIn.Sockets.IsStalled;

    public void FlowSockets() => _standIn.Sockets.Flow();

    /// <summary>Cuts every WebSocket and forgets what was sent: clients get another connection id when they come back.</summary>
    public void ForgetConnections()
    {
        lock (_standIn.World.Gate)
            _standIn.World.Hub.Forget();
        CutSockets();
    }

    /// <summary>As if the server process had restarted: calls under way, the memory of pending_post_ids, triggers' windows and all sockets are gone; what was stored stays.</summary>
    public void Restart()
    {
        lock (_standIn.World.Gate)
        {
            _standIn.World.Restarts++;
            _standIn.World.PendingPosts.Clear();
        }

        ForgetConnections();
    }

    internal Fault? Next(FaultTarget target)
    {
        lock (_gate)
        {
            var index = _planned.FindIndex(p => p.When(target));
            Fault? fault;
            if (index < 0)
            {
                fault = Choose?.Invoke(target);
            }
            else
            {
                fault = _planned[index].Fault;
                if (_planned[index].Left <= 1)
                    _planned.RemoveAt(index);
                else
                    _planned[index] = _planned[index] with { Left = _planned[index].Left - 1 };
            }

            Struck += fault is null ? 0 : 1;
            return fault;
        }
    }
}
