namespace MattermostLearning.Sidecar.Rehearsal.People;

/// <summary>When people are at their work, by their own clock.</summary>
internal static class WakingHours
{
    public const int Begin = 8;
    public const int End = 19;

    /// <summary>That moment, or the next one at which they are at work.</summary>
    /// <param name="at">When they would act if they never slept.</param>
    /// <param name="zone">Theirs.</param>
    /// <param name="worksOnWeekends">Whether Saturday and Sunday count.</param>
    /// <param name="dice">Nobody begins at eight sharp.</param>
    public static DateTimeOffset From(DateTimeOffset at, TimeZoneInfo zone, bool worksOnWeekends, Random dice)
    {
        var own = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        if (own.Hour >= Begin && own.Hour < End && IsDayFor(own))
            return at;
        var day = own.Hour >= End ? own.Date.AddDays(1) : own.Date;
        while (!IsDayFor(day))
            day = day.AddDays(1);
        return At(day.AddHours(Begin).AddSeconds(dice.Next(2 * 3600)), zone);

        bool IsDayFor(DateTime date) => worksOnWeekends || date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    /// <summary>The instant at which a clock of a zone shows this; where none does, the hour after.</summary>
    public static DateTimeOffset At(DateTime own, TimeZoneInfo zone)
    {
        var shown = zone.IsInvalidTime(own) ? own.AddHours(1) : own;
        return new DateTimeOffset(shown, zone.GetUtcOffset(shown)).ToUniversalTime();
    }
}
