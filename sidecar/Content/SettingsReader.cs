using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Content;

/// <summary>Makes the shared settings of the keys that were read, fills in defaults, and checks what only several keys together can show.</summary>
internal static class SettingsReader
{
    private static readonly WrittenDuration DefaultWindow = WrittenDuration.OfDays(4);

    public static SharedSettings Read(KeyReader keys, bool isTranslation, DiagnosticBag report)
    {
        var window = keys.Value(SharedKeys.OpenFor) ?? keys.Value(SharedKeys.Closes);
        var settings = new SharedSettings
        {
            Title = keys.Value(SharedKeys.Title) ?? "",
            Summary = keys.Value(SharedKeys.Summary) ?? "",
            Topics = keys.List(SharedKeys.Topics),
            Was = keys.Value(SharedKeys.Was),
            Channels = keys.List(SharedKeys.Channel),
            Team = keys.Value(SharedKeys.Team),
            Schedule = keys.Value(SharedKeys.Schedule),
            Zone = keys.Value(SharedKeys.TimeZone) ?? TimeZoneInfo.Utc,
            From = keys.Number(SharedKeys.From),
            Until = keys.Number(SharedKeys.Until),
            Rounds = keys.Number(SharedKeys.Rounds) ?? (keys.IsWritten(SharedKeys.Until) ? null : SharedKeys.DefaultRounds),
            NotOn = [.. keys.List(SharedKeys.NotOn)],
            Window = window ?? WindowFor(keys.Value(SharedKeys.Schedule)),
            Reminder = keys.Value(SharedKeys.Remind) ?? ReminderText.Usual,
            Host = keys.Value(SharedKeys.Host),
            WhenMissed = keys.Number(SharedKeys.WhenMissed) ?? WhenMissed.SendLate,
            Start = keys.Number(SharedKeys.Start) ?? StartMode.WhenAsked,
            Language = keys.Value(SharedKeys.Language),
            Draft = keys.Number(SharedKeys.Draft) ?? false,
            ShowNames = keys.Number(SharedKeys.ShowNames) ?? ShowNames.Yes,
            Takes = keys.Number(SharedKeys.Takes),
            LintOff = keys.LintOff,
        };
        if (isTranslation)
            return settings;
        if (keys.IsWritten(SharedKeys.OpenFor) && keys.IsWritten(SharedKeys.Closes))
            report.Error(keys.PlaceOf(SharedKeys.Closes), Codes.KeysExclude, "`open-for` and `closes` both say when a round closes.", "Keep one of the two lines.");
        if (settings is { Start: StartMode.WhenLoaded, Host: null } or { Start: StartMode.WhenLoaded, Channels.IsEmpty: true })
        {
            var missing = settings.Host is null ? SharedKeys.Host.Name : SharedKeys.Channel.Name;
            report.Error(
                keys.PlaceOf(SharedKeys.Start), Codes.MissingKey, $"What starts by itself needs `{missing}:`, since nobody is there to say it.",
                $"Add a line such as `{missing}: {(settings.Host is null ? SharedKeys.Host.Example : SharedKeys.Channel.Example)}`, or take `{SharedKeys.Start.Name}:` away: then a facilitator starts it.");
        }
        if (!keys.IsWritten(SharedKeys.Remind) && !TimingRules.Fits(settings, ReminderText.Usual.At))
            settings = settings with { Reminder = new ReminderTime.None() };
        TimingRules.Check(settings, keys, report);
        return settings;
    }

    private static Window.For WindowFor(Schedule? schedule)
    {
        if (schedule?.ShortestInterval is not { } interval || interval >= DefaultWindow.Nominal)
            return new Window.For(DefaultWindow);
        return new Window.For(TimingRules.Written(interval));
    }
}
