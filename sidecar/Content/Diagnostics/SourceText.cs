using System.Security.Cryptography;
using System.Text;

namespace MattermostLearning.Content.Diagnostics;

/// <summary>
/// One file's text, normalised: no byte-order mark, line ends are LF. Lines and columns are counted from 1, columns in UTF-16 units.
/// </summary>
public sealed class SourceText
{
    /// <param name="path">Relative to the content folder, with forward slashes.</param>
    /// <param name="text">As read; it is normalised here, so that a hash does not depend on the author's machine.</param>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = Normalise(text);
    }

    public string Path { get; }

    public string Text { get; }

    public int LineCount => LineStarts.Length;

    /// <summary>Most files are read without a finding, and then nobody asks for a line by its number.</summary>
    private int[] LineStarts => field ??= FindLines(Text);

    /// <summary>SHA-256 of the normalised text, lower-case hexadecimal.</summary>
    public string Hash => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public (int Line, int Column) PositionAt(int offset)
    {
        var at = Math.Clamp(offset, 0, Text.Length);
        var found = Array.BinarySearch(LineStarts, at);
        var index = found >= 0 ? found : ~found - 1;
        return (index + 1, at - LineStarts[index] + 1);
    }

    /// <summary>The line with this number (from 1), without its line end.</summary>
    public string Line(int number) => Slice(LineSpan(number));

    /// <summary>From a place to the end of its line.</summary>
    internal ReadOnlySpan<char> RestOfLine(int at)
    {
        var rest = Text.AsSpan(at);
        return rest.IndexOf('\n') is var end and >= 0 ? rest[..end] : rest;
    }

    public TextSpan LineSpan(int number)
    {
        var start = LineStarts[number - 1];
        var end = number < LineStarts.Length ? LineStarts[number] - 1 : Text.Length;
        return TextSpan.FromBounds(start, end);
    }

    public string Slice(TextSpan span) => Text.Substring(span.Start, span.Length);

    private static string Normalise(string text)
    {
        var withoutMark = text.StartsWith('\uFEFF') ? text[1..] : text;
        return withoutMark.Contains('\r') ? withoutMark.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : withoutMark;
    }

    private static int[] FindLines(string text)
    {
        var starts = new int[1 + text.AsSpan().Count('\n')];
        for (var line = 1; line < starts.Length; line++)
            starts[line] = text.IndexOf('\n', starts[line - 1]) + 1;
        return starts;
    }
}
