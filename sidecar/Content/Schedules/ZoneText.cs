using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>
/// A time zone: an IANA id ("Europe/London") or the name of its city ("London") where it is unique. A distance from UTC or an abbreviation
/// is refused with the zone to use instead: neither knows when daylight saving begins.
/// </summary>
public static partial class ZoneText
{
    private static readonly Lazy<Dictionary<string, TimeZoneInfo>> ById = new(IndexIds);
    private static readonly Lazy<ILookup<string, TimeZoneInfo>> ByCity =
        new(() => ById.Value.Values.ToLookup(zone => Plain(ZoneCity.Name(zone)), StringComparer.OrdinalIgnoreCase));

    /// <summary>Every IANA zone of this machine that names a place, and UTC.</summary>
    public static IEnumerable<TimeZoneInfo> All => ById.Value.Values;

    public static Reading<TimeZoneInfo> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var written = text.Trim();
        if (written.ToUpperInvariant() is "UTC" or "ETC/UTC" or "GMT" or "Z")
            return Reading.Of(TimeZoneInfo.Utc);
        if (written.Length is 0 or > 60)
            return Unknown(written);
        if (Instead(written) is { } instead)
        {
            return Reading.Refuse<TimeZoneInfo>(
                Codes.ZoneUnknown, $"`{written}` does not say when clocks change.", $"Name the place instead: {instead}.");
        }
        if (IanaId().IsMatch(written) && IsPlace(written) && TimeZoneInfo.TryFindSystemTimeZoneById(written, out var exact) && exact.Id == written)
            return Reading.Of(exact);
        if (ById.Value.TryGetValue(written.Replace(' ', '_'), out var zone))
            return Reading.Of(zone);
        var cities = ByCity.Value[Plain(written)].OrderBy(each => each.Id, StringComparer.Ordinal).ToArray();
        if (cities.Length > 0 && cities.All(each => each.HasSameRules(cities[0])))
            return Reading.Of(cities.MinBy(each => each.Id.Length)!);
        if (cities.Length > 1)
        {
            return Reading.Refuse<TimeZoneInfo>(
                Codes.ZoneUnknown, $"There is more than one `{written}`.", $"Write one of {string.Join(", ", cities.Select(each => $"`{each.Id}`"))}.");
        }
        return TimeZoneInfo.TryConvertWindowsIdToIanaId(written, out var iana) && ById.Value.TryGetValue(iana, out var converted)
            ? Reading.Of(converted)
            : Unknown(written);
    }

    private static Reading<TimeZoneInfo> Unknown(string written)
    {
        var meant = written.Contains('/')
            ? Closest.Find(written, ById.Value.Keys)
            : Closest.Find(Plain(written), ByCity.Value.Select(each => each.Key)) is { } city ? ByCity.Value[city].MinBy(each => each.Id.Length)!.Id : null;
        return Reading.Refuse<TimeZoneInfo>(new Refusal(
            Codes.ZoneUnknown,
            $"No time zone is called `{Written.Short(written)}`.",
            meant is null ? "Write region and city, such as `Europe/London`." : $"Did you mean `{meant}`?")
        {
            Instead = written.Contains('/') ? Closest.Only(written, ById.Value.Keys) : null,
        });
    }

    private static string? Instead(string written)
    {
        var offset = Offset().Match(written);
        var key = offset.Success ? SignOf(offset, written) + offset.Groups["hours"].Value.TrimStart('0') : written.ToUpperInvariant();
        return key switch
        {
            "+" or "-" => "`UTC`, or `Europe/London` where clocks change",
            "-10" or "HST" => "`Pacific/Honolulu`",
            "-9" or "AKST" or "AKDT" => "`America/Anchorage`",
            "-8" or "PST" or "PDT" or "PST8PDT" => "`America/Los_Angeles`",
            "-7" or "MST" or "MDT" or "MST7MDT" => "`America/Denver`, or `America/Phoenix` where clocks never change",
            "-6" or "CDT" or "CST6CDT" => "`America/Chicago`, or `America/Mexico_City` where clocks never change",
            "CST" => "`America/Chicago` or `Asia/Shanghai`",
            "-5" or "EST" or "EDT" or "EST5EDT" => "`America/New_York`, or `America/Bogota` where clocks never change",
            "-4" or "AST" or "ADT" => "`America/Halifax`, or `America/La_Paz` where clocks never change",
            "-3" => "`America/Sao_Paulo`",
            "-1" => "`Atlantic/Azores`",
            "WET" or "WEST" => "`Europe/Lisbon`",
            "BST" => "`Europe/London`",
            "+1" or "CET" or "CEST" or "MEZ" or "MESZ" => "`Europe/Berlin`, or `Africa/Lagos` where clocks never change",
            "+2" or "EET" or "EEST" => "`Europe/Helsinki`, or `Africa/Johannesburg` where clocks never change",
            "+3" or "MSK" => "`Europe/Istanbul` or `Africa/Nairobi`",
            "+4" => "`Asia/Dubai`",
            "+5" => offset.Success && offset.Groups["minutes"].Value == "30" ? "`Asia/Kolkata`" : "`Asia/Karachi`",
            "IST" => "`Asia/Kolkata`, `Europe/Dublin` or `Asia/Jerusalem`",
            "+6" => "`Asia/Dhaka`",
            "+7" => "`Asia/Bangkok`",
            "+8" or "SGT" or "HKT" => "`Asia/Singapore` or `Australia/Perth`",
            "+9" or "JST" => "`Asia/Tokyo`",
            "+10" or "AEST" or "AEDT" => "`Australia/Sydney`, or `Australia/Brisbane` where clocks never change",
            "+12" or "NZST" or "NZDT" => "`Pacific/Auckland`",
            _ => offset.Success ? "for example `Europe/London`" : null,
        };
    }

    /// <summary>"Etc/GMT+5" is five hours behind: POSIX counts the other way round.</summary>
    private static string SignOf(Match offset, string written)
    {
        var ahead = offset.Groups["sign"].Value == "+";
        return ahead == written.StartsWith("Etc/", StringComparison.OrdinalIgnoreCase) ? "-" : "+";
    }

    private static Dictionary<string, TimeZoneInfo> IndexIds()
    {
        var found = new Dictionary<string, TimeZoneInfo>(StringComparer.OrdinalIgnoreCase) { [TimeZoneInfo.Utc.Id] = TimeZoneInfo.Utc };
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Where(each => IsPlace(each.Id)))
            found.TryAdd(zone.Id, zone);
        return found;
    }

    /// <summary>Not "Etc/GMT+5" (whose sign is the other way round) nor "EST".</summary>
    private static bool IsPlace(string id) =>
        id.Contains('/') && !id.StartsWith("Etc/", StringComparison.OrdinalIgnoreCase) && !id.StartsWith("SystemV/", StringComparison.Ordinal)
        && !id.StartsWith("posix/", StringComparison.Ordinal) && !id.StartsWith("right/", StringComparison.Ordinal);

    private static string Plain(string name) => name.Replace('_', ' ').Replace('-', ' ').Trim();

    [GeneratedRegex(@"^[A-Za-z]+(?:/[A-Za-z0-9_+\-]+){1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex IanaId();

    [GeneratedRegex(@"^(?:UTC|GMT|Etc/GMT)?\s*(?<sign>[+\-−])\s*(?<hours>[0-9]{1,2})(?::?(?<minutes>[0-9]{2}))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Offset();
}
