using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>Reads schedules: finds date, time and words in what was written, then asks <see cref="ScheduleWords"/> what they mean.</summary>
internal static partial class ScheduleText
{
    private const int LongestText = 200;
    private const string Examples = "Write it as in `every Monday at 09:00`, `every weekday at 10:30` or `once on 2027-01-11 at 09:00`.";

    public static Reading<Schedule> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var written = text.Trim();
        if (written.Length is 0 or > LongestText)
            return Reading.Refuse<Schedule>(Codes.ScheduleUnreadable, "This schedule cannot be read.", Examples);
        return LooksLikeCron().IsMatch(written) ? ReadCron(written) : ReadWords(written, mayCorrect: true);
    }

    private static Reading<Schedule> ReadCron(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is 6 or 7)
        {
            return Reading.Refuse<Schedule>(
                Codes.CronUnreadable,
                "This cron expression has a field too many: seconds and years are not used.",
                $"Five fields are: minute, hour, day of month, month, day of week. Try `{string.Join(' ', fields[1..6])}`.");
        }
        if (fields.Length != 5)
            return Reading.Refuse<Schedule>(Codes.CronUnreadable, "A cron expression has five fields.", "Minute, hour, day of month, month, day of week: `0 9 * * MON`.");
        var joined = string.Join(' ', fields);
        if (!CronExpression.TryParse(joined, out var expression))
            return Reading.Refuse<Schedule>(Codes.CronUnreadable, $"`{joined}` is not a cron expression.", "Minute, hour, day of month, month, day of week: `0 9 * * MON`.");
        var schedule = new CronSchedule(joined, expression);
        return schedule.LocalTimes(new DateOnly(2024, 1, 1), null).Any()
            ? Reading.Of<Schedule>(schedule)
            : Reading.Refuse<Schedule>(Codes.CronUnreadable, $"`{joined}` names no day that exists.", "Take another day of the month: `0 9 15 * *`.");
    }

    private static Reading<Schedule> ReadWords(string text, bool mayCorrect)
    {
        var dates = DateText.Extract(text, out var withoutDates);
        if (dates.FirstOrDefault(each => each.Refusal is not null) is { } wrong)
            return Reading.Refuse<Schedule>(wrong.Refusal!);
        var times = TimeText.Extract(withoutDates, out var rest);
        if (times.Count > 1)
        {
            return Reading.Refuse<Schedule>(
                Codes.ScheduleUnreadable, "A schedule has one time of day.", "Write one time, or a cron expression such as `0 9,15 * * MON`.");
        }
        if (times.Count == 0 && BareHour().Match(rest) is { Success: true } bare)
            return RefuseWord(bare.Groups["hour"].Value);
        var time = default(TimeOnly);
        if (times.Count == 1 && !TimeText.TryRead(times[0], out time))
            return Reading.Refuse<Schedule>(Codes.ScheduleUnreadable, $"There is no time `{times[0]}`.", "Times go from `00:00` to `23:59`.");

        var words = ScheduleWords.Collect(Tokens().Matches(rest).Select(each => each.Value));
        words.Dates.AddRange(dates.Select(each => each.Value));
        if (words.Unknown.Count > 0)
            return (mayCorrect ? Corrected(text, words) : null) ?? RefuseWord(words.Unknown[0]);
        if (times.Count == 0)
            return RefuseWithoutTime(text, words);
        return words.ToSchedule(time);
    }

    /// <summary>"every Mondey at 9:00": refused, with the schedule that it would be with the likeliest words.</summary>
    private static Reading<Schedule>? Corrected(string text, ScheduleWords words)
    {
        var better = text;
        foreach (var word in words.Unknown)
        {
            if (Closest.Find(word, ScheduleWords.Vocabulary) is not { } meant)
                return null;
            better = Regex.Replace(better, $@"(?<!\w){Regex.Escape(word)}(?!\w)", meant, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        var reading = ReadWords(better, mayCorrect: false);
        var suggestion = reading.TryGet(out var schedule) ? $"Did you mean `{schedule}`?" : reading.Refusal!.Help;
        return Reading.Refuse<Schedule>(Codes.ScheduleUnreadable, $"`{words.Unknown[0]}` is not a word that schedules know.", suggestion);
    }

    private static Reading<Schedule> RefuseWord(string word)
    {
        // Single letters and plain numbers are never a place.
        if (word.Length > 2 && ZoneText.Read(word).TryGet(out var zone))
            return Reading.Refuse<Schedule>(Codes.ScheduleUnreadable, "The zone has a line of its own.", $"Take `{word}` out of the schedule and write `time-zone: {zone.Id}`.");
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour is > 12 and < 24)
            return Reading.Refuse<Schedule>(Codes.ScheduleUnreadable, $"`{word}` is not a time of day.", $"Write `{word}:00`.");
        if (hour is >= 1 and <= 12)
        {
            return Reading.Refuse<Schedule>(
                Codes.ScheduleUnreadable, $"`{word}` could be morning or afternoon.", string.Create(CultureInfo.InvariantCulture, $"Write `{hour % 12:00}:00` or `{(hour % 12) + 12}:00`."));
        }
        return Reading.Refuse<Schedule>(Codes.ScheduleUnreadable, $"`{word}` is not a word that schedules know.", Examples);
    }

    private static Reading<Schedule> RefuseWithoutTime(string text, ScheduleWords words)
    {
        var withTime = words.ToSchedule(new TimeOnly(9, 0));
        return withTime.TryGet(out var schedule)
            ? Reading.Refuse<Schedule>(Codes.ScheduleWithoutTime, $"`{text}` has no time of day.", $"Say when: `{schedule}`.")
            : withTime;
    }

    [GeneratedRegex(@"^[0-9*,/\-?]+\s+[0-9*,/\-?]+(?:\s+\S+){1,5}$", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeCron();

    [GeneratedRegex(@"(?<!\w)at\s+(?<hour>[0-9]{1,2})(?!\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BareHour();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}_+\-/']+|[^\s,.;&]", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();
}
