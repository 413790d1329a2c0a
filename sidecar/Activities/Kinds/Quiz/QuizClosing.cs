using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>How a round closes: what was hidden is told, as far as it points at nobody.</summary>
internal static class QuizClosing
{
    private const string ScorecardName = "scorecard";

    /// <returns>What is remembered of the run and of the round then.</returns>
    public static (QuizRunState Run, QuizRoundState Round) Close(QuizDefinition definition, Turn turn, QuizRunState run, QuizRoundState round)
    {
        var scene = turn.Scene;
        turn.EndRound(OccurrenceStatus.Closed);
        turn.Record(Verbs.Closed);
        var parts = scene.People.Values.Select(person => person.Participation).OfType<Participation>().Select(QuizKind.PartOf).ToList();
        var isVote = definition.Mode == QuizMode.PeerInstruction;
        var people = parts.Count(part => isVote ? part.FirstVote is not null || part.SecondVote is not null : part.Answers.Count > 0);
        if (people > 0)
        {
            FeedDecks(definition, turn, isVote ? new QuizVoting(definition, turn, round).Asked : null);
            run = run with { Questions = Counted(run.Questions, isVote ? VotesOf(definition, turn, round, parts) : AnswersOf(parts)) };
            if (scene.Held is null)
            {
                var (draft, picture) = isVote ? OfVotes(definition, turn, round, parts, people) : OfWindow(definition, turn, round, parts, people);
                turn.PostInThread(ScorecardName, draft, file: picture);
                round = round with { ScorecardRowId = turn.RowId(ScorecardName), Ranking = Ranking.Of(definition, scene, round) };
                Ranking.Post(turn, round);
            }
        }

        turn.EditRound(Over(definition, turn, round), atOnce: true);
        if (turn.Run.Status != RunStatus.Running)
            return (run, round);
        if (scene.NextInstant is null)
            turn.Run = turn.Run with { Status = RunStatus.Ended };
        if (scene.Held is null && turn.Run.HostId != Forgotten.Nobody && !scene.Person(turn.Run.HostId).IsGone)
            turn.Write(turn.Run.HostId, "after-close", MessagePurpose.Report, new QuizView(scene.TextFor(turn.Run.HostId, definition), scene).Brief(turn.Round, people));
        return (run, round);
    }

    /// <summary>The round's post once it is over, in either mode.</summary>
    public static Draft Over(QuizDefinition definition, Turn turn, QuizRoundState round) => definition.Mode == QuizMode.PeerInstruction
        ? new QuizVoting(definition, turn, round).Over(round.ScorecardRowId)
        : new QuizView(definition, turn.Scene).Over(turn.Round, round);

    /// <summary>Somebody asks for their own answers: they come as direct messages, once.</summary>
    public static void SendMine(QuizDefinition definition, Turn turn, string personId)
    {
        var scene = turn.Scene;
        var speech = scene.SpeechOf(personId);
        var view = new QuizView(scene.TextFor(personId, definition), scene);
        var participation = scene.Person(personId).Participation;
        var part = QuizKind.PartOf(participation);
        if (part.Answers.Count == 0)
        {
            turn.Answer(new Reply { Draft = speech.Say("quiz.no-answers", ("title", view.Title)), NoticeTitle = speech.Say("quiz.mine-title") });
            return;
        }

        var words = speech.Say(part.HasMine ? "quiz.mine-there" : "quiz.mine-sent", ("link", Token.LinkToRow(turn.DirectRowId(MineName(0), personId))));
        turn.Answer(new Reply { Draft = words, NoticeTitle = speech.Say("quiz.mine-title") });
        if (part.HasMine)
            return;
        turn.Save(QuizKind.With(participation!, part with { HasMine = true }));
        foreach (var (number, draft) in view.Mine(part, personId, turn.Round).Index())
            turn.Write(personId, MineName(number), MessagePurpose.Answer, draft);
    }

    private static string MineName(int number) => string.Create(CultureInfo.InvariantCulture, $"mine/{number}");

    private static (Draft Draft, OutboxFile? Picture) OfWindow(QuizDefinition definition, Turn turn, QuizRoundState round, List<QuizPart> parts, int people)
    {
        var answers = AnswersOf(parts).ToLookup(each => each.QuestionId, each => each.Given);
        var tallies = round.Questions.Select(definition.Find).OfType<Question>().Select(question => Tally.Of(question, answers[question.Id])).ToList();
        return new Scorecard(definition, turn.Scene).OfWindow(turn.Round, tallies, people);
    }

    private static (Draft Draft, OutboxFile? Picture) OfVotes(QuizDefinition definition, Turn turn, QuizRoundState round, List<QuizPart> parts, int people)
    {
        var asked = new QuizVoting(definition, turn, round).Asked;
        return new Scorecard(definition, turn.Scene).OfVotes(asked, Of(part => part.FirstVote), Of(part => part.SecondVote), people);

        Tally Of(Func<QuizPart, int?> voteOf) =>
            Tally.Of(asked.Question, parts.Select(voteOf).OfType<int>().Select(option => new Given(QuizVoting.PointsOf(asked, option), [option])));
    }

    /// <summary>What was wrong is told now, so it can be asked again: of votes, the last one counts.</summary>
    private static void FeedDecks(QuizDefinition definition, Turn turn, AskedQuestion? voted)
    {
        foreach (var participation in turn.Scene.People.Values.Select(person => person.Participation).OfType<Participation>())
        {
            var part = QuizKind.PartOf(participation);
            IEnumerable<Question> missed = voted is null ? part.Missed.Select(definition.Find).OfType<Question>()
                : (part.SecondVote ?? part.FirstVote) is { } vote && QuizVoting.PointsOf(voted, vote) < Grade.Whole ? [voted.Question]
                : [];
            foreach (var question in missed)
                turn.Missed(participation.PersonId, question);
        }
    }

    private static IEnumerable<(string QuestionId, Given Given)> AnswersOf(IEnumerable<QuizPart> parts) =>
        parts.SelectMany(part => part.Answers.Select((given, number) => (part.Questions[number], given)));

    /// <summary>How hard a question is shows in what people vote alone.</summary>
    private static IEnumerable<(string QuestionId, Given Given)> VotesOf(QuizDefinition definition, Turn turn, QuizRoundState round, IEnumerable<QuizPart> parts)
    {
        var asked = new QuizVoting(definition, turn, round).Asked;
        return parts.Select(part => part.FirstVote).OfType<int>().Select(option => (asked.Question.Id, new Given(QuizVoting.PointsOf(asked, option), [option])));
    }

    private static Dictionary<string, Asked> Counted(IReadOnlyDictionary<string, Asked> known, IEnumerable<(string QuestionId, Given Given)> answers)
    {
        var counted = new Dictionary<string, Asked>(known);
        foreach (var (questionId, given) in answers)
            counted[questionId] = (counted.GetValueOrDefault(questionId) ?? new Asked(0, 0)).And(given.Points);
        return counted;
    }
}
