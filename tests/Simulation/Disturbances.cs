namespace MattermostLearning.Simulation;

/// <summary>When something was wrong, by the clock that people read: what must happen on time has to do so only outside of it.</summary>
internal sealed class Disturbances
{
    /// <summary>After a trouble has ended, so long until everything goes on: the longest pause before a repetition, and some.</summary>
    public static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(10);

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _past = [];
    private readonly Dictionary<string, DateTimeOffset> _present = [];

    public void Begin(string what, DateTimeOffset at) => _present.TryAdd(what, at);

    public void End(string what, DateTimeOffset at)
    {
        if (_present.Remove(what, out var from))
            Add(from, at);
    }

    public void Add(DateTimeOffset from, DateTimeOffset to) => _past.Add(from <= to ? (from, to + Aftermath) : (to, from + Aftermath));

    /// <summary>Nothing was wrong at any time between.</summary>
    public bool IsCalm(DateTimeOffset from, DateTimeOffset to) =>
        !_past.Exists(one => one.From <= to && one.To >= from) && !_present.Values.Any(since => since <= to);
}
