using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace MattermostLearning.Content.Questions;

/// <summary>Reads what people are to type: below <c>### Answer</c>, one line or a list; numbers where all of it is numbers.</summary>
internal static partial class TypedQuestionReader
{
    private const string Exactly = "exactly";

    private static readonly (string Word, Forgiveness Value)[] Forgivable =
        [("case", Forgiveness.Case), ("accents", Forgiveness.Accents), ("typos", Forgiveness.Typos), ("everything", Forgiveness.All), ("nothing", Forgiveness.None)];

    public static Question? Read(QuestionPage page, HeadingBlock heading, ImmutableArray<Block> below, Forgiveness usual)
    {
        if (page.TextBefore(heading.Span.Start) is not { } text || ForgivenBy(page, heading, usual) is not { } forgives)
            return null;
        if (below is not [var first, .. var rest] || first is not (ListBlock or ParagraphBlock))
        {
            page.Report.Error(page.SpanOf(heading), Codes.NoAnswer, "No answer stands below this heading.", "Write it below, or a list of all that is right: `- Shift+Enter`.");
            return null;
        }
        var answers = first is ListBlock list ? OfList(page, list) : [new Option(page.TextOf(first), true, null, page.SpanOf(first))];
        var (explanation, complete) = page.ExplanationAfter(first, [first, .. rest]);
        if (answers is not { } known || !complete || !page.AllDiffer(known.Select(each => (each.Text, each.Place))))
            return null;
        if (!known.Any(each => each.IsRight))
        {
            page.Report.Error(page.SpanOf(first), Codes.NoRightOption, "None of these answers is marked as right.", "Put an `x` into the box of the right one: `- [x]`.");
            return null;
        }
        var question = OfAnswers(page, text, known, forgives);
        return question is null ? null : question with { Explanation = explanation, Place = page.HeadingSpan };
    }

    private static Question? OfAnswers(QuestionPage page, string text, ImmutableArray<Option> answers, Forgiveness forgives)
    {
        if (OfNumbers(text, answers) is { } numbers)
            return numbers;
        if (answers.FirstOrDefault(each => Tolerance().IsMatch(each.Text)) is { } unreadable)
        {
            page.Report.Error(unreadable.Place, Codes.AnswerUnreadable, $"`{Written.Short(unreadable.Text)}` is not a number with what may differ.", "Write `- 42 ± 2`, `- 42 ± 5 %`, `- 42 give or take 2` or `- 40 to 44`, without a unit.");
            return null;
        }
        return new TextQuestion(text, answers, forgives);
    }

    /// <summary>Null where not all of it is numbers.</summary>
    internal static NumberQuestion? OfNumbers(string text, ImmutableArray<Option> answers)
    {
        ImmutableArray<(decimal Least, decimal Most)?> ranges = [.. answers.Select(each => TypedNumber.Range(each.Text))];
        return ranges.All(range => range is not null)
            ? new NumberQuestion(text, [.. answers.Zip(ranges, (answer, range) => new NumberAnswer(range!.Value.Least, range.Value.Most, answer))])
            : null;
    }

    /// <summary>Each item is right, unless some have boxes: then these say.</summary>
    private static ImmutableArray<Option>? OfList(QuestionPage page, ListBlock list)
    {
        ImmutableArray<ListItemBlock> items = [.. list.OfType<ListItemBlock>()];
        if (items.Any(page.HasBox))
        {
            ImmutableArray<Option?> options = [.. items.Select(page.OptionOf)];
            return options.Any(option => option is null) ? null : [.. options.Select(option => option!)];
        }
        return [.. items.Select(item => new Option(page.TextOf(item), true, page.FeedbackOf(item), page.SpanOf(item)))];
    }

    /// <summary>"Answer", "Answer exactly", "Answer, forgiving case and typos".</summary>
    private static Forgiveness? ForgivenBy(QuestionPage page, HeadingBlock heading, Forgiveness usual)
    {
        var words = Words().Matches(page.TextOf(heading)).Select(each => each.Value.ToLowerInvariant()).Skip(1).ToList();
        if (words.Count == 0)
            return usual;
        if (words is [Exactly])
            return Forgiveness.None;
        if (words is ["forgiving", .. var what] && what.Where(each => each != "and").ToList() is { Count: > 0 } named && named.All(each => Forgivable.Any(one => one.Word == each)))
            return named.Aggregate(Forgiveness.None, (all, each) => all | Forgivable.First(one => one.Word == each).Value);
        if (page.TextOf(heading).Split(':', 2) is [_, var said] && said.Trim().Length > 0)
        {
            page.Report.Error(page.SpanOf(heading), Codes.AnswerUnreadable, "What is right stands below this heading, not in it.", $"Write `### Answer`, and `{Written.Short(said.Trim())}` in the line below.");
            return null;
        }
        page.Report.Error(
            page.SpanOf(heading), Codes.AnswerUnreadable, $"`{Written.Short(page.TextOf(heading))}` does not say what may differ.",
            "Write `### Answer`, `### Answer exactly`, or `### Answer forgiving case, accents and typos` with those that you mean.");
        return null;
    }

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^\s*[+\-\u2212]?\d[\d.,]*.*(?:±|\+/-|give or take)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Tolerance();
}
