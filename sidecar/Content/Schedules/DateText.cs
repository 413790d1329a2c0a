using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>A date: 2027-01-11, 11 January 2027, January 11, 2027. 01/11/2027 is refused: half of the world reads it the other way.</summary>
public static partial class DateText
{
    private const string MonthPattern = "(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";

    private static readonly string[] MonthNames =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    public static Reading<DateOnly> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Written.Longest)
            return Reading.Refuse<DateOnly>(Codes.DateUnreadable, "This is not a date.", "Write year, month and day: `2027-01-11`.");
        var dates = Extract(text, out var rest);
        if (dates.Count == 1 && rest.Trim().Length == 0)
            return dates[0];
        return Reading.Refuse<DateOnly>(
            Codes.DateUnreadable, $"`{Written.Short(text)}` is not a date.", "Write year, month and day: `2027-01-11`.");
    }

    /// <summary>Takes the dates out of a text: what is left stands in <paramref name="rest"/>.</summary>
    internal static List<Reading<DateOnly>> Extract(string text, out string rest)
    {
        var found = new List<Reading<DateOnly>>();
        rest = Pattern().Replace(text, match =>
        {
            found.Add(Read(match));
            return " ";
        });
        return found;
    }

    private static Reading<DateOnly> Read(Match match)
    {
        if (match.Groups["slashed"].Success)
            return RefuseSlashes(match.Value);
        var year = Number(match, "year");
        var month = match.Groups["number"].Success ? Number(match, "number") : MonthOf(match.Groups["month"].Value);
        var day = Number(match, "day");
        if (year < 2000 || year > 2999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return Reading.Refuse<DateOnly>(Codes.DateUnreadable, $"There is no date `{match.Value}`.", "Write year, month and day: `2027-01-11`.");
        return Reading.Of(new DateOnly(year, month, day));
    }

    private static Reading<DateOnly> RefuseSlashes(string text)
    {
        var parts = text.Split('/', '.').Select(each => int.Parse(each, CultureInfo.InvariantCulture)).ToArray();
        var year = parts[2] < 100 ? parts[2] + 2000 : parts[2];
        var readings = new[] { (Month: parts[1], Day: parts[0]), (Month: parts[0], Day: parts[1]) }
            .Where(each => each.Month is >= 1 and <= 12 && each.Day >= 1 && year is >= 2000 and <= 2999 && each.Day <= DateTime.DaysInMonth(year, each.Month))
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"`{year}-{each.Month:00}-{each.Day:00}`")).Distinct().ToArray();
        var help = readings.Length == 0 ? "Write year, month and day: `2027-01-11`." : $"Write {string.Join(" or ", readings)}.";
        return Reading.Refuse<DateOnly>(Codes.DateUnreadable, $"`{Written.Short(text)}` is read differently in different countries.", help);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static int MonthOf(string name) =>
        Array.FindIndex(MonthNames, each => each.StartsWith(name, StringComparison.OrdinalIgnoreCase)) + 1;

    [GeneratedRegex(
        @"(?<![\w\-])(?:(?<year>[0-9]{4})-(?<number>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:T(?=[0-9])|(?![\w\-]))"
        + @"|(?<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?" + MonthPattern + @",?\s+(?<year>[0-9]{4})(?![\w\-])"
        + "|" + MonthPattern + @"\s+(?<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?<year>[0-9]{4})(?![\w\-])"
        + @"|(?<slashed>[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2}))(?![\w\-]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
