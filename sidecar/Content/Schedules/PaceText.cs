using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>Reads a pace: a few words of its own, else the words of schedules.</summary>
internal static partial class PaceText
{
    private const int MostDays = 31;
    private const string Examples = "Write `self`, `daily`, `weekdays at 09:00`, `every 2 days` or `every Tuesday and Thursday at 10:00`.";

    public static Reading<Pace> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var written = text.Trim();
        if (written.Length > Written.Longest)
            return Reading.Refuse<Pace>(Codes.PaceUnreadable, "This pace cannot be read.", Examples);
        if (Own().IsMatch(written))
            return Reading.Of<Pace>(new Pace.Self());
        if (EveryFewDays().Match(written) is { Success: true } match)
            return ReadDays(written, match);
        var schedule = Schedule.Read(written);
        if (!schedule.TryGet(out var read))
        {
            return schedule.Refusal is { Code: Codes.ScheduleWithoutTime } refusal
                ? Reading.Refuse<Pace>(Codes.PaceUnreadable, refusal.Message, refusal.Help)
                : Reading.Refuse<Pace>(Codes.PaceUnreadable, $"`{Written.Short(written)}` is no pace.", Examples);
        }
        return read is WeeklySchedule { EveryWeeks: 1 } weekly
            ? Reading.Of<Pace>(new Pace.Weekly(weekly))
            : Reading.Refuse<Pace>(Codes.PaceUnreadable, $"`{Written.Short(written)}` is too slow or too irregular for somebody who goes on from where they are.", Examples);
    }

    private static Reading<Pace> ReadDays(string written, Match match)
    {
        var days = match.Groups["other"].Success ? 2
            : match.Groups["days"].Success ? int.Parse(match.Groups["days"].Value, CultureInfo.InvariantCulture) : 1;
        if (days is < 1 or > MostDays)
            return Reading.Refuse<Pace>(Codes.PaceUnreadable, $"From one lesson to the next there are 1 to {MostDays} days.", "Write `every 2 days`.");
        if (!match.Groups["time"].Success)
            return Reading.Of<Pace>(new Pace.Daily(days, null));
        return TimeText.TryRead(match.Groups["time"].Value, out var time)
            ? Reading.Of<Pace>(new Pace.Daily(days, time))
            : Reading.Refuse<Pace>(Codes.PaceUnreadable, $"`{Written.Short(written)}` has no time of day that can be read.", "Write it as in `daily at 09:00`.");
    }

    [GeneratedRegex(@"^(?:self|self[ -]paced|(?:at )?(?:your|their|my|ones?) own(?: pace| speed)?|own pace|any ?time)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Own();

    [GeneratedRegex(
        @"^(?:daily|every ?day|a day|(?:every|each) (?:(?<other>other|second|two)|(?<days>[0-9]{1,3})) days?)(?:,?\s*(?:at|@)\s*(?<time>\S.*))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EveryFewDays();
}
