namespace MattermostLearning.Simulation;

/// <summary>When everything was on hold for certain, and when it may have been.</summary>
internal sealed class Holds
{
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _certain = [];
    private readonly Disturbances _any = new();
    private DateTimeOffset? _since;

    /// <summary>Intervals for which somebody was told that everything is on hold, and neither heard nor asked otherwise.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Certain => _certain;

    /// <summary>It cannot have been on hold at any time between.</summary>
    public bool IsNone(DateTimeOffset from, DateTimeOffset to) => _any.IsCalm(from, to);

    public void Held(DateTimeOffset at, bool isCertain)
    {
        _any.Begin("hold", at);
        if (isCertain)
            _since ??= at;
    }

    public void Released(DateTimeOffset at, bool isCertain)
    {
        if (_since is { } since)
            _certain.Add((since, at));
        _since = null;
        if (isCertain)
            _any.End("hold", at);
    }
}
