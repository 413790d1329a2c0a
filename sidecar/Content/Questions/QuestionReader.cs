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
            return TypedQuestionReader.Read(page, named, [.. blocks.SkipWhile(each => each != named).Skip(1)], forgives);
        if (list is null)
        {
            report.Error(
                section.HeadingSpan, Codes.NoAnswer, "This question has no answer.",
                AnswerLine().Match(section.Markdown) is { Success: true } line
                    ? $"Make a heading of it, `### Answer`, and write `{Written.Short(line.Groups["said"].Value.Trim())}` in the line below."
                    : "Below it goes a list to choose from (`- [x]` right, `- [ ]` wrong), a numbered list to put in order, or `### Answer` and what people are to type.");
            return null;
        }
        var text = page.TextBefore(list.Span.Start);
        if (text is null)
            return null;
        var (explanation, complete) = page.ExplanationAfter(list, blocks);
        return complete && OfList(page, list, text) is { } question ? question with { Explanation = explanation, Place = section.HeadingSpan } : null;
    }

    private static Question? OfList(QuestionPage page, ListBlock list, string text)
    {
        ImmutableArray<ListItemBlock> items = [.. list.OfType<ListItemBlock>()];
        if (list.IsOrdered)
            return InOrder(page, list, items, text);
        if (items.Any(item => page.HasBox(item)))
            return ToChoose(page, list, items, text);
        if (items.All(item => item.LastChild is ListBlock))
            return InPairs(page, list, items, text);
        page.Report.Error(
            page.SpanOf(list), Codes.NoAnswer, "Nothing says which of these is right.",
            Arrow().Match(page.TextOf(items[0])) is { Success: true } pair
                ? $"If these are pairs, write what belongs to each in a line of its own below it, further in: `- {Written.Short(pair.Groups["left"].Value)}`, and then `  - {Written.Short(pair.Groups["right"].Value)}`."
                : "Mark the right ones with `- [x]` and the wrong ones with `- [ ]`. If people are to type one of these, write `### Answer` above the list.");
        return null;
    }

    private static ChoiceQuestion? ToChoose(QuestionPage page, ListBlock list, ImmutableArray<ListItemBlock> items, string text)
    {
        ImmutableArray<Option?> options = [.. items.Select(page.OptionOf)];
        if (options.Any(option => option is null))
            return null;
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
        ImmutableArray<Pair> pairs = [.. items.Select(item => new Pair(page.TextOf(item), page.TextOf((ListItemBlock)((ListBlock)item.LastChild!)[0])))];
        return page.HasCount(list, pairs.Length, 2, "pairs") && page.AllDiffer(pairs.Select(pair => pair.Left).Zip(items.Select(page.SpanOf)))
            ? new MatchQuestion(text, pairs)
            : null;
    }

    [GeneratedRegex(@"^answers?[ \t]*:[ \t]*(?<said>\S.*)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex AnswerLine();

    /// <summary>"Standup -> 15 minutes", as people write a pair in one line.</summary>
    [GeneratedRegex(@"^(?<left>\S.*?)\s*(?:[-=]+>|→|\s=\s)\s*(?<right>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^answers?\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AnswerHeading();
}
