using System.Globalization;
using System.Text;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>A preview for a terminal: the words as they are posted, and who reads them when.</summary>
internal static class PreviewText
{
    public static string Render(Previewed preview)
    {
        var text = new StringBuilder().Append(preview.Activity.Title).Append(": what it says, in order.\n");
        foreach (var told in preview.Told)
        {
            text.Append('\n').Append(When(preview, told.At)).Append(", ").Append(RehearsalText.PlaceOf(told)).Append(": ").Append(preview.ReaderOf(told));
            text.Append(told.IsEdit ? " (the message before changes to)" : "").Append('\n').Append(Transcript.WithNumbers(Transcript.BodyOf(told.Entry), preview.Numbers));
            foreach (var file in told.Entry.Files)
                text.Append("       Attached: ").Append(file.Name).Append('\n');
        }

        return text.Append('\n').Append(End(preview)).ToString();
    }

    public static string End(Previewed preview) => preview.Next is { } next
        ? $"The same begins anew with the next round, on {When(preview, next)}. Dates are examples, and so is what the other people do."
        : "Then it is over. Dates are examples, and so is what the other people do.";

    private static string When(Previewed preview, DateTimeOffset at) =>
        $"{TimeZoneInfo.ConvertTime(at, preview.Activity.Zone).ToString("dddd d MMMM, HH:mm", CultureInfo.InvariantCulture)} {ZoneCity.Name(preview.Activity.Zone)}";
}
