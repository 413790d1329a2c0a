using System.Globalization;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>One line of the calendar: a message to a channel, or the same message to one or several people, each in their own time.</summary>
/// <param name="From">When the first one gets it.</param>
/// <param name="To">When the last one gets it.</param>
/// <param name="Told">The first of them.</param>
/// <param name="Where">A channel, or who gets it.</param>
/// <param name="People">How many get it.</param>
/// <param name="OwnTimes">What their clocks show.</param>
internal sealed record CalendarRow(DateTimeOffset From, DateTimeOffset To, Told Told, string Where, int People, string OwnTimes)
{
    private const int MostNames = 3;

    /// <summary>Everything that comes by itself. What answers somebody's click comes when they click, and is in the load.</summary>
    public static IReadOnlyList<CalendarRow> Of(Rehearsed rehearsed)
    {
        var times = new OwnTimes(rehearsed);
        var posts = rehearsed.Told.Where(one => one is { IsForAll: true, IsEdit: false })
            .Select(one => new CalendarRow(one.At, one.At, one, one.Where == ToldWhere.Thread ? $"~{one.Channel}, in a thread" : $"~{one.Channel}",
                one.Channel == TownPlan.FacilitatorsChannel ? 1 : rehearsed.Learners.Count + rehearsed.Readers.Count, one.Channel == TownPlan.FacilitatorsChannel ? "" : times.OfEverybody(one.At)));
        var direct = rehearsed.Told.Where(one => one is { IsForAll: false, IsUnprompted: true, IsEdit: false })
            .GroupBy(one => (one.Slug, one.RoundId, one.Purpose, one.At.UtcDateTime.Date, Beginning(one.Headline)))
            .Select(group => new CalendarRow(
                group.First().At, group.Last().At, group.First(), WhoOf([.. group.Select(one => one.Reader).Distinct()]), group.Select(one => one.Reader).Distinct().Count(),
                times.Of([.. group])));
        return [.. posts.Concat(direct).OrderBy(one => one.From).ThenBy(one => one.Where, StringComparer.Ordinal).ThenBy(one => one.Told.Headline, StringComparer.Ordinal)];
    }

    private static string WhoOf(IReadOnlyList<string> readers) => readers.Count <= MostNames
        ? string.Join(", ", readers.Order(StringComparer.Ordinal).Select(name => $"@{name}")) : string.Create(CultureInfo.InvariantCulture, $"{readers.Count:N0} people, directly");

    /// <summary>Reminders of one round differ in the day and the hour that they name.</summary>
    private static string Beginning(string headline) => headline[..Math.Min(16, headline.Length)];
}

/// <summary>What clocks show.</summary>
internal sealed class OwnTimes(Rehearsed rehearsed)
{
    private readonly IReadOnlyList<TimeZoneInfo> _zones =
        [.. rehearsed.Learners.Select(one => one.Zone).Concat(rehearsed.Readers.Select(one => one.Zone)).DistinctBy(zone => zone.Id).OrderBy(zone => zone.BaseUtcOffset).ThenBy(zone => zone.Id, StringComparer.Ordinal)];

    /// <summary>Of all cities that people are in: one instant, many hours.</summary>
    public string OfEverybody(DateTimeOffset at) => string.Join(", ", _zones.Select(zone => $"{Shown(at, zone, at.UtcDateTime.DayOfWeek)} {ZoneCity.Name(zone)}"));

    public string Of(IReadOnlyList<Told> told)
    {
        var own = told.Select(one => (one, Time: rehearsed.Own(one))).ToList();
        if (own.Select(one => one.Time.TimeOfDay).Distinct().Count() == 1)
            return $"{own[0].Time.ToString("ddd HH:mm", CultureInfo.InvariantCulture)} {(told.Count == 1 ? ZoneCity.Name(rehearsed.ZoneOf(told[0].Reader)) : "for each of them")}";
        var (earliest, latest) = (own.MinBy(one => one.Time.TimeOfDay), own.MaxBy(one => one.Time.TimeOfDay));
        return $"{Clock(earliest)} to {Clock(latest)}";

        string Clock((Told Told, DateTime Time) one) => $"{one.Time.ToString("HH:mm", CultureInfo.InvariantCulture)} {ZoneCity.Name(rehearsed.ZoneOf(one.Told.Reader))}";
    }

    private static string Shown(DateTimeOffset at, TimeZoneInfo zone, DayOfWeek day)
    {
        var own = TimeZoneInfo.ConvertTime(at, zone);
        return own.ToString(own.DayOfWeek == day ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture);
    }
}
