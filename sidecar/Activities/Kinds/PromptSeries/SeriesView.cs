using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>Every message of a prompt series, made from state alone.</summary>
internal static class SeriesView
{
    private const int MostOpeners = 3;

    /// <summary>The host's own words are better; these hold for any starter.</summary>
    private static readonly string[] UsualOpeners = ["series.opener.first", "series.opener.person", "series.opener.smaller"];

    /// <summary>A round's post; without buttons once it is over.</summary>
    public static Draft Post(PromptSeriesDefinition definition, Turn turn, PostedPrompt prompt)
    {
        var (speech, run, round) = (turn.Scene.Speech, turn.Run, turn.Round);
        List<string> below = [speech.Say("series.invite")];
        if (run.HostId != Forgotten.Nobody)
            below.Add(speech.Say("series.host", ("host", Token.Person(run.HostId))));
        if (prompt.SuggestedBy is { } personId)
            below.Add(speech.Say("series.suggested-by", ("person", Token.Person(personId))));
        return new Draft
        {
            Text = $"**{Title(definition)}**\n{Literal(prompt.Text)}\n\n{string.Join(' ', below)}",
            Buttons = round.Status != OccurrenceStatus.Open
                ? []
                :
                [
                    Button(speech, "series.button.ask-me", PersonAction.AskMe, round.Id, PersonAction.WhileOpen),
                    Button(speech, "series.button.suggest", PersonAction.Suggest, run.Id, PersonAction.WhileOpen),
                    Button(speech, "series.button.how", SeriesAction.How, round.Id, PersonAction.WhileOpen),
                ],
        };
    }

    public static string How(PromptSeriesDefinition definition, Scene scene, string personId)
    {
        definition = scene.TextFor(personId, definition);
        var text = scene.SpeechOf(personId).Say(definition.Invited == 0 ? "series.how-uninvited" : "series.how", ("title", Title(definition)), ("slug", definition.Slug));
        return definition.Introduction.Length == 0 ? text : $"{Literal(definition.Introduction)}\n\n{text}";
    }

    /// <summary>To somebody who agreed to be asked.</summary>
    public static Draft Invitation(PromptSeriesDefinition definition, Scene scene, Occurrence round, PersonInScene person, PostedPrompt prompt)
    {
        definition = scene.TextFor(person.Id, definition);
        var speech = scene.SpeechOf(person.Id);
        (string, object)[] places =
        [
            ("title", Title(definition)),
            ("channel", Token.Channel(scene.Run.ChannelId)),
            ("text", Quoted(prompt.Text)),
            ("link", Token.LinkToRow(round.RootRowId)),
            ("since", speech.Say("day.other", ("day", speech.Day(person.Enrollment?.Since ?? round.OpenedAt, scene.ZoneOf(person.Id))))),
        ];
        return new Draft
        {
            Text = speech.Say("series.invitation", places),
            Briefs = [speech.Say("series.invitation-brief", places)],
            Buttons =
            [
                Button(speech, "series.button.not-this-time", SeriesAction.NotThisTime, round.Id, PersonAction.WhileOpen, person.Id),
                Button(speech, "series.button.ask-me-not", PersonAction.Leave, scene.Run.Id, PersonAction.WhileOpen, person.Id),
            ],
        };
    }

    /// <summary>To the host of a quiet thread: three things to do, and no figure of anybody.</summary>
    public static Draft Quiet(PromptSeriesDefinition definition, Scene scene, Occurrence round, PostedPrompt prompt)
    {
        definition = scene.TextFor(scene.Run.HostId, definition);
        var speech = scene.SpeechOf(scene.Run.HostId);
        var openers = prompt.Openers.Concat(definition.Openers).Select(Literal).Concat(UsualOpeners.Select(key => speech.Say(key))).Take(MostOpeners)
            .Select((text, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {text.ReplaceLineEndings("\n   ")}"));
        (string, object)[] places =
        [
            ("title", Title(definition)), ("channel", Token.Channel(scene.Run.ChannelId)), ("link", Token.LinkToRow(round.RootRowId)),
            ("openers", string.Join('\n', openers)),
        ];
        return new Draft { Text = speech.Say("series.quiet", places), Briefs = [speech.Say("series.quiet-brief", places)] };
    }

    public static Draft StillAlive(PromptSeriesDefinition definition, Scene scene, Occurrence round)
    {
        definition = scene.TextFor(scene.Run.HostId, definition);
        var speech = scene.SpeechOf(scene.Run.HostId);
        (string, object)[] places = [("title", Title(definition)), ("channel", Token.Channel(scene.Run.ChannelId)), ("link", Token.LinkToRow(round.RootRowId))];
        return scene.NextInstant is { } next
            ? speech.Say("series.alive", [.. places, ("next", scene.OwnTime(scene.Run.HostId, next))])
            : speech.Say("series.alive-last", places);
    }

    /// <summary>To the host, with the one click that takes it in.</summary>
    public static Draft ToAccept(PromptSeriesDefinition definition, Scene scene, Suggestion suggestion, string readerId)
    {
        definition = scene.TextFor(readerId, definition);
        var speech = scene.SpeechOf(readerId);
        return new Draft
        {
            Text = speech.Say(
                suggestion.ShowsName ? "series.suggest.to-accept-named" : "series.suggest.to-accept",
                ("person", Token.Person(suggestion.PersonId)), ("title", Title(definition)), ("channel", Token.Channel(scene.Run.ChannelId)), ("text", Quoted(suggestion.Text)),
                ("slug", definition.Slug)),
            Buttons =
            [
                OnSuggestion(speech, "series.button.accept", PersonAction.AcceptSuggestion, suggestion, readerId) with { IsPrimary = true },
                OnSuggestion(speech, "series.button.decline", PersonAction.DeclineSuggestion, suggestion, readerId),
            ],
        };
    }

    /// <summary>To whoever suggested it: who sees it now, and that it can be taken back.</summary>
    public static Draft Suggested(PromptSeriesDefinition definition, Scene scene, Suggestion suggestion)
    {
        definition = scene.TextFor(suggestion.PersonId, definition);
        var speech = scene.SpeechOf(suggestion.PersonId);
        (string, object)[] places =
            [("title", Title(definition)), ("host", Token.Person(scene.Run.HostId)), ("text", Quoted(suggestion.Text)), ("next", WhenItComes(definition, scene, suggestion.PersonId))];
        return new Draft
        {
            Text = speech.Say(
                suggestion.IsAccepted ? "series.suggest.by-host" : scene.Run.HostId == Forgotten.Nobody ? "series.suggest.thanks-no-host" : "series.suggest.thanks", places),
            Buttons = [TakeBack(scene, suggestion)],
        };
    }

    public static Draft IsAccepted(PromptSeriesDefinition definition, Scene scene, Suggestion suggestion)
    {
        definition = scene.TextFor(suggestion.PersonId, definition);
        var speech = scene.SpeechOf(suggestion.PersonId);
        return new Draft
        {
            Text = speech.Say(
                suggestion.ShowsName ? "series.suggest.is-in-named" : "series.suggest.is-in",
                ("title", Title(definition)), ("text", Quoted(suggestion.Text)), ("next", WhenItComes(definition, scene, suggestion.PersonId))),
            Buttons = [TakeBack(scene, suggestion)],
        };
    }

    public static Draft SuggestionGone(PromptSeriesDefinition definition, Scene scene) =>
        scene.SpeechOf(scene.Run.HostId).Say("series.suggest.gone", ("title", Title(scene.TextFor(scene.Run.HostId, definition))));

    /// <summary>An accepted one is next where they come in order, and drawn with the others where they are shuffled.</summary>
    public static string WhenItComes(PromptSeriesDefinition definition, Scene scene, string personId)
    {
        var speech = scene.SpeechOf(personId);
        var others = scene.Suggestions.Any(one => one is { IsAccepted: true, OccurrenceId: null });
        return definition.Order == PromptOrder.InOrder && !others && scene.Calendar.Next(scene.Run, definition) is { } next
            ? speech.Say("series.suggest.comes", ("moment", scene.OwnTime(personId, next)))
            : speech.Say("series.suggest.comes-sometime");
    }

    /// <summary>Asks the host how it is to go on, after the last round or some silent ones.</summary>
    public static Draft Question(PromptSeriesDefinition definition, Scene scene, Run run, string sentence)
    {
        definition = scene.TextFor(run.HostId, definition);
        var speech = scene.SpeechOf(run.HostId);
        return new Draft
        {
            Text = speech.Say(sentence, ("title", Title(definition)), ("slug", definition.Slug), ("channel", Token.Channel(run.ChannelId))),
            Buttons =
            [
                Button(speech, "series.button.go-on", SeriesAction.GoOn, run.Id, StepOf(run), run.HostId) with { IsPrimary = true },
                Button(speech, "series.button.stop", SeriesAction.Stop, run.Id, StepOf(run), run.HostId),
            ],
        };
    }

    /// <summary>The same time of day, Monday to Friday.</summary>
    public static DateTimeOffset WorkingDayBefore(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = LocalTime.ToLocal(instant, zone);
        do
            local = local.AddDays(-1);
        while (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return LocalTime.ToInstant(local, zone);
    }

    public static string Title(ActivityDefinition definition) => Literal(definition.Title);

    public static string StepOf(Run run) => $"{run.Question}";

    /// <summary>As a quotation, so that it is seen whose words these are.</summary>
    public static string Quoted(string text) => $"> {Literal(text).ReplaceLineEndings("\n> ")}";

    private static DraftButton Button(Speech speech, string labelKey, string action, string subject, string step, string? personId = null) =>
        new(speech.Say(labelKey), new ActionReference(ActionReference.Activity, action, subject, step, personId));

    /// <summary>For whoever suggested it.</summary>
    public static DraftButton TakeBack(Scene scene, Suggestion suggestion) =>
        OnSuggestion(scene.SpeechOf(suggestion.PersonId), "series.button.take-back", PersonAction.TakeBackSuggestion, suggestion, suggestion.PersonId);

    /// <summary>Answered by the subcommand, which asks first whether this person may.</summary>
    private static DraftButton OnSuggestion(Speech speech, string labelKey, string action, Suggestion suggestion, string personId) =>
        new(speech.Say(labelKey), new ActionReference(PersonAction.Suggest, action, suggestion.RunId, suggestion.Id, personId));

    /// <summary>Text of an author or a member, as it stands; that it calls nobody is seen to when it is sent.</summary>
    private static string Literal(string text) => Token.Literal(text);
}
