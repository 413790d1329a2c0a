using System.Globalization;
using System.Text.RegularExpressions;

namespace MattermostLearning.Content.Questions;

/// <summary>Numbers as people of all countries type them, and as authors write them with what they let pass.</summary>
internal static partial class TypedNumber
{
    private const int Longest = 60;

    /// <summary>Larger ones are no answer to a question, and what may differ could not be added to them.</summary>
    internal const decimal Largest = 1e14m;

    /// <summary>
    /// All that it can mean, with or without a unit behind it: "16,383" is sixteen thousand to some and sixteen and a bit to others. Empty where it is no number.
    /// </summary>
    public static IEnumerable<decimal> Readings(string typed)
    {
        var match = typed.Length > Longest ? Match.Empty : Number().Match(typed);
        return match.Success ? ReadingsOf(match.Groups["number"].Value) : [];
    }

    /// <summary>"42", "42 ± 2", "42 +/- 5 %", "42 give or take 2", "10 to 12". Null where it is none of these.</summary>
    public static (decimal Least, decimal Most)? Range(string written)
    {
        var match = written.Length > Longest ? Match.Empty : Tolerant().Match(written);
        if (!match.Success || One(match.Groups["number"].Value) is not { } number)
            return null;
        if (match.Groups["to"].Success)
            return One(match.Groups["to"].Value) is { } to && to >= number ? (number, to) : null;
        if (!match.Groups["by"].Success)
            return (number, number);
        if (One(match.Groups["by"].Value) is not { } by)
            return null;
        var tolerance = match.Groups["percent"].Success ? Math.Abs(number) * by / 100 : by;
        return (number - tolerance, number + tolerance);
    }

    /// <summary>An author's number: a point is a point, and a comma or space before three digits is none.</summary>
    private static decimal? One(string written)
    {
        var plain = Thousands().IsMatch(written) ? Separators().Replace(written, "") : written.Replace(',', '.');
        return decimal.TryParse(Sign(plain), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest ? number : null;
    }

    private static IEnumerable<decimal> ReadingsOf(string number)
    {
        var bare = Spaces().Replace(Sign(number), "");
        var swapped = string.Concat(bare.Select(each => each switch { ',' => '.', '.' => ',', _ => each }));
        foreach (var way in new[] { bare, swapped }.Distinct().Where(each => PointIsPoint().IsMatch(each)))
        {
            if (decimal.TryParse(way.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var read))
                yield return read;
        }
    }

    private static string Sign(string number) => number.Replace('\u2212', '-').TrimStart('+');

    [GeneratedRegex(@"^\s*(?<number>[+\-\u2212]?\d[\d.,'’ \u00A0\u202F]*?)\s*(?:%|[\p{L}°€$£][\p{L}°€$£/. ]*)?\s*\.?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^\s*`?(?<number>[+\-\u2212]?\d[\d.,' \u00A0]*?)`?\s*(?:(?:±|\+/-|\+-|,?\s*give or take)\s*(?<by>\d[\d.,]*)\s*(?<percent>%)?|(?:to|-|–|\.\.)\s*(?<to>[+\-\u2212]?\d[\d.,' \u00A0]*?))?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Tolerant();

    [GeneratedRegex(@"^[+\-\u2212]?\d{1,3}(?:[,' \u00A0]\d{3})+(?:\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"[,' \u00A0]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PointIsPoint();

    [GeneratedRegex(@"[\s'’\u00A0\u202F]", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
