using System.Globalization;
using System.Text;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>Every message of a quiz but its scorecard, made from state alone.</summary>
internal sealed class QuizView(QuizDefinition definition, Scene scene)
{
    /// <summary>Well below what any server takes, and still a lot for a chat.</summary>
    private const int LongestMessage = 8000;

    public string Title => Token.Literal(definition.Title);

    public static string StepOf(QuizPart part) => string.Create(CultureInfo.InvariantCulture, $"{part.Attempt}.{part.Answers.Count}.{part.Sent}");

    /// <summary>A button of an earlier message that asked what is asked now.</summary>
    public static bool IsSameQuestion(string step, QuizPart part) =>
        step.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{part.Attempt}.{part.Answers.Count}."), StringComparison.Ordinal);

    /// <summary>The name of the message that asks the present question.</summary>
    public static string NameOf(QuizPart part) => $"question/{StepOf(part)}";

    /// <summary>What people find in the channel: what it is about, and the button that begins it.</summary>
    public Draft Opening(Run run, Occurrence round, QuizRoundState state)
    {
        var speech = scene.Speech;
        List<string> lines = [$"**{Title}**"];
        if (definition.Body.Length > 0)
            lines.Add(Token.Literal(definition.Body));
        lines.Add("");
        if (round.StaysOpen)
            lines.Add(speech.Say("quiz.any-time", ("count", definition.Draw)));
        else
            lines.Add(speech.Say("quiz.window", ("count", state.Questions.Count), ("close", speech.InChannel(round.ClosesAt, definition.Zone))));
        if (definition.HasRanking)
            lines.Add(speech.Say("quiz.ranking-how"));
        if (run.HostId != Forgotten.Nobody)
            lines.Add(speech.Say("quiz.host", ("host", Token.Person(run.HostId))));
        return new Draft
        {
            Text = string.Join('\n', lines),
            Buttons = [Button(speech, "quiz.button.start", PersonAction.Join, round.Id, PersonAction.WhileOpen) with { IsPrimary = true }],
        };
    }

    /// <summary>The same post once it is over.</summary>
    public Draft Over(Occurrence round, QuizRoundState state)
    {
        var speech = scene.Speech;
        var text = definition.Body.Length > 0 ? $"**{Title}**\n{Token.Literal(definition.Body)}" : $"**{Title}**";
        return new Draft
        {
            Text = text,
            Note = round.Status == OccurrenceStatus.Cancelled ? speech.Say("quiz.cancelled")
                : state.ScorecardRowId is { } row ? speech.Say("quiz.closed", ("link", Token.LinkToRow(row)))
                : speech.Say("quiz.closed-quiet"),
        };
    }

    /// <summary>The present question, in this person's order.</summary>
    public AskedQuestion AskedNow(QuizPart part, string personId, Occurrence round) => AskedAt(part, part.Answers.Count, personId, round);

    public AskedQuestion AskedAt(QuizPart part, int number, string personId, Occurrence round)
    {
        var question = definition.Find(part.Questions[number])
            ?? throw new InvalidOperationException($"{definition.Path} has no question {part.Questions[number]}, and somebody is asked it.");
        return AskedQuestion.Of(question, definition.IsShuffled ? string.Create(CultureInfo.InvariantCulture, $"{personId}/{round.Id}/{part.Attempt}/{question.Id}") : null);
    }

    public Draft Question(QuizPart part, string personId, Occurrence round)
    {
        var speech = scene.SpeechOf(personId);
        var asked = AskedNow(part, personId, round);
        var step = StepOf(part);
        var text = $"{Heading(part, part.Answers.Count, speech)}\n{asked.Text(speech)}";
        // Said once, where it begins: why this comes, and how it ends.
        if (part.Answers.Count == 0)
            text += $"\n\n{speech.Say("quiz.why", ("slug", definition.Slug))}";
        return new Draft
        {
            Text = text,
            Buttons = asked.IsClicked
                ? [.. asked.Order.Select((option, at) => new DraftButton(
                    AskedQuestion.Letter(at), new ActionReference(ActionReference.Activity, string.Create(CultureInfo.InvariantCulture, $"{QuizAction.Choose}{option}"), round.Id, step, personId)))]
                : [Button(speech, "question.button.answer", QuizAction.Form, round.Id, step, personId) with { IsPrimary = true }],
        };
    }

    /// <summary>What a question becomes once it is answered.</summary>
    public Draft Answered(QuizPart part, AskedQuestion asked, Answer answer, Grade grade, string personId, bool tells, Occurrence round)
    {
        var speech = scene.SpeechOf(personId);
        var said = speech.Say("quiz.you-said", ("answer", asked.Summary(answer)));
        var then = tells ? asked.Verdict(grade, speech) : speech.Say("quiz.hidden", ("close", Close(personId, round)));
        return $"{Heading(part, part.Answers.Count, speech)}\n{asked.Text(speech)}\n\n{said}\n{then}";
    }

    /// <summary>What all of it came to, for the one who answered.</summary>
    public Draft Score(QuizPart part, string personId, bool buttons)
    {
        var speech = scene.SpeechOf(personId);
        var text = ScoreLine(part, speech);
        if (definition.WrapUp is { } wrapUp)
            text = $"{text}\n\n{Token.Literal(wrapUp)}";
        if (!buttons)
            return text;
        return new Draft
        {
            Text = $"{text}\n\n{speech.Say("quiz.only-you")}",
            Buttons = [Button(speech, definition.Draw < definition.Questions.Length ? "quiz.button.more" : "quiz.button.again", QuizAction.Again, scene.Round!.Id, StepOf(part), personId)],
        };
    }

    /// <summary>Each of their answers, after the close, for the one who gave them; in as many messages as they need.</summary>
    public IEnumerable<Draft> Mine(QuizPart part, string personId, Occurrence round)
    {
        var speech = scene.SpeechOf(personId);
        var message = new StringBuilder();
        for (var number = 0; number < part.Answers.Count; number++)
        {
            var given = part.Answers[number];
            var asked = AskedAt(part, number, personId, round);
            var said = asked.Question is ChoiceQuestion ? $"{speech.Say("quiz.you-said", ("answer", asked.Summary(new Answer.Chosen([.. given.Picked]))))}\n" : "";
            var answer = $"{Heading(part, number, speech)}\n{asked.Text(speech)}\n\n{said}{asked.Verdict(new Grade(given.Points, [.. given.Picked]), speech)}";
            if (message.Length > 0 && message.Length + answer.Length > LongestMessage)
            {
                yield return message.ToString();
                message.Clear();
            }

            message.Append(message.Length > 0 ? "\n\n" : "").Append(answer);
        }

        yield return $"{message}\n\n{ScoreLine(part, speech)} {speech.Say("quiz.only-you")}";
    }

    public Draft Reminder(QuizPart part, string personId, Occurrence round)
    {
        var speech = scene.SpeechOf(personId);
        var isVote = definition.Mode == QuizMode.PeerInstruction;
        (string, object)[] places =
        [
            ("title", Title), ("close", Close(personId, round)), ("number", part.Answers.Count + 1), ("all", part.Questions.Count), ("link", Token.LinkToRow(round.RootRowId)),
            ("slug", definition.Slug),
        ];
        return new Draft
        {
            Text = speech.Say(isVote ? "quiz.remind-vote" : "quiz.remind", places),
            Briefs = [speech.Say(isVote ? "quiz.remind-vote-brief" : "quiz.remind-brief", places)],
            Buttons =
            [
                .. definition.Mode == QuizMode.Window ? [Button(speech, "quiz.button.go-on", PersonAction.Continue, round.Id, PersonAction.WhileOpen, personId) with { IsPrimary = true }] : Array.Empty<DraftButton>(),
                Button(speech, "quiz.button.not-this-time", QuizAction.NotThisTime, round.Id, PersonAction.WhileOpen, personId),
            ],
        };
    }

    /// <summary>What the host gets to read after a close: figures, never names.</summary>
    public string Brief(Occurrence round, int answered)
    {
        var speech = scene.SpeechOf(scene.Run.HostId);
        List<string> lines =
        [
            speech.Say("brief.heading", ("title", Title), ("channel", Token.Channel(scene.Run.ChannelId))),
            speech.Say("brief.joined", ("number", speech.Figure(round.Joined))),
            speech.Say("brief.answered", ("number", speech.Figure(answered))),
        ];
        if (scene.Refused is [var refused, ..])
            lines.Add(speech.Say("brief.refused", ("count", scene.Refused.Count), ("error", refused.Refusal ?? "")));
        lines.Add(scene.NextInstant is { } next ? speech.Say("brief.next", ("moment", scene.OwnTime(scene.Run.HostId, next))) : speech.Say("brief.last"));
        return string.Join('\n', lines);
    }

    /// <summary>When the round closes, as this person reads times.</summary>
    public string Close(string personId, Occurrence round) => round.StaysOpen ? "" : scene.OwnTime(personId, round.ClosesAt);

    internal static DraftButton Button(Speech speech, string labelKey, string action, string subject, string step, string? personId = null) =>
        new(speech.Say(labelKey), new ActionReference(ActionReference.Activity, action, subject, step, personId));

    private string ScoreLine(QuizPart part, Speech speech)
    {
        var right = part.Answers.Count(each => each.Points == Grade.Whole);
        var partly = part.Answers.Count(each => each.Points is > 0 and < Grade.Whole);
        var score = speech.Say("quiz.score", ("title", Title), ("right", right), ("all", part.Answers.Count));
        return partly == 0 ? score : $"{score} {speech.Say("quiz.score-partly", ("count", partly))}";
    }

    private string Heading(QuizPart part, int number, Speech speech) =>
        speech.Say("quiz.heading", ("title", Title), ("number", number + 1), ("all", part.Questions.Count));
}
