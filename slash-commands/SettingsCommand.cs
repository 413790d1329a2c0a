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
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.SlashCommands;

/// <summary>
/// `/learn settings`: a form with zone, working days, quiet hours, reminders and language, and what was held back; `/learn settings learning`: another, with pace, recall and
/// ranking. Each can be typed too: `/learn settings quiet 18:00-09:00`. What changed is named.
/// </summary>
public sealed class SettingsCommand(PersonChoices choices, ActivityRuntime runtime, ILearningStore store, Definitions definitions, Catalogue catalogue, TimeProvider time) : ISubcommand, IAnswersForms
{
    /// <summary>What the two forms are sent in for.</summary>
    private const string Save = "save";
    private const string SaveLearning = "save-learning";

    /// <summary>Typed, it opens the second form: one takes no more than five fields.</summary>
    private const string Learning = "learning";

    private const int MostHeld = 3;

    /// <summary>Paces to choose from; any other can be typed.</summary>
    private static readonly string[] Paces = ["self", "daily", "every 2 days", "every 7 days"];

    private readonly SettingsChanges _changes = new(catalogue);

    public SubcommandSpec Spec { get; } = new("settings", "[learning|zone|days|quiet|reminders|language|pace|recall|ranking ...]", "help.settings");

    public async Task<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(call.Caller.PersonId, cancellationToken);
        if (call.Arguments.Length == 0)
            return await FormAsync(call, settings, cancellationToken);
        if (call.Arguments.Equals(Learning, StringComparison.OrdinalIgnoreCase))
            return LearningForm(call, settings);

        var space = call.Arguments.IndexOf(' ', StringComparison.Ordinal);
        var (name, value) = space < 0 ? (call.Arguments, "") : (call.Arguments[..space], call.Arguments[(space + 1)..].Trim());
        if (SettingsChanges.All.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } known || value.Length == 0)
            return call.Speech.Say("settings.typed-how");
        var change = _changes.Read(new Dictionary<string, string> { [known] = value }, call.Speech, isTyped: true);
        if (change.Errors.Count > 0)
            return change.Errors.Values.First();
        await KeepAsync(call.Caller.PersonId, settings, change, null, cancellationToken);
        return _changes.Words(settings, change.Apply(settings), call.Speech, call.Zone);
    }

    public async Task<Reply> SubmittedAsync(FormSent form, CancellationToken cancellationToken)
    {
        var personId = form.Caller.PersonId;
        var settings = await SettingsAsync(personId, cancellationToken);
        // A field that was emptied is there to say "as usual".
        var names = form.Reference.Action == SaveLearning ? SettingsChanges.OfLearning : SettingsChanges.OfHours;
        var change = _changes.Read(names.ToDictionary(name => name, name => form.Values.GetValueOrDefault(name, "")), form.Speech, isTyped: false);
        if (change.Errors.Count > 0)
            return new Reply { Draft = "", FieldErrors = change.Errors };
        await KeepAsync(personId, settings, change, _changes.Words(settings, change.Apply(settings), form.Speech, form.Zone), cancellationToken);
        return Reply.Accepted;
    }

    private async Task KeepAsync(string personId, PersonSettings settings, SettingsChange change, string? words, CancellationToken cancellationToken)
    {
        // The deck is told first, as by `/learn recall`: what lies in it from before is brought to mind again, or a question that is open is over.
        if (change.Apply(settings).Recall is (RecallChoice.Yes or RecallChoice.No) and var choice && choice != settings.Recall)
            await runtime.TellAsync(RecallActivity.Name, new Acted(personId, choice == RecallChoice.Yes ? RecallActivity.On : RecallActivity.Off, null), cancellationToken);
        await choices.SetAsync(personId, change.Apply, words, cancellationToken);
    }

    private async Task<Reply> FormAsync(CommandCall call, PersonSettings settings, CancellationToken cancellationToken)
    {
        var speech = call.Speech;
        var hours = settings.Hours ?? WorkingHours.Usual;
        var zone = call.Zone is { } known ? speech.Say("settings.zone.as-now", ("zone", known.Id)) : speech.Say("settings.zone.unknown");
        var held = await HeldAsync(call, cancellationToken);
        var learning = LearningLines(settings, speech);
        var state = string.Join('\n',
        [
            speech.Say("settings.heading"),
            speech.Say("settings.line.zone", ("zone", call.Zone?.Id ?? "-")),
            speech.Say("settings.line.hours", ("quiet", HoursText.Quiet(hours)), ("days", HoursText.SayDays(hours, speech))),
            speech.Say(settings.RemindersOff ? "overview.reminders-off" : "overview.reminders-on"),
            .. learning,
            .. held,
            speech.Say("settings.typed-how"),
        ]);
        return new Reply
        {
            Draft = state,
            Dialog = new DraftDialog
            {
                Title = speech.Say("settings.title"),
                Introduction = string.Join('\n', [speech.Say("settings.introduction"), .. learning, speech.Say("settings.learning-how"), .. held]),
                SubmitLabel = speech.Say("settings.button.save"),
                Action = ActionOf(Save, call),
                Elements =
                [
                    new TextElement
                    {
                        Name = SettingsChanges.Zone, DisplayName = speech.Say("settings.zone"), Optional = true, MaxLength = 60,
                        Default = settings.ZoneId, Placeholder = call.Zone?.Id ?? "Europe/London", HelpText = zone,
                    },
                    new TextElement
                    {
                        Name = SettingsChanges.Days, DisplayName = speech.Say("settings.days"), Optional = true, MaxLength = 60, Default = HoursText.Days(hours, speech), HelpText = speech.Say("settings.days.help"),
                    },
                    new TextElement
                    {
                        Name = SettingsChanges.Quiet, DisplayName = speech.Say("settings.quiet"), Optional = true, MaxLength = 30, Default = HoursText.Quiet(hours), HelpText = speech.Say("settings.quiet.help"),
                    },
                    new SelectElement
                    {
                        Name = SettingsChanges.Reminders, DisplayName = speech.Say("settings.reminders"), Default = settings.RemindersOff ? SettingsChanges.Off : SettingsChanges.On,
                        HelpText = speech.Say("settings.reminders.help", ("day", NudgeBudget.MostADay), ("week", NudgeBudget.MostAWeek)),
                        Options = OnOrOff(speech),
                    },
                    new SelectElement
                    {
                        Name = SettingsChanges.Language, DisplayName = speech.Say("settings.language"), Default = settings.Language ?? SettingsChanges.AsInMattermost,
                        Options =
                        [
                            new MenuOption { Text = speech.Say("settings.language.as-in-mattermost"), Value = SettingsChanges.AsInMattermost },
                            .. catalogue.Speeches.Select(one => new MenuOption { Text = one.Say("language.name"), Value = one.Language }),
                        ],
                    },
                ],
            },
        };
    }

    /// <summary>How somebody learns: their pace, what they got wrong, and whether they are named in a ranking.</summary>
    private Reply LearningForm(CommandCall call, PersonSettings settings)
    {
        var speech = call.Speech;
        return new Reply
        {
            Draft = string.Join('\n', [speech.Say("settings.learning"), .. LearningLines(settings, speech), speech.Say("settings.learning-typed")]),
            Dialog = new DraftDialog
            {
                Title = speech.Say("settings.learning-title"),
                SubmitLabel = speech.Say("settings.button.save"),
                Action = ActionOf(SaveLearning, call),
                Elements =
                [
                    new SelectElement
                    {
                        Name = SettingsChanges.Pace, DisplayName = speech.Say("settings.pace"), HelpText = speech.Say("settings.pace.help"),
                        Default = settings.PaceText ?? SettingsChanges.AsTheCourse,
                        Options =
                        [
                            new MenuOption { Text = speech.Say("settings.pace.course"), Value = SettingsChanges.AsTheCourse },
                            .. Paces.Append(settings.PaceText).OfType<string>().Distinct().Select(pace => new MenuOption { Text = SettingsChanges.PaceInWords(pace, speech), Value = pace }),
                        ],
                    },
                    new SelectElement
                    {
                        Name = SettingsChanges.Recall, DisplayName = speech.Say("recall.title"), HelpText = speech.Say("settings.recall.help"),
                        Default = settings.Recall == RecallChoice.Yes ? SettingsChanges.On : SettingsChanges.Off, Options = OnOrOff(speech),
                    },
                    new SelectElement
                    {
                        Name = SettingsChanges.Ranking, DisplayName = speech.Say("settings.ranking"), HelpText = speech.Say("settings.ranking.help"),
                        Default = settings.WantsRanking ? SettingsChanges.On : SettingsChanges.Off, Options = OnOrOff(speech),
                    },
                ],
            },
        };
    }

    private static IReadOnlyList<string> LearningLines(PersonSettings settings, Speech speech) =>
    [
        settings.PaceText is { } pace ? speech.Say("settings.line.pace", ("pace", SettingsChanges.PaceInWords(pace, speech))) : speech.Say("settings.line.pace-course"),
        speech.Say(settings.Recall == RecallChoice.Yes ? "settings.line.recall-on" : "settings.line.recall-off"),
    ];

    private ActionReference ActionOf(string action, CommandCall call) =>
        new(Spec.Name, action, "", time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), call.Caller.PersonId);

    private static MenuOption[] OnOrOff(Speech speech) =>
        [new MenuOption { Text = speech.Say("settings.reminders.on"), Value = SettingsChanges.On }, new MenuOption { Text = speech.Say("settings.reminders.off"), Value = SettingsChanges.Off }];

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
}
