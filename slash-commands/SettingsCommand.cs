using System.Globalization;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Schedules;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>
/// `/learn settings`: a form with zone, working days, quiet hours, reminders and language, and what was held back. Each can be typed too:
/// `/learn settings quiet 18:00-09:00`. What changed is named.
/// </summary>
public sealed class SettingsCommand(PersonChoices choices, ActivityRuntime runtime, ILearningStore store, Definitions definitions, Catalogue catalogue, TimeProvider time) : ISubcommand, IAnswersForms
{
    private const string Zone = "zone";
    private const string Days = "days";
    private const string Quiet = "quiet";
    private const string Reminders = "reminders";
    private const string Language = "language";
    private const string On = "on";
    private const string Off = "off";

    /// <summary>What is typed, or chosen, to go back to what Mattermost says.</summary>
    private const string AsInMattermost = "mattermost";

    private const int MostHeld = 3;

    private static readonly string[] Names = [Zone, Days, Quiet, Reminders, Language];

    public SubcommandSpec Spec { get; } = new("settings", "[zone|days|quiet|reminders|language ...]", "help.settings");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(call.Caller.PersonId, cancellationToken);
        if (call.Arguments.Length == 0)
            return await FormAsync(call, settings, cancellationToken);

        var space = call.Arguments.IndexOf(' ', StringComparison.Ordinal);
        var (name, value) = space < 0 ? (call.Arguments, "") : (call.Arguments[..space], call.Arguments[(space + 1)..].Trim());
        if (name.Equals(RecallActivity.Name, StringComparison.OrdinalIgnoreCase) && value.ToLowerInvariant() is On or Off)
            return await runtime.ActAsync(RecallActivity.Name, new Acted(call.Caller.PersonId, value.ToLowerInvariant(), null), cancellationToken) ?? call.Speech.Say("settings.typed-how");
        if (Names.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } known || value.Length == 0)
            return call.Speech.Say("settings.typed-how");
        var change = Read(new Dictionary<string, string> { [known] = value }, settings, call.Speech);
        if (change.Errors.Count > 0)
            return change.Errors.Values.First();
        await choices.SetAsync(call.Caller.PersonId, change.Apply, null, cancellationToken);
        return Words(settings, change.Apply(settings), call.Speech, call.Zone);
    }

    public async Task<Reply> SubmittedAsync(FormSent form, CancellationToken cancellationToken)
    {
        var personId = form.Caller.PersonId;
        var settings = await SettingsAsync(personId, cancellationToken);
        // A field that was emptied is there to say "as usual".
        var change = Read(Names.ToDictionary(name => name, name => form.Values.GetValueOrDefault(name, "")), settings, form.Speech);
        if (change.Errors.Count > 0)
            return new Reply { Draft = "", FieldErrors = change.Errors };
        await choices.SetAsync(personId, change.Apply, Words(settings, change.Apply(settings), form.Speech, form.Zone), cancellationToken);
        return Reply.Accepted;
    }

    private async Task<Reply> FormAsync(CommandCall call, PersonSettings settings, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var hours = settings.Hours ?? WorkingHours.Usual;
        var zone = call.Zone is { } known ? speech.Say("settings.zone.as-now", ("zone", known.Id)) : speech.Say("settings.zone.unknown");
        var held = await HeldAsync(call, cancellationToken);
        var recall = speech.Say(settings.Recall == RecallChoice.Yes ? "settings.line.recall-on" : "settings.line.recall-off");
        var state = string.Join('\n',
        [
            speech.Say("settings.heading"),
            speech.Say("settings.line.zone", ("zone", call.Zone?.Id ?? "-")),
            speech.Say("settings.line.hours", ("quiet", HoursText.Quiet(hours)), ("days", HoursText.SayDays(hours, speech))),
            speech.Say(settings.RemindersOff ? "overview.reminders-off" : "overview.reminders-on"),
            recall,
            .. held,
            speech.Say("settings.typed-how"),
        ]);
        return new Reply
        {
            Draft = state,
            Dialog = new DraftDialog
            {
                Title = speech.Say("settings.title"),
                Introduction = string.Join('\n', [speech.Say("settings.introduction"), recall, .. held]),
                SubmitLabel = speech.Say("settings.button.save"),
                Action = new ActionReference(
                    Spec.Name, "save", "", time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), call.Caller.PersonId),
                Elements =
                [
                    new TextElement
                    {
                        Name = Zone, DisplayName = speech.Say("settings.zone"), Optional = true, MaxLength = 60,
                        Default = settings.ZoneId, Placeholder = call.Zone?.Id ?? "Europe/London", HelpText = zone,
                    },
                    new TextElement
                    {
                        Name = Days, DisplayName = speech.Say("settings.days"), Optional = true, MaxLength = 60, Default = HoursText.Days(hours, speech), HelpText = speech.Say("settings.days.help"),
                    },
                    new TextElement
                    {
                        Name = Quiet, DisplayName = speech.Say("settings.quiet"), Optional = true, MaxLength = 30, Default = HoursText.Quiet(hours), HelpText = speech.Say("settings.quiet.help"),
                    },
                    new SelectElement
                    {
                        Name = Reminders, DisplayName = speech.Say("settings.reminders"), Default = settings.RemindersOff ? Off : On,
                        HelpText = speech.Say("settings.reminders.help", ("day", NudgeBudget.MostADay), ("week", NudgeBudget.MostAWeek)),
                        Options = [new MenuOption { Text = speech.Say("settings.reminders.on"), Value = On }, new MenuOption { Text = speech.Say("settings.reminders.off"), Value = Off }],
                    },
                    new SelectElement
                    {
                        Name = Language, DisplayName = speech.Say("settings.language"), Default = settings.Language ?? AsInMattermost,
                        Options =
                        [
                            new MenuOption { Text = speech.Say("settings.language.as-in-mattermost"), Value = AsInMattermost },
                            .. catalogue.Speeches.Select(one => new MenuOption { Text = one.Say("language.name"), Value = one.Language }),
                        ],
                    },
                ],
            },
        };
    }

    /// <summary>What would have come, and did not yet or not at all.</summary>
    private async Task<IReadOnlyList<string>> HeldAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var record = await store.GetAsync<NudgeRecord>(call.Caller.PersonId, cancellationToken);
        List<string> lines = [];
        foreach (var held in (record?.Held ?? []).Where(one => one.Until is null || one.Until > now).OrderByDescending(one => one.At).Take(MostHeld))
        {
            if (await TitleAsync(held.RunId, call.Speech, cancellationToken) is not { } title)
                continue;
            lines.Add(held.Until is { } until
                ? call.Speech.Say("settings.held", ("title", title), ("moment", call.Speech.Near(until, call.Zone ?? TimeZoneInfo.Utc, now)))
                : call.Speech.Say("settings.dropped", ("title", title), ("moment", call.Speech.Own(held.At, call.Zone ?? TimeZoneInfo.Utc))));
        }

        return lines.Count == 0 ? [] : [call.Speech.Say("settings.held-heading"), .. lines];
    }

    private async ValueTask<string?> TitleAsync(string about, Speech speech, CancellationToken cancellationToken) =>
        about == RecallActivity.Name ? speech.Say("recall.title")
        : await store.GetAsync<Run>(about, cancellationToken) is { } run ? definitions.Library.Find(run.Slug)?.Title ?? run.Slug
        : null;

    private async Task<PersonSettings> SettingsAsync(string personId, CancellationToken cancellationToken) =>
        await store.GetAsync<PersonSettings>(personId, cancellationToken) ?? new PersonSettings { PersonId = personId };

    /// <summary>Only what is named in the values is touched; an empty value goes back to what is usual.</summary>
    private Change Read(Dictionary<string, string> values, PersonSettings settings, Speech speech)
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

        if (values.TryGetValue(Reminders, out var reminders))
        {
            if (reminders.ToLowerInvariant() is On or Off)
                changes.Add(one => one with { RemindersOff = reminders.Equals(Off, StringComparison.OrdinalIgnoreCase) });
            else if (reminders.Length > 0)
                errors[Reminders] = speech.Say("settings.reminders.wrong");
        }

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

        return new Change(one => changes.Aggregate(one, (changed, change) => change(changed)), errors);
    }

    private static bool IsUsual(string typed) => typed.Trim().Length == 0 || typed.Trim().Equals(AsInMattermost, StringComparison.OrdinalIgnoreCase);

    private static PersonSettings WithHours(PersonSettings settings, Func<WorkingHours, WorkingHours> change)
    {
        var hours = change(settings.Hours ?? WorkingHours.Usual);
        return settings with { Hours = hours == WorkingHours.Usual ? null : hours };
    }

    /// <summary>Each thing that is now otherwise than it was, by name.</summary>
    private string Words(PersonSettings before, PersonSettings after, Speech speech, TimeZoneInfo? zone)
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
        if (before.Language != after.Language)
            said.Add(after.Language is null ? speech.Say("settings.now.language-mattermost") : speech.Say("settings.now.language"));
        return said.Count == 0 ? speech.Say("settings.now.nothing") : string.Join('\n', said);

        static string Time(TimeOnly at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    private sealed record Change(Func<PersonSettings, PersonSettings> Apply, IReadOnlyDictionary<string, string> Errors);
}
