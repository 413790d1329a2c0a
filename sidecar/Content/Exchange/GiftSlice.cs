using System.Text;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Exchange;

/// <summary>A stretch of a GIFT file. A sign is found in it where no backslash takes its meaning.</summary>
internal readonly partial record struct GiftSlice(string Source, int Start, int End)
{
    public bool IsEmpty => Start >= End;

    /// <summary>Of a slice that is not empty.</summary>
    public char First => Source[Start];

    public TextSpan Span => TextSpan.FromBounds(Start, End);

    public GiftSlice Trimmed()
    {
        var (start, end) = (Start, End);
        while (start < end && char.IsWhiteSpace(Source[start]))
            start++;
        while (end > start && char.IsWhiteSpace(Source[end - 1]))
            end--;
        return this with { Start = start, End = end };
    }

    public GiftSlice From(int start) => this with { Start = start };

    public GiftSlice To(int end) => this with { End = end };

    /// <summary>Where the sign stands, in the file; null where it does not.</summary>
    public int? Find(string sign, int? from = null)
    {
        for (var at = from ?? Start; at <= End - sign.Length; at += IsEscape(at) ? 2 : 1)
        {
            if (!IsEscape(at) && string.CompareOrdinal(Source, at, sign, 0, sign.Length) == 0)
                return at;
        }

        return null;
    }

    public int? FindLast(string sign)
    {
        int? last = null;
        for (var at = Find(sign); at is { } found; at = Find(sign, found + 1))
            last = found;
        return last;
    }

    /// <summary>Where any of these stands, in order.</summary>
    public IEnumerable<int> FindAll(char one, char other)
    {
        for (var at = Start; at < End; at += IsEscape(at) ? 2 : 1)
        {
            if (!IsEscape(at) && (Source[at] == one || Source[at] == other))
                yield return at;
        }
    }

    /// <summary>What it says, without backslashes: with its lines where these mean something, else in one line, as long as no <c>\n</c> breaks it.</summary>
    public string Text(bool keepsLines)
    {
        var raw = Source[Math.Min(Start, End)..End].Trim();
        return Unescaped(keepsLines ? EmptyLines().Replace(raw, "") : Spaces().Replace(raw, " "));
    }

    private static string Unescaped(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (!IsEscape(raw, at, raw.Length))
                text.Append(raw[at]);
            else
                text.Append(raw[++at] == 'n' ? '\n' : raw[at]);
        }

        return text.ToString();
    }

    private bool IsEscape(int at) => IsEscape(Source, at, End);

    private static bool IsEscape(string text, int at, int end) => text[at] == '\\' && at + 1 < end && text[at + 1] is '\\' or ':' or '#' or '=' or '{' or '}' or '~' or 'n';

    /// <summary>What is left of a comment within a question.</summary>
    [GeneratedRegex(@"\n[ \t]*(?=\n)", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
