using System.Collections.Immutable;
using System.Globalization;

namespace MattermostLearning.Content.Schedules;

/// <summary>"every Monday at 09:00", "every weekday at 10:30", "every day at 08:00", "every 2 weeks on Thursday at 16:00".</summary>
public sealed record WeeklySchedule : Schedule
{
    /// <param name="days">At least one.</param>
    /// <param name="time">On the wall.</param>
    /// <param name="everyWeeks">1 for every week.</param>
    public WeeklySchedule(IEnumerable<DayOfWeek> days, TimeOnly time, int everyWeeks = 1)
    {
        Days = [.. days.Distinct().OrderBy(Weekday.IndexOf)];
        ArgumentOutOfRangeException.ThrowIfZero(Days.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(everyWeeks, 1);
        (Time, EveryWeeks) = (time, everyWeeks);
    }

    /// <summary>In the order of the week, from Monday.</summary>
    public ImmutableArray<DayOfWeek> Days { get; }

    public TimeOnly Time { get; }

    public int EveryWeeks { get; }

    public override TimeSpan? ShortestInterval
    {
        get
        {
            var shortest = Weekday.IndexOf(Days[0]) + (7 * EveryWeeks) - Weekday.IndexOf(Days[^1]);
            for (var at = 1; at < Days.Length; at++)
                shortest = Math.Min(shortest, Weekday.IndexOf(Days[at]) - Weekday.IndexOf(Days[at - 1]));
            return TimeSpan.FromDays(shortest);
        }
    }

    private protected override bool NeedsAnchor => EveryWeeks > 1;

    public override Schedule? EveryTwoWeeks() => EveryWeeks == 1 && Days.Length == 1 ? new WeeklySchedule(Days, Time, 2) : null;

    public bool Equals(WeeklySchedule? other) =>
        other is not null && Days.SequenceEqual(other.Days) && Time == other.Time && EveryWeeks == other.EveryWeeks;

    public override int GetHashCode() => HashCode.Combine(Days.Length, Days[0], Time, EveryWeeks);

    public override string ToString()
    {
        var every = EveryWeeks == 1 ? $"every {DayWords()}" : string.Create(CultureInfo.InvariantCulture, $"every {EveryWeeks} weeks on {DayWords()}");
        return string.Create(CultureInfo.InvariantCulture, $"{every} at {Time:HH:mm}");
    }

    internal override IEnumerable<DateTime> LocalTimes(DateOnly start, DateOnly? anchor)
    {
        var step = anchor is null ? 1 : EveryWeeks;
        var week = FirstWeek(Weekday.MondayOf(start), anchor, step);
        while (week.DayNumber <= DateOnly.MaxValue.DayNumber - 7)
        {
            foreach (var day in Days)
            {
                var date = week.AddDays(Weekday.IndexOf(day));
                if (date >= start)
                    yield return date.ToDateTime(Time);
            }
            if (week.DayNumber > DateOnly.MaxValue.DayNumber - (7 * step) - 7)
                yield break;
            week = week.AddDays(7 * step);
        }
    }

    private DateOnly FirstWeek(DateOnly week, DateOnly? anchor, int step)
    {
        if (anchor is not { } date || step == 1)
            return week;
        // From a Friday on, every two weeks on Thursday begins with the next Thursday, not with the one after that.
        while (!Days.Contains(date.DayOfWeek))
            date = date.AddDays(1);
        var weeks = (week.DayNumber - Weekday.MondayOf(date).DayNumber) / 7;
        var behind = ((weeks % step) + step) % step;
        return behind == 0 ? week : week.AddDays(7 * (step - behind));
    }

    private string DayWords()
    {
        if (EveryWeeks == 1 && Days.Length == 7)
            return "day";
        if (EveryWeeks == 1 && Days.SequenceEqual(Weekday.WorkingDays))
            return "weekday";
        return Days.Length == 1 ? $"{Days[0]}" : $"{string.Join(", ", Days.Take(Days.Length - 1))} and {Days[^1]}";
    }
}
