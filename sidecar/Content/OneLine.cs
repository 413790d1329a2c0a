using System.Text;

namespace MattermostLearning.Content;

/// <summary>A text in one line, with one space between words; a control character is none of their letters.</summary>
internal static class OneLine
{
    public static string Of(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsGap(text[0]))
            text = text[1..];
        while (text.Length > 0 && IsGap(text[^1]))
            text = text[..^1];
        if (IsOne(text))
            return text.ToString();
        var line = new StringBuilder(text.Length);
        foreach (var each in text)
        {
            if (!IsGap(each))
                line.Append(each);
            else if (line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString();
    }

    private static bool IsGap(char each) => !char.IsBetween(each, '!', '~') && (char.IsWhiteSpace(each) || char.IsControl(each));

    private static bool IsOne(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (IsGap(text[at]) && (text[at] != ' ' || IsGap(text[at + 1])))
                return false;
        }

        return true;
    }
}
