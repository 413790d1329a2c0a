using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.FrontMatter;

/// <summary>The usual slips in lines that YAML cannot read: <c>host: @somebody</c>, <c>title: Week 1: Ask</c>, a quote left open, a tab.</summary>
internal sealed partial class QuotingSlips
{
    private readonly ImmutableArray<FrontMatterEntry>.Builder entries = ImmutableArray.CreateBuilder<FrontMatterEntry>();
    private readonly List<TextSpan> masked = [];
    private readonly StringBuilder mended;
    private readonly int start;

    private QuotingSlips(string yaml, int start)
    {
        mended = new StringBuilder(yaml);
        this.start = start;
    }

    public bool Any => masked.Count > 0;

    /// <summary>The YAML with each slip masked; every other character keeps its place.</summary>
    public string MendedText => mended.ToString();

    /// <summary>The keys whose values are among the slips: they were written, and have been reported.</summary>
    public ImmutableArray<FrontMatterEntry> Entries => entries.ToImmutable();

    public bool IsIn(TextSpan span) => masked.Any(each => each.Start < span.End && span.Start < each.End);

    public static QuotingSlips Find(SourceText source, TextSpan yaml, DiagnosticBag report)
    {
        var slips = new QuotingSlips(source.Slice(yaml), yaml.Start);
        var last = source.PositionAt(Math.Max(yaml.Start, yaml.End - 1)).Line;
        for (var number = source.PositionAt(yaml.Start).Line; number <= last && yaml.Length > 0; number++)
            slips.Check(source.LineSpan(number), source.Line(number), report);
        return slips;
    }

    private void Check(TextSpan place, string line, DiagnosticBag report)
    {
        if (line.Length > 2000)
            return;
        if (Indent().Match(line).Value.Contains('\t'))
        {
            report.Error(new TextSpan(place.Start + line.IndexOf('\t'), 1), Codes.Tab, "YAML takes no tabs at the beginning of a line.", "Use spaces instead: `  - asking`.");
            var indent = new TextSpan(place.Start, Indent().Match(line).Length);
            report.CanBe(indent, report.Source.Slice(indent).Replace("\t", "  ", StringComparison.Ordinal));
            Mask(indent, ' ');
            return;
        }
        if (KeyLine().Match(line) is { Success: true } keyed)
        {
            var value = keyed.Groups["value"];
            var span = new TextSpan(place.Start + value.Index, value.Length);
            if (keyed.Groups["gap"].Length == 0 && !value.Value.StartsWith("//", StringComparison.Ordinal))
            {
                report.CanBe(span with { Length = 0 }, " ");
                Take(place, keyed, Codes.NotYaml, "A space is missing after the colon.", $"Write `{keyed.Groups["key"].Value}: {value.Value}`.", report);
            }
            else if (QuotedItems(value.Value) is { } items)
            {
                report.CanBe(span, items);
                Take(place, keyed, Codes.NeedsQuotes, "In YAML some of these values must be quoted.", $"Write `{keyed.Groups["key"].Value}: {items}`.", report);
            }
            else if (Problem(value.Value) is { } problem)
            {
                Quote(value.Value, span, report);
                Take(place, keyed, Codes.NeedsQuotes, problem, $"Write `{Quoting.Line(keyed.Groups["key"].Value, Unquoted(value.Value))}`.", report);
            }
        }
        else if (ItemLine().Match(line) is { Success: true } item && Problem(item.Groups["value"].Value) is { } problem)
        {
            var value = item.Groups["value"];
            var span = new TextSpan(place.Start + value.Index, value.Length);
            report.Error(span, Codes.NeedsQuotes, problem, $"Write `{Quoting.Line(null, Unquoted(value.Value))}`.");
            Quote(value.Value, span, report);
            Mask(span, 'x');
        }
    }

    /// <summary>Where a quote was left open, only its author knows what it was to hold.</summary>
    private static void Quote(string value, TextSpan span, DiagnosticBag report)
    {
        if (value[0] is not ('"' or '\''))
            report.CanBe(span, Quoting.Whole(value));
    }

    private void Take(TextSpan place, Match line, string code, string message, string help, DiagnosticBag report)
    {
        var key = line.Groups["key"];
        var value = line.Groups["value"];
        var span = new TextSpan(place.Start + value.Index, value.Length);
        report.Error(span, code, message, help);
        entries.Add(new FrontMatterEntry(key.Value, new TextSpan(place.Start + key.Index, key.Length), [new FrontMatterValue(value.Value, span)], IsList: false, span, Unreadable: true));
        Mask(place, '#');
    }

    private void Mask(TextSpan span, char with)
    {
        masked.Add(span);
        for (var at = span.Start - start; at < span.End - start && at < mended.Length; at++)
            mended[at] = with;
    }

    private static string? Problem(string value) => value[0] switch
    {
        '"' => IsClosed(value, '"') ? null : "The quote that begins here does not end with the line.",
        '\'' => IsClosed(value, '\'') ? null : "The quote that begins here does not end with the line.",
        '@' or '`' or '%' or '&' or '*' or '!' or ']' or '}' or ',' => $"In YAML a value that begins with `{value[0]}` must be quoted.",
        '|' or '>' when !BlockHeader().IsMatch(value) => $"In YAML a value that begins with `{value[0]}` must be quoted.",
        '[' when !value.EndsWith(']') => "In YAML a list begins with `[`: this value must be quoted.",
        '{' when !value.EndsWith('}') => "In YAML a value that begins with `{` must be quoted.",
        '[' or '{' or '|' or '>' or '#' => null,
        _ when value.Contains(": ", StringComparison.Ordinal) || value.EndsWith(':') => "In YAML a value with a colon in it must be quoted.",
        _ => null,
    };

    /// <summary>"[#learning, sales]" with quotes where they are needed; null where none are, or where it is no list.</summary>
    private static string? QuotedItems(string value)
    {
        if (!value.StartsWith('[') || !value.EndsWith(']'))
            return null;
        var items = value[1..^1].Split(',', StringSplitOptions.TrimEntries);
        var quoted = items.Select(each => each.Length > 0 && "#@`%&*!|>".Contains(each[0]) ? Quoting.Quoted(each) : each).ToArray();
        return items.SequenceEqual(quoted) ? null : $"[{string.Join(", ", quoted)}]";
    }

    private static bool IsClosed(string value, char quote)
    {
        var inner = value.Length > 1 ? value[1..] : "";
        var close = quote == '"' ? DoubleQuoted().Match(inner) : SingleQuoted().Match(inner);
        return close.Success;
    }

    private static string Unquoted(string value) => value[0] is '"' or '\'' ? value.Trim(value[0]) : value;

    [GeneratedRegex(@"^\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Indent();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9_ \-]{0,40}?)[ ]*:(?<gap>[ \t]*)(?<value>\S.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"^[ ]*-[ ]+(?<value>\S.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex ItemLine();

    [GeneratedRegex(@"^[|>][+\-0-9]*(?:\s+#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex BlockHeader();

    [GeneratedRegex(@"^(?:[^""\\]|\\.)*""\s*(?:#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(@"^(?:[^']|'')*'\s*(?:#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SingleQuoted();
}
