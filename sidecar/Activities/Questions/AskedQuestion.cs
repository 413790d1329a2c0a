using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Questions;

/// <summary>A question as it is put to somebody: what there is to choose from in an order of its own, each with a letter.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Order">What stands at each letter: an option, an item or a right-hand side, by its place in the file.</param>
public sealed record AskedQuestion(Question Question, ImmutableArray<int> Order)
{
    /// <param name="question">What is asked.</param>
    /// <param name="seed">For whom and for which time; null for the order of the file, where that gives nothing away.</param>
    public static AskedQuestion Of(Question question, string? seed) => question switch
    {
        ChoiceQuestion choice => new(question, seed is null ? [.. Enumerable.Range(0, choice.Options.Length)] : Shuffle.Of(choice.Options.Length, seed)),
        OrderQuestion order => new(question, Shuffle.ButNotInOrder(order.Items.Length, seed ?? question.Id)),
        MatchQuestion match => new(question, Shuffle.ButNotInOrder(match.Pairs.Length, seed ?? question.Id)),
        _ => new(question, []),
    };

    /// <summary>One click answers it; everything else is typed or arranged in a form.</summary>
    public bool IsClicked => Question is ChoiceQuestion { IsMultiple: false };

    public string LetterOf(int item) => Letter(Order.IndexOf(item));

    /// <summary>What is asked, and how it is answered, in Markdown.</summary>
    public string Prompt(Speech speech)
    {
        var how = Question switch
        {
            ChoiceQuestion { IsMultiple: true } => "question.several",
            OrderQuestion => "question.order",
            MatchQuestion => "question.match",
            _ => null,
        };
        var text = Token.Literal(Question.Text);
        return how is null ? text : $"{text}\n\n{speech.Say(how)}";
    }

    /// <summary>The same with what there is to choose from.</summary>
    public string Text(Speech speech)
    {
        var text = new StringBuilder(Prompt(speech));
        switch (Question)
        {
            case ChoiceQuestion choice:
                AppendLettered(text, choice.Options.Select(option => option.Text).ToList());
                break;
            case OrderQuestion order:
                AppendLettered(text, order.Items);
                break;
            case MatchQuestion match:
                text.Append('\n');
                for (var left = 0; left < match.Pairs.Length; left++)
                    text.Append('\n').Append(Number(left)).Append(' ').Append(Token.Literal(match.Pairs[left].Left));
                AppendLettered(text, match.Pairs.Select(pair => pair.Right).ToList());
                break;
        }

        return text.ToString();
    }

    /// <summary>What somebody answered, in as few words as can be.</summary>
    public string Summary(Answer answer) => (Question, answer) switch
    {
        (ChoiceQuestion, Answer.Chosen chosen) => string.Join(", ", chosen.Options.Select(LetterOf).Order(StringComparer.Ordinal)),
        (OrderQuestion, Answer.Arranged arranged) => string.Join(", ", arranged.Items.Select(LetterOf)),
        (MatchQuestion, Answer.Arranged arranged) => string.Join(", ", arranged.Items.Select((right, left) => $"{left + 1}{LetterOf(right)}")),
        (_, Answer.Typed typed) => Token.Literal(typed.Text.Trim()),
        _ => "",
    };

    /// <summary>What is right, with its letters.</summary>
    public string Solution(Speech speech) => Question switch
    {
        ChoiceQuestion choice => speech.List([.. Order.Where(option => choice.Options[option].IsRight).Select(option => $"**{LetterOf(option)}**")]),
        TextQuestion text => $"**{Token.Literal(text.Answers.First(each => each.IsRight).Text)}**",
        NumberQuestion number => $"**{Token.Literal(number.Answers.First(each => each.Option.IsRight).Option.Text)}**",
        OrderQuestion order => $"**{string.Join(", ", Enumerable.Range(0, order.Items.Length).Select(LetterOf))}**",
        MatchQuestion match => $"**{string.Join(", ", Enumerable.Range(0, match.Pairs.Length).Select(pair => $"{pair + 1}{LetterOf(pair)}"))}**",
        _ => throw new InvalidOperationException($"{Question.GetType().Name} has no solution."),
    };

    /// <summary>Whether it was right, what the author says to it, and what would have been right.</summary>
    public string Verdict(Grade grade, Speech speech)
    {
        var head = speech.Say(grade.IsRight ? "question.right" : grade.Points > 0 ? "question.partly" : "question.wrong");
        ImmutableArray<Option> known = Question switch
        {
            ChoiceQuestion choice => choice.Options,
            TextQuestion text => text.Answers,
            NumberQuestion number => [.. number.Answers.Select(each => each.Option)],
            _ => [],
        };
        var said = grade.Picked.Where(index => index < known.Length && known[index].Feedback is not null).OrderBy(Order.IndexOf).ToList();
        var lines = new StringBuilder(head);
        if (Question is ChoiceQuestion { IsMultiple: true })
        {
            foreach (var index in said)
                lines.Append("\n- **").Append(LetterOf(index)).Append("**: ").Append(Token.Literal(known[index].Feedback!).Replace("\n", "\n  ", StringComparison.Ordinal));
        }
        else if (said is [var only, ..])
            lines.Append(' ').Append(Token.Literal(known[only].Feedback!));
        if (!grade.IsRight)
            lines.Append('\n').Append(speech.Say("question.solution", ("answer", Solution(speech))));
        if (Question.Explanation is { } explanation)
            lines.Append("\n\n").Append(Token.Literal(explanation));
        return lines.ToString();
    }

    internal static string Letter(int at) => ((char)('A' + at)).ToString();

    internal static string Number(int at) => string.Create(CultureInfo.InvariantCulture, $"**{at + 1}.**");

    private void AppendLettered(StringBuilder text, IReadOnlyList<string> items)
    {
        text.Append('\n');
        for (var at = 0; at < Order.Length; at++)
        {
            text.Append("\n**").Append(Letter(at)).Append(".** ").Append(Token.Literal(items[Order[at]]));
        }
    }
}
