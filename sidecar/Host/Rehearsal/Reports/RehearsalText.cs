using System.Globalization;
using System.Text;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Sidecar.Rehearsal.People;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>A rehearsal for a terminal.</summary>
internal static class RehearsalText
{
    private const int WidestBar = 40;

    public static string Render(Rehearsed rehearsed)
    {
        var text = new StringBuilder();
        text.Append(Summary(rehearsed)).Append('\n');
        Heading(text, rehearsed.Warnings.Count == 0 ? "Warnings: none" : $"Warnings: {rehearsed.Warnings.Count}");
        foreach (var warning in rehearsed.Warnings)
            text.Append("! ").Append(warning).Append('\n');
        Calendar(text, rehearsed);
        WriteLoad(text, Load.Of(rehearsed));
        WriteSilent(text, rehearsed);
        Heading(text, "Transcript (times are UTC)");
        if (!rehearsed.IsWhole)
            text.Append(SampleNote(rehearsed)).Append("\n\n");
        text.Append(rehearsed.WithNumbers(Playground.StandIn.Transcript.Print(rehearsed.Transcript)));
        return text.ToString().TrimEnd();
    }

    public static string Summary(Rehearsed rehearsed)
    {
        var tempers = string.Join(", ", rehearsed.Learners.GroupBy(one => one.Temper).OrderBy(one => one.Key)
            .Select(one => $"{one.Count()} {Named(one.Key)}"));
        return $"A rehearsal of {Warning.Counted(rehearsed.Activities.Count, "activity", "activities")} with {Warning.Counted(rehearsed.Learners.Count, "learner", "learners")} ({tempers}),\n"
            + $"{Warning.Counted(rehearsed.Line.Weeks, "week", "weeks")} from {rehearsed.From.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture)}, seed {rehearsed.Line.Seed}. "
            + $"{rehearsed.Messages.ToString("N0", CultureInfo.InvariantCulture)} messages. People are simulated; nothing left this machine.";
    }

    public static string SampleNote(Rehearsed rehearsed) =>
        $"What the bot says to all, and what one of each temper does and gets: {string.Join(", ", rehearsed.Sample.Select(one => $"@{one.UserName} ({Named(one.Temper)}, {one.City})"))}.";

    public static string Named(Temper temper) => temper == Temper.Leaving ? "leaving midway" : temper.ToString().ToLowerInvariant();

    private static void Calendar(StringBuilder text, Rehearsed rehearsed)
    {
        Heading(text, "Calendar: everything that comes by itself");
        var day = "";
        foreach (var row in CalendarRow.Of(rehearsed))
        {
            var zone = rehearsed.ZoneOf(row.Told);
            var own = TimeZoneInfo.ConvertTime(row.From, zone);
            var today = own.ToString("dddd d MMMM", CultureInfo.InvariantCulture);
            if (today != day)
                text.Append(day = today).Append('\n');
            text.Append("  ").Append(own.ToString("HH:mm", CultureInfo.InvariantCulture)).Append(' ').Append(ZoneCity.Name(zone)).Append("  ").Append(row.Where).Append(": ").Append(row.Told.Headline).Append('\n');
            if (row.OwnTimes.Length > 0)
                text.Append("         ").Append(row.OwnTimes).Append('\n');
        }
    }

    private static void WriteLoad(StringBuilder text, Load load)
    {
        Heading(text, "Load: what comes to one learner in a week (half of them get no more than the median)");
        text.Append("week  in channels  directly, unasked: median / most  answers: median / most\n");
        foreach (var week in load.Weeks)
            text.Append(CultureInfo.InvariantCulture, $"{week.Week,4}  {week.InChannels,11}  {week.Direct.Median,23} / {week.Direct.Most,-5}  {week.Answers.Median,15} / {week.Answers.Most}\n");
        text.Append("\nAt what hours, by each reader's own clock:\n");
        var most = Math.Max(1, load.Hours.Max());
        foreach (var (hour, count) in load.Hours.Index().Where(one => one.Item > 0))
            text.Append(CultureInfo.InvariantCulture, $"  {hour:00}:00  {new string('#', (int)Math.Max(1, WidestBar * count / most)),-WidestBar}  {count:N0}\n");
        text.Append(load.Collisions.Count == 0 ? "\nNo two activities open within an hour of each other in one channel.\n" : "\nOpenings within an hour of each other in one channel:\n");
        foreach (var one in load.Collisions)
            text.Append(CultureInfo.InvariantCulture, $"  ~{one.Channel}, {one.At:ddd d MMM}{(one.Times > 1 ? $" and {one.Times - 1} more times" : "")}: {string.Join(", ", one.Titles)}\n");
    }

    private static void WriteSilent(StringBuilder text, Rehearsed rehearsed)
    {
        if (rehearsed.Silent is not { } who)
            return;
        var seen = rehearsed.SeenBy(who).ToList();
        Heading(text, "What a silent learner sees");
        text.Append(SilentSummary(rehearsed, who)).Append('\n');
        foreach (var told in seen)
        {
            var own = TimeZoneInfo.ConvertTime(told.At, who.Zone);
            text.Append(CultureInfo.InvariantCulture, $"  {own:ddd d MMM HH:mm}  {PlaceOf(told)}: {told.Headline}\n");
        }
    }

    public static string SilentSummary(Rehearsed rehearsed, Learner who)
    {
        var seen = rehearsed.SeenBy(who).ToList();
        var alone = seen.Count(one => !one.IsForAll);
        return $"@{who.UserName} in {who.City}: {Warning.Counted(seen.Count - alone, "message", "messages")} in channels, and {(alone > 0 ? Warning.Counted(alone, "message", "messages") : "none")} to them alone.";
    }

    public static string PlaceOf(Told told) => told.Where switch
    {
        ToldWhere.Channel => $"~{told.Channel}",
        ToldWhere.Thread => $"~{told.Channel}, in a thread",
        ToldWhere.Private when told.Channel.Length > 0 => $"~{told.Channel}",
        _ => "directly",
    };

    private static void Heading(StringBuilder text, string heading) => text.Append('\n').Append(heading).Append('\n').Append('-', heading.Length).Append('\n');
}
