using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Content.Design;

/// <summary>What questions could do better: to answer whoever is wrong, and to ask for knowledge and not for a good eye.</summary>
internal static partial class QuestionAdvice
{
    /// <summary>Of what each question says, in whatever language.</summary>
    public static IEnumerable<(Advice Advice, TextSpan Place, string Message, string Help)> OnTexts(ActivityDesign design)
    {
        foreach (var question in design.Questions)
        {
            if (question is ChoiceQuestion choice)
            {
                if (Unanswered(choice) is { } wrong)
                    yield return (Advices.NoFeedback, wrong.Place, $"`{Written.Short(wrong.Text)}` is wrong, and nobody learns why.", "Say below it what speaks against it: `  > It is quick, and everybody can read it.`");
                if (MuchLonger(choice) is { } right)
                    yield return (Advices.GivenAwayByLength, right.Place, "The right option is by far the longest, so it is seen without reading.", "Move what explains it into its quote, or make a wrong one as exact.");
                if (design.IsShuffled && choice.Options.FirstOrDefault(option => NamesPlaces().IsMatch(option.Text)) is { } naming)
                    yield return (Advices.GivenAwayByPosition, naming.Place, $"`{Written.Short(naming.Text)}` names other options by their place, and that differs for everybody.", "Mark several options as right, or name what is meant.");
            }
            if (ReadOtherwise.Find(question) is var (at, message, help))
                yield return (Advices.ReadOtherwise, at, message, help);
            if (IsShown(question, design))
                yield return (Advices.OnlyReShows, question.Place, "The answer stands in what people have just read.", "Ask for what follows from it: a case from their work where it matters.");
        }
    }

    /// <summary>Of where right options stand, which is the same in every language.</summary>
    public static IEnumerable<(Advice Advice, TextSpan Place, string Message, string Help)> OnOrder(ActivityDesign design)
    {
        if (!design.IsShuffled && SamePlace(design.Questions) is { } same)
            yield return (Advices.GivenAwayByPosition, same.Place, "The right option stands at the same place in most of these questions.", "Move some of them, or take `shuffle: no` away.");
    }

    private static Option? Unanswered(ChoiceQuestion question) =>
        question.Explanation is null ? question.Options.FirstOrDefault(option => option is { IsRight: false, Feedback: null }) : null;

    private static Option? MuchLonger(ChoiceQuestion question)
    {
        if (question.IsMultiple)
            return null;
        var right = question.Options.First(option => option.IsRight);
        var others = question.Options.Where(option => option != right).Max(Length);
        return Length(right) >= others * Advices.MuchLonger && Length(right) >= others + Advices.CharactersMore ? right : null;
    }

    private static int Length(Option option) => Prose.Of(option.Text).Length;

    private static ChoiceQuestion? SamePlace(IEnumerable<Question> questions)
    {
        var single = questions.OfType<ChoiceQuestion>().Where(question => !question.IsMultiple).ToList();
        if (single.Count < Advices.FewestInRow)
            return null;
        return single.GroupBy(question => question.Options.IndexOf(question.Options.First(option => option.IsRight)))
            .Where(group => group.Count() * 2 > single.Count).Select(group => group.First()).FirstOrDefault();
    }

    private static bool IsShown(Question question, ActivityDesign design)
    {
        var before = string.Join(" | ", design.Texts.Take(1).Select(text => text.Markdown).Append(question.Text).Distinct().Select(Plain));
        return RightAnswers(question).Select(Plain)
            .Any(answer => answer.Split(' ').Length >= Advices.FewestWordsShown && $" {before} ".Contains($" {answer} ", StringComparison.Ordinal));
    }

    private static IEnumerable<string> RightAnswers(Question question) => question switch
    {
        ChoiceQuestion { IsMultiple: false } choice => choice.Options.Where(option => option.IsRight).Select(option => option.Text),
        TextQuestion text => text.Answers.Where(answer => answer.IsRight).Select(answer => answer.Text),
        _ => [],
    };

    private static string Plain(string markdown) => string.Join(' ', Prose.Of(markdown).Sentences.SelectMany(sentence => sentence.Words));

    [GeneratedRegex(
        @"\b(?:(?:all|none|both|neither|some) of (?:the|these|them) ?(?:above|below|answers|options)?|the above|(?:both|neither) [A-F] (?:and|n?or) [A-F]|(?:alle|keine|keiner|keines) (?:der|von) (?:oben|obigen|diesen|genannten|antworten)\w*)\s*[.!]?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NamesPlaces();
}
