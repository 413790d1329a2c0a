using System.Collections.Immutable;
using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>What a quiz's buttons say besides <see cref="PersonAction"/>.</summary>
internal static class QuizAction
{
    /// <summary>...and the option, by its place in the file.</summary>
    public const string Choose = "choose/";

    /// <summary>Opens the form, and is what the form is sent in for.</summary>
    public const string Form = "form";

    public const string Again = "again";

    /// <summary>...and the option: a vote in the channel.</summary>
    public const string Vote = "vote/";

    /// <summary>What I answered, once it may be said.</summary>
    public const string Mine = "mine";

    public const string NotThisTime = "not-this-time";

    /// <summary>The number behind a word, as <see cref="Choose"/> has it; null where there is none.</summary>
    public static int? NumberIn(string action, string word) =>
        action.StartsWith(word, StringComparison.Ordinal) && int.TryParse(action.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>Asks one person one question after the other, in their direct messages.</summary>
internal sealed class QuizAsking(QuizDefinition definition, Turn turn, string personId, QuizPart part, QuizRunState run, QuizRoundState round)
{
    private Scene Scene => turn.Scene;

    private QuizView View => new(definition, Scene);

    /// <summary>What was remembered of the run, with what this turn adds.</summary>
    public QuizRunState Run { get; private set; } = run;

    /// <summary>Answers are told as they come where everybody goes at their own pace; in a round they are hidden until it closes.</summary>
    private bool TellsAtOnce => turn.Round.StaysOpen;

    /// <summary>"Start", "I'm in", `/learn join`: begins, or goes on where they were.</summary>
    public void Join()
    {
        var joined = turn.TakeIn(personId);
        var participation = joined ?? Scene.Person(personId).Participation!;
        var speech = Scene.SpeechOf(personId);
        if (part.IsUnderWay)
        {
            // Whoever has only pressed twice finds the question where it is; whoever had left gets it anew.
            var present = joined is null ? part : SendAgain(participation);
            turn.Answer(speech.Say(
                "quiz.goes-on", ("title", View.Title), ("number", part.Answers.Count + 1), ("all", part.Questions.Count), ("link", Token.LinkToRow(turn.DirectRowId(QuizView.NameOf(present), personId)))));
        }
        else if (part.Attempt > 0 && !TellsAtOnce)
            turn.Answer(speech.Say("quiz.all-in", ("title", View.Title), ("close", View.Close(personId, turn.Round))));
        else
        {
            Begin(participation);
            turn.Answer(speech.Say("quiz.begins", ("title", View.Title)));
        }
    }

    /// <summary>"Go on": the present question once more, at the end of the direct messages.</summary>
    public void Continue()
    {
        if (!part.IsUnderWay || Scene.Person(personId).Participation is not { IsIn: true } participation)
        {
            Join();
            return;
        }

        SendAgain(participation);
        turn.Answer(Scene.SpeechOf(personId).Say("quiz.sent-again", ("title", View.Title), ("number", part.Answers.Count + 1), ("all", part.Questions.Count)));
    }

    /// <summary>Begins for somebody who is in every round: the first question comes by itself.</summary>
    public void BeginByConsent()
    {
        if (turn.TakeIn(personId) is { } joined)
            Begin(joined, MessagePurpose.Asked);
    }

    /// <summary>Once more, or with the next questions of the bank.</summary>
    public void Again(string? step)
    {
        var participation = Scene.Person(personId).Participation;
        var speech = Scene.SpeechOf(personId);
        if (!TellsAtOnce || participation is null || part.IsUnderWay || step != QuizView.StepOf(part))
        {
            turn.Answer(speech.Say("quiz.old-button"));
            return;
        }

        turn.Answer(Reply.Instead(View.Score(part, personId, buttons: false).Text));
        Begin(turn.TakeIn(personId) ?? participation);
    }

    /// <summary>A click on an option: the message becomes what is to be said to it, and the next question follows.</summary>
    public void Choose(int option, string? step)
    {
        if (Current(step) is not { IsClicked: true } asked)
        {
            AnswerOld(step);
            return;
        }

        var answer = new Answer.Chosen([option]);
        if (Grading.Of(asked.Question, answer) is not { } grade)
        {
            AnswerOld(step);
            return;
        }

        turn.Answer(new Reply { Draft = View.Answered(part, asked, answer, grade, personId, TellsAtOnce, turn.Round), ReplacesMessage = true });
        GoOn(grade);
    }

    /// <summary>The question's one button: opens the form in which it is answered.</summary>
    public void OpenForm(string? step)
    {
        if (Current(step) is not { IsClicked: false } asked)
        {
            AnswerOld(step);
            return;
        }

        var speech = Scene.SpeechOf(personId);
        var action = new ActionReference(ActionReference.Activity, QuizAction.Form, turn.Round.Id, QuizView.StepOf(part), personId);
        turn.Answer(new Reply { Draft = speech.Say("question.form-failed"), Dialog = QuestionForm.Of(asked, action, speech) });
    }

    public void Submit(Submitted sent)
    {
        var speech = Scene.SpeechOf(personId);
        if (Current(sent.Step) is not { IsClicked: false } asked)
        {
            turn.Answer(speech.Say(part.Attempt > 0 ? "quiz.answered-already" : "quiz.old-button"));
            return;
        }

        var (answer, errors) = QuestionForm.Read(asked, sent.Values, speech);
        if (answer is null || Grading.Of(asked.Question, answer) is not { } grade)
        {
            turn.Answer(new Reply { Draft = "", FieldErrors = errors });
            return;
        }

        turn.EditDirect(personId, turn.DirectRowId(QuizView.NameOf(part), personId), View.Answered(part, asked, answer, grade, personId, TellsAtOnce, turn.Round));
        turn.Answer(Reply.Accepted);
        GoOn(grade);
    }

    private void Begin(Participation participation, MessagePurpose purpose = MessagePurpose.Answer)
    {
        var attempt = part.Attempt + 1;
        var seed = $"{personId}/{turn.Round.Id}/{attempt}";
        ImmutableArray<string> questions;
        var used = part.Used;
        if (TellsAtOnce)
            (questions, used) = QuestionBank.Draw(definition, part.Used, Run.Questions, seed);
        else
            questions = definition.IsShuffled ? [.. Shuffle.Of(round.Questions.Count, seed).Select(index => round.Questions[index])] : [.. round.Questions];
        var begun = part with { Attempt = attempt, Questions = questions, Answers = [], Sent = 1, Used = [.. used] };
        turn.Save(QuizKind.With(participation, begun) with { FinishedAt = null, DefinitionHash = TellsAtOnce ? definition.Hash : null });
        turn.Record(Verbs.Started, personId, $"{attempt}");
        QuizKind.AwaitReminder(turn, participation);
        Ask(begun, purpose);
    }

    private void GoOn(Grade grade)
    {
        var participation = Scene.Person(personId).Participation!;
        var questionId = part.Questions[part.Answers.Count];
        var next = part with { Answers = [.. part.Answers, new Given(grade.Points, grade.Picked)], Sent = 1 };
        turn.Record(Verbs.Answered, personId, $"{part.Attempt}/{questionId}", string.Create(CultureInfo.InvariantCulture, $"{questionId}:{grade.Points}"));
        // In a round they are counted when it closes, all at once.
        if (TellsAtOnce && !grade.IsRight)
            turn.Missed(personId, definition.Find(questionId)!);
        if (TellsAtOnce)
            Run = Run with { Questions = new Dictionary<string, Asked>(Run.Questions) { [questionId] = (Run.Questions.GetValueOrDefault(questionId) ?? new Asked(0, 0)).And(grade.Points) } };
        if (next.IsUnderWay)
        {
            turn.Save(QuizKind.With(participation, next));
            Ask(next, MessagePurpose.Answer);
            return;
        }

        turn.HasFinished(personId);
        var points = next.Answers.Sum(each => each.Points) / next.Answers.Count;
        // Whoever comes again begins with the file as it is then.
        turn.Save(QuizKind.With(participation, next) with { FinishedAt = Scene.Now, NoReminder = true, DefinitionHash = TellsAtOnce ? null : participation.DefinitionHash });
        turn.Record(Verbs.Finished, personId, $"{part.Attempt}", string.Create(CultureInfo.InvariantCulture, $"{points}"));
        turn.Write(
            personId, $"end/{part.Attempt}", MessagePurpose.Answer,
            TellsAtOnce ? View.Score(next, personId, buttons: true) : Scene.SpeechOf(personId).Say("quiz.all-in", ("title", View.Title), ("close", View.Close(personId, turn.Round))));
        if (TellsAtOnce)
            turn.OfferRecall(personId, [.. next.Missed.Select(definition.Find).OfType<Question>()]);
    }

    private QuizPart SendAgain(Participation participation)
    {
        var again = part with { Sent = part.Sent + 1 };
        turn.Save(QuizKind.With(participation, again));
        Ask(again, MessagePurpose.Answer);
        return again;
    }

    private void Ask(QuizPart present, MessagePurpose purpose) => turn.Write(
        personId, QuizView.NameOf(present), purpose, View.Question(present, personId, turn.Round), turn.Round.StaysOpen ? null : turn.Round.ClosesAt);

    /// <summary>The question that a button belongs to, if it is the present one.</summary>
    private AskedQuestion? Current(string? step) =>
        part.IsUnderWay && step == QuizView.StepOf(part) && Scene.Person(personId).Participation is { IsIn: true } ? View.AskedNow(part, personId, turn.Round) : null;

    private void AnswerOld(string? step)
    {
        var speech = Scene.SpeechOf(personId);
        if (part.IsUnderWay && step is not null && QuizView.IsSameQuestion(step, part))
            turn.Answer(speech.Say("quiz.asked-again", ("title", View.Title)));
        else
            turn.Answer(speech.Say(part.Attempt > 0 ? "quiz.answered-already" : "quiz.old-button"));
    }
}
