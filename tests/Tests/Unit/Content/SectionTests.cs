using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class SectionTests
{
    [Theory]
    [InlineData("## Wrap-up")]
    [InlineData("## Wrap up")]
    [InlineData("##   WRAPUP   ##")]
    [InlineData("## Wrap-up:")]
    [InlineData("## **Wrap-up**")]
    [InlineData("Wrap-up\n-------")]
    public void A_heading_is_known_in_all_its_forms(string heading)
    {
        var definition = Reading.ReadWith("", $"Ask.\n\n{heading}\nHow was it?\n").Definition();
        definition.Body.ShouldBe("Ask.");
        definition.WrapUp.ShouldBe("How was it?");
    }

    [Theory]
    [InlineData("## Hint", "")]
    [InlineData("## Hint after 2 days", "after 2 days")]
    [InlineData("## hint AFTER 90 min", "after 90 minutes")]
    [InlineData("## Hint on Wednesday", "on Wednesday")]
    [InlineData("## Hint on Wed at 10am", "on Wednesday at 10:00")]
    public void A_hint_says_when(string heading, string time) =>
        Reading.ReadWith("", $"Ask.\n\n{heading}\nTry this.").Definition().Hints.ShouldHaveSingleItem().Argument.ToString().ShouldBe(time);

    [Fact]
    public void Text_is_kept_as_the_author_wrote_it()
    {
        const string body = "First  line  \nwith *odd*   spacing\n\n    indented code\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\n## Hint\nnot a heading\n```\n\n- [ ] task";
        Reading.ReadWith("", $"\n\n{body}\n\n\n").Definition().Body.ShouldBe(body);
    }

    [Fact]
    public void Any_other_heading_is_text_and_belongs_to_the_body_wherever_it_stands()
    {
        var definition = Reading.ReadWith("", """
            Ask.

            ## Why this helps
            Because.

            ## Hint
            Try this.

            ### A small heading
            And this.

            ## Where to look
            There.

            ## Wrap-up
            How was it?
            """).Definition();
        definition.Body.ShouldBe("Ask.\n\n## Why this helps\nBecause.\n\n## Where to look\nThere.");
        definition.Hints[0].Markdown.ShouldBe("Try this.\n\n### A small heading\nAnd this.");
        definition.WrapUp.ShouldBe("How was it?");
    }

    [Theory]
    [InlineData("##Hint after 1 day", "Write `## Hint after 1 day`.")]
    [InlineData("##\u00A0Wrap-up", "Write `## Wrap-up`.")]
    [InlineData("###Why", "Write `### Why`.")]
    [InlineData("#til is a word", null)]
    [InlineData("```\n##not one\n```", null)]
    [InlineData("    ##nor this", null)]
    public void A_heading_without_a_space_behind_its_signs_is_text_with_a_warning(string line, string? help)
    {
        var result = Reading.ReadWith("", $"Ask.\n\n{line}\nText.");
        result.Definition().Body.ShouldContain(line);
        result.Diagnostics.Select(each => (each.Code, each.Line, each.Help)).ShouldBe(help is null ? [] : new[] { ("MLC301", 10, (string?)help) });
        if (help is not null)
            Reading.Read(Repair.Apply(Reading.Challenge("", $"Ask.\n\n{line}\nText."), result.Repairs)).Diagnostics.ShouldNotContain(each => each.Code == "MLC301" && each.Help == help);
    }

    [Theory]
    [InlineData("## Abschluss", "`## Wrap-up`")]
    [InlineData("## Fazit", "`## Wrap-up`")]
    [InlineData("## Wrapping up", "`## Wrap-up`")]
    [InlineData("## Hinweis", "`## Hint after 1 day`")]
    [InlineData("## Wrap-pu", "`## Wrap-up`")]
    [InlineData("## Hints", "`## Hint after 1 day`")]
    [InlineData("## Hint: look around", "`## Hint after 1 day`")]
    [InlineData("## How does it work", null)]
    [InlineData("## How it work", "`## How it works`")]
    [InlineData("# Hint", "`## Hint`")]
    [InlineData("### Wrap up", "`## Wrap up`")]
    [InlineData("## Tips", "`## Hint after 1 day`")]
    [InlineData("## Reflection", "`## Wrap-up`")]
    [InlineData("## Instructions", "`## How it works`")]
    [InlineData("## Background", null)]
    [InlineData("## ", null)]
    public void A_heading_that_nearly_means_something_is_text_with_a_warning(string heading, string? meant)
    {
        var result = Reading.ReadWith("", $"Ask.\n\n{heading}\nText.");
        result.Definition().Body.ShouldContain("Text.");
        if (meant is null)
            result.Diagnostics.ShouldBeEmpty();
        else
            result.Diagnostics.ShouldHaveSingleItem().Help.ShouldNotBeNull().ShouldContain(meant);
    }

    [Theory]
    [InlineData("## Hint after lunch\nText.", "MLC209", 10)]
    [InlineData("## Hint on Wensday\nText.", "MLC209", 10)]
    [InlineData("## Hint after 5 days\nText.", "MLC213", 10)]
    [InlineData("## Hint\na\n## Hint\nb\n## Hint\nc", "MLC302", 14)]
    [InlineData("## Wrap-up\na\n## Wrap up\nb", "MLC302", 12)]
    [InlineData("## Wrap-up\n\n", "MLC303", 10)]
    public void A_section_that_cannot_be_used_is_one_error_at_its_heading(string sections, string code, int line)
    {
        var error = Reading.ReadWith("", $"Ask.\n\n{sections}").OnlyError();
        error.Code.ShouldBe(code);
        error.Line.ShouldBe(line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n")]
    [InlineData("## Wrap-up\nHow was it?")]
    public void A_file_without_a_body_is_refused(string body) => Reading.ReadWith("", body).OnlyError().Code.ShouldBe("MLC304");
}
