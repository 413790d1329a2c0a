using System.Globalization;
using System.Text;

namespace MattermostLearning.Mattermost.Messages;

/// <summary>
/// Text typed by people gains no powers when the bot repeats it: it mentions nobody, links nothing, turns no reading direction and breaks no line.
/// </summary>
public static class MentionSafe
{
    /// <summary>Invisible and without width: it parts the sign from the word, so that neither the server nor a client sees a mention or a link.</summary>
    private const char Joiner = '\u2060';

    /// <summary>Combining marks kept on one letter; no script needs more, and stacks of them cover the lines around.</summary>
    private const int MarksKept = 6;

    /// <summary>
    /// A name, or any other few words, to stand inside a line, shown literally: mentions neutralised, Markdown escaped, control and
    /// direction-changing characters and line breaks gone. Emoji, letters of every script and right-to-left letters stay.
    /// </summary>
    /// <param name="name">What somebody typed; null reads as empty.</param>
    /// <param name="limit">Runes kept; the rest becomes an ellipsis.</param>
    public static string Name(string? name, int limit = 64)
    {
        var words = string.Join(' ', Clean(name ?? "", keepLines: false).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (!words.EnumerateRunes().Any(IsVisible)) return "";

        var runes = MessageLimits.Cut(words, limit).EnumerateRunes().ToArray();
        var digits = runes.TakeWhile(Rune.IsDigit).Count();
        var safe = new StringBuilder(words.Length + 8);
        for (var i = 0; i < runes.Length; i++)
        {
            var next = i + 1 < runes.Length ? runes[i + 1] : default;
            safe.Append(Literally(runes[i], next, startsLine: i == 0, endsNumber: i == digits && i > 0));
        }
        return safe.ToString();
    }

    /// <summary>
    /// The same to stand between backticks, where Markdown does nothing and a backslash would be seen: no backtick can end them, and no
    /// character hides or turns anything.
    /// </summary>
    /// <param name="typed">What somebody typed; null reads as empty.</param>
    /// <param name="limit">Runes kept; the rest becomes an ellipsis.</param>
    public static string Code(string? typed, int limit = 64)
    {
        var words = string.Join(' ', Clean(typed ?? "", keepLines: false).Replace('`', '\'').Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.EnumerateRunes().Any(IsVisible) ? Text(MessageLimits.Cut(words, limit)) : "";
    }

    /// <summary>
    /// Longer text of a person, quoted by the bot: lines and Markdown stay as the person meant them; mentions and hidden characters lose their power.
    /// </summary>
    public static string Text(string? text)
    {
        var safe = new StringBuilder();
        foreach (var character in Clean(text ?? "", keepLines: true))
        {
            safe.Append(character);
            if (IsAtSign(character)) safe.Append(Joiner);
        }
        return safe.ToString();
    }

    private static string Literally(Rune rune, Rune next, bool startsLine, bool endsNumber) => rune.Value switch
    {
        '\\' or '`' or '*' or '_' or '[' or ']' or '|' => $"\\{rune}",
        '~' => $"\\~{Joiner}", // struck-out text and channel links
        '#' => startsLine ? $"\\#{Joiner}" : $"#{Joiner}", // headings and hashtags
        '>' or '-' or '+' when startsLine => $"\\{rune}", // quotes and lists
        '.' or ')' when endsNumber => $"\\{rune}", // numbered lists
        '.' when Rune.IsLetterOrDigit(next) => $"{Joiner}.", // www.example.org
        ':' => $"{Joiner}:{Joiner}", // addresses and emoji codes
        '<' or '&' => $"{rune}{Joiner}", // automatic links, entities
        <= char.MaxValue when IsAtSign((char)rune.Value) => $"{rune}{Joiner}",
        _ => rune.ToString(),
    };

    private static bool IsAtSign(char character) => character is '@' or '\uFF20' or '\uFE6B';

    private static string Clean(string text, bool keepLines)
    {
        var kept = new StringBuilder(text.Length);
        var marks = 0;
        var before = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029)
            {
                if (!keepLines) kept.Append(' ');
                else if (rune.Value != '\r') kept.Append(rune.Value == '\t' ? '\t' : '\n');
                continue;
            }
            if (IsHidden(rune, before)) continue;
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks > MarksKept) continue;
            kept.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator ? " " : rune.ToString());
            before = rune;
        }
        return kept.ToString();
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune) && !IsMark(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;

    /// <summary>
    /// Controls, direction marks and overrides, and invisible fillers. The joiners that emoji, Persian and Indic words are written with
    /// stay, and the tags that make the flags of England, Scotland and Wales.
    /// </summary>
    private static bool IsHidden(Rune rune, Rune before) => rune.Value switch
    {
        0x200C or 0x200D => false,
        >= 0xE0020 and <= 0xE007F => before.Value is not (0x1F3F4 or (>= 0xE0020 and <= 0xE007F)),
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F or 0x2800 or 0xFFFD => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse,
    };
}
