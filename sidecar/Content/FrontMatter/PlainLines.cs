using System.Buffers;
using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.FrontMatter;

/// <summary>
/// Front matter as nearly everybody writes it: in each line a key, a colon, a space, and a value that begins with a letter or a digit and has no sign in it that could mean something to YAML, or that
/// stands in double quotes. These lines say what they say without a parser for all of YAML, which would take longer than everything else about such a file. It reads whatever is written otherwise.
/// </summary>
internal static class PlainLines
{
    /// <summary>Far below the length at which YAML no longer takes something for a key.</summary>
    private const int LongestKey = 40;

    private const char LastOfLatin1Controls = '\u00A0';

    /// <summary>What may stand anywhere in a value, beside the letters of other alphabets.</summary>
    private static readonly SearchValues<char> Harmless = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.;-_/()'\"!?+&%=~@*");

    /// <returns>Null where one of the lines is another.</returns>
    public static ImmutableArray<FrontMatterEntry>? Read(SourceText source, TextSpan span)
    {
        var entries = ImmutableArray.CreateBuilder<FrontMatterEntry>();
        for (var at = span.Start; at < span.End;)
        {
            var line = source.RestOfLine(at);
            if (EntryOf(line, at) is { } entry)
                entries.Add(entry);
            else if (line is not ['#', .. var comment] || !IsHarmless(comment, inQuotes: true))
                return null;
            at += line.Length + 1;
        }

        return entries.Count > 0 ? entries.ToImmutable() : null;
    }

    private static FrontMatterEntry? EntryOf(ReadOnlySpan<char> line, int at)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon is < 1 or > LongestKey || !IsKey(line[..colon]))
            return null;
        var written = line[(colon + 1)..].Trim(' ');
        var place = new TextSpan(at + colon + 1 + line[(colon + 1)..].IndexOfAnyExcept(' '), written.Length);
        var value = written;
        if (written is ['"', .. var quoted, '"'])
            value = quoted;
        if (value.Length == written.Length ? !IsPlain(value) : !IsQuotable(value))
            return null;
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

    private static bool IsPlain(ReadOnlySpan<char> value) => value.Length > 0 && char.IsLetterOrDigit(value[0]) && IsHarmless(value, inQuotes: false);

    private static bool IsQuotable(ReadOnlySpan<char> value) => value.Length > 0 && !value.Contains('"') && IsHarmless(value, inQuotes: true);

    private static bool IsHarmless(ReadOnlySpan<char> text, bool inQuotes)
    {
        while (text.IndexOfAnyExcept(Harmless) is var at and >= 0)
        {
            // A colon separates where a space stands behind it: `09:00` is one word.
            var isHarmless = text[at] switch
            {
                ':' => inQuotes || (at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])),
                '#' => inQuotes,
                var other => char.IsLetterOrDigit(other) || (other > LastOfLatin1Controls && (char.IsPunctuation(other) || char.IsSymbol(other))),
            };
            if (!isHarmless)
                return false;
            text = text[(at + 1)..];
        }

        return true;
    }
}
