using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>"4 days", "1 week", "90 minutes", "2h", "1 day 2 hours": down to minutes, up to a year.</summary>
public static partial class DurationText
{
    private const int LongestDays = 366;

    public static Reading<WrittenDuration> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Written.Longest)
            return Reading.Refuse<WrittenDuration>(Codes.DurationUnreadable, "This is not a duration.", "Write a number and a unit: `4 days`.");
        var match = Pattern().Match(text);
        if (!match.Success)
            return Refuse(text);
        var (days, minutes) = (0L, 0L);
        for (var part = 0; part < match.Groups["unit"].Captures.Count; part++)
        {
            var count = Count(match.Groups["count"].Captures[part].Value);
            var unit = match.Groups["unit"].Captures[part].Value.ToLowerInvariant();
            if (unit[0] == 's')
                return Refuse(text, "Minutes are the smallest unit: `1 minute`.");
            if (unit.StartsWith("mo", StringComparison.Ordinal) || unit[0] == 'y')
                return Refuse(text, "Months differ in length; count weeks or days: `4 weeks`.");
            days += unit[0] switch { 'w' => 7 * count, 'd' => count, _ => 0 };
            minutes += unit[0] switch { 'h' => 60 * count, 'm' => count, _ => 0 };
        }
        if (days + minutes == 0)
            return Refuse(text, "The shortest is `1 minute`.");
        if (days > LongestDays || minutes > LongestDays * 24 * 60)
            return Refuse(text, "The longest is `366 days`.");
        return Reading.Of(new WrittenDuration((int)days, (int)minutes));
    }

    private static Reading<WrittenDuration> Refuse(string text, string? help = null) => Reading.Refuse<WrittenDuration>(
        Codes.DurationUnreadable,
        $"`{Written.Short(text)}` is not a duration.",
        help ?? (BareNumber().IsMatch(text) ? $"Say of what: `{text.Trim()} days` or `{text.Trim()} hours`." : "Write a number and a unit: `4 days`, `1 week`, `90 minutes`, `2 hours`."));

    private static long Count(string word) => word.ToLowerInvariant() switch
    {
        "a" or "an" or "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        var digits => long.Parse(digits, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(
        @"^\s*(?:(?:and\s+|,\s*)?(?<count>[0-9]{1,6}|an?(?=\s)|one|two|three|four|five|six)\s*"
        + @"(?<unit>weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|months?|mo|years?|y)(?![a-z])\s*)+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^\s*[0-9]{1,6}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex BareNumber();
}
