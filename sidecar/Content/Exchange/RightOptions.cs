using System.Collections.Immutable;
using System.Globalization;

namespace MattermostLearning.Content.Exchange;

/// <summary>Which options somebody means who names the right ones: by number, by letter or by their text.</summary>
internal static class RightOptions
{
    private static readonly char[] Between = [',', ';', '|', '/'];

    /// <summary>By their place; null where one of them is not there.</summary>
    public static ImmutableArray<int>? Find(string written, IReadOnlyList<string> options)
    {
        if (One(written, options) is { } only)
            return [only];
        ImmutableArray<int?> named = [.. written.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(each => One(each, options))];
        return named.Length == 0 || named.Any(each => each is null) ? null : [.. named.Select(each => each!.Value).Distinct()];
    }

    private static int? One(string written, IReadOnlyList<string> options)
    {
        var name = written.Trim();
        for (var option = 0; option < options.Count; option++)
        {
            if (options[option].Equals(name, StringComparison.OrdinalIgnoreCase))
                return option;
        }

        name = name.Trim('*', '_', '(', ')', '.');
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number >= 1 && number <= options.Count ? number - 1 : null;
        return name is [var letter] && char.ToUpperInvariant(letter) - 'A' is >= 0 and var place && place < options.Count ? place : null;
    }
}
