using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Challenge;

/// <summary>Every message of a challenge, made from state alone.</summary>
internal static class ChallengeView
{
    public static Draft Opening(ChallengeDefinition definition, Scene scene, Run run, Occurrence round)
    {
        var speech = scene.Speech;
        return Post(definition, scene, run, round) with
        {
            Note = scene.WhoIsIn(round),
            Buttons =
            [
                Button(speech, "challenge.button.in", PersonAction.Join, round.Id, PersonAction.WhileOpen) with { IsPrimary = true },
                Button(speech, "challenge.button.how", ChallengeAction.How, round.Id, PersonAction.WhileOpen),
            ],
        };
    }

    /// <summary>The same post once the round is over: buttons gone, a line that says so.</summary>
    public static Draft Over(ChallengeDefinition definition, Scene scene, Run run, Occurrence round, string? wrapUpRowId)
    {
        var speech = scene.Speech;
        var note = round.Status == OccurrenceStatus.Cancelled ? speech.Say("challenge.cancelled")
            : wrapUpRowId is null ? speech.Say("challenge.closed-quiet")
            : speech.Say("challenge.closed", ("link", Token.LinkToRow(wrapUpRowId)));
        return Post(definition, scene, run, round) with { Note = note };
    }

    public static Draft Hint(ChallengeDefinition definition, int number, Speech speech) =>
        speech.Say("challenge.hint", ("text", Authored(definition.Hints[number].Markdown)));

    public static Draft WrapUp(ChallengeDefinition definition, Scene scene, WrapUpState wrapUp)
    {
        var speech = scene.Speech;
        var thanks = wrapUp.Contributors >= 3 ? speech.Say("challenge.thanks-count", ("count", wrapUp.Contributors)) : speech.Say("challenge.thanks");
        List<string> parts = [speech.Say("challenge.wrap-up", ("title", Title(definition)), ("thanks", thanks))];
        if (wrapUp.Featured.Count > 0)
        {
            var replies = wrapUp.Featured.Select(reply =>
                speech.Say("challenge.reply-of", ("person", Token.Person(reply.PersonId)), ("link", Token.LinkToPost(reply.PostId))));
            parts.Add($"{speech.Say("challenge.worth-a-look")}\n{string.Join('\n', replies)}");
        }

        if (definition.WrapUp is { } question)
            parts.Add(speech.Say("challenge.take-along", ("text", Authored(question))));
        var late = wrapUp.Next is { } next
            ? speech.Say("challenge.late-next", ("next", speech.InChannel(next, definition.Zone)))
            : speech.Say("challenge.late-last");
        parts.Add(scene.Run.HostId == Forgotten.Nobody ? late : $"{late} {speech.Say("challenge.ask-host", ("host", Token.Person(scene.Run.HostId)))}");
        return string.Join("\n\n", parts);
    }

    public static string How(ChallengeDefinition definition, Scene scene, Occurrence round, string personId)
    {
        definition = scene.TextFor(personId, definition);
        var speech = scene.SpeechOf(personId);
        var close = scene.OwnTime(personId, round.ClosesAt);
        (string, object)[] places = [("title", Title(definition)), ("in", JoinLabel(scene)), ("close", close), ("slug", definition.Slug)];
        return definition.HowItWorks is { } text
            ? speech.Say("challenge.how-own", [.. places, ("text", Authored(text))])
            : speech.Say(definition.Reminder.At(round.Instant, round.ClosesAt, definition.Zone) is null ? "challenge.how-unreminded" : "challenge.how", places);
    }

    /// <summary>What stands on the button in the channel, whatever language the reader has.</summary>
    public static string JoinLabel(Scene scene) => scene.Speech.Say("challenge.button.in");

    /// <summary>What somebody reads who is in: where they stand, and what they can still choose.</summary>
    public static Draft YouAreIn(ChallengeDefinition definition, Scene scene, Participation part, DateTimeOffset? reminderAt, string sentence, bool enrolled)
    {
        definition = scene.TextFor(part.PersonId, definition);
        var speech = scene.SpeechOf(part.PersonId);
        var reminder = part.Contributions > 0 ? speech.Say("challenge.join.replied")
            : reminderAt is { } at ? speech.Say("challenge.join.reminder", ("moment", scene.OwnTime(part.PersonId, at)))
            : speech.Say("challenge.join.no-reminder");
        List<DraftButton> buttons = [];
        var step = StepOf(part);
        if (!enrolled)
            buttons.Add(Button(speech, "challenge.button.every-round", PersonAction.EveryRound, part.OccurrenceId, step, part.PersonId));
        if (reminderAt is not null && part.Contributions == 0)
            buttons.Add(Button(speech, "challenge.button.no-reminder", ChallengeAction.NoReminder, part.OccurrenceId, step, part.PersonId));
        buttons.Add(Button(speech, "challenge.button.leave", PersonAction.Leave, part.OccurrenceId, step, part.PersonId));
        return new Draft { Text = $"{speech.Say(sentence, ("title", Title(definition)), ("slug", definition.Slug))}\n{reminder}", Buttons = buttons };
    }

    public static Draft Reminder(ChallengeDefinition definition, Scene scene, Occurrence round, PersonInScene person, Participation part)
    {
        definition = scene.TextFor(person.Id, definition);
        var speech = scene.SpeechOf(person.Id);
        var zone = scene.ZoneOf(person.Id);
        (string, object)[] places =
        [
            ("title", Title(definition)),
            ("day", speech.RelativeDay(round.ClosesAt, zone, scene.Now)),
            ("time", person.Zone is null
                ? speech.Say("time.city", ("time", speech.Time(round.ClosesAt, zone)), ("city", ZoneCity.Name(zone)))
                : speech.Say("time.yours", ("time", speech.Time(round.ClosesAt, zone)))),
            ("link", Token.LinkToRow(round.RootRowId)),
            ("in", JoinLabel(scene)),
            ("since", speech.Say("day.other", ("day", speech.Day(part.JoinedAt ?? round.OpenedAt, zone)))),
        ];
        return new Draft
        {
            Text = speech.Say(person.Enrollment is null ? "challenge.reminder" : "challenge.reminder-enrolled", places),
            Briefs = [speech.Say("challenge.reminder-brief", places)],
            Buttons =
            [
                Button(speech, "challenge.button.not-this-time", ChallengeAction.NotThisTime, round.Id, StepOf(part), person.Id),
                Button(speech, "challenge.button.no-more-reminders", ChallengeAction.NoMoreReminders, round.Id, StepOf(part), person.Id),
            ],
        };
    }

    /// <summary>What the host gets to read after a close: figures, never names, and none that would point at somebody.</summary>
    public static string Brief(ChallengeDefinition definition, Scene scene, Occurrence round, bool withNext = true)
    {
        definition = scene.TextFor(scene.Run.HostId, definition);
        var speech = scene.SpeechOf(scene.Run.HostId);
        List<string> lines =
        [
            speech.Say("brief.heading", ("title", Title(definition)), ("channel", Token.Channel(scene.Run.ChannelId))),
            speech.Say("brief.joined", ("number", speech.Figure(round.Joined))),
            speech.Say("brief.replied", ("number", speech.Figure(round.Contributors))),
        ];
        if (round.FirstTimers > 0)
            lines.Add(speech.Say("brief.first-timers", ("number", speech.Figure(round.FirstTimers))));
        if (scene.Refused is [var refused, ..])
            lines.Add(speech.Say("brief.refused", ("count", scene.Refused.Count), ("error", refused.Refusal ?? "")));
        if (withNext)
        {
            lines.Add(scene.NextInstant is { } next
                ? speech.Say("brief.next", ("moment", scene.OwnTime(scene.Run.HostId, next)))
                : speech.Say("brief.last"));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Asks the host how it is to go on, after the last round or two silent ones.</summary>
    public static Draft Question(ChallengeDefinition definition, Scene scene, Run run, string sentence, bool canSlowDown, bool canGoOn)
    {
        definition = scene.TextFor(run.HostId, definition);
        var speech = scene.SpeechOf(run.HostId);
        var step = StepOf(run);
        List<DraftButton> buttons = [];
        if (canGoOn)
            buttons.Add(Button(speech, "challenge.button.go-on", ChallengeAction.GoOn, run.Id, step, run.HostId) with { IsPrimary = true });
        if (canSlowDown)
            buttons.Add(Button(speech, "challenge.button.every-two-weeks", ChallengeAction.EveryTwoWeeks, run.Id, step, run.HostId));
        if (canGoOn)
            buttons.Add(Button(speech, "challenge.button.stop", ChallengeAction.Stop, run.Id, step, run.HostId));
        return new Draft
        {
            Text = speech.Say(
                sentence,
                ("title", Title(definition)), ("slug", definition.Slug), ("channel", Token.Channel(run.ChannelId)),
                ("count", definition.Rounds ?? run.Rounds), ("rounds", definition.Rounds ?? run.Rounds)),
            Buttons = buttons,
        };
    }

    public static string Title(ActivityDefinition definition) => Authored(definition.Title);

    public static string StepOf(Participation part) => $"{part.Step}";

    public static string StepOf(Run run) => $"{run.Question}";

    private static Draft Post(ChallengeDefinition definition, Scene scene, Run run, Occurrence round)
    {
        var speech = scene.Speech;
        var close = speech.InChannel(round.ClosesAt, definition.Zone);
        return $"**{Title(definition)}**\n{Authored(definition.Body)}\n\n{speech.Say("challenge.invite")}\n"
            + (run.HostId == Forgotten.Nobody
                ? speech.Say("challenge.open-no-host", ("close", close))
                : speech.Say("challenge.open", ("close", close), ("host", Token.Person(run.HostId))));
    }

    private static DraftButton Button(Speech speech, string labelKey, string action, string subject, string step, string? personId = null) =>
        new(speech.Say(labelKey), new ActionReference(ActionReference.Activity, action, subject, step, personId));

    /// <summary>An author's Markdown, as it stands; that it calls nobody is seen to when it is sent.</summary>
    private static string Authored(string text) => Token.Literal(text);
}
