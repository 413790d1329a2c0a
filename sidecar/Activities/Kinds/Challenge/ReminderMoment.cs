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

    /// <summary>So much later than meant is still in time.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Now, within those hours; else the beginning of the next working day.</summary>
    public static DateTimeOffset NextFrom(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var (date, hour) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (IsWorkingDay(date) && hour >= DayBegins && hour <= DayEnds)
            return now;
        if (hour >= DayBegins)
            date = date.AddDays(1);
        while (!IsWorkingDay(date))
            date = date.AddDays(1);
        return LocalTime.ToInstant(date, DayBegins, zone);
    }

    /// <summary>Beyond this it would come in somebody's evening: it is dropped rather than sent.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset now, TimeZoneInfo zone)
    {
        var end = LocalTime.ToInstant(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), DayEnds, zone) + Grace;
        return end > now ? end : now + Grace;
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
