using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Engine.People;

/// <summary>When one person may be written to first; all the rest are their quiet hours. What they ask for is answered at any hour.</summary>
/// <param name="Days">The days on which they work; hours that pass midnight belong to the day on which they begin.</param>
/// <param name="From">When their quiet hours end.</param>
/// <param name="Until">When they begin again; not the same as <paramref name="From"/>.</param>
public sealed record WorkingHours(Weekdays Days, TimeOnly From, TimeOnly Until)
{
    /// <summary>Quiet from 18:00 to 09:00 and at the weekend.</summary>
    public static WorkingHours Usual { get; } = new(Weekdays.MondayToFriday, new(9, 0), new(18, 0));

    /// <summary>So much later than meant is still in time.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The last of the working hours is left to what has to wait: nobody begins anything on their way out.</summary>
    private static readonly TimeSpan LastOfTheDay = TimeSpan.FromHours(1);

    /// <summary>The wanted moment when it lies within these hours, else the last that does before it; null when that has passed.</summary>
    public DateTimeOffset? AtOrBefore(DateTimeOffset wanted, TimeZoneInfo zone, DateTimeOffset now)
    {
        var before = Around(wanted, zone, -8, 1).Where(hours => hours.From <= wanted).Select(hours => hours.Last < wanted ? hours.Last : wanted);
        return before.Max() is var moment && moment > now ? moment : null;
    }

    /// <summary>The moment itself when it lies within these hours; else when they next begin.</summary>
    public DateTimeOffset NextFrom(DateTimeOffset now, TimeZoneInfo zone) =>
        Around(now, zone, -1, 9).Where(hours => now <= hours.Last).Select(hours => hours.From > now ? hours.From : now).First();

    /// <summary>Whether they work on a day.</summary>
    public bool IsDay(DateOnly day) => Days.HasFlag(Of(day));

    /// <summary>The same time of day so many of their working days later.</summary>
    public DateTimeOffset WorkingDaysAfter(DateTimeOffset moment, int count, TimeZoneInfo zone)
    {
        var local = LocalTime.ToLocal(moment, zone);
        var day = DateOnly.FromDateTime(local);
        for (var left = count; left > 0;)
        {
            day = day.AddDays(1);
            left -= IsDay(day) ? 1 : 0;
        }

        return LocalTime.ToInstant(day, TimeOnly.FromDateTime(local), zone);
    }

    /// <summary>Beyond this it would come in somebody's evening: it is dropped rather than sent.</summary>
    public DateTimeOffset EndFor(DateTimeOffset now, TimeZoneInfo zone) =>
        Around(now, zone, -1, 1).Where(hours => now >= hours.From && now <= hours.Last).Select(hours => hours.Last).FirstOrDefault(now) + Grace;

    /// <summary>The hours of the working days from so many days before a moment to so many after it.</summary>
    private IEnumerable<(DateTimeOffset From, DateTimeOffset Last)> Around(DateTimeOffset moment, TimeZoneInfo zone, int first, int last)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
        for (var ahead = first; ahead <= last; ahead++)
        {
            var day = today.AddDays(ahead);
            if (!Days.HasFlag(Of(day)))
                continue;
            var from = LocalTime.ToInstant(day, From, zone);
            var until = LocalTime.ToInstant(Until > From ? day : day.AddDays(1), Until, zone);
            yield return (from, until - from > 2 * LastOfTheDay ? until - LastOfTheDay : until);
        }
    }

    private static Weekdays Of(DateOnly day) => (Weekdays)(1 << (int)day.DayOfWeek);
}

/// <summary>Days of the week, some of them at once.</summary>
[Flags]
public enum Weekdays
{
    None = 0,
    Sunday = 1 << DayOfWeek.Sunday,
    Monday = 1 << DayOfWeek.Monday,
    Tuesday = 1 << DayOfWeek.Tuesday,
    Wednesday = 1 << DayOfWeek.Wednesday,
    Thursday = 1 << DayOfWeek.Thursday,
    Friday = 1 << DayOfWeek.Friday,
    Saturday = 1 << DayOfWeek.Saturday,
    MondayToFriday = Monday | Tuesday | Wednesday | Thursday | Friday,
}
