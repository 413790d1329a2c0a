using System.Globalization;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>The words of a schedule, apart from dates and the time of day, and the schedule they mean together.</summary>
internal sealed class ScheduleWords
{
    public static readonly string[] Vocabulary =
        [.. DayWords.Names, "every", "weekday", "weekdays", "daily", "weekly", "weeks", "month", "monthly", "first", "second", "third", "fourth", "last", "once", "other", "at"];

    private readonly SortedSet<DayOfWeek> days = [];
    private readonly List<int> ordinals = [];
    private bool everyDay, monthly, once, weekly, last, other, dayUnit, ambiguous, repeated, bounded, working;
    private int? number;

    public List<string> Unknown { get; } = [];

    public List<DateOnly> Dates { get; } = [];

    public static ScheduleWords Collect(IEnumerable<string> tokens)
    {
        var words = new ScheduleWords();
        foreach (var token in tokens)
            words.Add(token, token.ToLowerInvariant());
        return words;
    }

    public Reading<Schedule> ToSchedule(TimeOnly time)
    {
        if (Dates.Count > 0)
            return Once(time);
        if (bounded)
            return Refuse("First and last dates have lines of their own.", "Write them as `from: 2027-01-11` and `until: 2027-03-31`.");
        if (once)
            return Refuse("`once` needs a date.", "Write `once on 2027-01-11 at 09:00`.");
        if (ambiguous)
            return Reading.Refuse<Schedule>(Codes.ScheduleAmbiguous, "`biweekly` means twice a week to some and every two weeks to others.", $"Write `every 2 weeks on {AnyDay} at {Time(time)}`.");
        if (number is not null || other)
            return EveryFewWeeks(time);
        if (ordinals.Count > 0 || last || monthly)
            return Monthly(time);
        if (everyDay || (dayUnit && !working))
            return days.Count == 0 ? Reading.Of<Schedule>(new WeeklySchedule(Enum.GetValues<DayOfWeek>(), time)) : Refuse("`every day` and a weekday do not go together.", $"Write `every day at {Time(time)}` or `every {AnyDay} at {Time(time)}`.");
        return days.Count > 0 ? Reading.Of<Schedule>(new WeeklySchedule(days, time)) : Refuse("It does not say on which day.", $"Write `every {AnyDay} at {Time(time)}`.");
    }

    private DayOfWeek AnyDay => days.Count > 0 ? days.First() : DayOfWeek.Monday;

    private void Add(string token, string word)
    {
        if (DayWords.TryRead(word, out var day))
            days.Add(day);
        else if (Ordinals.TryRead(word, out var ordinal) && ordinal is >= 1 and <= 31)
            ordinals.Add(ordinal);
        else if (Number(word) is { } count && number is null && count is >= 1 and <= 52)
            number = count;
        else if (!AddWord(word))
            Unknown.Add(token);
    }

    private bool AddWord(string word)
    {
        switch (word)
        {
            case "on" or "at" or "and" or "the" or "of" or "a" or "in":
                return true;
            case "every" or "each":
                return repeated = true;
            case "from" or "starting" or "until" or "till":
                return bounded = true;
            case "weekday" or "weekdays" or "workday" or "workdays":
                days.UnionWith(Weekday.WorkingDays);
                return true;
            case "working":
                days.UnionWith(Weekday.WorkingDays);
                return working = true;
            case "daily" or "everyday":
                return everyDay = true;
            case "day" or "days":
                return dayUnit = true;
            case "week" or "weeks" or "weekly":
                return weekly = true;
            case "month" or "months" or "monthly":
                return monthly = true;
            case "once":
                return once = true;
            case "other" or "fortnight" or "fortnightly" or "alternate":
                return other = true;
            case "biweekly" or "bi-weekly":
                return ambiguous = true;
            case "last":
                return last = true;
            case "first" or "second" or "third" or "fourth":
                ordinals.Add(Array.IndexOf(["first", "second", "third", "fourth"], word) + 1);
                return true;
            default:
                return false;
        }
    }

    private static int? Number(string word) => word switch
    {
        "two" => 2,
        "three" => 3,
        "four" => 4,
        _ => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private Reading<Schedule> Once(TimeOnly time)
    {
        if (Dates.Count > 1)
            return Refuse("There is more than one date.", $"Write one: `once on {Dates[0]:yyyy-MM-dd} at {Time(time)}`.");
        if (days.Count > 1 || ordinals.Count > 0 || monthly || everyDay || repeated || bounded || weekly || other || last || number is not null)
            return Refuse("A date and a repetition do not go together.", string.Create(CultureInfo.InvariantCulture, $"Write `once on {Dates[0]:yyyy-MM-dd} at {Time(time)}`, or the repetition here and `from: {Dates[0]:yyyy-MM-dd}` in a line of its own."));
        if (days.Count == 1 && days.First() != Dates[0].DayOfWeek)
            return Refuse(string.Create(CultureInfo.InvariantCulture, $"{Dates[0]:yyyy-MM-dd} is a {Dates[0].DayOfWeek}, not a {days.First()}."), string.Create(CultureInfo.InvariantCulture, $"Write `once on {Dates[0]:yyyy-MM-dd} at {Time(time)}`."));
        return Reading.Of<Schedule>(new OnceSchedule(Dates[0], time));
    }

    private Reading<Schedule> EveryFewWeeks(TimeOnly time)
    {
        var count = number ?? 2;
        if (monthly || ordinals.Count > 0 || last)
            return Refuse("Months cannot be counted.", $"Write `on the first {AnyDay} of the month at {Time(time)}`, or a cron expression.");
        if (everyDay || dayUnit)
            return Refuse("Days cannot be counted.", $"Write `every weekday at {Time(time)}` or `every 2 weeks on {AnyDay} at {Time(time)}`.");
        if (number is not null && !weekly)
            return Refuse($"`{count}` of what?", $"Write `every {count} weeks on {AnyDay} at {Time(time)}`.");
        return days.Count == 0
            ? Refuse("It does not say on which day.", $"Write `every {count} weeks on Monday at {Time(time)}`.")
            : Reading.Of<Schedule>(new WeeklySchedule(days, time, count));
    }

    private Reading<Schedule> Monthly(TimeOnly time)
    {
        if (ordinals.Count + (last ? 1 : 0) > 1)
            return Refuse("A month has one round here.", "Write one of them, or a cron expression such as `0 9 1,15 * *`.");
        if (ordinals.Count == 0 && !last)
            return Refuse("It does not say on which day of the month.", $"Write `on the first {AnyDay} of the month at {Time(time)}` or `on the 15th of the month at {Time(time)}`.");
        if (days.Count == 0)
        {
            if (last)
                return Reading.Of<Schedule>(new MonthlyDaySchedule(MonthlyDaySchedule.LastDay, time));
            return Reading.Of<Schedule>(new MonthlyDaySchedule(ordinals[0], time));
        }
        if (days.Count > 1)
            return Refuse("A month has one round here.", $"Write one day: `on the first {AnyDay} of the month at {Time(time)}`.");
        if (last || (ordinals[0] == 1))
            return Reading.Of<Schedule>(new MonthlyWeekdaySchedule(last ? WeekOfMonth.Last : WeekOfMonth.First, AnyDay, time));
        if (ordinals[0] > 4)
            return Refuse($"Not every month has a {Ordinals.Text(ordinals[0])} {AnyDay}.", $"Write `on the last {AnyDay} of the month at {Time(time)}`.");
        var week = (WeekOfMonth)ordinals[0];
        return monthly
            ? Reading.Of<Schedule>(new MonthlyWeekdaySchedule(week, AnyDay, time))
            : Reading.Refuse<Schedule>(
                Codes.ScheduleAmbiguous,
                $"The {week.ToString().ToLowerInvariant()} {AnyDay} of what?",
                $"Write `on the {week.ToString().ToLowerInvariant()} {AnyDay} of the month at {Time(time)}` or `every {ordinals[0]} weeks on {AnyDay} at {Time(time)}`.");
    }

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static Reading<Schedule> Refuse(string message, string help) => Reading.Refuse<Schedule>(Codes.ScheduleUnreadable, message, help);
}
