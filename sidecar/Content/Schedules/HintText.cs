using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>What stands after "Hint" in a heading: nothing, "after 1 day", "on Wednesday", "on Wednesday at 10:00".</summary>
public static class HintText
{
    public static Reading<HintTime> Read(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        if (argument.Length > Written.Longest)
            return Reading.Refuse<HintTime>(Codes.HintUnreadable, "This does not say when the hint comes.", "Write `## Hint after 1 day`.");
        var text = argument.Trim();
        if (text.Length == 0)
            return Reading.Of<HintTime>(new HintTime.HalfTime());
        if (text.StartsWith("after ", StringComparison.OrdinalIgnoreCase))
        {
            return DurationText.Read(text[6..]).TryGet(out var duration)
                ? Reading.Of<HintTime>(new HintTime.After(duration))
                : Reading.Refuse<HintTime>(Codes.HintUnreadable, $"`{text[6..]}` is not a duration.", "Write `## Hint after 1 day`.");
        }
        if (DayAndTime.Read(text, Codes.HintUnreadable) is not { } moment)
            return Reading.Refuse<HintTime>(Codes.HintUnreadable, $"`{text}` does not say when the hint comes.", "Write `## Hint after 1 day` or `## Hint on Wednesday at 10:00`.");
        return moment.TryGet(out var read)
            ? Reading.Of<HintTime>(new HintTime.OnWeekday(read.Day, read.Time))
            : Reading.Refuse<HintTime>(moment.Refusal!);
    }
}
