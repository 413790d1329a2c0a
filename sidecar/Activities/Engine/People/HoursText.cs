using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Activities.Engine.People;

/// <summary>Quiet hours and working days as people type and read them, in their language or in English.</summary>
public static partial class HoursText
{
    /// <summary>Monday first.</summary>
    private static readonly DayOfWeek[] Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>"18:00-09:00", "6 pm to 9 am", "18 bis 9 Uhr". False also where both are the same: that would be all day, or never.</summary>
    public static bool TryReadQuiet(string typed, out TimeOnly from, out TimeOnly until)
    {
        (from, until) = (default, default);
        var match = Between().Match(typed.Trim());
        return match.Success && TryReadTime(match.Groups["from"].Value, out from) && TryReadTime(match.Groups["until"].Value, out until) && from != until;
    }

    /// <summary>"Mon-Fri", "Montag bis Donnerstag", "mo, di, do". False where a word is no day.</summary>
    public static bool TryReadDays(string typed, Speech speech, out Weekdays days)
    {
        days = Weekdays.None;
        foreach (var part in Separators().Split(typed.Trim()).Where(part => part.Length > 0))
        {
            if (RangeWords().Split(part) is not [var first, .. var rest] || rest.Length > 1 || DayOf(first, speech) is not { } from)
                return false;
            var last = rest is [var end] ? DayOf(end, speech) : from;
            if (last is not { } to)
                return false;
            // "Fri-Mon" goes over the weekend.
            for (var at = Array.IndexOf(Week, from); ; at = (at + 1) % Week.Length)
            {
                days |= (Weekdays)(1 << (int)Week[at]);
                if (Week[at] == to)
                    break;
            }
        }

        return days != Weekdays.None;
    }

    /// <summary>"18:00-09:00", as it can be typed.</summary>
    public static string Quiet(WorkingHours hours) => string.Create(CultureInfo.InvariantCulture, $"{hours.Until:HH:mm}-{hours.From:HH:mm}");

    /// <summary>"Mon-Fri" or "Mon, Wed", as it can be typed.</summary>
    public static string Days(WorkingHours hours, Speech speech) =>
        string.Join(", ", Spans(hours.Days).Select(span => span.First == span.Last ? speech.ShortDayName(span.First) : $"{speech.ShortDayName(span.First)}-{speech.ShortDayName(span.Last)}"));

    /// <summary>"Monday to Friday", "Monday, Wednesday and Friday".</summary>
    public static string SayDays(WorkingHours hours, Speech speech) => speech.List(
    [
        .. Spans(hours.Days).Select(span => span.First == span.Last
            ? speech.DayName(span.First)
            : speech.Say("settings.days-span", ("first", speech.DayName(span.First)), ("last", speech.DayName(span.Last)))),
    ]);

    private static IEnumerable<(DayOfWeek First, DayOfWeek Last)> Spans(Weekdays days)
    {
        for (var at = 0; at < Week.Length; at++)
        {
            if (!Has(at))
                continue;
            var last = at;
            while (last + 1 < Week.Length && Has(last + 1))
                last++;
            yield return (Week[at], Week[last]);
            at = last;
        }

        bool Has(int at) => days.HasFlag((Weekdays)(1 << (int)Week[at]));
    }

    private static DayOfWeek? DayOf(string typed, Speech speech)
    {
        var word = typed.Trim().TrimEnd('.');
        if (word.Length < 2)
            return null;
        foreach (var name in new Func<DayOfWeek, string>[] { day => day.ToString(), speech.DayName, speech.ShortDayName })
        {
            var found = Array.FindIndex(Week, day => name(day).StartsWith(word, StringComparison.OrdinalIgnoreCase));
            if (found >= 0)
                return Week[found];
        }

        return null;
    }

    private static bool TryReadTime(string typed, out TimeOnly time)
    {
        time = default;
        var match = TimeOfDay().Match(typed.Trim());
        if (!match.Success)
            return false;
        var hour = int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].Value, CultureInfo.InvariantCulture) : 0;
        if (match.Groups["half"] is { Success: true } half)
        {
            if (hour is 0 or > 12)
                return false;
            hour = (hour % 12) + (half.Value[0] is 'p' or 'P' ? 12 : 0);
        }

        if (hour > 23 || minute > 59)
            return false;
        time = new TimeOnly(hour, minute);
        return true;
    }

    [GeneratedRegex(@"^(?<from>[^\p{Pd}]+?)\s*(?:\p{Pd}|\bto\b|\buntil\b|\bbis\b)\s*(?<until>[^\p{Pd}]+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@"^(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))?\s*(?:(?<half>[ap])m|uhr|h)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\s*(?:[,;/&+]|\band\b|\bund\b)\s*|(?<=\p{L}{2})\s+(?=\p{L})(?!to\b|until\b|through\b|bis\b)(?<!\bto\s|\buntil\s|\bthrough\s|\bbis\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"\s*(?:\p{Pd}|\bto\b|\buntil\b|\bthrough\b|\bbis\b)\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RangeWords();
}
