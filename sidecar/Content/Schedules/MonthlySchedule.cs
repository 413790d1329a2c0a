using System.Globalization;

namespace MattermostLearning.Content.Schedules;

/// <summary>Which weekday of a month.</summary>
public enum WeekOfMonth
{
    First = 1,
    Second = 2,
    Third = 3,
    Fourth = 4,
    Last = 5,
}

/// <summary>"on the first Tuesday of the month at 14:00".</summary>
public sealed record MonthlyWeekdaySchedule(WeekOfMonth Week, DayOfWeek Day, TimeOnly Time) : Schedule
{
    public override TimeSpan? ShortestInterval => TimeSpan.FromDays(28);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"on the {Week.ToString().ToLowerInvariant()} {Day} of the month at {Time:HH:mm}");

    internal override IEnumerable<DateTime> LocalTimes(DateOnly start, DateOnly? anchor) =>
        Months.From(start).Select(DateIn).Where(date => date >= start).Select(date => date.ToDateTime(Time));

    private DateOnly DateIn(DateOnly firstOfMonth)
    {
        var first = firstOfMonth.AddDays((Weekday.IndexOf(Day) - Weekday.IndexOf(firstOfMonth.DayOfWeek) + 7) % 7);
        if (Week != WeekOfMonth.Last)
            return first.AddDays(7 * ((int)Week - 1));
        return first.AddDays(first.AddDays(28).Month == first.Month ? 28 : 21);
    }
}

/// <summary>
/// "on the 15th of the month at 09:00", "on the last day of the month at 09:00". In a month that is shorter, the last day stands in.
/// </summary>
/// <param name="Day">1 to 31; <see cref="LastDay"/> for the last day of each month.</param>
/// <param name="Time">On the wall.</param>
public sealed record MonthlyDaySchedule(int Day, TimeOnly Time) : Schedule
{
    public const int LastDay = 32;

    public override TimeSpan? ShortestInterval => TimeSpan.FromDays(28);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"on the {DayWords()} of the month at {Time:HH:mm}");

    internal override IEnumerable<DateTime> LocalTimes(DateOnly start, DateOnly? anchor) =>
        Months.From(start).Select(DateIn).Where(date => date >= start).Select(date => date.ToDateTime(Time));

    private DateOnly DateIn(DateOnly first) => new(first.Year, first.Month, Math.Min(Day, DateTime.DaysInMonth(first.Year, first.Month)));

    private string DayWords() => Day == LastDay ? "last day" : Ordinals.Text(Day);
}

internal static class Months
{
    /// <summary>The first day of each month, from the month of a date on.</summary>
    public static IEnumerable<DateOnly> From(DateOnly date)
    {
        for (var month = new DateOnly(date.Year, date.Month, 1); month < new DateOnly(9999, 12, 1); month = month.AddMonths(1))
            yield return month;
    }
}
