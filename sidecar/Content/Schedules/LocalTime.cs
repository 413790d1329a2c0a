namespace MattermostLearning.Content.Schedules;

/// <summary>What a clock on the wall says, and when it says so.</summary>
public static class LocalTime
{
    /// <summary>
    /// The first instant at which clocks in the zone show this date and time or a later one: in the hour that daylight saving takes away,
    /// the first valid moment after the gap; in the hour that comes twice, the first of the two.
    /// </summary>
    /// <returns>In UTC.</returns>
    public static DateTimeOffset ToInstant(DateOnly date, TimeOnly time, TimeZoneInfo zone) => ToInstant(date.ToDateTime(time), zone);

    /// <inheritdoc cref="ToInstant(DateOnly, TimeOnly, TimeZoneInfo)"/>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        // Only the direction UTC -> local is asked of the zone: it is never ambiguous.
        var asUtc = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.Zero);
        if (ReferenceEquals(zone, TimeZoneInfo.Utc))
            return asUtc;
        var before = zone.GetUtcOffset(asUtc.AddHours(-26));
        var after = zone.GetUtcOffset(asUtc.AddHours(26));
        var early = asUtc - (before > after ? before : after);
        var late = asUtc - (before > after ? after : before);
        if (ToLocal(early, zone) == asUtc.DateTime)
            return early;
        if (ToLocal(late, zone) == asUtc.DateTime)
            return late;
        return FirstValidAfter(asUtc, early.AddHours(-1), late.AddHours(1), zone);
    }

    /// <summary>The date and time on the wall at an instant.</summary>
    public static DateTime ToLocal(DateTimeOffset instant, TimeZoneInfo zone) => instant.UtcDateTime + zone.GetUtcOffset(instant);

    public static DateOnly DateOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(ToLocal(instant, zone));

    private static DateTimeOffset FirstValidAfter(DateTimeOffset wanted, DateTimeOffset low, DateTimeOffset high, TimeZoneInfo zone)
    {
        while ((high - low).Ticks > TimeSpan.TicksPerSecond)
        {
            // Whole seconds: no zone's clock ever changed between two of them.
            var middle = low.AddSeconds(Math.Floor((high - low).TotalSeconds / 2));
            if (ToLocal(middle, zone) >= wanted.DateTime)
                high = middle;
            else
                low = middle;
        }
        return high;
    }
}
