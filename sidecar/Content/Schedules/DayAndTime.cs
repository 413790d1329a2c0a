using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>"Friday at 16:00", as windows, reminders and hints name a moment inside a round.</summary>
internal readonly partial record struct DayAndTime(DayOfWeek Day, TimeOnly? Time)
{
    /// <summary>Null where no weekday is meant; a refusal where one is meant and something is wrong.</summary>
    public static Reading<DayAndTime>? Read(string text, string code)
    {
        var times = TimeText.Extract(text, out var rest);
        var words = Separator().Split(rest).Where(each => each.Length > 0 && !IsFiller(each)).ToArray();
        if (words.Length == 0 || !DayWords.TryRead(words[0], out var day))
        {
            return words.Length == 1 && Closest.Find(words[0], DayWords.Names) is { } meant
                ? Reading.Refuse<DayAndTime>(code, $"`{words[0]}` is not a day.", $"Did you mean `{meant}`?")
                : null;
        }
        if (words.Length > 1)
            return Reading.Refuse<DayAndTime>(code, $"`{words[1]}` cannot be read here.", $"Write a day and a time: `{day} at 16:00`.");
        if (times.Count == 0)
            return Reading.Of(new DayAndTime(day, null));
        return times.Count == 1 && TimeText.TryRead(times[0], out var time)
            ? Reading.Of(new DayAndTime(day, time))
            : Reading.Refuse<DayAndTime>(code, $"`{string.Join(", ", times)}` is not a time of day.", $"Write it as in `{day} at 16:00`.");
    }

    private static bool IsFiller(string word) => word.ToLowerInvariant() is "on" or "at" or "the" or "until" or "till";

    [GeneratedRegex(@"[\s,]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
