using System.Globalization;
using System.Text.RegularExpressions;

namespace MattermostLearning.Content.Schedules;

/// <summary>A time of day: 09:00, 9:00, 9.30, 9am, 9:30 pm, noon, midnight.</summary>
internal static partial class TimeText
{
    /// <summary>Takes the times out of a text: what is left stands in <paramref name="rest"/>.</summary>
    public static List<string> Extract(string text, out string rest)
    {
        var found = new List<string>();
        rest = Pattern().Replace(text, match =>
        {
            found.Add(match.Groups["time"].Value);
            return " ";
        });
        return found;
    }

    public static bool TryRead(string text, out TimeOnly time)
    {
        if (TimeOnly.TryParseExact(text, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            return true;
        var word = text.Trim().ToLowerInvariant();
        if (word is "noon" or "midday" or "midnight")
        {
            time = new TimeOnly(word == "midnight" ? 0 : 12, 0);
            return true;
        }
        var match = Parts().Match(word);
        if (!match.Success || !(match.Groups["minute"].Success || match.Groups["half"].Success))
            return false;
        var hour = int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].Value, CultureInfo.InvariantCulture) : 0;
        if (match.Groups["half"].Success)
        {
            if (hour is 0 or > 12)
                return false;
            hour = (hour % 12) + (match.Groups["half"].Value[0] == 'p' ? 12 : 0);
        }
        if (hour > 23 || minute > 59)
            return false;
        time = new TimeOnly(hour, minute);
        return true;
    }

    [GeneratedRegex(
        @"(?:(?<![\w:])(?:at|@)\s*)?(?<![\w:.\-/])(?<time>[0-9]{1,2}[:.][0-9]{2}(?:\s*[ap]\.?m\b\.?)?|[0-9]{1,2}\s*[ap]\.?m\b\.?|noon\b|midday\b|midnight\b)(?![0-9:/])(?!\.[0-9])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(?<hour>[0-9]{1,2})(?:[:.](?<minute>[0-9]{2}))?\s*(?<half>[ap]\.?m\.?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
