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
            var key = keyed.Groups["key"].Value;
            var value = ValueOf(keyed, place);
            if (keyed.Groups["gap"].Length == 0 && !value.Text.StartsWith("//", StringComparison.Ordinal))
            {
                report.CanBe(value.Span with { Length = 0 }, " ");
                Take(place, keyed, Codes.NotYaml, "A space is missing after the colon.", $"Write `{key}: {value.Text}`.", report);
            }
            else if (QuotedItems(value.Text) is { } items)
            {
                report.CanBe(value.Span, items);
                Take(place, keyed, Codes.NeedsQuotes, "In YAML some of these values must be quoted.", $"Write `{key}: {items}`.", report);
            }
            else if (Problem(value.Text) is { } problem)
            {
                Quote(value, report);
                Take(place, keyed, Codes.NeedsQuotes, problem, Help(key, value), report);
            }
        }
        else if (ItemLine().Match(line) is { Success: true } item)
        {
            var value = ValueOf(item, place);
            if (Problem(value.Text) is not { } problem)
                return;
            report.Error(value.Span, Codes.NeedsQuotes, problem, Help(null, value));
            Quote(value, report);
            Mask(new TextSpan(place.Start + item.Groups["value"].Index, item.Groups["value"].Length), 'x');
        }
        else if (OtherColon().Match(line) is { Success: true } other)
        {
            var sign = other.Groups["sign"];
            report.CanBe(new TextSpan(place.Start + sign.Index, sign.Length), ": ");
            Take(place, other, Codes.NotYaml, "Between a key and its value stand a colon and a space.", $"Write `{other.Groups["key"].Value}: {ValueOf(other, place).Text}`.", report);
        }
        else if (WordsAlone().IsMatch(line))
        {
            report.Error(place, Codes.NotYaml, "This line is no key with a value.", "If it goes on from the line above, put it into that line. Text for people stands below the second `---`.");
            Mask(place, '#');
        }
    }

    /// <summary>Where a quote was left open, or <c>#1</c> may be a comment or not, only its author knows what was meant.</summary>
    private static void Quote(Value value, DiagnosticBag report)
    {
        if (value.Text[0] is not ('"' or '\'') && !value.MayGoOn)
            report.CanBe(value.Span, Quoting.Whole(value.Text));
    }

    private static string Help(string? key, Value value)
    {
        var help = $"Write `{Quoting.Line(key, Unquoted(value.Text))}`";
        return value.MayGoOn ? $"{help}, or, if no comment begins at `#`: `{Quoting.Line(key, value.Whole)}`." : $"{help}.";
    }

    private void Take(TextSpan place, Match line, string code, string message, string help, DiagnosticBag report)
    {
        var key = line.Groups["key"];
        var value = ValueOf(line, place);
        report.Error(value.Span, code, message, help);
        entries.Add(new FrontMatterEntry(key.Value, new TextSpan(place.Start + key.Index, key.Length), [new FrontMatterValue(value.Text, value.Span)], IsList: false, value.Span, Unreadable: true));
        Mask(place, '#');
    }

    /// <summary>A comment behind it is no part of it; in a list <c>#</c> is taken for the name of a channel.</summary>
    private static Value ValueOf(Match line, TextSpan place)
    {
        var group = line.Groups["value"];
        var whole = group.Value;
        var comment = whole[0] switch
        {
            '"' or '\'' or '#' => Match.Empty,
            '[' or '{' => CommentBehindBracket().Match(whole),
            _ => Comment().Match(whole),
        };
        var text = comment.Success ? whole[..comment.Index] : whole;
        return new Value(text, whole, new TextSpan(place.Start + group.Index, text.Length), comment.Groups["near"].Success);
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

    /// <summary>Without a quote that was meant to stand around all of it; in <c>"Ask" a colleague</c> both belong to the text.</summary>
    private static string Unquoted(string value) => value[0] is '"' or '\'' && value.Count(each => each == value[0]) % 2 == 1 ? value.Trim(value[0]) : value;

    [GeneratedRegex(@"^\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Indent();

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9_ \-]{0,40}?)[ ]*:(?<gap>[ \t]*)(?<value>\S.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"^[ ]*-[ ]+(?<value>\S.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex ItemLine();

    /// <summary>"title = Ask", "title： Ask", and a colon with a space behind it that is none to YAML.</summary>
    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9_-]{0,40})(?<sign>[ ]*(?:=|\uFF1A|:[\u00A0\u2007\u202F])\s*)(?<value>\S.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex OtherColon();

    [GeneratedRegex(@"^\p{L}[^:#]*$", RegexOptions.CultureInvariant)]
    private static partial Regex WordsAlone();

    [GeneratedRegex(@"^[|>][+\-0-9]*(?:\s+#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex BlockHeader();

    [GeneratedRegex(@"^(?:[^""\\]|\\.)*""\s*(?:#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(@"^(?:[^']|'')*'\s*(?:#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SingleQuoted();

    [GeneratedRegex(@"\s+#(?<near>\S)?", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<=[\]}])\s+#(?<near>\S)?", RegexOptions.CultureInvariant)]
    private static partial Regex CommentBehindBracket();

    /// <param name="Text">Without a comment.</param>
    /// <param name="Whole">With it.</param>
    /// <param name="Span">Of <paramref name="Text"/>.</param>
    /// <param name="MayGoOn">Whether the comment looks as if it were meant to be part of the value: <c>Week 1: win #1</c>.</param>
    private readonly record struct Value(string Text, string Whole, TextSpan Span, bool MayGoOn);
}
