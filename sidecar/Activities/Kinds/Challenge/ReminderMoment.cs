using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Challenge;

/// <summary>When one person is reminded: only in the working hours of their own zone.</summary>
public static class ReminderMoment
{
    private static readonly TimeOnly DayBegins = new(9, 0);
    private static readonly TimeOnly DayEnds = new(17, 0);

    /// <summary>
    /// The wanted moment when it lies within 09:00-17:00 of a working day (Monday to Friday) in the zone, else the last such moment
    /// before it; null when that has passed.
    /// </summary>
    public static DateTimeOffset? For(DateTimeOffset wanted, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(wanted, zone).DateTime;
        var (date, hour) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        var moment = wanted;
        if (!IsWorkingDay(date) || hour < DayBegins)
            moment = LocalTime.ToInstant(LastWorkingDayBefore(date), DayEnds, zone);
        else if (hour > DayEnds)
            moment = LocalTime.ToInstant(date, DayEnds, zone);
        return moment > now ? moment : null;
    }

    private static DateOnly LastWorkingDayBefore(DateOnly date)
    {
        do
            date = date.AddDays(-1);
        while (!IsWorkingDay(date));
        return date;
    }

    private static bool IsWorkingDay(DateOnly date) => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
