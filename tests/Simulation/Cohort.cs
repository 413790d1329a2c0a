namespace MattermostLearning.Simulation;

/// <summary>People who go through a course together, with the days of its lessons told a second time.</summary>
internal sealed record Cohort(string Slug, string Title, string Mode, DateOnly From)
{
    private static readonly string[] Titles = ["What you know", "What there is", "What you found", "A pause", "What stays"];
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly TimeSpan Nine = TimeSpan.FromHours(9);
    private static readonly TimeSpan Six = TimeSpan.FromHours(18);

    public static int NumberOf(string title) => Array.IndexOf(Titles, title) + 1;

    public bool IsInPairs => Mode == "pairs";

    /// <summary>When the cohort is at a lesson, from 1. After the last one, when another one would have come.</summary>
    public DateTimeOffset MomentOf(int lesson)
    {
        var day = From;
        for (var left = lesson; ; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || --left > 0)
                continue;
            var local = day.ToDateTime(TimeOnly.FromTimeSpan(Nine));
            return new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();
        }
    }

    /// <summary>How many lessons the cohort has come to by then.</summary>
    public int CameBy(DateTimeOffset moment) => Enumerable.Range(1, Titles.Length).Count(lesson => MomentOf(lesson) <= moment);

    /// <summary>When they come to somebody: at the first working moment of theirs.</summary>
    public IEnumerable<DateTimeOffset> MomentsFor(TimeZoneInfo? zone) => Enumerable.Range(1, Titles.Length).Select(lesson => MomentFor(lesson, zone ?? London));

    private DateTimeOffset MomentFor(int lesson, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(MomentOf(lesson), zone).DateTime;
        if (local.TimeOfDay >= Six)
            local = local.Date.AddDays(1);
        while (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            local = local.Date.AddDays(1);
        if (local.TimeOfDay < Nine)
            local = local.Date + Nine;
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
