using System.Buffers;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;
using YamlDotNet.Core;

namespace MattermostLearning.Content.FrontMatter;

/// <summary>Finds the front matter and reads it: keys with a scalar or a list of scalars, and nothing else that YAML can do.</summary>
public static partial class FrontMatterReader
{
    private const int LongestBlock = 64 * 1024;
    private const int LongestFence = 40;
    private static readonly SearchValues<char> LikeHyphens = SearchValues.Create("-+=*_\u2013\u2014");

    /// <returns>Null, with an error in the report, where there is none.</returns>
    public static FrontMatterBlock? Read(SourceText source, DiagnosticBag report)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(report);
        if (Find(source, report) is not var (span, bodyStart))
            return null;
        if (span.Length > LongestBlock)
        {
            report.Error(new TextSpan(span.Start, 3), Codes.TooMuchFrontMatter, "This front matter is longer than 64 KiB.", "Text for people stands below the second `---`.");
            return null;
        }
        if (PlainLines.Read(source, span) is { } plain)
            return new FrontMatterBlock(plain, bodyStart, Complete: true);
        return TryParse(source, span, source.Slice(span), report, out var stopped) is var (entries, complete)
            ? new FrontMatterBlock(entries, bodyStart, complete)
            : ReadMended(source, span, bodyStart, stopped, report);
    }

    /// <summary>
    /// YAML stops at the first thing it cannot read. The usual slips are found line by line instead, reported with the line as it must be
    /// written, and taken out; the rest is then read as usual, so that all findings come at once.
    /// </summary>
    private static FrontMatterBlock ReadMended(SourceText source, TextSpan span, int bodyStart, int stopped, DiagnosticBag report)
    {
        var slips = QuotingSlips.Find(source, span, report);
        if (!slips.Any)
        {
            ReportRaw(span, stopped, report);
            return new FrontMatterBlock([], bodyStart, Complete: false);
        }
        if (TryParse(source, span, slips.MendedText, report, out _) is not var (entries, complete))
            return new FrontMatterBlock(slips.Entries, bodyStart, Complete: false);
        var marked = entries.Select(each => slips.IsIn(each.ValueSpan) ? each with { Unreadable = true } : each);
        return new FrontMatterBlock([.. slips.Entries, .. marked], bodyStart, complete);
    }

    /// <summary>What was found before YAML gave up is forgotten: it may be a consequence of the same slip.</summary>
    private static (ImmutableArray<FrontMatterEntry> Entries, bool Complete)? TryParse(
        SourceText source, TextSpan span, string yaml, DiagnosticBag report, out int stopped)
    {
        stopped = 0;
        var attempt = new DiagnosticBag(source);
        try
        {
            var entries = new EntryParser(source, span, yaml, attempt).Parse(out var complete);
            report.Add(attempt);
            return (entries, complete);
        }
        catch (YamlException problem)
        {
            stopped = (int)problem.Start.Index;
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's parser says so of some odd flow mappings, without a place.
            return null;
        }
    }

    private static void ReportRaw(TextSpan span, int stopped, DiagnosticBag report)
    {
        var at = Math.Clamp(span.Start + stopped, span.Start, Math.Max(span.Start, span.End - 1));
        report.Error(new TextSpan(at, 1), Codes.NotYaml, "The front matter cannot be read from here on.", "Each line is a key, a colon, a space and a value: `title: One good question`. Put a value in double quotes if in doubt.");
    }

    private static (TextSpan Yaml, int BodyStart)? Find(SourceText source, DiagnosticBag report)
    {
        var from = 0;
        while (source.RestOfLine(from) is var blank && blank.IsWhiteSpace() && from + blank.Length < source.Text.Length)
            from += blank.Length + 1;
        var first = new TextSpan(from, source.RestOfLine(from).Length);
        if (source.RestOfLine(from).TrimEnd() is not "---")
        {
            report.Error(
                first, Codes.NoFrontMatter, "A content file begins with front matter.",
                IsLike(source.RestOfLine(from)) ? $"Write three hyphens, `---`, instead of `{Written.Short(source.RestOfLine(from).Trim().ToString())}`, and the same below the last key."
                    : KeyLine().IsMatch(source.RestOfLine(from)) ? "Write a line `---` above this one, and another below the last key."
                    : "Begin with a line `---`, then lines such as `kind: challenge` and `title: One good question`, then another line `---`.");
            return null;
        }
        for (var at = first.End + 1; at <= source.Text.Length;)
        {
            var line = source.RestOfLine(at);
            var next = at + line.Length + 1;
            if (line.TrimEnd() is "---" or "...")
                return (TextSpan.FromBounds(first.End + 1, at), Math.Min(next, source.Text.Length));
            at = next;
        }
        var (begins, _) = source.PositionAt(first.Start);
        var nearly = Enumerable.Range(begins + 1, source.LineCount - begins).FirstOrDefault(number => IsLike(source.Line(number)));
        report.Error(
            first, Codes.FrontMatterOpen, "The front matter that begins here has no end.",
            nearly == 0 ? "Write a line `---` below the last key." : $"Write three hyphens, `---`, in line {nearly}, instead of `{source.Line(nearly).Trim()}`.");
        return null;
    }

    /// <summary>A line that is nothing but signs such as editors and other formats take for one of three hyphens.</summary>
    private static bool IsLike(ReadOnlySpan<char> line) => line.Trim() is { Length: > 0 and < LongestFence } signs && !signs.ContainsAnyExcept(LikeHyphens);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_ -]{0,40}:(?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLine();
}
