using MattermostLearning.Activities.Community.Tips;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Section `Tips`: whether people share tips, and the words that make a message one.</summary>
internal static class TipsSection
{
    private const int MostWords = 5;

    public static TipWords Read(SettingsReader settings)
    {
        var words = settings.List("Tips__Words").Select(word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        foreach (var word in words.Where(word => !IsWord(word)))
            settings.Wrong("Tips__Words", word, "words that a message begins with, 2 to 30 characters without spaces, the first of them `#` or `!`: #til, #tipp.");
        if (words.Count > MostWords)
            settings.Wrong("Tips__Words", string.Join(',', words), $"{MostWords} words at most.");
        return new TipWords(settings.Flag("Tips__Enabled"), words.Count > 0 ? words : [TipWords.Default]);
    }

    /// <summary>A sign in front keeps ordinary sentences from being taken for tips.</summary>
    private static bool IsWord(string word) =>
        word.Length is >= 2 and <= 30 && word[0] is '#' or '!' && word.Skip(1).All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_');
}
