using System.Collections.Immutable;
using FuzzySharp;

namespace MattermostLearning.Content.Library;

/// <summary>What somebody may mean by some words: by name, title and topics, and by the words of the summary, with slips of the pen forgiven.</summary>
public static class Finding
{
    private const int LeastLikeness = 70;
    private const int LeastLikeWord = 75;
    private const int ShortestGuess = 3;
    private const int LongestWords = 60;

    /// <summary>A word of the summary says less than one of the name.</summary>
    private const double OtherWords = 0.95;

    /// <summary>Those that fit, the likeliest first; all of them, in their order, where nothing was typed.</summary>
    /// <param name="candidates">Among which.</param>
    /// <param name="definitionOf">What is looked at.</param>
    /// <param name="words">As they were typed.</param>
    public static ImmutableArray<T> Among<T>(IEnumerable<T> candidates, Func<T, ActivityDefinition> definitionOf, string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (string.IsNullOrWhiteSpace(words))
            return [.. candidates];
        var typed = Plain(words.Length > LongestWords ? words[..LongestWords] : words);
        if (typed.Length == 0)
            return [];
        return
        [
            .. candidates
                .Select(each => (Candidate: each, Likeness: Likeness(typed, definitionOf(each))))
                .Where(each => each.Likeness >= LeastLikeness)
                .OrderByDescending(each => each.Likeness).ThenBy(each => definitionOf(each.Candidate).Slug, StringComparer.Ordinal)
                .Select(each => each.Candidate),
        ];
    }

    private static double Likeness(string typed, ActivityDefinition definition)
    {
        var names = definition.Topics.Concat(definition.Titles).Append(definition.Slug).Select(Plain).Where(name => name.Length > 0).ToList();
        var asName = names.Max(name => Math.Max(Fuzz.Ratio(typed, name), Fuzz.TokenSetRatio(typed, name)));
        var known = names.Append(Plain(definition.Summary)).SelectMany(name => name.Split(' ')).Where(word => word.Length > 0).ToHashSet(StringComparer.Ordinal);
        return Math.Max(asName, OtherWords * WordByWord(typed.Split(' '), known));
    }

    /// <summary>How near each word is to one that is known; 0 where one of them is near to none.</summary>
    private static double WordByWord(string[] typed, HashSet<string> known)
    {
        var likenesses = typed.Select(word => known.Max(other => LikenessOf(word, other))).ToList();
        return likenesses.Min() < LeastLikeWord ? 0 : likenesses.Average();
    }

    private static int LikenessOf(string word, string other)
    {
        if (word == other)
            return 100;
        if (word.Length < ShortestGuess || other.Length < ShortestGuess)
            return 0;
        return other.StartsWith(word, StringComparison.Ordinal) ? 90 : Fuzz.Ratio(word, other);
    }

    private static string Plain(string text) => DocumentName.Slugify(text).Replace('-', ' ');
}
