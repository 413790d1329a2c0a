using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace MattermostLearning.Content.Calendars;

/// <summary>One entry of a calendar.</summary>
/// <param name="Id">The same for the same entry, so that a calendar takes it once.</param>
/// <param name="At">When it happens.</param>
/// <param name="Title">One line.</param>
/// <param name="Where">A place, in words.</param>
/// <param name="Text">More about it.</param>
public sealed record CalendarFileEntry(string Id, DateTimeOffset At, string Title, string Where, string Text);

/// <summary>Entries as an iCalendar file, which any calendar opens.</summary>
public static class CalendarFile
{
    /// <param name="entries">In the order in which they are to stand.</param>
    /// <param name="madeAt">The same for the same entries, so that the file is.</param>
    public static string Render(IEnumerable<CalendarFileEntry> entries, DateTimeOffset madeAt)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var calendar = new Calendar { ProductId = "-//Mattermost Learning//rehearsal//EN" };
        foreach (var entry in entries)
        {
            calendar.Events.Add(new CalendarEvent
            {
                Uid = entry.Id,
                DtStamp = Utc(madeAt),
                Start = Utc(entry.At),
                Duration = Duration.FromMinutes(15),
                Summary = entry.Title,
                Location = entry.Where,
                Description = entry.Text,
                Transparency = TransparencyType.Transparent, // a message takes nobody's time away
            });
        }

        return new CalendarSerializer().SerializeToString(calendar)!;

        static CalDateTime Utc(DateTimeOffset at) => new(at.UtcDateTime, "UTC");
    }
}
