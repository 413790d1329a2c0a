using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>A day as people type it in passing: 2027-01-11, 11 January, Friday, tomorrow. Without a year, or by its name, it is the next such day.</summary>
public static class DayText
{
    // 29 February comes every four years, once in a while only after eight.
    private const int YearsAhead = 8;

    /// <param name="text">What was typed.</param>
    /// <param name="today">The date where it was typed.</param>
    public static Reading<DateOnly> Read(string text, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Trim();
        if (words.Length > Written.Longest)
            return DateText.Read(words);
        if (words.Equals("tomorrow", StringComparison.OrdinalIgnoreCase))
            return Reading.Of(today.AddDays(1));
        if (DayWords.TryRead(words, out var day))
            return Reading.Of(today.AddDays(1 + ((Weekday.IndexOf(day) - Weekday.IndexOf(today.AddDays(1).DayOfWeek) + 7) % 7)));
        for (var year = today.Year; year <= today.Year + YearsAhead; year++)
        {
            if (DateText.Read(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{words} {year}")).TryGet(out var date) && date > today)
                return Reading.Of(date);
        }

        return DateText.Read(words);
    }
}
