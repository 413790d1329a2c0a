using Cronos;

namespace MattermostLearning.Content.Schedules;

/// <summary>A cron expression of five fields: minute, hour, day of month, month, day of week.</summary>
public sealed record CronSchedule : Schedule
{
    private static readonly DateOnly CalendarStart = new(2024, 1, 1);
    private readonly CronExpression expression;

    internal CronSchedule(string text, CronExpression expression)
    {
        Text = text;
        this.expression = expression;
    }

    /// <summary>The fields, with single spaces.</summary>
    public string Text { get; }

    public override TimeSpan? ShortestInterval => field ??= FindShortestInterval();

    public bool Equals(CronSchedule? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    // Cronos is asked as if the wall clock were UTC: its own daylight saving rules differ for "*/30" and "0", ours do not.
    internal override IEnumerable<DateTime> LocalTimes(DateOnly start, DateOnly? anchor)
    {
        var next = expression.GetNextOccurrence(start.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), inclusive: true);
        while (next is { } local)
        {
            yield return DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
            next = expression.GetNextOccurrence(local);
        }
    }

    private TimeSpan? FindShortestInterval()
    {
        var sample = LocalTimes(CalendarStart, null).Take(1500).ToArray();
        return sample.Length < 2 ? null : sample.Zip(sample.Skip(1), (left, right) => right - left).Min();
    }
}
