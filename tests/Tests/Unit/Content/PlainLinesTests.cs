using System.Collections.Immutable;
using CsCheck;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.FrontMatter;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>Front matter without any sign of YAML is read without YAML, and says the same.</summary>
public sealed class PlainLinesTests
{
    private static readonly string[] Pieces =
    [
        "title", "open-for", "A1_b", "kind", "ä", "7", ": ", ": ", ": ", ":", " ", "  ", "\n", "\n", "\n", "\n", "Ask somebody", "every Monday at 09:00", "one, two", "Führung", "1 day", "~town", "Who's \"there\"?", "a/b (c)",
        "#", " # ", "-", "- ", "[a, b]", "{", "}", "&a", "*b", "!c", "|", ">", "'", "\"", "%", "@", "`", "\t", "\u00A0", "\u2028", "\u0085", "e\u0301", "😀", "...", "---", "?", ",", ";", "=", "+", "9:5", "a:b", "\\", "null", "~", "<<", "\"Week 1: Ask\"", "\"", "\"a#b\" ", "# note\n", "’", "–", "„so“", "\uFEFF", "§",
    ];

    private static readonly Gen<string> Soup = Gen.Int[0, Pieces.Length - 1].Array[1, 14].Select(picks => $"{string.Concat(picks.Select(pick => Pieces[pick]))}\n");

    private static readonly Gen<string> Lines = Gen.Select(Gen.Int[0, 5], Soup).Array[1, 4].Select(lines => string.Concat(lines.Select(each => $"{Pieces[each.Item1]}: {each.Item2}")));

    [Theory]
    [InlineData("kind: challenge\ntitle: Ask: me\n", false)]
    [InlineData("kind: challenge\ntitle: Ask me, (please!) \"now\"?\nschedule: every Monday at 09:00\n", true)]
    [InlineData("title:   Über uns   \n", true)]
    [InlineData("title: Week #1\n", false)]
    [InlineData("title: 'Ask'\n", false)]
    [InlineData("title: \"Week 1: Ask #1\"\n", true)]
    [InlineData("title: \"Say \\\"yes\\\"\"\n", false)]
    [InlineData("title: \"Ask\" and tell\n", false)]
    [InlineData("title: \"\"\n", false)]
    [InlineData("# The first of four: see below.\ntitle: What’s new – „alles“\n", true)]
    [InlineData("title: Ask\n  and tell\n", false)]
    [InlineData("topics: [a, b]\n", false)]
    [InlineData("topics:\n- a\n", false)]
    [InlineData("title: Ask:\n", false)]
    [InlineData("title: Ask\n\nkind: quiz\n", false)]
    [InlineData("", false)]
    public void What_is_plain_needs_no_parser(string yaml, bool isPlain) => (Plain(yaml) is not null).ShouldBe(isPlain);

    [Fact]
    public void Plain_lines_say_what_they_say_as_YAML() => Gen.OneOf(Lines, Soup).Always(times: 20_000, yaml =>
    {
        if (Plain(yaml) is not { } plain)
            return;
        var source = Source(yaml);
        var report = new DiagnosticBag(source);
        var entries = new EntryParser(source, new TextSpan(4, yaml.Length), yaml, report).Parse(out var complete);
        complete.ShouldBeTrue();
        report.ToImmutable().ShouldBeEmpty();
        plain.Select(Shown).ShouldBe(entries.Select(Shown));
    });

    private static ImmutableArray<FrontMatterEntry>? Plain(string yaml) => PlainLines.Read(Source(yaml), new TextSpan(4, yaml.Length));

    private static SourceText Source(string yaml) => new("challenges/sample.md", $"---\n{yaml}---\nAsk.\n");

    private static string Shown(FrontMatterEntry entry) =>
        $"{entry.Key} {entry.KeySpan} {string.Join('|', entry.Values)} {entry.IsList} {entry.ValueSpan} {entry.Unreadable} {entry.Pairs.Length}";
}
