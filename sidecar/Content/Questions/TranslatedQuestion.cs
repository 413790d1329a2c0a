using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Questions;

/// <summary>
/// A question in another language is the same question: it has the original's name, and each of its options is the one that stands in the same place there. So whatever
/// was chosen, in whatever language, is judged and counted alike.
/// </summary>
internal static class TranslatedQuestion
{
    /// <summary>Null, and reported, where the two are not built alike.</summary>
    public static Question? Of(Question question, Question original, DiagnosticBag report)
    {
        Question? translated = (question, original) switch
        {
            (ChoiceQuestion mine, ChoiceQuestion theirs) when AreAlike(mine.Options, theirs.Options) => mine with { Options = [.. mine.Options.Zip(theirs.Options, Worthy)] },
            (TextQuestion mine, TextQuestion theirs) => OfText(mine, theirs),
            (NumberQuestion mine, NumberQuestion theirs) when AreAlike(OptionsOf(mine), OptionsOf(theirs)) => mine with
            {
                Answers = [.. mine.Answers.Zip(theirs.Answers, (one, other) => one with { Option = Worthy(one.Option, other.Option) })],
            },
            (OrderQuestion mine, OrderQuestion theirs) when mine.Items.Length == theirs.Items.Length => mine,
            (MatchQuestion mine, MatchQuestion theirs) when mine.Pairs.Length == theirs.Pairs.Length => mine,
            _ => null,
        };
        if (translated is not null)
            return translated with { Id = original.Id };
        report.Error(question.Place, Codes.TranslationDiffers, "The original has other answers to this question, or others of them are right.", $"Translate each in its place. In the original there {Told(original)}.");
        return null;
    }

    private static bool AreAlike(ImmutableArray<Option> mine, ImmutableArray<Option> theirs) => mine.Select(each => each.IsRight).SequenceEqual(theirs.Select(each => each.IsRight));

    private static ImmutableArray<Option> OptionsOf(NumberQuestion question) => [.. question.Answers.Select(each => each.Option)];

    /// <summary>What it is worth is said once.</summary>
    private static Option Worthy(Option mine, Option theirs) => mine with { Worth = theirs.Worth };

    /// <summary>
    /// Answers in both languages count, since nobody knows in which somebody thinks. A language may have more words for the same: those count as the first answer that is
    /// worth as much. It may have fewer: then the original's stand for themselves.
    /// </summary>
    private static TextQuestion? OfText(TextQuestion mine, TextQuestion theirs)
    {
        var answers = theirs.Answers.ToArray();
        for (var at = 0; at < mine.Answers.Length; at++)
        {
            var answer = mine.Answers[at];
            if (at < theirs.Answers.Length && theirs.Answers[at].IsRight == answer.IsRight)
            {
                answers[at] = Worthy(answer, theirs.Answers[at]) with { Also = Others(theirs.Answers[at].Text, answer.Text) };
                continue;
            }

            var same = Array.FindIndex(answers, each => each.IsRight == answer.IsRight);
            if (same < 0)
                return null;
            answers[same] = answers[same] with { Also = answers[same].Also.Add(answer.Text) };
        }

        return mine with { Answers = [.. answers], Forgives = theirs.Forgives };
    }

    private static ImmutableArray<string> Others(string theirs, string mine) => theirs == mine ? [] : [theirs];

    private static string Told(Question original) => original switch
    {
        ChoiceQuestion choice => Marked(choice.Options),
        TextQuestion text => Marked(text.Answers),
        NumberQuestion number => Marked(OptionsOf(number)),
        OrderQuestion order => $"are {order.Items.Length} things to put in order",
        MatchQuestion match => $"are {match.Pairs.Length} pairs",
        _ => throw new InvalidOperationException($"{original.GetType().Name} has no answers."),
    };

    private static string Marked(ImmutableArray<Option> options) =>
        $"{(options.Length == 1 ? "is one" : $"are {options.Length}")}, and right is {string.Join(" and ", options.Index().Where(each => each.Item.IsRight).Select(each => $"number {each.Index + 1}"))}";
}
