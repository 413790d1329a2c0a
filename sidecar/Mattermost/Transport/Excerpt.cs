using System.Text;
using System.Text.RegularExpressions;

namespace MattermostLearning.Mattermost.Transport;

/// <summary>Foreign text made fit for a message or a log line: short, in one line, without anything that may be a secret.</summary>
internal static partial class Excerpt
{
    public static string Of(string? text, string? token, int limit = 160)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // The token goes first, while it is whole: cutting could leave a part of it that no longer matches.
        var safe = string.IsNullOrEmpty(token) ? text : text.Replace(token, "[redacted]", StringComparison.OrdinalIgnoreCase);
        safe = safe.Length > 4000 ? safe[..4000] : safe;
        safe = Tags().Replace(safe, " ");
        safe = LongWords().Replace(safe, "[...]");

        var kept = new StringBuilder();
        foreach (var rune in safe.EnumerateRunes())
        {
            var plain = !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)
                && Rune.GetUnicodeCategory(rune) != global::System.Globalization.UnicodeCategory.Format;
            if (plain) kept.Append(rune.ToString());
            else if (kept.Length > 0 && kept[^1] != ' ') kept.Append(' ');
        }
        return Messages.MessageLimits.Cut(kept.ToString().Trim(), limit);
    }

    [GeneratedRegex("(?is)<(script|style)\\b.*?</\\1>|<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("[A-Za-z0-9+/_=-]{24,}")]
    private static partial Regex LongWords();
}
