using System.Globalization;

namespace MattermostLearning.Activities.Words;

/// <summary>
/// Which form of a phrase goes with a number, in the notation of the Unicode CLDR (https://unicode.org/reports/tr35/tr35-numbers.html#Plural_rules_syntax)
/// for whole numbers: `n % 10 = 2..4 and n % 100 != 12..14`. So a language's file can bring its own, copied from the CLDR's chart.
/// </summary>
public sealed class PluralRule
{
    /// <summary>The form for every number that no condition is for; each language has it, and it needs no condition.</summary>
    public const string Other = "other";

    private static readonly string[] Known = ["zero", "one", "two", "few", "many"];

    private readonly IReadOnlyList<(string Category, Relation[][] AnyOf)> _categories;

    /// <param name="conditions">By category, in the order in which they are tried.</param>
    /// <exception cref="FormatException">Not a category or not a condition.</exception>
    public PluralRule(IEnumerable<KeyValuePair<string, string>> conditions)
    {
        _categories = [.. conditions.Where(one => one.Key != Other).Select(one => (Category(one.Key), Parse(one.Value)))];
        Categories = [.. _categories.Select(one => one.Category), Other];
    }

    /// <summary>The forms that a phrase with a count has in this language.</summary>
    public IReadOnlyList<string> Categories { get; }

    public string CategoryOf(long count)
    {
        var number = Math.Abs(count);
        foreach (var (category, anyOf) in _categories)
        {
            if (anyOf.Any(all => all.All(relation => relation.Holds(number))))
                return category;
        }

        return Other;
    }

    private static string Category(string name) =>
        Known.Contains(name) ? name : throw new FormatException($"`{name}` is not a plural category; those are {string.Join(", ", Known)} and {Other}.");

    private static Relation[][] Parse(string condition) =>
        [.. condition.Split(" or ").Select(all => all.Split(" and ").Select(Relation.Parse).ToArray())];

    private sealed record Relation(long? Modulus, bool IsNegated, IReadOnlyList<(long From, long To)> Ranges)
    {
        public bool Holds(long number)
        {
            var value = Modulus is { } modulus ? number % modulus : number;
            return Ranges.Any(range => value >= range.From && value <= range.To) != IsNegated;
        }

        public static Relation Parse(string text)
        {
            var parts = text.Split('=', StringSplitOptions.TrimEntries);
            var isNegated = parts[0].EndsWith('!');
            var left = parts[0].TrimEnd('!').Split('%', StringSplitOptions.TrimEntries);
            // For whole numbers `n` and `i` are the same; the other operands are about fractions.
            if (parts.Length != 2 || left is not ([_] or [_, _]) || left[0] is not ("n" or "i"))
                throw new FormatException($"`{text}` is not a condition such as `n % 10 = 2..4`.");
            return new Relation(
                left.Length == 2 ? Number(left[1]) : null, isNegated,
                [.. parts[1].Split(',', StringSplitOptions.TrimEntries).Select(range => range.Split("..")).Select(ends => (Number(ends[0]), Number(ends[^1])))]);
        }

        private static long Number(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
