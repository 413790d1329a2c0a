using System.Buffers;
using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.FrontMatter;

/// <summary>
/// Front matter as nearly everybody writes it: in each line a key, a colon, a space, and a value that begins with a letter or a digit and has no sign in it that could mean something to YAML.
/// These lines say what they say without a parser for all of YAML, which would take longer than everything else about such a file. It reads whatever is written otherwise.
/// </summary>
internal static class PlainLines
{
    /// <summary>Far below the length at which YAML no longer takes something for a key.</summary>
    private const int LongestKey = 40;

    /// <summary>What may stand anywhere in a value, beside the letters of other alphabets.</summary>
    private static readonly SearchValues<char> Harmless = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.;-_/()'\"!?+&%=~@*");

    /// <returns>Null where one of the lines is another.</returns>
    public static ImmutableArray<FrontMatterEntry>? Read(SourceText source, TextSpan span)
    {
        var entries = ImmutableArray.CreateBuilder<FrontMatterEntry>();
        for (var at = span.Start; at < span.End;)
        {
            var line = source.RestOfLine(at);
            if (EntryOf(line, at) is not { } entry)
                return null;
            entries.Add(entry);
            at += line.Length + 1;
        }

        return entries.Count > 0 ? entries.ToImmutable() : null;
    }

    private static FrontMatterEntry? EntryOf(ReadOnlySpan<char> line, int at)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon is < 1 or > LongestKey || !IsKey(line[..colon]))
            return null;
        var value = line[(colon + 1)..].Trim(' ');
        if (!IsPlain(value))
            return null;
        var place = new TextSpan(at + colon + 1 + line[(colon + 1)..].IndexOfAnyExcept(' '), value.Length);
        return new FrontMatterEntry(line[..colon].ToString(), new TextSpan(at, colon), [new FrontMatterValue(value.ToString(), place)], IsList: false, place, Unreadable: false);
    }

    private static bool IsKey(ReadOnlySpan<char> text)
    {
        foreach (var each in text)
        {
            if (!char.IsAsciiLetterOrDigit(each) && each is not ('-' or '_'))
                return false;
        }

        return char.IsAsciiLetter(text[0]);
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || !char.IsLetterOrDigit(text[0]))
            return false;
        while (text.IndexOfAnyExcept(Harmless) is var at and >= 0)
        {
            // A colon separates where a space stands behind it: `09:00` is one word.
            if (!char.IsLetterOrDigit(text[at]) && (text[at..] is not [':', var next, ..] || !char.IsAsciiDigit(next)))
                return false;
            text = text[(at + 1)..];
        }

        return true;
    }
}
