using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MattermostLearning.Content.FrontMatter;

/// <summary>Turns YAML's events into entries with places. Anything deeper than a list of scalars is reported and left out.</summary>
internal sealed class EntryParser(SourceText source, TextSpan span, string yaml, DiagnosticBag report)
{
    private const int DeepestNesting = 16;

    private readonly Parser parser = new(new StringReader(yaml));
    private readonly ImmutableArray<FrontMatterEntry>.Builder entries = ImmutableArray.CreateBuilder<FrontMatterEntry>();

    public ImmutableArray<FrontMatterEntry> Parse(out bool complete)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            complete = true;
            return [];
        }
        complete = parser.TryConsume<MappingStart>(out var start) ? ParseMapping(start) : RefuseShape();
        return entries.ToImmutable();
    }

    private bool ParseMapping(MappingStart start)
    {
        if (start.Style == MappingStyle.Flow)
        {
            report.Error(SpanOf(start), Codes.Nested, "Front matter does without braces.", "Write each key in a line of its own: `title: One good question`.");
            return false;
        }
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                ReportOdd(parser.Current!);
                return false;
            }
            if (!ParseValue(key))
                return false;
        }
        return true;
    }

    private bool ParseValue(Scalar key)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var readable = IsPlain(scalar) && !IsComment(scalar, key.Value);
            var value = new FrontMatterValue(scalar.Value, SpanOf(scalar));
            entries.Add(new FrontMatterEntry(key.Value, SpanOf(key), [value], IsList: false, ValueSpan(value.Span, key), !readable));
            return true;
        }
        if (parser.TryConsume<SequenceStart>(out var start))
            return ParseList(key, start);
        if (parser.Current is MappingStart { Anchor.IsEmpty: true, Tag.IsEmpty: true })
            return ParsePairs(key);
        ReportOdd(parser.Current!);
        entries.Add(Unreadable(key));
        return SkipNode();
    }

    /// <summary>One level of keys below a key. Whether the key takes them is for its declaration to say.</summary>
    private bool ParsePairs(Scalar key)
    {
        var start = parser.Consume<MappingStart>();
        var pairs = ImmutableArray.CreateBuilder<(FrontMatterValue Key, FrontMatterValue Value)>();
        var readable = true;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (parser.TryConsume<Scalar>(out var name) && parser.TryConsume<Scalar>(out var value))
            {
                readable &= IsPlain(name) && IsPlain(value) && !IsComment(value, name.Value);
                pairs.Add((new FrontMatterValue(name.Value, SpanOf(name)), new FrontMatterValue(value.Value, SpanOf(value))));
                continue;
            }
            if (readable)
                ReportOdd(parser.Current!);
            readable = false;
            if (parser.Current is not MappingEnd && !SkipNode())
                return false;
        }
        entries.Add(readable ? Unreadable(key) with { Pairs = pairs.ToImmutable(), Unreadable = false, ValueSpan = new TextSpan(Offset(start.Start), 1) } : Unreadable(key));
        return true;
    }

    private FrontMatterEntry Unreadable(Scalar key) =>
        new(key.Value, SpanOf(key), [new FrontMatterValue("", SpanOf(key))], IsList: false, SpanOf(key), Unreadable: true);

    private bool ParseList(Scalar key, SequenceStart start)
    {
        var values = ImmutableArray.CreateBuilder<FrontMatterValue>();
        var readable = true;
        while (parser.Current is not SequenceEnd)
        {
            if (parser.TryConsume<Scalar>(out var scalar))
            {
                values.Add(new FrontMatterValue(scalar.Value, SpanOf(scalar)));
                readable &= IsPlain(scalar) && !IsComment(scalar, null);
                continue;
            }
            ReportOdd(parser.Current!);
            readable = false;
            if (!SkipNode())
                return false;
        }
        var end = parser.Consume<SequenceEnd>();
        var whole = values.Count == 0 ? TextSpan.FromBounds(Offset(start.Start), Offset(end.End)) : TextSpan.FromBounds(values[0].Span.Start, values[^1].Span.End);
        if (values.Count == 0)
            values.Add(new FrontMatterValue("", whole));
        entries.Add(new FrontMatterEntry(key.Value, SpanOf(key), values.ToImmutable(), IsList: true, whole, !readable));
        return true;
    }

    /// <summary>Leaves out one node with all that is in it; false where it is nested beyond all reason, which ends the reading.</summary>
    private bool SkipNode()
    {
        var depth = 0;
        do
        {
            depth += parser.Consume<ParsingEvent>().NestingIncrease;
            if (depth > DeepestNesting)
                return false;
        }
        while (depth > 0);
        return true;
    }

    private bool RefuseShape()
    {
        report.Error(source.LineSpan(source.PositionAt(span.Start).Line), Codes.NotYaml, "Front matter is a list of keys with values.", "Each line is a key, a colon, a space and a value: `title: One good question`.");
        return false;
    }

    private bool IsPlain(Scalar scalar)
    {
        if (scalar.Anchor.IsEmpty && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific))
            return true;
        ReportOdd(scalar);
        return false;
    }

    /// <summary><c>channel: #learning</c> has no value for YAML, and <c>title: Week #1</c> loses its end: a comment begins there.</summary>
    private bool IsComment(Scalar scalar, string? key)
    {
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
            return false;
        var at = Offset(scalar.End);
        var rest = source.RestOfLine(at);
        var hash = rest.IndexOf('#');
        if (hash < 0 || hash + 1 >= rest.Length || char.IsWhiteSpace(rest[hash + 1]) || !rest[..hash].Trim("-: \t").IsWhiteSpace())
            return false;
        var whole = scalar.Value.Length == 0 ? rest[hash..].TrimEnd().ToString() : $"{scalar.Value} {rest[hash..].TrimEnd()}";
        var place = TextSpan.FromBounds(at + hash, at + rest.TrimEnd().Length);
        var help = $"Write `{Quoting.Line(key, whole)}`.";
        if (scalar.Value.Length == 0)
        {
            report.Error(place, Codes.NeedsQuotes, "In YAML a comment begins at `#`, so this value is empty.", help);
            report.CanBe(place, Quoting.Whole(whole));
            return true;
        }
        report.Warning(place, Codes.NeedsQuotes, "In YAML a comment begins at `#`: this is not part of the value.", $"If it should be: {char.ToLowerInvariant(help[0])}{help[1..]}");
        return false;
    }

    private void ReportOdd(ParsingEvent odd)
    {
        if (odd is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or Scalar)
        {
            var at = Offset(odd.Start);
            var line = source.LineSpan(source.PositionAt(at).Line);
            var written = source.Text[at..Math.Max(at, line.End)].TrimEnd();
            report.Error(SpanOf(odd), Codes.YamlMagic, "Anchors, aliases and tags of YAML are not used here.", $"If the text itself is meant, quote it: `{Quoting.Quoted(written)}`.");
            return;
        }
        report.Error(SpanOf(odd), Codes.Nested, "A key has one value, or a list of values, and nothing deeper.", "Write `topics: asking, networks` or one line `- asking` for each.");
    }

    private static TextSpan ValueSpan(TextSpan value, Scalar key) => value.Length > 0 ? value : new TextSpan(value.Start, Math.Max(1, key.Value.Length == 0 ? 1 : 0));

    private TextSpan SpanOf(ParsingEvent parsed) => TextSpan.FromBounds(Offset(parsed.Start), Math.Min(Offset(parsed.End), span.End));

    private int Offset(Mark mark) => Math.Min(span.Start + (int)mark.Index, source.Text.Length);
}
