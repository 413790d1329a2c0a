using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Markdig;
using MattermostLearning.Mattermost.Messages;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Mattermost;

public sealed partial class MentionSafeTests
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UseEmphasisExtras().UsePipeTables().UseAutoLinks().Build();

    [Theory]
    [InlineData("Anna", "Anna")]
    [InlineData("Anna-Lena O'Neil (she)", "Anna-Lena O'Neil (she)")]
    [InlineData("  Dr.  Ben \n Meyer ", "Dr. Ben Meyer")]
    [InlineData("👩🏽‍🚀 Zoë", "👩🏽‍🚀 Zoë")]
    [InlineData("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿")]
    [InlineData("نورا", "نورا")]
    [InlineData("דנה", "דנה")]
    [InlineData("a\u202Egnp.exe", "agnp\u2060.exe")]
    [InlineData("a\u0000b\u200Bc\u2066d", "abcd")]
    [InlineData("**x** [a](b)", "\\*\\*x\\*\\* \\[a\\](b)")]
    [InlineData("~town-square", "\\~\u2060town-square")]
    [InlineData("@all", "@\u2060all")]
    [InlineData("- item", "\\- item")]
    [InlineData("1. item", "1\\. item")]
    [InlineData("# Big", "\\#\u2060 Big")]
    [InlineData(":smile:", "\u2060:\u2060smile\u2060:\u2060")]
    [InlineData("\u200D\u200D", "")]
    [InlineData(" \t\n", "")]
    [InlineData(null, "")]
    public void Names_show_literally(string? typed, string safe) => MentionSafe.Name(typed).ShouldBe(safe);

    [Fact]
    public void Long_names_end_in_an_ellipsis() => MentionSafe.Name(new string('x', 100), 10).ShouldBe("xxxxxxxxx…");

    [Fact]
    public void Marks_do_not_pile_up() => MentionSafe.Name("Z" + new string('\u0301', 50)).EnumerateRunes().Count().ShouldBe(7);

    [Fact]
    public void Quoted_text_keeps_its_lines_and_markdown_but_mentions_nobody() =>
        MentionSafe.Text("**Ask** @channel\r\nand\u202E @anna").ShouldBe("**Ask** @\u2060channel\nand @\u2060anna");

    [Fact]
    public void Whatever_is_typed_a_name_mentions_nobody_and_renders_as_its_own_text() => Hostile.Always(
        times: 3_000,
        typed =>
        {
            var safe = MentionSafe.Name(typed, 1_000);
            ServerMention().IsMatch(safe).ShouldBeFalse(safe);
            safe.ShouldNotContain('\n');
            safe.EnumerateRunes().ShouldAllBe(rune => !Rune.IsControl(rune));
            var html = Markdig.Markdown.ToHtml($"Thanks to {safe} and others", Markdown).Trim();
            html.ShouldStartWith("<p>");
            html["<p>".Length..^"</p>".Length].ShouldNotContain('<', safe);
        });

    [Fact]
    public void Whatever_is_typed_a_name_that_begins_a_line_stays_a_line() => Hostile.Always(
        times: 3_000,
        typed =>
        {
            var html = Markdig.Markdown.ToHtml(MentionSafe.Name(typed, 1_000), Markdown).Trim();
            (html.Length == 0 || (html.StartsWith("<p>", StringComparison.Ordinal) && html.LastIndexOf('<') == html.Length - 4)).ShouldBeTrue(html);
        });

    [Fact]
    public void Whatever_is_typed_quoted_text_mentions_nobody() => Hostile.Always(
        times: 3_000,
        typed => ServerMention().IsMatch(MentionSafe.Text(typed)).ShouldBeFalse());

    private static readonly string[] Pieces =
    [
        "@", "@all", "@channel", "@here", "@anna", "＠", "~", "~~", "*", "**", "_", "__", "`", "```", "[", "](http://x)", "!", "(", ")", "<", ">", "|", "#",
        "-", "+", "1.", "2)", ".", ":", ":smile:", "http://x.example", "www.x.example", "mailto:a@b.example", "\\", "&amp;", "\n", "\r\n", "\t", " ", "\u2028",
        "\u202E", "\u2066", "\u200B", "\u200D", "\uFEFF", "\ud800", "a", "Zoë", "دن", "👩🏽‍🚀", "\u0301", "=", "---", "    ",
    ];

    private static Gen<string> Hostile => Gen.Int[0, Pieces.Length - 1].Select(piece => Pieces[piece]).List[0, 12].Select(string.Concat);

    /// <summary>An at sign followed by what the server takes for a name.</summary>
    [GeneratedRegex(@"@[\p{L}\p{N}._:\-]")]
    private static partial Regex ServerMention();

    [Theory]
    [InlineData("one_good", "one_good")]
    [InlineData("a `b` c", "a 'b' c")]
    [InlineData("\u202Eabc\n@all", "abc @\u2060all")]
    [InlineData(" \u200B ", "")]
    public void Between_backticks_nothing_is_escaped_and_nothing_gets_out(string typed, string shown) =>
        MentionSafe.Code(typed).ShouldBe(shown);
}
