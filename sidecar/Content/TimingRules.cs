using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Content;

/// <summary>What schedule, window, reminder and hints must be to each other. Judged on sample rounds, so that nothing is discovered at posting time.</summary>
public static class TimingRules
{
    private const int Samples = 60;

    private static readonly TimeSpan VeryShort = TimeSpan.FromHours(1);

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromDays(1);

    // A Monday long ago: no file's dates are earlier, and no clock is asked.
    private static readonly DateTimeOffset Beginning = new(2000, 1, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Sample rounds of schedules without dates; many files share a schedule.</summary>
    private static readonly ConditionalWeakTable<Schedule, DateTimeOffset[]> OfSchedule = [];

    /// <summary>Reports hints that fall outside of every round.</summary>
    public static void CheckHints(ActivityDocument document, ImmutableArray<Section<HintTime>> hints, DiagnosticBag report)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(report);
        foreach (var hint in hints.Where(each => !Fits(document.Settings, each.Argument.At)))
        {
            report.Error(
                hint.HeadingSpan, Codes.OutsideWindow, $"This hint would come when the round is closed; it is open for {Open(document.Settings.Window)}.",
                "Let it come earlier, or write `## Hint`: that is when half of the time has passed.");
        }
    }

    /// <summary>Reports a wait that is longer than any round is open.</summary>
    public static void CheckWait(ActivityDocument document, KeyDeclaration key, WrittenDuration wait, DiagnosticBag report)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(report);
        if (!document.Has(key) || Fits(document.Settings, (opensAt, closesAt, zone) => wait.AddTo(opensAt, zone) is var at && at < closesAt ? at : null))
            return;
        report.Error(
            document.PlaceOf(key), Codes.OutsideWindow, $"After {wait} a round is closed; it is open for {Open(document.Settings.Window)}.",
            $"Write a shorter time, or let a round be open for longer: `{SharedKeys.OpenFor.Name}`.");
    }

    internal static void Check(SharedSettings settings, KeyReader keys, DiagnosticBag report)
    {
        if (settings.From is { } from && settings.Until is { } until && until < from)
        {
            report.Error(keys.PlaceOf(SharedKeys.Until), Codes.NoRound, "`until` is before `from`.", "`until` is the last date that may have a round.");
            return;
        }
        if (keys.IsWritten(SharedKeys.OpenFor) && settings.Window is Window.For { Duration: var length } && length.Nominal < VeryShort)
        {
            report.Warning(
                keys.PlaceOf(SharedKeys.OpenFor), Codes.WindowVeryShort, $"A round is open for {length} only, and then it is closed.",
                $"If people need that long, write `{SharedKeys.Takes.Name}: {length}`, and `{SharedKeys.OpenFor.Name}` for how long they may choose the moment.");
        }
        if (settings.Schedule is not { } schedule)
        {
            CheckReminder(settings, [Beginning.AddHours(9)], keys, report);
            return;
        }
        var place = keys.PlaceOf(SharedKeys.Schedule);
        if (!keys.IsWritten(SharedKeys.TimeZone))
            report.Warning(place, Codes.NoZone, "No time zone is written, so this is UTC.", "Add a line such as `time-zone: Europe/London`.");
        var openings = Openings(settings);
        if (openings.Length == 0)
        {
            report.Error(place, Codes.NoRound, "This schedule has no round between the dates of this file.", $"Look at {Written(keys)} again.");
            return;
        }
        if (!CheckWindow(settings, schedule, openings, keys, report))
            CheckReminder(settings, openings, keys, report);
    }

    /// <summary>Whether a moment falls into at least one of the sample rounds.</summary>
    internal static bool Fits(SharedSettings settings, Moment momentOf) =>
        Fits(settings.Window, settings.Schedule is null ? [Beginning.AddHours(9)] : Openings(settings), momentOf);

    private static bool Fits(Window window, DateTimeOffset[] openings, Moment momentOf) =>
        Array.Exists(openings, opensAt => momentOf(opensAt, window.CloseOf(opensAt, TimeZoneInfo.Utc), TimeZoneInfo.Utc) is not null);

    internal delegate DateTimeOffset? Moment(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone);

    internal static WrittenDuration Written(TimeSpan interval) =>
        interval.Ticks % TimeSpan.TicksPerDay == 0 ? WrittenDuration.OfDays(interval.Days) : WrittenDuration.OfMinutes((int)interval.TotalMinutes);

    /// <summary>True where it reported something.</summary>
    private static bool CheckWindow(SharedSettings settings, Schedule schedule, DateTimeOffset[] openings, KeyReader keys, DiagnosticBag report)
    {
        var key = keys.IsWritten(SharedKeys.OpenFor) ? SharedKeys.OpenFor : SharedKeys.Closes;
        if (!keys.IsRead(key))
            return keys.IsWritten(key);
        if (settings.Window is Window.For fixedLength && fixedLength.Duration.Nominal <= schedule.ShortestInterval)
            return false;
        if (!Overlap(openings, settings.Window))
            return false;
        var longest = Written(schedule.ShortestInterval ?? DefaultInterval);
        report.Error(
            keys.PlaceOf(key), Codes.WindowTooLong, $"A round is open for {Open(settings.Window)}, and the next one opens before that: {schedule}.",
            $"Write `open-for: {longest}` or less.");
        return true;
    }

    private static bool Overlap(DateTimeOffset[] openings, Window window)
    {
        DateTimeOffset? closes = null;
        foreach (var opens in openings)
        {
            if (closes > opens)
                return true;
            closes = window.CloseOf(opens, TimeZoneInfo.Utc);
        }

        return false;
    }

    private static void CheckReminder(SharedSettings settings, DateTimeOffset[] openings, KeyReader keys, DiagnosticBag report)
    {
        if (!keys.IsRead(SharedKeys.Remind) || settings.Reminder is ReminderTime.None)
            return;
        // Without a schedule nobody knows on which weekday a round opens.
        if ((settings.Schedule is null && settings.Reminder is ReminderTime.OnWeekday) || Fits(settings.Window, openings, settings.Reminder.At))
            return;
        report.Error(
            keys.PlaceOf(SharedKeys.Remind), Codes.OutsideWindow, $"This reminder would never come while a round is open: that is {Open(settings.Window)}.",
            "Write a shorter time before the close, such as `remind: 2 hours before close`, or `remind: no`.");
    }

    private static DateTimeOffset[] Openings(SharedSettings settings) =>
        settings is { From: null, Until: null, NotOn.Count: 0 }
            ? OfSchedule.GetValue(settings.Schedule!, schedule => Sampled(schedule, new ScheduleScope(TimeZoneInfo.Utc)))
            : Sampled(settings.Schedule!, new ScheduleScope(TimeZoneInfo.Utc) { From = settings.From, Until = settings.Until, NotOn = settings.NotOn });

    // UTC: whether a window fits is a question about the week, not about daylight saving.
    private static DateTimeOffset[] Sampled(Schedule schedule, ScheduleScope scope) => [.. schedule.Instants(scope, Beginning).Take(Samples)];

    private static string Open(Window window) => window is Window.For ? window.ToString()! : $"the time {window}";

    private static string Written(KeyReader keys) => string.Join(
        ", ", new KeyDeclaration[] { SharedKeys.Schedule, SharedKeys.From, SharedKeys.Until, SharedKeys.NotOn }.Where(keys.IsWritten).Select(key => $"`{key.Name}`"));
}
