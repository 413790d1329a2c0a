using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>"1 day before close", "Thursday at 10:00", "no".</summary>
public static partial class ReminderText
{
    private const string Examples = "Write `1 day before close`, `Thursday at 10:00` or `no`.";

    /// <summary>What "yes" means, and what holds where nothing is written.</summary>
    public static ReminderTime Usual { get; } = new ReminderTime.BeforeClose(WrittenDuration.OfDays(1));

    public static Reading<ReminderTime> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Written.Longest)
            return Reading.Refuse<ReminderTime>(Codes.ReminderUnreadable, "This does not say when to remind.", Examples);
        if (text.Trim().ToLowerInvariant() is "no" or "none" or "never" or "off" or "false")
            return Reading.Of<ReminderTime>(new ReminderTime.None());
        if (text.Trim().ToLowerInvariant() is "yes" or "true" or "on")
            return Reading.Of(Usual);
        var before = Before().Match(text);
        if (before.Success)
        {
            var duration = DurationText.Read(before.Groups["duration"].Value);
            return duration.TryGet(out var length)
                ? Reading.Of<ReminderTime>(new ReminderTime.BeforeClose(length))
                : Reading.Refuse<ReminderTime>(duration.Refusal! with { Code = Codes.ReminderUnreadable });
        }
        if (DayAndTime.Read(text, Codes.ReminderUnreadable) is { } moment)
        {
            if (!moment.TryGet(out var read))
                return Reading.Refuse<ReminderTime>(moment.Refusal!);
            return read.Time is { } time
                ? Reading.Of<ReminderTime>(new ReminderTime.OnWeekday(read.Day, time))
                : Reading.Refuse<ReminderTime>(
                    Codes.ReminderUnreadable, "The reminder has a day and no time.", string.Create(CultureInfo.InvariantCulture, $"Write `{read.Day} at 10:00`."));
        }
        return DurationText.Read(text).TryGet(out var bare)
            ? Reading.Refuse<ReminderTime>(Codes.ReminderUnreadable, $"`{Written.Short(text)}` does not say before or after what.", $"Write `{bare} before close`.")
            : Reading.Refuse<ReminderTime>(Codes.ReminderUnreadable, $"`{Written.Short(text)}` does not say when to remind.", Examples);
    }

    [GeneratedRegex(
        @"^\s*(?<duration>.{1,60}?)\s+before(?:\s+(?:the|it))?(?:\s+(?:close|closes|closing|end|ends))?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Before();
}
