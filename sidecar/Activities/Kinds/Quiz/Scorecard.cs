using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Questions;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>What a round came to, for everybody: how the answers were spread, in words and as a picture, and what is right. People are neither named nor ranked in it.</summary>
internal sealed class Scorecard(QuizDefinition definition, Scene scene)
{
    /// <summary>From so many questions on, each has one line, and there is no picture.</summary>
    private const int ManyQuestions = 11;

    private const int LongestQuestion = 140;
    private const int LongestOption = 90;
    private const int LongestInPicture = 60;

    private Speech Speech => scene.Speech;

    private string Title => Token.Literal(definition.Title);

    /// <summary>Of a window: a part for each question, and a button to one's own answers.</summary>
    public (Draft Draft, OutboxFile? Picture) OfWindow(Occurrence round, IReadOnlyList<Tally> tallies, int people)
    {
        var text = new StringBuilder(Speech.Say("quiz.scorecard", ("title", Title), ("thanks", Thanks(people))));
        for (var number = 0; number < tallies.Count; number++)
            text.Append("\n\n").Append(PartOf(number, tallies[number], tallies.Count < ManyQuestions));
        AppendEnd(text);
        var draft = new Draft
        {
            Text = text.ToString(),
            Buttons = [QuizView.Button(Speech, "quiz.button.mine", QuizAction.Mine, round.Id, PersonAction.WhileOpen)],
        };
        ImmutableArray<BarGroup> groups =
        [
            .. tallies.Select((tally, number) => (tally, number)).Where(each => each.tally.MayBeTold && each.tally.Counts.Length > 0)
                .Select(each => new BarGroup($"{each.number + 1}. {Plain(each.tally.Question.Text, LongestQuestion)}", [.. BarsOf(each.tally)])),
        ];
        return (draft, groups.Length is 0 or >= ManyQuestions ? null : Picture(groups, []));
    }

    /// <summary>Of peer instruction: the votes before the talk beside those after it, and what the author says to each option.</summary>
    public (Draft Draft, OutboxFile? Picture) OfVotes(AskedQuestion asked, Tally first, Tally second, int people)
    {
        var question = (ChoiceQuestion)asked.Question;
        var text = new StringBuilder(Speech.Say("quiz.scorecard", ("title", Title), ("thanks", Thanks(people))));
        text.Append("\n\n**").Append(Plain(question.Text, LongestQuestion)).Append("**");
        foreach (var option in asked.Order)
        {
            text.Append("\n- **").Append(asked.LetterOf(option)).Append(".** ").Append(Plain(question.Options[option].Text, LongestOption));
            if (Told(first, second, option) is { } told)
                text.Append(": ").Append(told);
            if (question.Options[option].IsRight)
                text.Append(' ').Append(Speech.Say("quiz.is-right"));
            if (question.Options[option].Feedback is { } feedback)
                text.Append("\n  - _").Append(Token.Literal(feedback).ReplaceLineEndings(" ")).Append('_');
        }

        if (question.Explanation is { } explanation)
            text.Append("\n\n").Append(Token.Literal(explanation));
        AppendEnd(text);
        Tally[] told2 = [.. new[] { first, second }.Where(each => each.MayBeTold)];
        if (told2.Length == 0)
            return (text.ToString(), null);
        var bars = asked.Order.Select(option => new Bar(
            $"{asked.LetterOf(option)}. {Plain(question.Options[option].Text, LongestInPicture)}",
            [.. told2.Select(tally => ValueOf(tally, tally.Counts[option]))]) { IsMarked = question.Options[option].IsRight });
        string[] series = told2.Length == 2 ? [Speech.Say("quiz.first-vote"), Speech.Say("quiz.second-vote")] : [];
        return (text.ToString(), Picture([new BarGroup(Plain(question.Text, LongestQuestion), [.. bars])], series));
    }

    private string PartOf(int number, Tally tally, bool isWhole)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"**{number + 1}. {Plain(tally.Question.Text, LongestQuestion)}**");
        var lines = new StringBuilder(head);
        if (tally.MayBeTold)
            lines.Append('\n').Append(Speech.Say("quiz.share-right", ("share", tally.Share(tally.Right, Speech))));
        if (!isWhole)
            return lines.ToString();
        var options = Tally.OptionsOf(tally.Question);
        for (var option = 0; option < options.Length; option++)
        {
            // Where people typed, what nobody said is not worth a line, but for one that is right.
            if (tally.Question is not ChoiceQuestion && tally.Counts[option] == 0 && option != options.IndexOf(options.First(each => each.IsRight)))
                continue;
            lines.Append("\n- ").Append(Plain(options[option].Text, LongestOption));
            if (tally.MayBeTold)
                lines.Append(": ").Append(tally.Share(tally.Counts[option], Speech));
            if (options[option].IsRight)
                lines.Append(' ').Append(Speech.Say("quiz.is-right"));
        }

        if (options.Length == 0)
            lines.Append('\n').Append(Arranged(tally.Question));
        else if (tally is { MayBeTold: true, Others: > 0 })
            lines.Append("\n- ").Append(Speech.Say("quiz.other-answers")).Append(": ").Append(tally.Share(tally.Others, Speech));
        return lines.ToString();
    }

    /// <summary>What is right where there are no options: in words, as the letters differ from person to person.</summary>
    private static string Arranged(Question question) => question switch
    {
        OrderQuestion order => string.Join('\n', order.Items.Select((item, at) => $"{at + 1}. {Plain(item, LongestOption)}")),
        MatchQuestion match => string.Join('\n', match.Pairs.Select(pair => $"- {Plain(pair.Left, LongestOption)}: {Plain(pair.Right, LongestOption)}")),
        _ => "",
    };

    private IEnumerable<Bar> BarsOf(Tally tally)
    {
        var options = Tally.OptionsOf(tally.Question);
        for (var option = 0; option < options.Length; option++)
            yield return new Bar(Plain(options[option].Text, LongestInPicture), [ValueOf(tally, tally.Counts[option])]) { IsMarked = options[option].IsRight };
        if (tally.Others > 0)
            yield return new Bar(Speech.Say("quiz.other-answers"), [ValueOf(tally, tally.Others)]);
    }

    private BarValue ValueOf(Tally tally, int people) => new(tally.Length(people), tally.Share(people, Speech));

    private string? Told(Tally first, Tally second, int option) => (first.MayBeTold, second.MayBeTold) switch
    {
        (true, true) => Speech.Say("quiz.then", ("first", first.Share(first.Counts[option], Speech)), ("second", second.Share(second.Counts[option], Speech))),
        (true, false) => first.Share(first.Counts[option], Speech),
        (false, true) => second.Share(second.Counts[option], Speech),
        _ => null,
    };

    private string Thanks(int people) => people >= Tally.Fewest ? Speech.Say("quiz.thanks-count", ("count", people)) : Speech.Say("quiz.thanks");

    private void AppendEnd(StringBuilder text)
    {
        if (definition.WrapUp is { } wrapUp)
            text.Append("\n\n").Append(Speech.Say("quiz.take-along", ("text", Token.Literal(wrapUp))));
        if (scene.NextInstant is { } next)
            text.Append("\n\n").Append(Speech.Say("quiz.next", ("next", Speech.InChannel(next, definition.Zone))));
    }

    private OutboxFile Picture(IReadOnlyList<BarGroup> groups, IReadOnlyList<string> series) =>
        OutboxFile.Of(new DraftPicture { Title = definition.Title, Groups = groups, Series = series }, $"{definition.Slug}.png");

    private static string Plain(string markdown, int most) => MessageLimits.Cut(Token.Literal(markdown).ReplaceLineEndings(" ").Replace("*", "", StringComparison.Ordinal).Trim(), most);
}
