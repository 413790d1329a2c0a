using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Content.Exchange;

/// <summary>Writes questions as GIFT, their texts in Markdown, which Moodle reads.</summary>
public static partial class GiftWriter
{
    /// <summary>Makes whatever holds it a question of pairs.</summary>
    private const string Arrow = "->";

    /// <param name="title">What Moodle's category is called.</param>
    /// <param name="questions">In order.</param>
    /// <param name="report">Takes what has no counterpart in GIFT.</param>
    public static string Write(string title, IEnumerable<Question> questions, ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"$CATEGORY: {Lines().Replace(title, " ").Replace("/", "//", StringComparison.Ordinal)}\n");
        foreach (var question in questions)
        {
            if (ProblemOf(question) is var (message, help))
            {
                report.StaysBehind(question.Place, Codes.NoCounterpart, message, help);
                continue;
            }

            if (question is TextQuestion { Forgives: var forgives } && !forgives.HasFlag(Forgiveness.Case))
                report.ComesOtherwise(question.Place, "Upper and lower case matter here, and Moodle does not look at them in what it reads from GIFT.", "In Moodle the question's settings have it.");
            if (question is TextQuestion { Answers: var answers } && answers.Any(each => each.Feedback?.Contains(Arrow, StringComparison.Ordinal) == true))
                report.ComesOtherwise(question.Place, "The arrow `->` becomes `→` in what is said to an answer: GIFT takes it for a pair.", null);
            text.Append(CultureInfo.InvariantCulture, $"\n[markdown]{Escaped(question.Text)} {{{(question is NumberQuestion ? "#" : "")}\n");
            foreach (var line in AnswersOf(question))
                text.Append('\t').Append(line).Append('\n');
            if (question.Explanation is { } explanation)
                text.Append("\t####").Append(Part(explanation)).Append('\n');
            text.Append("}\n");
        }

        return text.ToString();
    }

    private static (string Message, string Help)? ProblemOf(Question question) => question switch
    {
        OrderQuestion => ("GIFT has no question whose parts are put in order.", "In Moodle it can be made by hand, as a question of the type ordering."),
        MatchQuestion match when match.Pairs.Any(pair => pair.Left.Contains(Arrow, StringComparison.Ordinal)) => ("In GIFT `->` stands between what belongs together, so what is on the left cannot have it.", "Write an arrow: →."),
        TextQuestion typed when typed.Answers.Any(each => each.Text.Contains(Arrow, StringComparison.Ordinal)) => ("GIFT takes an answer with `->` for a pair.", "Ask for something without an arrow."),
        _ => null,
    };

    private static IEnumerable<string> AnswersOf(Question question) => question switch
    {
        ChoiceQuestion choice when TrueFalse(choice) is { } saying => [saying],
        ChoiceQuestion { IsMultiple: true } several => several.Options.Select(option => $"~{Percent(WorthInSeveral(several, option))}{Said(option)}"),
        ChoiceQuestion one => one.Options.Select(option => option.IsRight ? $"={Said(option)}" : $"~{Percent(option.Worth ?? 0)}{Said(option)}"),
        TextQuestion typed => typed.Answers.Select(answer => $"={(answer.IsRight ? "" : Percent(answer.Worth ?? 0, always: true))}{Part(answer.Text.Replace("*", "\\*", StringComparison.Ordinal))}{Feedback(answer).Replace(Arrow, "→", StringComparison.Ordinal)}"),
        NumberQuestion number => number.Answers.Select(answer => $"={(answer.Option.IsRight ? "" : Percent(answer.Option.Worth ?? 0, always: true))}{RangeOf(answer)}{Feedback(answer.Option)}"),
        MatchQuestion match => match.Pairs.Select(pair => $"={Part(pair.Left)} -> {Escaped(pair.Right)}"),
        _ => [],
    };

    /// <summary>Two options that only say whether something is true have a type of their own.</summary>
    private static string? TrueFalse(ChoiceQuestion choice)
    {
        if (choice.Options is not [{ Text: "True", Worth: null } yes, { Text: "False", Worth: null } no] || yes.IsRight == no.IsRight)
            return null;
        var (right, wrong) = yes.IsRight ? (yes, no) : (no, yes);
        var said = right.Feedback is null ? Feedback(wrong) : $"#{(wrong.Feedback is null ? "" : Part(wrong.Feedback))}#{Part(right.Feedback)}";
        return (yes.IsRight ? "TRUE" : "FALSE") + said;
    }

    /// <summary>Each right one is worth its share, and each wrong one takes as much back, unless the author says otherwise.</summary>
    private static decimal WorthInSeveral(ChoiceQuestion several, Option option)
    {
        if (several.Options.Any(each => each.Worth is not null))
            return option.Worth ?? 0;
        var share = (decimal)Grade.Whole / several.Options.Count(each => each.IsRight);
        return option.IsRight ? share : -share;
    }

    private static string Said(Option option) => $"{Part(option.Text)}{Feedback(option)}";

    private static string Feedback(Option option) => option.Feedback is { } feedback ? $"#{Part(feedback)}" : "";

    private static string Percent(decimal worth, bool always = false) => worth == 0 && !always ? "" : string.Create(CultureInfo.InvariantCulture, $"%{worth:0.#####}%");

    /// <summary>As two ends where it was written so, else as a number and what may differ.</summary>
    private static string RangeOf(NumberAnswer answer)
    {
        var (least, most) = (answer.Least, answer.Most);
        return least == most ? Number(least) : Ends().IsMatch(answer.Option.Text) ? $"{Number(least)}..{Number(most)}" : $"{Number((least + most) / 2)}:{Number((most - least) / 2)}";
    }

    private static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>What would be taken for a format, or for a weight, does not stand at the beginning.</summary>
    private static string Part(string text) => text is ['[' or '%', ..] ? $"[markdown]{Escaped(text)}" : Escaped(text);

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var each in text)
        {
            if (each == '\n')
                escaped.Append("\\n");
            else if (each is '\\' or ':' or '#' or '=' or '{' or '}' or '~')
                escaped.Append('\\').Append(each);
            else
                escaped.Append(each);
        }

        return escaped.ToString();
    }

    [GeneratedRegex(@"\d\D*(?:\bto\b|\.\.|\d\s*[-–])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ends();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Lines();
}
