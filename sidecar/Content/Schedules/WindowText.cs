using System.Globalization;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>"4 days", "1 week", "until Friday 16:00", "Friday at 16:00".</summary>
public static class WindowText
{
    private static readonly string[] Leads = ["for ", "after ", "in "];

    public static Reading<Window> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Written.Longest)
            return Reading.Refuse<Window>(Codes.WindowUnreadable, "This does not say how long a round is open.", "Write `4 days`, `1 week` or `until Friday 16:00`.");
        if (DayAndTime.Read(text, Codes.WindowUnreadable) is { } moment)
        {
            if (!moment.TryGet(out var read))
                return Reading.Refuse<Window>(moment.Refusal!);
            return read.Time is { } time
                ? Reading.Of<Window>(new Window.Until(read.Day, time))
                : Reading.Refuse<Window>(
                    Codes.WindowUnreadable, "The close has a day and no time.", string.Create(CultureInfo.InvariantCulture, $"Say when on that day: `until {read.Day} 16:00`."));
        }
        var trimmed = text.Trim();
        var lead = Leads.FirstOrDefault(each => trimmed.StartsWith(each, StringComparison.OrdinalIgnoreCase));
        var duration = DurationText.Read(lead is null ? trimmed : trimmed[lead.Length..]);
        if (duration.TryGet(out var length))
            return Reading.Of<Window>(new Window.For(length));
        return Reading.Refuse<Window>(
            Codes.WindowUnreadable,
            $"`{Written.Short(text)}` does not say how long a round is open.",
            duration.Refusal!.Help is { } help && char.IsAsciiDigit(trimmed.FirstOrDefault()) ? help : "Write `4 days`, `1 week` or `until Friday 16:00`.");
    }
}
