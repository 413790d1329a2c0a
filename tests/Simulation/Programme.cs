using System.Globalization;

namespace MattermostLearning.Simulation;

/// <summary>One of the challenges that run, with its schedule told a second time in a few lines of its own: what the engine's is held against.</summary>
internal sealed record Programme(string Slug, string Title, string Channel, string Zone, string Schedule, TimeOnly At, Func<DateOnly, bool> IsOn, TimeSpan OpenFor, bool SendsLate)
{
    public TimeZoneInfo TimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Zone);

    /// <summary>A slow one, a quick one that is left out when missed, and one every other week that wraps up in the channel.</summary>
    public static IReadOnlyList<Programme> All(DateOnly firstThursday) =>
    [
        new("one-good-question", "One good question", "learning", "Europe/London", "every Monday at 09:00", new TimeOnly(9, 0),
            day => day.DayOfWeek == DayOfWeek.Monday, TimeSpan.FromDays(4), SendsLate: true),
        new("word-of-the-day", "Word of the day", "words", "America/New_York", "every weekday at 10:30", new TimeOnly(10, 30),
            day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday), TimeSpan.FromHours(6), SendsLate: false),
        new("show-your-work", "Show your work", "learning", "Asia/Kolkata", "every 2 weeks on Thursday at 16:00", new TimeOnly(16, 0),
            day => day.DayOfWeek == DayOfWeek.Thursday && (day.DayNumber - firstThursday.DayNumber) % 14 == 0, TimeSpan.FromDays(3), SendsLate: true),
    ];

    public string File(DateOnly firstThursday) => $"""
        ---
        kind: challenge
        title: {Title}
        summary: For the simulation.
        channel: {Channel}
        schedule: {Schedule}
        from: {firstThursday.AddDays(-6).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}
        time-zone: {Zone}
        open-for: {(OpenFor.TotalDays >= 1 ? $"{OpenFor.TotalDays:0} days" : $"{OpenFor.TotalHours:0} hours")}
        remind: {(OpenFor.TotalDays >= 1 ? "1 day" : "90 minutes")} before close
        host: hana.lead
        when-missed: {(SendsLate ? "send late" : "skip")}
        wrap-up: {(Slug == "show-your-work" ? "channel" : "thread")}
        ---
        Do it, and tell us in this thread.

        ## Hint after {(OpenFor.TotalDays >= 1 ? "1 day" : "1 hour")}
        Begin with something small.

        ## Wrap-up
        What will you try next?

        """;

    /// <summary>When rounds are due after one moment, and until another.</summary>
    public IEnumerable<DateTimeOffset> InstantsWithin(DateTimeOffset from, DateTimeOffset to)
    {
        for (var day = DateOnly.FromDateTime(from.UtcDateTime).AddDays(-1); day <= DateOnly.FromDateTime(to.UtcDateTime).AddDays(1); day = day.AddDays(1))
        {
            if (!IsOn(day))
                continue;
            // None of these hours lies in a gap or an overlap of its zone.
            var local = day.ToDateTime(At);
            var instant = new DateTimeOffset(local, TimeZone.GetUtcOffset(local)).ToUniversalTime();
            if (instant > from && instant <= to)
                yield return instant;
        }
    }

    public bool IsWorkingHour(DateTimeOffset moment)
    {
        var hour = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZone).DateTime);
        return hour >= new TimeOnly(9, 0) && hour < new TimeOnly(17, 0);
    }
}
