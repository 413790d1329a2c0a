using System.Text;
using CsCheck;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>What Mattermost does not show as it is meant is found, and what does not fit into a message is cut at sensible places.</summary>
public sealed class ShownTextTests
{
    private static readonly string[] Kinds =
    [
        "word word word.", "## Heading", "- item\n- item two\n\n  still two", "```\ncode\n\ncode\n```", "> quote\n> more", "", "    indented", new string('y', 90), "1. a\n2. b",
    ];

    private static readonly Gen<string> Blocks = Gen.Int[0, Kinds.Length - 1].Select(index => Kinds[index]);

    [Theory]
    [InlineData("Ask <b>one</b> question.", "<b>", "`**word**`")]
    [InlineData("Ask.<br/>Then tell.", "<br", "a blank line begins a paragraph")]
    [InlineData("<details>\n<summary>More</summary>\n</details>", "<details", "Say it in Markdown")]
    [InlineData("Ask. <!-- ask Hana first -->", "<!--", "into the front matter")]
    [InlineData("<!-- a note -->\n\nAsk.", "<!--", "into the front matter")]
    [InlineData("- one\n- <img src=\"a.png\">", "<img", "![What matters in it](picture.png)")]
    public void Html_is_a_warning_with_the_markdown_for_it(string body, string marked, string help)
    {
        var finding = Reading.ReadWith("", body).Diagnostics.ShouldHaveSingleItem();
        finding.Code.ShouldBe("MLC306");
        finding.Severity.ShouldBe(Severity.Warning);
        finding.SourceLine[(finding.Column - 1)..].ShouldStartWith(marked);
        finding.Help!.ShouldContain(help);
    }

    [Theory]
    [InlineData("Write `<b>word</b>`, and nobody sees bold.")]
    [InlineData("```html\n<b>word</b>\n```")]
    [InlineData("Say <your name> and 1 < 2.")]
    [InlineData("Look at <https://example.org>.")]
    [InlineData("It costs $5, and $10 with a bag.")]
    [InlineData("The variable `$HOME^` and `$PATH`.")]
    [InlineData("```sh\necho $A^ $B\n```")]
    public void What_is_shown_as_it_is_meant_is_no_finding(string body) => Reading.ReadWith("", body).Diagnostics.ShouldBeEmpty();

    [Theory]
    [InlineData("Work out $x^2 + 1$.", "$x^2 + 1$")]
    [InlineData("Then $\\frac{1}{2}$ is left.", "$\\frac{1}{2}$")]
    [InlineData("$$\na + b\n$$", "$$")]
    [InlineData("```latex\na + b\n```", "```")]
    public void A_formula_is_a_warning_that_can_be_turned_off(string body, string marked)
    {
        var finding = Reading.ReadWith("", body).Diagnostics.ShouldHaveSingleItem();
        finding.Code.ShouldBe("MLC307");
        finding.SourceLine[(finding.Column - 1)..].ShouldStartWith(marked);
        Reading.ReadWith("lint-off: MLC307 (our Mattermost shows LaTeX)", body).Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("# Say it well")]
    [InlineData("## Say it well")]
    [InlineData("**Say it well**")]
    [InlineData("# Challenge: say it well")]
    [InlineData("# Say it well!")]
    [InlineData("# Your task", false)]
    [InlineData("# Say it", false)]
    [InlineData("Say it well", false)]
    public void The_title_at_the_top_is_a_warning_in_whatever_form(string line, bool warns = true) =>
        Reading.ReadWith("title: Say it well", $"{line}\n\nAsk somebody.").Diagnostics.Select(each => each.Code).ShouldBe(warns ? new[] { "MLC311" } : []);

    [Fact]
    public void A_heading_that_says_the_title_again_is_a_warning_and_can_be_mended()
    {
        const string Text = "---\nkind: challenge\ntitle: Say it\nschedule: every Monday at 09:00\ntime-zone: Europe/London\n---\n\n# Say it\n\nAsk somebody.\n";
        var result = Reading.Read(Text);
        result.Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC311");
        Repair.Apply(Text, result.Repairs).ShouldBe(Text.Replace("# Say it\n\n", "", StringComparison.Ordinal));

        Reading.Read(Text.Replace("# Say it", "# Say it aloud", StringComparison.Ordinal)).Diagnostics.ShouldBeEmpty();
        Reading.Read(Text.Replace("# Say it\n\n", "", StringComparison.Ordinal)).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void A_text_that_comes_in_several_messages_is_a_warning_and_one_that_cannot_be_cut_an_error()
    {
        var several = Reading.ReadWith("", Paragraphs(40));
        several.Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC308");
        several.Definition.ShouldNotBeNull();

        var code = Reading.ReadWith("", $"Look:\n\n```\n{new string('x', LongText.Most)}\n```").OnlyError();
        code.Code.ShouldBe("MLC309");
        code.SourceLine.ShouldBe("```");
    }

    [Fact]
    public void A_text_is_cut_between_paragraphs_and_a_heading_stays_with_its_text()
    {
        string[] blocks = ["One " + new string('a', 60), "## Two", "Three " + new string('b', 60), "Four"];
        LongText.Split(string.Join("\n\n", blocks), 79).ShouldBe([blocks[0], $"{blocks[1]}\n\n{blocks[2]}", blocks[3]]);
    }

    [Fact]
    public void A_code_block_and_an_item_of_a_list_stay_whole()
    {
        var code = "```\none\n\ntwo\n\nthree\n```";
        LongText.Split($"Before it.\n\n{code}\n\nAfter it.", 30).ShouldBe(["Before it.", code, "After it."]);

        var list = "- one and\n\n  more of it\n- two and\n\n  more of it\n- three";
        LongText.Split(list, 45).ShouldBe(["- one and\n\n  more of it", "- two and\n\n  more of it\n- three"]);
    }

    [Fact]
    public void A_paragraph_that_is_too_long_by_itself_is_cut_behind_a_word_and_never_within_a_sign()
    {
        LongText.Split("one two three four", 10).ShouldBe(["one two ", "three four"]);
        var pieces = LongText.Split(string.Concat(Enumerable.Repeat("🌱", 9)), 7);
        pieces.ShouldAllBe(piece => piece.EnumerateRunes().All(rune => rune != Rune.ReplacementChar));
        string.Concat(pieces).ShouldBe(string.Concat(Enumerable.Repeat("🌱", 9)));
    }

    [Fact]
    public void Nothing_is_lost_whatever_stands_in_the_text() =>
        Gen.Select(Blocks.List[1, 30], Gen.Int[40, 200]).Always(200, (blocks, most) =>
        {
            var text = string.Join("\n\n", blocks);
            var pieces = LongText.Split(text, most);
            pieces.ShouldAllBe(piece => piece.Length <= most);
            Letters(string.Concat(pieces)).ShouldBe(Letters(text));
        });

    [Fact]
    public void What_is_nested_too_deeply_to_be_read_is_cut_all_the_same() =>
        LongText.Split($"{new string('>', 400)} {string.Join(' ', Enumerable.Repeat("word", 100))}", 300).ShouldAllBe(piece => piece.Length <= 300);

    private static string Letters(string text) => text.Replace("\n", "", StringComparison.Ordinal);

    private static string Paragraphs(int count) =>
        string.Join("\n\n", Enumerable.Range(1, count).Select(number => $"Paragraph {number}. {string.Join(' ', Enumerable.Repeat("Ask somebody.", 40))}"));
}
