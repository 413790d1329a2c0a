using System.Collections.Immutable;

namespace MattermostLearning.Content.Questions;

/// <summary>What somebody answered.</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>Options by their place in the file, whatever order they were shown in.</summary>
    public sealed record Chosen(ImmutableArray<int> Options) : Answer;

    public sealed record Typed(string Text) : Answer;

    /// <summary>For an order: items by their place in the file, first to last. For pairs: the right-hand side given to each left-hand side.</summary>
    public sealed record Arranged(ImmutableArray<int> Items) : Answer;
}

/// <summary>What an answer is worth.</summary>
/// <param name="Points">Of <see cref="Whole"/>.</param>
/// <param name="Picked">The options, or known answers, that it was; empty where it was none of them. Enough to say later what it was, without what was typed.</param>
public sealed record Grade(int Points, ImmutableArray<int> Picked)
{
    public const int Whole = 100;

    public bool IsRight => Points == Whole;
}

/// <summary>Judges answers. Wherever some of an answer is right, that part counts.</summary>
public static class Grading
{
    /// <summary>Null where the answer is none to this question: options that are not there, an order with an item twice, no number.</summary>
    public static Grade? Of(Question question, Answer answer) => (question, answer) switch
    {
        (ChoiceQuestion choice, Answer.Chosen { Options: var options }) => OfChoice(choice, options),
        (TextQuestion text, Answer.Typed { Text: var typed }) => OfText(text, typed),
        (NumberQuestion number, Answer.Typed { Text: var typed }) => OfNumber(number, typed),
        (OrderQuestion order, Answer.Arranged { Items: var items }) => OfOrder(order, items),
        (MatchQuestion match, Answer.Arranged { Items: var rights }) => OfMatch(match, rights),
        _ => null,
    };

    /// <summary>Of several right options each found one counts, and each wrong one takes one back.</summary>
    private static Grade? OfChoice(ChoiceQuestion question, ImmutableArray<int> chosen)
    {
        ImmutableArray<int> picked = [.. chosen.Distinct().Order()];
        if (picked.Length == 0 || picked.Any(each => each < 0 || each >= question.Options.Length) || (!question.IsMultiple && picked.Length > 1))
            return null;
        if (question.Options.Any(option => option.Worth is not null))
            return new Grade(Points(picked.Sum(each => WorthOf(question.Options[each]))), picked);
        var right = picked.Count(each => question.Options[each].IsRight);
        return new Grade(Share(right - (picked.Length - right), question.Options.Count(option => option.IsRight)), picked);
    }

    private static Grade? OfText(TextQuestion question, string typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        (string Text, int Index)[] known = [.. question.Answers.SelectMany((each, index) => each.Also.Prepend(each.Text).Select(text => (text, index)))];
        return TypedText.Find(typed, [.. known.Select(each => each.Text)], question.Forgives) is { } found && known[found].Index is var index
            ? new Grade(Points(WorthOf(question.Answers[index])), [index])
            : new Grade(0, []);
    }

    private static Grade? OfNumber(NumberQuestion question, string typed)
    {
        ImmutableArray<decimal> readings = [.. TypedNumber.Readings(typed)];
        if (readings.Length == 0)
            return null;
        // What is worth more goes before what it happens to lie in as well.
        var found = Enumerable.Range(0, question.Answers.Length).OrderByDescending(index => WorthOf(question.Answers[index].Option))
            .Where(index => readings.Any(each => each >= question.Answers[index].Least && each <= question.Answers[index].Most)).ToList();
        return found is [var first, ..] ? new Grade(Points(WorthOf(question.Answers[first].Option)), [first]) : new Grade(0, []);
    }

    /// <summary>By the longest row of items that stand in the right order among each other, whatever stands between them.</summary>
    private static Grade? OfOrder(OrderQuestion question, ImmutableArray<int> items)
    {
        if (!items.Order().SequenceEqual(Enumerable.Range(0, question.Items.Length)))
            return null;
        var lengths = new int[items.Length];
        for (var at = 0; at < items.Length; at++)
            lengths[at] = 1 + Enumerable.Range(0, at).Where(before => items[before] < items[at]).Select(before => lengths[before]).DefaultIfEmpty(0).Max();
        return new Grade(Share(lengths.Max() - 1, items.Length - 1), []);
    }

    private static Grade? OfMatch(MatchQuestion question, ImmutableArray<int> rights)
    {
        if (rights.Length != question.Pairs.Length || rights.Any(each => each < 0 || each >= question.Pairs.Length))
            return null;
        var right = Enumerable.Range(0, rights.Length).Count(left => question.Pairs[rights[left]].Right == question.Pairs[left].Right);
        return new Grade(Share(right, rights.Length), []);
    }

    private static decimal WorthOf(Option option) => option.Worth ?? (option.IsRight ? Grade.Whole : 0);

    /// <summary>Three thirds, which nobody can write down, are the whole.</summary>
    private static int Points(decimal worth) => (int)Math.Round(Math.Clamp(worth, 0, Grade.Whole), MidpointRounding.AwayFromZero);

    /// <summary>All of it only where nothing is wrong.</summary>
    private static int Share(int right, int of) => Math.Max(0, Grade.Whole * right / of);
}
