namespace MattermostLearning.Content;

/// <summary>Keys, headings and choices are compared without case, hyphens, underscores and spaces.</summary>
internal static class Names
{
    public static string Fold(string name)
    {
        Span<char> folded = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        var length = 0;
        foreach (var each in name)
        {
            if (Counts(each))
                folded[length++] = char.ToLowerInvariant(each);
        }
        folded = folded[..length];
        return folded.SequenceEqual(name) ? name : folded.ToString();
    }

    public static bool Same(string left, string right)
    {
        var (one, other) = (0, 0);
        while (true)
        {
            while (one < left.Length && !Counts(left[one]))
                one++;
            while (other < right.Length && !Counts(right[other]))
                other++;
            if (one == left.Length || other == right.Length)
                return one == left.Length && other == right.Length;
            if (char.ToLowerInvariant(left[one++]) != char.ToLowerInvariant(right[other++]))
                return false;
        }
    }

    /// <summary>Where a text goes on that begins with a name, and with whole words only: behind the space that follows it, or at its end.</summary>
    /// <param name="folded">The name, as <see cref="Fold"/> makes it.</param>
    /// <param name="text">With single spaces.</param>
    /// <returns>-1 where it begins with something else.</returns>
    public static int EndOf(string folded, ReadOnlySpan<char> text)
    {
        var (matched, from) = (0, -1);
        for (var at = 0; at < text.Length; at++)
        {
            if (!Counts(text[at]))
            {
                // What stands by itself behind a name, such as a hyphen, belongs to it.
                if (matched == folded.Length && text[at] == ' ')
                    from = at + 1;
            }
            else if (matched == folded.Length)
                return from;
            else if (char.ToLowerInvariant(text[at]) != folded[matched++])
                return -1;
        }

        return matched == folded.Length ? text.Length : -1;
    }

    private static bool Counts(char each) => char.IsAsciiLetterOrDigit(each) || (each is not ('-' or '_' or '\u2010' or '\u2011' or '\u2013') && !char.IsWhiteSpace(each));
}
