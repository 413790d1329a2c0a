namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>
/// How many commands and clicks of one person are taken: as many at once as in a minute, and then one whenever the time for one has passed.
/// Whoever hammers is held up alone.
/// </summary>
/// <remarks>
/// Of each person one number is kept, when all that they called would have had its time (the generic cell rate algorithm), and none of
/// whoever has rested since. The limiters of .NET read the machine's clock and not <see cref="TimeProvider"/>.
/// </remarks>
internal sealed class CallerLimits(int perMinute, TimeProvider time, ILogger<CallerLimits> logger)
{
    /// <summary>Clicks that carry no seal of ours: anybody can send those in anybody's name, so they all count together and against nobody.</summary>
    public const string Strangers = "";

    private const int FewestToSweep = 1_024;

    private readonly long _each = TimeSpan.TicksPerMinute / perMinute;
    private readonly Dictionary<string, long> _takenUntil = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _sweepAt = FewestToSweep;
    private long _saidUntil = long.MinValue;

    public int PerMinute => perMinute;

    /// <summary>Of how many callers something is kept.</summary>
    public int Kept
    {
        get
        {
            lock (_gate)
                return _takenUntil.Count;
        }
    }

    /// <summary>False when the call is one too many; it then costs the caller nothing further.</summary>
    /// <param name="caller">A person's id, or <see cref="Strangers"/>.</param>
    public bool Takes(string caller)
    {
        // A clock that is set must neither free nor lock out anybody, so this is elapsed time.
        var now = time.GetElapsedTime(0, time.GetTimestamp()).Ticks;
        lock (_gate)
        {
            var until = Math.Max(now, _takenUntil.GetValueOrDefault(caller, now));
            if (until + _each - now > _each * perMinute)
            {
                Say(now);
                return false;
            }

            _takenUntil[caller] = until + _each;
            if (_takenUntil.Count >= _sweepAt)
                Sweep(now);
            return true;
        }
    }

    private void Sweep(long now)
    {
        foreach (var rested in _takenUntil.Where(one => one.Value <= now).Select(one => one.Key).ToList())
            _takenUntil.Remove(rested);
        _sweepAt = Math.Max(FewestToSweep, 2 * _takenUntil.Count);
    }

    private void Say(long now)
    {
        if (now < _saidUntil)
            return;
        _saidUntil = now + TimeSpan.TicksPerMinute;
        logger.LogWarning("Somebody calls more than {Limit} times in a minute (Sidecar__CallsPerMinute); what goes beyond that is not done, and they are told", perMinute);
    }
}
