using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MattermostLearning.Content.Questions;

/// <summary>
/// Writes a question in the Markdown that <see cref="QuestionReader"/> reads. Two questions are the same if they are written the same. Some texts cannot stand where
/// they would have to, such as a list within an option: whoever writes a file reads it again.
/// </summary>
public static class QuestionWriter
{
    private static readonly (Forgiveness Value, string Word)[] Forgivable =
        [(Forgiveness.Case, "case"), (Forgiveness.Accents, "accents"), (Forgiveness.Typos, "typos")];

    /// <param name="question">Which one.</param>
    /// <param name="belowHeading">The text stands below its heading, which takes more than a heading can hold.</param>
    /// <param name="usual">What the file forgives where a question says nothing of it.</param>
    public static string Write(Question question, bool belowHeading, Forgiveness usual = Forgiveness.All)
    {
        ArgumentNullException.ThrowIfNull(question);
        var text = new StringBuilder();
        text.Append(belowHeading ? $"## Question\n{question.Text}\n\n" : $"## Question: {question.Text}\n");
        switch (question)
        {
            case ChoiceQuestion choice:
                foreach (var option in choice.Options)
                    AppendOption(text, BulletBehind(question.Text), option, hasBox: true);
                break;
            case TextQuestion typed:
                text.Append(CultureInfo.InvariantCulture, $"### Answer{Forgives(typed.Forgives, usual)}\n");
                AppendAnswers(text, typed.Answers);
                break;
            case NumberQuestion number:
                text.Append("### Answer\n");
                AppendAnswers(text, [.. number.Answers.Select(each => each.Option)]);
                break;
            case OrderQuestion order:
                foreach (var (place, item) in order.Items.Index())
                    AppendItem(text, $"{place + 1}{(question.Text.Contains("1. ", StringComparison.Ordinal) ? ")" : ".")} ", item);
                break;
            case MatchQuestion match:
                foreach (var pair in match.Pairs)
                {
                    AppendItem(text, $"{BulletBehind(question.Text)} ", pair.Left);
                    AppendItem(text, "  - ", pair.Right);
                }

                break;
        }

        if (question.Explanation is { } explanation)
            AppendQuote(text.Append('\n'), "", explanation);
        return text.ToString();
    }

    /// <summary>A list that follows another one of the same sign would be part of it.</summary>
    private static char BulletBehind(string text) => text.Contains("- ", StringComparison.Ordinal) ? '*' : '-';

    private static void AppendAnswers(StringBuilder text, ImmutableArray<Option> answers)
    {
        var hasBoxes = answers.Any(each => !each.IsRight || each.Worth is not null || each.Text is ['[' or '(', ..]);
        foreach (var answer in answers)
            AppendOption(text, '-', answer, hasBoxes);
    }

    private static void AppendOption(StringBuilder text, char bullet, Option option, bool hasBox)
    {
        var box = !hasBox ? "" : option.Worth is { } worth ? string.Create(CultureInfo.InvariantCulture, $"[{worth:0.#####} %] ") : option.IsRight ? "[x] " : "[ ] ";
        AppendItem(text, $"{bullet} ", $"{box}{option.Text}");
        if (option.Feedback is { } feedback)
            AppendQuote(text, "  ", feedback);
    }

    /// <summary>Lines behind the first are moved below its text.</summary>
    private static void AppendItem(StringBuilder text, string sign, string item)
    {
        text.Append(sign);
        AppendLines(text, item, new string(' ', sign.Length));
    }

    private static void AppendQuote(StringBuilder text, string indent, string quote)
    {
        text.Append(indent).Append("> ");
        AppendLines(text, quote, $"{indent}> ");
    }

    private static void AppendLines(StringBuilder text, string lines, string before)
    {
        foreach (var (number, line) in lines.Split('\n').Index())
            text.Append(number == 0 ? "" : line.Length == 0 ? before.TrimEnd() : before).Append(line).Append('\n');
    }

    private static string Forgives(Forgiveness forgives, Forgiveness usual) =>
        forgives == usual ? ""
        : forgives == Forgiveness.None ? " exactly"
        : $" forgiving {string.Join(" and ", Forgivable.Where(each => forgives.HasFlag(each.Value)).Select(each => each.Word))}";
}
