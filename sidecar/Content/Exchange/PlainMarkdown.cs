using System.Text;
using System.Text.RegularExpressions;

namespace MattermostLearning.Content.Exchange;

/// <summary>Text that is shown as it is, as Markdown: signs that would mean something there are escaped, and no others.</summary>
internal static partial class PlainMarkdown
{
    public static string Of(string plain)
    {
        var text = new StringBuilder(plain.Length);
        var hasLinks = plain.Contains("](", StringComparison.Ordinal) || plain.Contains("][", StringComparison.Ordinal) || plain.Contains("]:", StringComparison.Ordinal);
        for (var at = 0; at < plain.Length; at++)
        {
            if (plain[at] == '_' && RunOf(plain, at) is var run and >= GapLength && IsGap(plain, at, run))
            {
                text.Append('_', run);
                at += run - 1;
                continue;
            }

            if (Means(plain, at, hasLinks))
                text.Append('\\');
            text.Append(plain[at]);
        }

        return Beginnings().Replace(text.ToString(), @"${indent}${before}\${sign}");
    }

    /// <summary>So many in a row stand for a gap, where no other could close what they seem to open.</summary>
    private const int GapLength = 3;

    private static bool IsGap(string text, int at, int run) => (char.IsWhiteSpace(CharacterAt(text, at - 1)) && char.IsWhiteSpace(CharacterAt(text, at + run)))
        || (!IsWord(text, at - 1) && !IsWord(text, at + run) && text.IndexOf("___", at + run, StringComparison.Ordinal) < 0 && text.IndexOf("___", StringComparison.Ordinal) == at);

    private static bool Means(string text, int at, bool hasLinks)
    {
        var (before, behind) = (CharacterAt(text, at - 1), CharacterAt(text, at + 1));
        return text[at] switch
        {
            '\\' => (char.IsAscii(behind) && (char.IsPunctuation(behind) || char.IsSymbol(behind))) || (behind == '\n' && at + 1 < text.Length),
            '`' => true,
            '*' => !(char.IsWhiteSpace(before) && char.IsWhiteSpace(behind)),
            '_' => !(IsWord(text, at - 1) && IsWord(text, at + 1)) && !(char.IsWhiteSpace(before) && char.IsWhiteSpace(behind)),
            '[' => hasLinks,
            '<' => char.IsAsciiLetter(behind) || behind is '/' or '!' or '?',
            '&' => Entity().IsMatch(text[at..Math.Min(text.Length, at + LongestEntity)]),
            '~' => behind == '~' || before == '~' || char.IsLetter(behind),
            _ => false,
        };
    }

    private const int LongestEntity = 40;

    private static int RunOf(string text, int from)
    {
        var to = from;
        while (to < text.Length && text[to] == text[from])
            to++;
        return from > 0 && text[from - 1] == text[from] ? 0 : to - from;
    }

    private static bool IsWord(string text, int at) => char.IsLetterOrDigit(CharacterAt(text, at));

    /// <summary>A line end before the beginning and behind the end.</summary>
    private static char CharacterAt(string text, int at) => at >= 0 && at < text.Length ? text[at] : '\n';

    [GeneratedRegex(@"^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();

    /// <summary>What means something only where a line begins.</summary>
    [GeneratedRegex(@"^(?<indent>[ \t]*)(?<before>[0-9]{0,9})(?<sign>(?<=^[ \t]*[0-9]{1,9})[.)](?=[ \t]|$)|(?<=^[ \t]*)(?:#(?=#{0,5}(?:[ \t]|$))|>|[-+*](?=[ \t]|$)|-(?=[- \t]+$)|=(?==*[ \t]*$)|_(?=[_ \t]*$)))", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Beginnings();
}
