namespace MattermostLearning.Content;

/// <summary>"Did you mean": the candidate with the fewest typing slips, where there are few enough to believe it.</summary>
internal static class Closest
{
    private const int LongestWord = 60;

    /// <summary>One slip in fewer letters could be another word, and two in fewer than the second number.</summary>
    private const int ShortestForOne = 5;
    private const int ShortestForTwo = 8;

    public static string? Find(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        string? best = null;
        var least = (word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            // So many slips it has at least.
            if (Math.Abs(candidate.Length - word.Length) >= least)
                continue;
            var slips = Distance(word, candidate);
            if (slips < least && slips < candidate.Length)
                (best, least) = (candidate, slips);
        }
        return best;
    }

    /// <summary>Whether it would be found, if it were the only candidate.</summary>
    public static bool IsNear(string word, string candidate)
    {
        if (word.Length is 0 or > LongestWord)
            return false;
        var least = Math.Min((word.Length / 3) + 1, candidate.Length);
        return Math.Abs(candidate.Length - word.Length) < least && Distance(word, candidate) < least;
    }

    /// <summary>What can only be meant: a candidate a slip or two away, where there is no other so near. Null otherwise.</summary>
    public static string? Only(string word, IEnumerable<string> candidates)
    {
        if (word.Length is < ShortestForOne or > LongestWord)
            return null;
        var most = word.Length < ShortestForTwo ? 1 : 2;
        return candidates.Where(candidate => Distance(word, candidate) <= most).Take(2).ToArray() is [var one] ? one : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours, ignoring case.</summary>
    internal static int Distance(string left, string right)
    {
        var width = right.Length + 1;
        Span<int> rows = width <= LongestWord * 2 ? stackalloc int[3 * width] : new int[3 * width];
        Span<int> beforeLast = rows[..width], last = rows[width..(2 * width)], current = rows[(2 * width)..];
        for (var column = 0; column < width; column++)
            last[column] = column;
        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var same = Same(left[row - 1], right[column - 1]);
                current[column] = Math.Min(Math.Min(last[column], current[column - 1]) + 1, last[column - 1] + (same ? 0 : 1));
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                    current[column] = Math.Min(current[column], beforeLast[column - 2] + 1);
            }
            // The oldest row is written over next.
            var oldest = beforeLast;
            beforeLast = last;
            last = current;
            current = oldest;
        }
        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
