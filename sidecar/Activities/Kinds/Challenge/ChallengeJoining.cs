using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Kinds.Challenge;

/// <summary>What a challenge's buttons say besides <see cref="PersonAction"/>.</summary>
internal static class ChallengeAction
{
    public const string How = "how";
    public const string NoReminder = "no-reminder";
    public const string NotThisTime = "not-this-time";
    public const string NoMoreReminders = "no-more-reminders";
    public const string GoOn = "go-on";
    public const string EveryTwoWeeks = "every-two-weeks";
    public const string Stop = "stop";
}

/// <summary>People joining, choosing and leaving.</summary>
internal static class ChallengeJoining
{
    public static void Act(ChallengeDefinition definition, Turn turn, Acted acted)
    {
        var (scene, round, personId) = (turn.Scene, turn.Round, acted.PersonId);
        var speech = scene.SpeechOf(personId);
        if (round.Status != OccurrenceStatus.Open)
        {
            turn.Answer(Over(definition, scene, personId));
            return;
        }

        switch (acted.Action)
        {
            case ChallengeAction.How:
                turn.Answer(Notice(speech.Say("challenge.button.how"), ChallengeView.How(definition, scene, round, personId)));
                return;
            case PersonAction.Join:
                Join(definition, turn, acted);
                return;
        }

        // All other buttons are private answers to one joining; a later joining or leaving makes them old.
        var part = scene.Person(personId).Participation;
        if (acted.Step is not null && (part is null || acted.Step != ChallengeView.StepOf(part)))
        {
            turn.Answer(speech.Say("challenge.old-button"));
            return;
        }

        switch (acted.Action)
        {
            case PersonAction.EveryRound when part is { IsIn: true }:
                turn.Enroll(personId);
                turn.Answer(Instead(ChallengeView.YouAreIn(definition, scene, part, ReminderStill(definition, turn, part), "challenge.every-round", enrolled: true)));
                break;
            case ChallengeAction.NoReminder when part is { IsIn: true }:
                turn.Save(part with { NoReminder = true });
                turn.Record(Verbs.RemindersOff, personId, round.Id);
                var enrolled = scene.Person(personId).Enrollment is not null;
                turn.Answer(Instead(ChallengeView.YouAreIn(definition, scene, part, null, "challenge.join", enrolled)));
                break;
            case PersonAction.Leave:
                Leave(definition, turn, personId);
                break;
            case ChallengeAction.NotThisTime:
                if (turn.TakeOut(personId) is not null)
                    EditWhoIsIn(definition, turn);
                turn.Answer(Reply.Instead(speech.Say("challenge.not-this-time", ("title", ChallengeView.Title(scene.TextFor(personId, definition))))));
                break;
            case ChallengeAction.NoMoreReminders:
                turn.Save((scene.Person(personId).Settings ?? new PersonSettings { PersonId = personId }) with { RemindersOff = true });
                turn.Record(Verbs.RemindersOff, personId);
                turn.Answer(Reply.Instead(speech.Say("challenge.no-more-reminders")));
                break;
            default:
                turn.Answer(speech.Say("challenge.old-button"));
                break;
        }
    }

    /// <summary>The same between two rounds: only standing consent can change then.</summary>
    public static void ActBetweenRounds(ChallengeDefinition definition, Turn turn, Acted acted)
    {
        var (scene, personId) = (turn.Scene, acted.PersonId);
        var speech = scene.SpeechOf(personId);
        var title = ChallengeView.Title(scene.TextFor(personId, definition));
        if (acted.Action == PersonAction.EveryRound)
        {
            turn.Enroll(personId);
            turn.Answer(speech.Say("challenge.every-round", ("title", title), ("slug", definition.Slug)));
        }
        else
        {
            var left = turn.Unenroll(personId);
            if (left)
                turn.Record(Verbs.Left, personId);
            turn.Answer(Reply.Instead(speech.Say(left ? "challenge.left" : "challenge.left-not-in", ("title", title))));
        }
    }

    /// <summary>Somebody is no longer in the channel: nothing is said, and nothing more comes to them.</summary>
    public static void LeaveQuietly(ChallengeDefinition definition, Turn turn, string personId)
    {
        if (!turn.HasRound)
            turn.Unenroll(personId);
        else if (turn.Round.Status == OccurrenceStatus.Open && turn.TakeOut(personId) is not null)
            EditWhoIsIn(definition, turn);
    }

    private static void Join(ChallengeDefinition definition, Turn turn, Acted acted)
    {
        var (scene, personId) = (turn.Scene, acted.PersonId);
        var speech = scene.SpeechOf(personId);
        var enrolled = scene.Person(personId).Enrollment is not null;
        if (ChallengeKind.TakeIn(definition, turn, personId) is not { } joined)
        {
            var part = scene.Person(personId).Participation!;
            var already = ChallengeView.YouAreIn(definition, scene, part, ReminderStill(definition, turn, part), "challenge.join.already", enrolled);
            turn.Answer(Notice(speech.Say("challenge.button.in"), $"{already.Text}\n{speech.Say("challenge.join.see-direct")}"));
            return;
        }

        EditWhoIsIn(definition, turn);
        var answer = ChallengeView.YouAreIn(definition, scene, joined.Part, joined.ReminderAt, "challenge.join", enrolled);
        // The answer to a click carries text only, and that to a click on a private answer is seen only in a thread that nobody opens.
        // So the choices go where buttons can stand and their answers are seen: into the direct messages.
        var why = speech.Say("challenge.join.why", ("slug", definition.Slug), ("in", ChallengeView.JoinLabel(scene)));
        turn.Write(personId, $"join/{joined.Part.Step}", MessagePurpose.Asked, answer with { Text = $"{answer.Text}\n{why}" }, turn.Round.ClosesAt);
        turn.Answer($"{answer.Text}\n{speech.Say("challenge.join.see-direct")}");
    }

    private static void Leave(ChallengeDefinition definition, Turn turn, string personId)
    {
        var wasEnrolled = turn.Unenroll(personId);
        var wasIn = turn.TakeOut(personId) is not null;
        if (wasIn)
            EditWhoIsIn(definition, turn);
        else if (wasEnrolled)
            turn.Record(Verbs.Left, personId);
        var sentence = wasIn || wasEnrolled ? "challenge.left" : "challenge.left-not-in";
        turn.Answer(Reply.Instead(turn.Scene.SpeechOf(personId).Say(sentence, ("title", ChallengeView.Title(turn.Scene.TextFor(personId, definition))))));
    }

    private static Reply Over(ChallengeDefinition definition, Scene scene, string personId)
    {
        var speech = scene.SpeechOf(personId);
        var title = ChallengeView.Title(scene.TextFor(personId, definition));
        var text = scene.NextInstant is { } next
            ? speech.Say("challenge.over-next", ("title", title), ("moment", scene.OwnTime(personId, next)))
            : speech.Say("challenge.over", ("title", title));
        return Notice(speech.Say("challenge.over-title"), text);
    }

    private static DateTimeOffset? ReminderStill(ChallengeDefinition definition, Turn turn, Participation part) =>
        part is { NoReminder: false, Contributions: 0 } ? turn.Scene.ReminderAt(turn.Round, part.PersonId) : null;

    private static void EditWhoIsIn(ChallengeDefinition definition, Turn turn) =>
        turn.EditRound(ChallengeView.Opening(definition, turn.Scene, turn.Run, turn.Round));

    private static Reply Notice(string title, string text) => new() { Draft = text, NoticeTitle = title };

    private static Reply Instead(Draft draft) => new() { Draft = draft, ReplacesMessage = true };
}
