namespace MattermostLearning.Activities.Community.Tips;

/// <summary>Whether people share tips, and the words that make a message one.</summary>
/// <param name="IsOn">`Tips__Enabled`.</param>
/// <param name="Words">`Tips__Words`: in lower case, each with its `#` or whatever it begins with.</param>
public sealed record TipWords(bool IsOn, IReadOnlyList<string> Words)
{
    public const string Default = "#til";

    /// <summary>A message is a tip when its first word is one of these, in any case, with or without a sign after it: `#TIL: press Ctrl+K`.</summary>
    public bool Begins(string message) => IsOn && LengthIn(message) > 0;

    /// <summary>The message without the word that made it a tip.</summary>
    public string Without(string message) => message.TrimStart()[LengthIn(message)..].TrimStart(' ', '\t', '\n', '\r', ':', ',', '-', '–', '.', '*', '_');

    /// <summary>
    /// What the outgoing webhook is to listen to: Mattermost tells upper case from lower, so the ways in which people write a word stand
    /// there one by one.
    /// </summary>
    public IReadOnlyList<string> Triggers =>
        [.. Words.SelectMany(word => new[] { word, word.ToUpperInvariant(), Capital(word) }).Distinct(StringComparer.Ordinal)];

    private int LengthIn(string message)
    {
        var text = message.TrimStart();
        foreach (var word in Words)
        {
            // "#tilt" and "#til-2027" are other words.
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                && (text.Length == word.Length || !(char.IsLetterOrDigit(text[word.Length]) || text[word.Length] is '_' or '-' or '\'')))
                return word.Length;
        }

        return 0;
    }

    private static string Capital(string word)
    {
        var first = word.AsSpan().IndexOfAnyExcept('#', '!', '+');
        return first < 0 ? word : $"{word[..first]}{char.ToUpperInvariant(word[first])}{word[(first + 1)..]}";
    }
}
