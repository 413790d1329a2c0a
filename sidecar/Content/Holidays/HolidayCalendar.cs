using System.Collections.Concurrent;
using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace MattermostLearning.Content.Holidays;

/// <summary>
/// Days on which nothing opens, by name: the all-day events of iCalendar files. Events at a time of day are no holidays and are left out, as
/// are cancelled ones. A date counts in whichever zone it is asked for.
/// </summary>
public sealed class HolidayCalendar
{
    private const int MostBytes = 1024 * 1024;
    private const int LongestName = 60;

    /// <summary>Of each event so many are worked out when the file is read, so that one that cannot be is found then.</summary>
    private const int Samples = 3;

    private readonly IReadOnlyList<CalendarEvent>? events; // null where there are none: an empty list would already load the library that reads them
    private readonly ConcurrentDictionary<int, Dictionary<DateOnly, string>> byYear = new();
    private readonly Lock evaluating = new();

    private HolidayCalendar(IReadOnlyList<CalendarEvent>? events) => this.events = events;

    public static HolidayCalendar Empty { get; } = new(null);

    public bool IsEmpty => events is null or { Count: 0 };

    /// <summary>The holiday's name; null on every other day. Of several on one day the first one of the files.</summary>
    public string? NameOn(DateOnly date) => IsEmpty ? null : byYear.GetOrAdd(date.Year, NamesOf).GetValueOrDefault(date);

    /// <summary>One file's days, or what is wrong with it, in words that can follow the file's name.</summary>
    public static (HolidayCalendar? Calendar, string? Problem) Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
                return (null, string.Create(CultureInfo.InvariantCulture, $"is larger than {MostBytes / 1024} KiB"));
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot be read: {e.Message}");
        }
    }

    /// <inheritdoc cref="Read"/>
    public static (HolidayCalendar? Calendar, string? Problem) Parse(string text)
    {
        List<CalendarEvent> allDay;
        try
        {
            allDay = [.. CalendarCollection.Load(text).SelectMany(calendar => calendar.Events).Where(IsHoliday)];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, $"is no iCalendar file: {OneLine.Of(e.Message)}");
        }

        if (allDay.Count == 0)
            return (null, "holds no all-day event (a VEVENT whose DTSTART has VALUE=DATE)");
        foreach (var each in allDay)
        {
            if (ProblemOf(each) is { } problem)
                return (null, $"holds \"{Name(each)}\", which {problem}");
        }

        return (new HolidayCalendar(allDay), null);
    }

    /// <summary>The days of several files.</summary>
    public static HolidayCalendar Of(IEnumerable<HolidayCalendar> calendars) => new([.. calendars.SelectMany(each => each.events ?? [])]);

    private static bool IsHoliday(CalendarEvent each) =>
        each is { DtStart.HasTime: false } && !string.Equals(each.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase);

    private static string? ProblemOf(CalendarEvent each)
    {
        if (each.RecurrenceRule is { } rule && rule.Frequency != FrequencyType.Yearly)
            return $"repeats {rule.Frequency.ToString().ToLowerInvariant()}: only FREQ=YEARLY is understood";
        if (each.DtEnd is { } end && end.Value < each.DtStart!.Value)
            return "ends before it begins";
        try
        {
            _ = each.GetOccurrences().Take(Samples).Count();
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"cannot be worked out: {OneLine.Of(e.Message)}";
        }
    }

    private Dictionary<DateOnly, string> NamesOf(int year)
    {
        var names = new Dictionary<DateOnly, string>();
        // What the library works out while it is asked is its own; two must not ask at once.
        lock (evaluating)
        {
            foreach (var each in events!)
            {
                // From a year before, for what lasts beyond the end of a year.
                foreach (var occurrence in each.GetOccurrences(new CalDateTime(Math.Max(1, year - 1), 1, 1)).TakeWhile(one => one.Period.StartTime.Year <= year))
                {
                    foreach (var date in DatesOf(each, occurrence.Period.StartTime.Date).Where(date => date.Year == year))
                        names.TryAdd(date, Name(each));
                }
            }
        }

        return names;
    }

    /// <summary>DTEND is the first day that is free no more; without it, and without a DURATION, an event is one day long.</summary>
    private static IEnumerable<DateOnly> DatesOf(CalendarEvent each, DateOnly first)
    {
        var days = each.DtEnd is { } end && each.DtStart is { } start
            ? end.Date.DayNumber - start.Date.DayNumber
            : (each.Duration?.Days ?? 0) + (7 * (each.Duration?.Weeks ?? 0));
        return Enumerable.Range(0, Math.Clamp(days, 1, 366)).Select(first.AddDays);
    }

    private static string Name(CalendarEvent each)
    {
        var name = OneLine.Of(each.Summary ?? "");
        return name.Length == 0 ? "Holiday" : name.Length <= LongestName ? name : $"{name[..(LongestName - 1)].TrimEnd()}…";
    }
}
