using System.Collections.Immutable;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>How many gave which answer to one question.</summary>
/// <param name="Question">Which one.</param>
/// <param name="Counts">For each option, or known answer, by its place in the file.</param>
/// <param name="Others">How many gave another answer.</param>
/// <param name="Answered">How many there were.</param>
/// <param name="Right">How many of them were wholly right.</param>
internal sealed record Tally(Question Question, ImmutableArray<int> Counts, int Others, int Answered, int Right)
{
    /// <summary>Of fewer people nothing is told: with them it would be one person's answer.</summary>
    public const int Fewest = 5;

    public bool MayBeTold => Answered >= Fewest;

    public static Tally Of(Question question, IEnumerable<Given> answers)
    {
        var counts = new int[OptionsOf(question).Length];
        var (others, answered, right) = (0, 0, 0);
        foreach (var answer in answers)
        {
            answered++;
            right += answer.Points == Grade.Whole ? 1 : 0;
            others += answer.Picked.Count == 0 ? 1 : 0;
            foreach (var option in answer.Picked.Where(option => option < counts.Length))
                counts[option]++;
        }

        return new Tally(question, [.. counts], others, answered, right);
    }

    public static ImmutableArray<Option> OptionsOf(Question question) => question switch
    {
        ChoiceQuestion choice => choice.Options,
        TextQuestion text => text.Answers,
        NumberQuestion number => [.. number.Answers.Select(each => each.Option)],
        _ => [],
    };

    /// <summary>
    /// How many people, in words that point at nobody: neither at a few who did, nor at a few who did not. Rounded to tenths, so that the rest cannot be
    /// worked out from the others.
    /// </summary>
    public string Share(int people, Speech speech) => Rounded(people) switch
    {
        ShareOf.Nobody => speech.Say("figure.nobody"),
        ShareOf.Everybody => speech.Say("share.everybody"),
        ShareOf.AFew => speech.Say("figure.a-few"),
        ShareOf.Most => speech.Say("share.most"),
        var tenths => speech.Say("share.of-ten", ("number", (int)tenths)),
    };

    /// <summary>The same as the length of a bar, from 0 to 1.</summary>
    public double Length(int people) => Rounded(people) switch
    {
        ShareOf.Nobody => 0,
        ShareOf.Everybody => 1,
        ShareOf.AFew => 0.06,
        ShareOf.Most => 0.9,
        var tenths => (int)tenths / 10.0,
    };

    private ShareOf Rounded(int people) => (people, Answered - people) switch
    {
        (0, _) => ShareOf.Nobody,
        (_, 0) => ShareOf.Everybody,
        (< Fewest, _) => ShareOf.AFew,
        (_, < Fewest) => ShareOf.Most,
        _ => (ShareOf)Math.Clamp((int)Math.Round(10.0 * people / Answered, MidpointRounding.AwayFromZero), 1, 9),
    };

    /// <summary>Values from 1 to 9 are tenths.</summary>
    private enum ShareOf
    {
        Nobody = 0,
        Everybody = 10,
        AFew = 11,
        Most = 12,
    }
}
