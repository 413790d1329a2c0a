using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MattermostLearning.Content.Questions;

/// <summary>Finds what somebody meant who typed an answer.</summary>
internal static class TypedText
{
    private const int OneSlipFrom = 5;
    private const int TwoSlipsFrom = 10;

    /// <summary>Longer than any answer; nothing is compared with it.</summary>
    private const int Longest = 200;

    /// <summary>The answer that it is, else the one that it is nearest to with few enough slips; null where it is none.</summary>
    public static int? Find(string typed, ImmutableArray<string> answers, Forgiveness forgives)
    {
        if (typed.Length > Longest)
            return null;
        var word = Plain(typed, forgives);
        ImmutableArray<string> plain = [.. answers.Select(each => Plain(each, forgives))];
        if (plain.IndexOf(word) is var same and >= 0)
            return same;
        if (!forgives.HasFlag(Forgiveness.Typos))
            return null;
        return Enumerable.Range(0, plain.Length)
            .Select(index => (Index: index, Slips: Slips(word, plain[index])))
            .Where(each => each.Slips is not null)
            .OrderBy(each => each.Slips)
            .Select(each => (int?)each.Index)
            .FirstOrDefault();
    }

    private static int? Slips(string word, string answer)
    {
        var allowed = answer.Length >= TwoSlipsFrom ? 2 : answer.Length >= OneSlipFrom ? 1 : 0;
        if (Math.Abs(word.Length - answer.Length) > allowed || !Digits(word).SequenceEqual(Digits(answer)))
            return null;
        return Closest.Distance(word, answer) is var slips && slips <= allowed ? slips : null;
    }

    private static IEnumerable<char> Digits(string text) => text.Where(char.IsDigit);

    /// <summary>Without the signs of Markdown and the full stop that nobody means, and without what is forgiven.</summary>
    private static string Plain(string text, Forgiveness forgives)
    {
        var words = string.Join(' ', text.Trim().Trim('`', '*', '_', '"', '\'', '“', '”', '„', '«', '»').TrimEnd('.', '!', '?').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words = words.Normalize(forgives.HasFlag(Forgiveness.Accents) ? NormalizationForm.FormKD : NormalizationForm.FormC);
        if (forgives.HasFlag(Forgiveness.Accents))
        {
            var bare = new StringBuilder(words.Length);
            foreach (var each in words.Where(each => CharUnicodeInfo.GetUnicodeCategory(each) != UnicodeCategory.NonSpacingMark))
                bare.Append(each == 'ß' ? "ss" : each);
            words = bare.ToString();
        }
        return forgives.HasFlag(Forgiveness.Case) ? words.ToLowerInvariant() : words;
    }
}
