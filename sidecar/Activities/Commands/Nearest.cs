namespace MattermostLearning.Activities.Commands;

/// <summary>The word that somebody may have meant.</summary>
public static class Nearest
{
    /// <summary>The candidate at most a third of its length (and at least one letter) away; null when none is that near.</summary>
    public static string? To(string typed, IEnumerable<string> candidates)
    {
        if (typed.Length is 0 or > 40)
            return null;
        var word = typed.ToLowerInvariant();
        return candidates
            .Select(candidate => (candidate, Distance: candidate.StartsWith(word, StringComparison.Ordinal) && word.Length > 1 ? 0 : Distance(word, candidate)))
            .Where(pair => pair.Distance <= Math.Max(1, pair.candidate.Length / 3))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that make one word of the other.</summary>
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[left.Length, right.Length];
    }
}
