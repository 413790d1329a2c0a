using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>Questions with right answers: at any time, in rounds whose answers are hidden until the close, or voted on, talked about and voted on again.</summary>
public sealed class QuizKind : ActivityKind<QuizDefinition, QuizRunState, QuizRoundState>, IActivityKind
{
    public const string Name = "quiz";

    /// <summary>The bot's silent mark on a reply that is part of the talk.</summary>
    private const string Mark = "speech_balloon";

    private const string Close = "close";
    private const string Remind = "remind/";

    public override string Id => Name;

    public override IKindContent Content { get; } = new QuizContent();

    protected override JsonTypeInfo<QuizRunState> RunJson => QuizJson.Default.QuizRunState;

    protected override JsonTypeInfo<QuizRoundState> RoundJson => QuizJson.Default.QuizRoundState;

    public override bool LooksAtEverybody(ActivityEvent happened) => happened is RoundOpened or MomentCame { What: Close } or PersonForgotten;

    public override int MessagesPerRound(ActivityDefinition definition) => ((QuizDefinition)definition).Mode switch
    {
        QuizMode.AnyTime => 1,
        QuizMode.Window => 2,
        _ => 3,
    };

    public string? PlaceOf(ActivityDefinition definition, Participation part, Speech speech) => PartOf(part) is { IsUnderWay: true } state
        ? speech.Say("quiz.place", ("number", state.Answers.Count + 1), ("all", state.Questions.Count))
        : null;

    protected override Decision Decide(QuizDefinition definition, Scene scene, ActivityEvent happened)
    {
        var turn = new Turn(scene);
        switch (happened)
        {
            case RoundOpened:
                Open(definition, turn);
                break;
            case MomentCame { What: Close } when IsOpen(turn):
                var (run, round) = QuizClosing.Close(definition, turn, StateOf(turn.Run), StateOf(turn.Round));
                (turn.Run, turn.Round) = (With(turn.Run, run), With(turn.Round, round));
                break;
            case MomentCame { What: QuizVoting.Talk } when IsOpen(turn) && !StateOf(turn.Round).IsSecondVote:
                turn.Round = With(turn.Round, new QuizVoting(definition, turn, StateOf(turn.Round)).BeginTalk(isSilent: scene.Held is not null));
                break;
            case MomentCame { PersonId: { } personId } moment when IsOpen(turn) && moment.What.StartsWith(Remind, StringComparison.Ordinal):
                RemindOne(definition, turn, moment, personId);
                break;
            case Acted acted when turn.HasRound:
                Act(definition, turn, acted);
                break;
            case Acted { Action: PersonAction.EveryRound or PersonAction.Leave } acted:
                Consent(definition, turn, acted);
                break;
            case Acted acted:
                turn.Answer(scene.SpeechOf(acted.PersonId).Say("quiz.old-button"));
                break;
            case Replied reply when IsTalk(definition, turn):
                turn.Count(reply, Mark);
                break;
            case ReplyRemoved removed when IsTalk(definition, turn):
                turn.Discount(removed, Mark);
                break;
            case Reacted reacted when IsTalk(definition, turn):
                turn.Count(reacted);
                break;
            case ReactionRemoved removed when IsTalk(definition, turn):
                turn.Discount(removed);
                break;
            case LeftChannel left when turn.HasRound && IsOpen(turn):
                turn.TakeOut(left.PersonId);
                break;
            case LeftChannel left when !turn.HasRound:
                turn.Unenroll(left.PersonId);
                break;
            case RoundPostGone when IsOpen(turn):
                turn.EndWithPost(definition, "quiz.post-gone");
                break;
            case ChannelArchived when turn.Run.Status == RunStatus.Running:
                turn.RestRun(definition, "quiz.archived");
                break;
            case ChannelRestored when turn.Run.Status == RunStatus.Archived:
                if (turn.RestoreRun())
                    turn.EditRound(QuizClosing.Over(definition, turn, StateOf(turn.Round)), atOnce: true);
                break;
            case PersonForgotten { WasHost: true } when turn.HasRound && IsOpen(turn):
                turn.EditRound(Opening(definition, turn, StateOf(turn.Round)));
                break;
            case PersonForgotten forgotten when turn.HasRound && Ranking.Names(StateOf(turn.Round), forgotten.PersonId):
                turn.Round = With(turn.Round, Ranking.Without(turn, StateOf(turn.Round), forgotten.PersonId));
                break;
            case RunStopping stopping:
                if (turn.StopRun(stopping.PersonId))
                    turn.EditRound(QuizClosing.Over(definition, turn, StateOf(turn.Round)), atOnce: true);
                break;
        }

        return turn.Decide();
    }

    internal static QuizPart PartOf(Participation? part) => StateOf(part, QuizJson.Default.QuizPart);

    internal static Participation With(Participation part, QuizPart state) => With(part, state, QuizJson.Default.QuizPart);

    /// <summary>Asks for the moment at which somebody who has begun and not ended is reminded, once a round.</summary>
    internal static void AwaitReminder(Turn turn, Participation part)
    {
        if (turn.Scene.ReminderAt(turn.Round, part.PersonId) is { } at)
            turn.AwaitUndisturbed(ReminderOf(part), at, part.PersonId, turn.Round.ClosesAt);
    }

    private void Open(QuizDefinition definition, Turn turn)
    {
        var (scene, round) = (turn.Scene, turn.Round);
        var state = new QuizRoundState();
        if (!round.StaysOpen)
        {
            var run = StateOf(turn.Run);
            var (drawn, used) = QuestionBank.Draw(definition, run.Used, run.Questions, round.Id);
            state = state with { Questions = drawn };
            turn.Run = With(turn.Run, run with { Used = used });
            turn.Await(Close, round.ClosesAt);
            if (definition.Mode == QuizMode.PeerInstruction)
                turn.Await(QuizVoting.Talk, QuizVoting.TalkAt(definition, round));
        }

        turn.Round = With(turn.Round, state);
        if (definition.Mode == QuizMode.Window)
        {
            foreach (var enrolled in scene.Enrolled.OrderBy(one => one.Since).ThenBy(one => one.PersonId, StringComparer.Ordinal))
            {
                if (scene.Person(enrolled.PersonId) is { IsGone: false } person && person.Settings?.IsPausedAt(scene.Now) != true)
                    AskingOf(definition, turn, enrolled.PersonId, StateOf(turn.Run)).BeginByConsent();
            }
        }

        // Half of a window is worth posting; less is not, should Mattermost have been away that long.
        turn.PostRound(Opening(definition, turn, state), round.StaysOpen ? Occurrence.Never : round.Instant + ((round.ClosesAt - round.Instant) / 2));
    }

    private void Act(QuizDefinition definition, Turn turn, Acted acted)
    {
        var (personId, action) = (acted.PersonId, acted.Action);
        if (action == QuizAction.Mine)
        {
            if (turn.Round.Status != OccurrenceStatus.Open)
                QuizClosing.SendMine(definition, turn, personId);
            return;
        }

        var speech = turn.Scene.SpeechOf(personId);
        if (turn.Round.Status != OccurrenceStatus.Open)
        {
            turn.Answer(new Reply { Draft = speech.Say("quiz.over", ("title", new QuizView(turn.Scene.TextFor(personId, definition), turn.Scene).Title)), NoticeTitle = acted is Submitted ? null : speech.Say("quiz.over-title") });
            return;
        }

        if (action is PersonAction.EveryRound or PersonAction.Leave or QuizAction.NotThisTime)
        {
            Consent(definition, turn, acted);
            return;
        }

        if (definition.Mode == QuizMode.PeerInstruction)
        {
            if (QuizAction.NumberIn(action, QuizAction.Vote) is { } vote)
                new QuizVoting(definition, turn, StateOf(turn.Round)).Vote(personId, vote, acted.Step);
            else
                turn.Answer(speech.Say("quiz.vote-there", ("link", Token.LinkToRow(turn.Round.RootRowId))));
            return;
        }

        var remembered = StateOf(turn.Run);
        var asking = AskingOf(definition, turn, personId, remembered);
        switch (acted)
        {
            case Submitted sent:
                asking.Submit(sent);
                break;
            case { Action: PersonAction.Join }:
                asking.Join();
                break;
            case { Action: PersonAction.Continue }:
                asking.Continue();
                break;
            case { Action: QuizAction.Again }:
                asking.Again(acted.Step);
                break;
            case { Action: QuizAction.Form }:
                asking.OpenForm(acted.Step);
                break;
            case var _ when QuizAction.NumberIn(action, QuizAction.Choose) is { } option:
                asking.Choose(option, acted.Step);
                break;
            default:
                turn.Answer(speech.Say("quiz.old-button"));
                break;
        }

        if (!ReferenceEquals(asking.Run, remembered))
            turn.Run = With(turn.Run, asking.Run);
    }

    /// <summary>In every round, no longer, or not in this one.</summary>
    private static void Consent(QuizDefinition definition, Turn turn, Acted acted)
    {
        var (personId, speech) = (acted.PersonId, turn.Scene.SpeechOf(acted.PersonId));
        (string, object)[] places = [("title", new QuizView(turn.Scene.TextFor(personId, definition), turn.Scene).Title), ("slug", definition.Slug)];
        if (acted.Action == PersonAction.EveryRound)
        {
            if (!definition.IsInRounds)
            {
                turn.Answer(speech.Say("quiz.no-rounds", places));
                return;
            }

            turn.Enroll(personId);
            turn.Answer(speech.Say(definition.Mode == QuizMode.Window ? "quiz.every-round" : "quiz.every-round-vote", places));
            return;
        }

        var isOpen = IsOpen(turn);
        var wasIn = isOpen && turn.TakeOut(personId) is not null;
        if (acted.Action == QuizAction.NotThisTime)
        {
            turn.Answer(Reply.Instead(speech.Say("quiz.not-this-time", places)));
            return;
        }

        var wasEnrolled = turn.Unenroll(personId);
        if (wasEnrolled && !wasIn)
            turn.Record(Verbs.Left, personId);
        turn.Answer(Reply.Instead(speech.Say(wasIn || wasEnrolled ? "quiz.left" : "quiz.left-not-in", places)));
    }

    private static void RemindOne(QuizDefinition definition, Turn turn, MomentCame moment, string personId)
    {
        if (turn.Scene.Person(personId).Participation is not { IsIn: true, NoReminder: false, FinishedAt: null } part || ReminderOf(part) != moment.What
            || turn.ReminderGoesNow(moment, personId) is not { } expiresAt)
            return;
        turn.Save(part with { NoReminder = true });
        turn.Record(Verbs.Reminded, personId);
        turn.Nudge(personId, "reminder", new QuizView(turn.Scene.TextFor(personId, definition), turn.Scene).Reminder(PartOf(part), personId, turn.Round), expiresAt);
    }

    private static Draft Opening(QuizDefinition definition, Turn turn, QuizRoundState state) => definition.Mode == QuizMode.PeerInstruction
        ? new QuizVoting(definition, turn, state).Opening()
        : new QuizView(definition, turn.Scene).Opening(turn.Run, turn.Round, state);

    private QuizAsking AskingOf(QuizDefinition definition, Turn turn, string personId, QuizRunState run) =>
        new(turn.Scene.TextFor(personId, definition), turn, personId, PartOf(turn.Scene.Person(personId).Participation), run, StateOf(turn.Round));

    private static string ReminderOf(Participation part) => string.Create(CultureInfo.InvariantCulture, $"{Remind}{part.Step}");

    private static bool IsOpen(Turn turn) => turn.HasRound && turn.Round.Status == OccurrenceStatus.Open;

    /// <summary>In peer instruction the talk in the thread is half of it.</summary>
    private static bool IsTalk(QuizDefinition definition, Turn turn) =>
        definition.Mode == QuizMode.PeerInstruction && turn.HasRound && turn.Round.Status != OccurrenceStatus.Cancelled;
}
