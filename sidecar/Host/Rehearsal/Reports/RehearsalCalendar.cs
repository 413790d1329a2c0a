using System.Globalization;
using MattermostLearning.Content.Calendars;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>A rehearsal's calendar, to be laid over one's own.</summary>
internal static class RehearsalCalendar
{
    public static string Render(Rehearsed rehearsed) => CalendarFile.Render(
        CalendarRow.Of(rehearsed).Select((row, index) => new CalendarFileEntry(
            string.Create(CultureInfo.InvariantCulture, $"{row.From:yyyyMMddTHHmmssZ}-{index}-{rehearsed.Line.Seed}@rehearsal"), row.From, row.Told.Headline, row.Where,
            $"{Headlines.WithoutLinks(row.Told.Entry.Text)}\n\n{row.OwnTimes}".TrimEnd())),
        rehearsed.From);
}
