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

    private static bool Counts(char each) => each is not ('-' or '_' or '\u2010' or '\u2011' or '\u2013') && !char.IsWhiteSpace(each);
}
