using System.Globalization;

namespace MattermostLearning.Content.Schedules;

/// <summary>
/// A duration as people write it. Days and weeks are calendar days (the same time on the wall, also over a change of daylight saving);
/// hours and minutes are exact.
/// </summary>
/// <param name="Days">Calendar days.</param>
/// <param name="Minutes">Exact minutes, on top of the days.</param>
public readonly record struct WrittenDuration(int Days, int Minutes)
{
    public static WrittenDuration OfDays(int days) => new(days, 0);

    public static WrittenDuration OfMinutes(int minutes) => new(0, minutes);

    /// <summary>The length where no clock changes.</summary>
    public TimeSpan Nominal => new(Days, 0, Minutes, 0);

    public DateTimeOffset AddTo(DateTimeOffset instant, TimeZoneInfo zone) => Shift(instant, 1, zone);

    public DateTimeOffset SubtractFrom(DateTimeOffset instant, TimeZoneInfo zone) => Shift(instant, -1, zone);

    /// <summary>The words, readable by <see cref="DurationText"/> again.</summary>
    public override string ToString()
    {
        if (Days != 0 && Minutes != 0)
            return $"{DaysText(Days)} {MinutesText(Minutes)}";
        return Days != 0 ? DaysText(Days) : MinutesText(Minutes);
    }

    private static string DaysText(int days) => days % 7 == 0 ? Counted(days / 7, "week") : Counted(days, "day");

    private static string MinutesText(int minutes) => minutes > 0 && minutes % 60 == 0 ? Counted(minutes / 60, "hour") : Counted(minutes, "minute");

    private static string Counted(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");

    private DateTimeOffset Shift(DateTimeOffset instant, int sign, TimeZoneInfo zone)
    {
        var day = Days == 0 ? instant.ToUniversalTime() : LocalTime.ToInstant(LocalTime.ToLocal(instant, zone).AddDays(sign * Days), zone);
        return day.AddMinutes(sign * Minutes);
    }
}
