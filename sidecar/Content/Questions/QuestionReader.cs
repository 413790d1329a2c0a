using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;
using Markdig.Syntax;

namespace MattermostLearning.Content.Questions;

/// <summary>
/// Reads a question from plain Markdown. What stands at its end says what kind of question it is: a list of boxes to choose from, a numbered list to put in
/// order, a list of pairs, or a heading <c>### Answer</c> with what people are to type.
/// </summary>
public static partial class QuestionReader
{
    /// <summary>Three times 33.33 is all of it.</summary>
    private const decimal AlmostNothing = 0.1m;

    /// <summary>Null where it could not be read, which has been reported.</summary>
    /// <param name="section">Its heading, with or without the question in it, and what stands below.</param>
    /// <param name="forgives">What a typed answer may differ in where the question says nothing of it.</param>
    /// <param name="report">Takes what is wrong with it.</param>
    public static Question? Read(Section<string> section, Forgiveness forgives, DiagnosticBag report)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(report);
        var question = ReadOne(section, forgives, report);
        // What is to be said of the original was said when that was read.
        return question is not null && section.Original is { } of && ReadOne(of, forgives, new DiagnosticBag(report.Source)) is { } original
            ? TranslatedQuestion.Of(question, original, report)
            : question;
    }

    private static Question? ReadOne(Section<string> section, Forgiveness forgives, DiagnosticBag report)
    {
        var page = new QuestionPage(section, report);
        ImmutableArray<Block> blocks = [.. section.Text.Blocks];
        var answer = blocks.FirstOrDefault(each => each is HeadingBlock heading && AnswerHeading().IsMatch(page.TextOf(heading)));
        var list = (answer is null ? blocks : blocks.Where(each => each.Span.Start > answer.Span.Start)).OfType<ListBlock>().LastOrDefault();
        if (answer is HeadingBlock named)
        {
            QuestionSlips.WarnOfBoxesAbove(page, named, blocks);
            return TypedQuestionReader.Read(page, named, [.. blocks.SkipWhile(each => each != named).Skip(1)], forgives);
        }

        if (list is null)
        {
            report.Error(section.HeadingSpan, Codes.NoAnswer, "This question has no answer.", QuestionSlips.HelpWithoutAnswer(section.Markdown));
            return null;
        }
        if (QuestionSlips.ReportNamedBelow(page, list, blocks) || QuestionSlips.ReportCutOff(page, list, blocks))
            return null;
        var text = page.TextBefore(list.Span.Start);
        if (text is null)
            return null;
        var (explanation, complete) = page.ExplanationAfter(list, blocks);
        return complete && OfList(page, list, text) is { } question ? question with { Explanation = explanation, Place = section.HeadingSpan } : null;
    }

    private static Question? OfList(QuestionPage page, ListBlock list, string text)
    {
        ImmutableArray<ListItemBlock> items = [.. list.OfType<ListItemBlock>()];
        if (items.Any(page.HasBox))
            return ToChoose(page, list, items, text);
        if (list.IsOrdered)
            return InOrder(page, list, items, text);
        if (items.All(item => item.LastChild is ListBlock))
            return InPairs(page, list, items, text);
        page.Report.Error(page.SpanOf(list), Codes.NoAnswer, "Nothing says which of these is right.", QuestionSlips.HelpWithoutRight([.. items.Select(item => page.TextOf(item))]));
        return null;
    }

    private static ChoiceQuestion? ToChoose(QuestionPage page, ListBlock list, ImmutableArray<ListItemBlock> items, string text)
    {
        ImmutableArray<Option?> options = [.. items.Select(page.OptionOf)];
        if (options.Any(option => option is null))
            return null;
        WarnOfListsBelow(page, items, "If it is said to whoever chooses this one, begin it with `> ` instead of its sign.");
        if (Worthy(page, list, [.. options.Select(option => option!)]) is not { } worthy)
            return null;
        var question = new ChoiceQuestion(text, worthy);
        var most = question.IsMultiple ? Question.MostInDialog : Question.MostOptions;
        if (question.Options.Length < 2 || question.Options.Length > most)
        {
            page.Report.Error(
                page.SpanOf(list), Codes.OptionCount, $"This question has {(question.Options.Length == 1 ? "one option" : $"{question.Options.Length} options")}; people choose from 2 to {most}{(question.IsMultiple ? " where several are right" : "")}.",
                question.Options.Length == 1 ? "Add what somebody would say who is wrong." : "Keep those that somebody would really choose.");
            return null;
        }
        if (question.Options.All(option => !option.IsRight))
        {
            page.Report.Error(page.SpanOf(list), Codes.NoRightOption, "None of these options is marked as right.", "Put an `x` into the box of the right one: `- [x]`.");
            return null;
        }
        return page.AllDiffer(question.Options.Select(option => (option.Text, option.Place))) ? question : null;
    }

    /// <summary>Beside one right option, what is partly right. Where no box has an `x`, the percentages of several that are right, which add up.</summary>
    private static ImmutableArray<Option>? Worthy(QuestionPage page, ListBlock list, ImmutableArray<Option> options)
    {
        if (options.All(option => option.Worth is null))
            return options;
        var right = options.Count(option => option.IsRight);
        var sum = options.Sum(option => Math.Max(0, option.Worth ?? 0));
        var problem = right > 1 ? "Several boxes have an `x`, and others a percentage."
            : right == 1 ? options.Any(option => option.Worth < 0) ? "Whoever chooses one of these loses nothing by it." : null
            : Math.Abs(Grade.Whole - sum) > AlmostNothing ? string.Create(CultureInfo.InvariantCulture, $"What is right here comes to {sum:0.##} %.")
            : options.Count(option => option.Worth > 0) < 2 ? "Only one of these is right, and its box has no `x`." : null;
        if (problem is null)
            return right == 1 ? options : [.. options.Select(option => option with { IsRight = option.Worth > 0 })];
        page.Report.Error(
            page.SpanOf(list), Codes.BoxUnreadable, problem,
            "Beside one `[x]`, a box such as `[50 %]` is partly right. Where people choose several, write percentages into all right ones that come to 100, and below zero into what takes some back: `[-50 %]`.");
        return null;
    }

    private static OrderQuestion? InOrder(QuestionPage page, ListBlock list, ImmutableArray<ListItemBlock> items, string text)
    {
        ImmutableArray<string> texts = [.. items.Select(item => page.TextOf(item))];
        WarnOfListsBelow(page, items, "Say it in the same line, or leave it out.");
        for (var at = 1; at < items.Length; at++)
        {
            if (items[at].Order >= items[at - 1].Order)
                continue;
            page.Report.Warning(
                page.SpanOf(items[at]), Codes.NoAnswer, "By its number this comes before the line above, and by its place after it: the place counts.",
                "Write them in the order that is right. Everybody gets them shuffled.");
            break;
        }

        return page.HasCount(list, texts.Length, 3, "something to put in order") && page.AllDiffer(texts.Zip(items.Select(page.SpanOf)))
            ? new OrderQuestion(text, texts)
            : null;
    }

    private static MatchQuestion? InPairs(QuestionPage page, ListBlock list, ImmutableArray<ListItemBlock> items, string text)
    {
        foreach (var item in items.Where(item => ((ListBlock)item.LastChild!).Count != 1))
        {
            page.Report.Error(page.SpanOf(item), Codes.NoAnswer, "This has more than one thing below it, so nobody knows what belongs to it.", "Write one line below each: `  - what belongs to it`.");
            return null;
        }
        if (items.FirstOrDefault(item => item.Count == 1) is { } empty)
        {
            page.Report.Error(page.SpanOf(empty), Codes.NoAnswer, "There is a list in this item, and nothing before it.", "To put in order: a number and no hyphen, `1. This comes first`. To match: what belongs to it stands below each, further in.");
            return null;
        }
        ImmutableArray<Pair> pairs = [.. items.Select(item => new Pair(page.TextOf(item), page.TextOf((ListItemBlock)((ListBlock)item.LastChild!)[0])))];
        return page.HasCount(list, pairs.Length, 2, "pairs") && page.AllDiffer(pairs.Select(pair => pair.Left).Zip(items.Select(page.SpanOf)))
            ? new MatchQuestion(text, pairs)
            : null;
    }

    private static void WarnOfListsBelow(QuestionPage page, ImmutableArray<ListItemBlock> items, string help)
    {
        foreach (var item in items)
        {
            if (item.Count > 1 && item.OfType<ListBlock>().FirstOrDefault() is { } below)
                page.Report.Warning(page.SpanOf(below), Codes.TextAfterAnswer, "This is listed below an option, where nobody reads it.", help);
        }
    }

    [GeneratedRegex(@"^answers?\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AnswerHeading();
}
