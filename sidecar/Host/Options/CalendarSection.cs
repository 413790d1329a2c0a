using MattermostLearning.Content.Holidays;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Section `Calendar`: days on which nothing opens, out of iCalendar files. They are read once, at start.</summary>
internal static class CalendarSection
{
    private const string Name = "Calendar__Holidays";

    public static HolidayCalendar Read(SettingsReader settings)
    {
        List<HolidayCalendar> calendars = [];
        foreach (var text in settings.List(Name))
        {
            var path = Folder.FullPath(text);
            var (calendar, problem) = path is null ? (null, "is no path") : HolidayCalendar.Read(path);
            if (calendar is not null)
                calendars.Add(calendar);
            else
                settings.Wrong(Name, text, $"an iCalendar file with all-day events, several separated by commas: /etc/learning/holidays.ics. {path ?? "This"} {problem}.");
        }

        return calendars.Count == 0 ? HolidayCalendar.Empty : HolidayCalendar.Of(calendars);
    }
}
