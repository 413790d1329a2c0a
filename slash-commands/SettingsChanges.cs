using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>What somebody typed or chose for themselves.</summary>
/// <param name="Apply">From what was chosen so far to what is chosen now.</param>
/// <param name="Errors">What cannot be read, by its name.</param>
internal sealed record SettingsChange(Func<PersonSettings, PersonSettings> Apply, IReadOnlyDictionary<string, string> Errors);

/// <summary>Reads what is typed into `/learn settings`, or chosen in its forms, and says what is otherwise then.</summary>
internal sealed class SettingsChanges(Catalogue catalogue)
{
    public const string Zone = "zone";
    public const string Days = "days";
    public const string Quiet = "quiet";
    public const string Reminders = "reminders";
    public const string Language = "language";
    public const string Pace = "pace";
    public const string Recall = "recall";
    public const string Ranking = "ranking";
    public const string On = "on";
    public const string Off = "off";

    /// <summary>What is typed, or chosen, to go back to what Mattermost says...</summary>
    public const string AsInMattermost = "mattermost";

    /// <summary>...or to what the author of each course says.</summary>
    public const string AsTheCourse = "course";

    public static readonly string[] OfHours = [Zone, Days, Quiet, Reminders, Language];
    public static readonly string[] OfLearning = [Pace, Recall, Ranking];

    public static IEnumerable<string> All => OfHours.Concat(OfLearning);

    /// <summary>Only what is named in the values is touched; an empty value goes back to what is usual.</summary>
    /// <param name="values">By name.</param>
    /// <param name="speech">For what is wrong with them.</param>
    /// <param name="isTyped">Somebody typed just this, and did not merely leave it in a form as it stood there.</param>
    public SettingsChange Read(IReadOnlyDictionary<string, string> values, Speech speech, bool isTyped)
    {
        Dictionary<string, string> errors = [];
        List<Func<PersonSettings, PersonSettings>> changes = [];
        if (values.TryGetValue(Zone, out var typedZone))
        {
            if (IsUsual(typedZone))
                changes.Add(one => one with { ZoneId = null });
            else if (ZoneText.Read(typedZone).TryGet(out var zone))
                changes.Add(one => one with { ZoneId = zone.Id });
            else
                errors[Zone] = speech.Say("settings.zone.wrong", ("typed", MentionSafe.Code(typedZone, 40)));
        }

        if (values.TryGetValue(Days, out var typedDays))
        {
            if (IsUsual(typedDays))
                changes.Add(one => WithHours(one, hours => hours with { Days = WorkingHours.Usual.Days }));
            else if (HoursText.TryReadDays(typedDays, speech, out var days))
                changes.Add(one => WithHours(one, hours => hours with { Days = days }));
            else
                errors[Days] = speech.Say("settings.days.wrong", ("typed", MentionSafe.Code(typedDays, 40)));
        }

        if (values.TryGetValue(Quiet, out var typedQuiet))
        {
            if (IsUsual(typedQuiet))
                changes.Add(one => WithHours(one, hours => hours with { From = WorkingHours.Usual.From, Until = WorkingHours.Usual.Until }));
            else if (HoursText.TryReadQuiet(typedQuiet, out var from, out var until))
                changes.Add(one => WithHours(one, hours => hours with { Until = from, From = until }));
            else
                errors[Quiet] = speech.Say("settings.quiet.wrong", ("typed", MentionSafe.Code(typedQuiet, 40)));
        }

        Switch(Reminders, on => one => one with { RemindersOff = !on });
        if (values.TryGetValue(Language, out var language))
        {
            if (IsUsual(language))
                changes.Add(one => one with { Language = null });
            else if (catalogue.Speeches.FirstOrDefault(one => language.Equals(one.Language, StringComparison.OrdinalIgnoreCase)
                || language.Equals(one.Say("language.name"), StringComparison.OrdinalIgnoreCase)) is { } spoken)
                changes.Add(one => one with { Language = spoken.Language });
            else
                errors[Language] = speech.Say("settings.language.wrong", ("languages", speech.List([.. catalogue.Speeches.Select(one => $"`{one.Language}`")])));
        }

        if (values.TryGetValue(Pace, out var typedPace))
        {
            if (IsUsual(typedPace) || typedPace.Trim().Equals(AsTheCourse, StringComparison.OrdinalIgnoreCase))
                changes.Add(one => one with { PaceText = null });
            else if (Content.Schedules.Pace.Read(speech.InEnglish(typedPace)).TryGet(out var pace))
                changes.Add(one => one with { PaceText = pace.ToString() });
            else
                errors[Pace] = speech.Say("settings.pace.wrong", ("typed", MentionSafe.Code(typedPace, 40)));
        }

        // Off is what a form shows to whoever was never asked: left as it is, it keeps nobody from being asked.
        Switch(Recall, on => one => one with { Recall = on ? RecallChoice.Yes : isTyped || one.Recall == RecallChoice.Yes ? RecallChoice.No : one.Recall });
        Switch(Ranking, on => one => one with { WantsRanking = on });
        return new SettingsChange(one => changes.Aggregate(one, (changed, change) => change(changed)), errors);

        void Switch(string name, Func<bool, Func<PersonSettings, PersonSettings>> changeTo)
        {
            if (!values.TryGetValue(name, out var typed))
                return;
            if (typed.ToLowerInvariant() is On or Off)
                changes.Add(changeTo(typed.Equals(On, StringComparison.OrdinalIgnoreCase)));
            else if (typed.Length > 0)
                errors[name] = speech.Say("settings.reminders.wrong");
        }
    }

    public static string PaceInWords(string pace, Speech speech) => pace switch
    {
        "self" => speech.Say("settings.pace.self"),
        "daily" => speech.Say("settings.pace.daily"),
        "every 2 days" => speech.Say("settings.pace.two-days"),
        "every 7 days" => speech.Say("settings.pace.weekly"),
        _ => pace,
    };

    private static bool IsUsual(string typed) => typed.Trim().Length == 0 || typed.Trim().Equals(AsInMattermost, StringComparison.OrdinalIgnoreCase);

    private static PersonSettings WithHours(PersonSettings settings, Func<WorkingHours, WorkingHours> change)
    {
        var hours = change(settings.Hours ?? WorkingHours.Usual);
        return settings with { Hours = hours == WorkingHours.Usual ? null : hours };
    }

    /// <summary>Each thing that is now otherwise than it was, by name.</summary>
    public string Words(PersonSettings before, PersonSettings after, Speech speech, TimeZoneInfo? zone)
    {
        // Whoever has just chosen a language reads that this was understood in it.
        if (after.Language is { } language)
            speech = catalogue.For(language);
        var (old, hours) = (before.Hours ?? WorkingHours.Usual, after.Hours ?? WorkingHours.Usual);
        List<string> said = [];
        if (before.ZoneId != after.ZoneId)
            said.Add(after.Zone is { } own ? speech.Say("settings.now.zone", ("zone", own.Id)) : speech.Say("settings.now.zone-mattermost"));
        if (old.Days != hours.Days)
            said.Add(speech.Say("settings.now.days", ("days", HoursText.SayDays(hours, speech))));
        if (old.From != hours.From || old.Until != hours.Until)
        {
            var city = (after.Zone ?? zone) is { } place ? ZoneCity.Name(place) : "";
            said.Add(speech.Say("settings.now.quiet", ("from", Time(hours.Until)), ("until", Time(hours.From)), ("city", city)).TrimEnd());
        }

        if (before.RemindersOff != after.RemindersOff)
            said.Add(speech.Say(after.RemindersOff ? "reminders.now-off" : "reminders.now-on"));
        if (before.PaceText != after.PaceText)
            said.Add(after.PaceText is { } pace ? speech.Say("settings.now.pace", ("pace", PaceInWords(pace, speech))) : speech.Say("settings.now.pace-course"));
        if ((before.Recall == RecallChoice.Yes) != (after.Recall == RecallChoice.Yes))
            said.Add(speech.Say(after.Recall == RecallChoice.Yes ? "recall.on" : "settings.now.recall-off"));
        if (before.WantsRanking != after.WantsRanking)
            said.Add(speech.Say(after.WantsRanking ? "settings.now.ranking-on" : "settings.now.ranking-off"));
        if (before.Language != after.Language)
            said.Add(after.Language is null ? speech.Say("settings.now.language-mattermost") : speech.Say("settings.now.language"));
        return said.Count == 0 ? speech.Say("settings.now.nothing") : string.Join('\n', said);

        static string Time(TimeOnly at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
    }
}
