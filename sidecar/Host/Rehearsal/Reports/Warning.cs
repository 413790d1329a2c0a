using System.Globalization;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>What somebody should look at before anybody else lives through it: a sentence each, and what to do about it.</summary>
internal static class Warning
{
    private const int ManyOnOneDay = 3;
    private const int ManyInOneWeek = 5;

    public static IReadOnlyList<string> Of(Rehearsed rehearsed, RehearsalContent content, RehearsalTown town) =>
    [
        .. content.Errors.Select(one => one.Path).Distinct().Select(path => $"{path} is left out, because it has errors: `lint` says which."),
        .. town.NotStarted,
        .. NeverOpened(rehearsed, town),
        .. OnHolidays(rehearsed, town),
        .. OfMessages(rehearsed),
    ];

    /// <summary>What follows from the messages alone.</summary>
    public static IReadOnlyList<string> OfMessages(Rehearsed rehearsed) =>
        [.. AtNight(rehearsed), .. AtNightForAll(rehearsed), .. OnWeekends(rehearsed), .. ManyAtOnce(rehearsed), .. MuchForOne(rehearsed)];

    private static IEnumerable<string> NeverOpened(Rehearsed rehearsed, RehearsalTown town)
    {
        var learners = rehearsed.Learners.Select(one => one.UserName).ToHashSet(StringComparer.Ordinal);
        var heard = rehearsed.Told.Where(one => one.IsForAll || learners.Contains(one.Reader)).Select(one => one.Slug).ToHashSet(StringComparer.Ordinal);
        return rehearsed.Activities.Where(one => !heard.Contains(one.Slug) && !town.NotStarted.Any(said => said.Contains(one.Path, StringComparison.Ordinal)))
            .Select(one => $"{one.Title} says nothing in these {rehearsed.Line.Weeks} weeks{(TownPlan.FirstOpening(one, rehearsed.From) is { } first ? $": it opens first on {Day(first, one.Zone)}. `--weeks` or `--from` reaches that." : ".")}");
    }

    private static IEnumerable<string> OnHolidays(Rehearsed rehearsed, RehearsalTown town)
    {
        foreach (var run in town.Runs.OrderBy(one => one.Slug, StringComparer.Ordinal))
        {
            if (rehearsed.Activities.FirstOrDefault(one => one.Slug == run.Slug) is not { } definition)
                continue;
            foreach (var round in town.Calendar.ListedAfter(run with { Skipped = null }, definition, run.CreatedAt).TakeWhile(one => one.At < rehearsed.To))
            {
                if (round.Holiday is { } name)
                    yield return $"{definition.Title} does not open on {Day(round.At, definition.Zone)}, which is a holiday ({name}).";
            }
        }
    }

    private static IEnumerable<string> AtNight(Rehearsed rehearsed) => OfReminders(
        rehearsed, told => IsNight(rehearsed.Own(told).Hour),
        (title, people, first) => $"A reminder of {title} comes at night to {people}: for example {first}. `remind:` with a time of day, or another closing time, moves it.");

    /// <summary>Hints and wrap-ups: what nobody's act brings forth just then. Whoever acts is awake, wherever they are.</summary>
    private static IEnumerable<string> AtNightForAll(Rehearsed rehearsed)
    {
        var acts = rehearsed.Happened.Where(one => one.Who != $"@{TownPlan.Bot}").Select(one => one.At).ToHashSet();
        return rehearsed.Told.Where(one => one is { IsForAll: true, IsEdit: false, Purpose: MessagePurpose.Announce, Slug.Length: > 0 } && !acts.Contains(one.At) && IsNight(rehearsed.Own(one).Hour))
            .GroupBy(one => one.Slug).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{rehearsed.TitleOf(group.Key)} writes into ~{group.First().Channel} at night, by its own clock: for example {rehearsed.Own(group.First()).ToString("dddd HH:mm", CultureInfo.InvariantCulture)} in "
                + $"{MattermostLearning.Content.Schedules.ZoneCity.Name(rehearsed.ZoneOf(group.First()))}. Another time of `schedule:`, `open-for:`, `closes:` or `## Hint after ...` moves it.");
    }

    public static bool IsNight(int hour) => hour is < 7 or >= 21;

    private static IEnumerable<string> OnWeekends(Rehearsed rehearsed) => OfReminders(
        rehearsed, told => rehearsed.Own(told).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday,
        (title, people, first) => $"A reminder of {title} comes on a weekend to {people}: for example {first}.");

    private static IEnumerable<string> OfReminders(Rehearsed rehearsed, Func<Told, bool> isBad, Func<string, string, string, string> sentence) =>
        rehearsed.Told.Where(one => one.Purpose == MessagePurpose.Nudge && one.Reader.Length > 0 && isBad(one)).GroupBy(one => one.Slug)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => sentence(
                rehearsed.TitleOf(group.Key), Counted(group.Select(one => one.Reader).Distinct().Count(), "person", "people"),
                $"{rehearsed.Own(group.First()).ToString("dddd HH:mm", CultureInfo.InvariantCulture)} in {CityOf(rehearsed, group.First().Reader)}"));

    /// <summary>Openings of several activities on one day; each day of the week is one sentence.</summary>
    private static IEnumerable<string> ManyAtOnce(Rehearsed rehearsed) =>
        rehearsed.Openings.GroupBy(one => TimeZoneInfo.ConvertTime(one.At, rehearsed.ZoneOf(one)).Date)
            .Select(day => (Day: day.Key, Titles: day.Select(one => rehearsed.TitleOf(one.Slug)).Distinct().Order(StringComparer.Ordinal).ToList()))
            .Where(one => one.Titles.Count >= ManyOnOneDay).OrderBy(one => one.Day).GroupBy(one => one.Day.DayOfWeek)
            .Select(days => (Days: days, Most: days.MaxBy(one => one.Titles.Count)))
            .Select(one => $"{Counted(one.Most.Titles.Count, "activity opens", "activities open")} on one day, {one.Most.Day.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}: "
                + $"{string.Join(", ", one.Most.Titles)}.{(one.Days.Count() > 1 ? $" So it is, with {ManyOnOneDay} or more, on {Counted(one.Days.Count(), one.Days.Key.ToString(), $"{one.Days.Key}s")} of these weeks." : "")}"
                + " Start fewer of them, or spread them over the week.");

    private static IEnumerable<string> MuchForOne(Rehearsed rehearsed)
    {
        var learners = rehearsed.Learners.Select(one => one.UserName).ToHashSet(StringComparer.Ordinal);
        var most = rehearsed.Told.Where(one => one.IsUnprompted && learners.Contains(one.Reader))
            .GroupBy(one => (one.Reader, Week: rehearsed.WeekOf(one.At))).Where(group => group.Count() > ManyInOneWeek).ToList();
        if (most.Count > 0)
        {
            yield return $"{Capital(Counted(most.Select(one => one.Key.Reader).Distinct().Count(), "person gets", "people get"))} more than {ManyInOneWeek} direct messages in one week "
                + $"without having asked for them just then, up to {most.Max(one => one.Count())}.";
        }
    }

    private static string Capital(string sentence) => $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}";

    private static string CityOf(Rehearsed rehearsed, string userName) => MattermostLearning.Content.Schedules.ZoneCity.Name(rehearsed.ZoneOf(userName));

    private static string Day(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Counted(int count, string one, string more) => count == 1 ? $"one {one}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {more}");
}
