namespace MattermostLearning.Content.Schedules;

internal static class Weekday
{
    public static readonly DayOfWeek[] WorkingDays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Monday is 0, Sunday is 6: weeks are ISO weeks.</summary>
    public static int IndexOf(DayOfWeek day) => ((int)day + 6) % 7;

    public static DateOnly MondayOf(DateOnly date) => date.AddDays(-Math.Min(IndexOf(date.DayOfWeek), date.DayNumber));

    /// <summary>The first instant after another at which it is this day and time in the zone.</summary>
    public static DateTimeOffset FirstAfter(DateTimeOffset instant, DayOfWeek day, TimeOnly time, TimeZoneInfo zone)
    {
        var from = LocalTime.DateOf(instant, zone);
        for (var ahead = 0; ; ahead++)
        {
            var date = from.AddDays(ahead);
            if (date.DayOfWeek == day && LocalTime.ToInstant(date, time, zone) is var found && found > instant)
                return found;
        }
    }
}
