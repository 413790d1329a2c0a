using System.Text.RegularExpressions;

namespace MattermostLearning.Content.Design;

/// <summary>How easy a text reads, from about 0 (very hard) to about 100 (very easy); below 50 is what universities write.</summary>
/// <param name="Name">The formula, for findings.</param>
/// <param name="Formula">Of words per sentence and syllables per word.</param>
/// <param name="Syllables">Of one word, counted by its vowels.</param>
internal sealed partial record ReadingEase(string Name, Func<double, double, double> Formula, Func<string, int> Syllables)
{
    /// <summary>Fewer words than this say too little about a text.</summary>
    public const int FewestWords = 40;

    /// <summary>R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948).</summary>
    public static ReadingEase English { get; } = new(
        "Flesch reading ease", (words, syllables) => 206.835 - (1.015 * words) - (84.6 * syllables), word => Math.Max(1, EnglishVowels().Count(SilentEnd().Replace(word, ""))));

    /// <summary>T. Amstad's Flesch for German: "Wie verständlich sind unsere Zeitungen?", Zürich (1978).</summary>
    public static ReadingEase German { get; } = new(
        "Flesch reading ease in Amstad's form for German", (words, syllables) => 180 - words - (58.5 * syllables), word => Math.Max(1, GermanVowels().Count(word)));

    /// <summary>Null where there are too few words to say.</summary>
    public double? Of(IReadOnlyCollection<Sentence> sentences)
    {
        var words = sentences.Sum(each => each.Words.Length);
        if (words < FewestWords)
            return null;
        var syllables = sentences.Sum(each => each.Words.Sum(Syllables));
        return Formula((double)words / sentences.Count, (double)syllables / words);
    }

    [GeneratedRegex("[aeiouy]+", RegexOptions.CultureInvariant)]
    private static partial Regex EnglishVowels();

    /// <summary>The e of "make", "makes" and "asked" is not heard; that of "the", "little", "started" and "boxes" is.</summary>
    [GeneratedRegex("(?<!^[^aeiouy]*)(?<![^aeiouy]l(?=e$))(?<![td](?=ed$))(?<!(?:[sxzcg]|ch|sh)(?=es$))(?:e|es|ed)$", RegexOptions.CultureInvariant)]
    private static partial Regex SilentEnd();

    [GeneratedRegex("au|äu|eu|ei|ai|ie|aa|ee|oo|[aeiouyäöü]", RegexOptions.CultureInvariant)]
    private static partial Regex GermanVowels();
}
