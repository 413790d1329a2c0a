using System.Globalization;

namespace MattermostLearning.Content.Schedules;

/// <summary>"once on 2027-01-11 at 09:00".</summary>
public sealed record OnceSchedule(DateOnly Date, TimeOnly Time) : Schedule
{
    public override bool IsOnce => true;

    public override TimeSpan? ShortestInterval => null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"once on {Date:yyyy-MM-dd} at {Time:HH:mm}");

    internal override IEnumerable<DateTime> LocalTimes(DateOnly start, DateOnly? anchor) => Date >= start ? [Date.ToDateTime(Time)] : [];
}
