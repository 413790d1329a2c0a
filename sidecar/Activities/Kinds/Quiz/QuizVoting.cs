using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>Peer instruction: everybody votes alone and sees nothing, talks in the thread, votes again, and sees both.</summary>
internal sealed class QuizVoting(QuizDefinition definition, Turn turn, QuizRoundState state)
{
    /// <summary>The word of the moment at which people begin to talk.</summary>
    public const string Talk = "talk";

    /// <summary>The name of the post that asks them to.</summary>
    private const string TalkPost = "talk";

    private Scene Scene => turn.Scene;

    /// <summary>The round's question, in the order in which everybody sees its options.</summary>
    public AskedQuestion Asked => AskedQuestion.Of(
        definition.Find(state.Questions[0]) ?? throw new InvalidOperationException($"{definition.Path} has no question {state.Questions[0]}, and a round asks it."),
        definition.IsShuffled ? turn.Round.Id : null);

    private string Step => state.IsSecondVote ? "2" : "1";

    public static DateTimeOffset TalkAt(QuizDefinition definition, Occurrence round) => definition.FirstVote is { } vote
        ? vote.AddTo(round.Instant, definition.Zone)
        : round.Instant + ((round.ClosesAt - round.Instant) / 2);

    public Draft Opening()
    {
        var speech = Scene.Speech;
        var (run, round) = (turn.Run, turn.Round);
        var asked = Asked;
        var moment = state.IsSecondVote ? round.ClosesAt : TalkAt(definition, round);
        var note = speech.Say(state.IsSecondVote ? "quiz.vote-again" : "quiz.vote-alone", ("close", speech.InChannel(moment, definition.Zone)));
        return new Draft
        {
            Text = Text(asked, run.HostId == Forgotten.Nobody ? null : speech.Say("quiz.host", ("host", Token.Person(run.HostId)))),
            Note = note,
            Buttons =
            [
                .. asked.Order.Select((option, at) => new DraftButton(
                    AskedQuestion.Letter(at), new ActionReference(ActionReference.Activity, string.Create(CultureInfo.InvariantCulture, $"{QuizAction.Vote}{option}"), round.Id, Step))),
            ],
        };
    }

    public Draft Over(string? scorecardRowId)
    {
        var speech = Scene.Speech;
        var note = turn.Round.Status == OccurrenceStatus.Cancelled ? speech.Say("quiz.cancelled")
            : scorecardRowId is null ? speech.Say("quiz.closed-quiet")
            : speech.Say("quiz.closed", ("link", Token.LinkToRow(scorecardRowId)));
        return new Draft { Text = Text(Asked, null), Note = note };
    }

    /// <summary>A vote can be changed as long as its turn lasts: the last one counts.</summary>
    public void Vote(string personId, int option, string? step)
    {
        var speech = Scene.SpeechOf(personId);
        var asked = Asked;
        if (step != Step || option >= asked.Order.Length)
        {
            turn.Answer(Notice(personId, speech.Say(state.IsSecondVote ? "quiz.first-is-over" : "quiz.old-button")));
            return;
        }

        var joined = turn.TakeIn(personId);
        var participation = joined ?? Scene.Person(personId).Participation!;
        if (joined is not null)
            QuizKind.AwaitReminder(turn, joined);
        var part = QuizKind.PartOf(participation);
        var before = state.IsSecondVote ? part.SecondVote : part.FirstVote;
        var key = before == option ? "quiz.vote-same" : before is null ? "quiz.vote-is" : "quiz.vote-changed";
        if (before != option)
        {
            var voted = QuizKind.With(participation, state.IsSecondVote ? part with { SecondVote = option } : part with { FirstVote = option });
            turn.Save(state.IsSecondVote ? voted with { FinishedAt = voted.FinishedAt ?? Scene.Now, NoReminder = true } : voted);
            if (state.IsSecondVote && before is null)
            {
                turn.HasFinished(personId);
                turn.Record(Verbs.Finished, personId, result: string.Create(CultureInfo.InvariantCulture, $"{PointsOf(asked, option)}"));
            }

            turn.Record(Verbs.Answered, personId, $"{Step}/{turn.Scene.Now.UtcTicks}", string.Create(CultureInfo.InvariantCulture, $"{asked.Question.Id}:{PointsOf(asked, option)}"));
        }

        var until = state.IsSecondVote ? turn.Round.ClosesAt : TalkAt(definition, turn.Round);
        turn.Answer(Notice(personId, speech.Say(
            key, ("answer", asked.LetterOf(option)), ("before", before is { } old ? asked.LetterOf(old) : ""), ("close", Scene.OwnTime(personId, until)))));
    }

    /// <summary>The first vote is over: people are asked to talk before anybody sees what was voted.</summary>
    public QuizRoundState BeginTalk(bool isSilent)
    {
        var talking = state with { IsSecondVote = true };
        turn.EditRound(new QuizVoting(definition, turn, talking).Opening(), atOnce: true);
        if (!isSilent)
            turn.PostInThread(TalkPost, Scene.Speech.Say("quiz.talk", ("close", Scene.Speech.InChannel(turn.Round.ClosesAt, definition.Zone))));
        return talking;
    }

    /// <summary>The points of a vote, in percent.</summary>
    public static int PointsOf(AskedQuestion asked, int option) => ((ChoiceQuestion)asked.Question).Options[option].IsRight ? Grade.Whole : 0;

    private string Text(AskedQuestion asked, string? last)
    {
        var speech = Scene.Speech;
        List<string> parts = [$"**{Token.Literal(definition.Title)}**"];
        if (definition.Body.Length > 0)
            parts.Add(Token.Literal(definition.Body));
        parts.Add(asked.Text(speech));
        if (last is not null)
            parts.Add(last);
        return string.Join("\n\n", parts);
    }

    private Reply Notice(string personId, string text) => new() { Draft = text, NoticeTitle = Scene.SpeechOf(personId).Say("quiz.vote-title") };
}
