using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>What a text names of the files beside it.</summary>
public sealed class BesideLinksTests
{
    [Theory]
    [InlineData("![Two arrows](order.png)", "order.png", "_Two arrows_")]
    [InlineData("See ![](pics/order.PNG) there.", "pics/order.PNG", "See  there.")]
    [InlineData("Read [the *whole* list](list.pdf).", "list.pdf", "Read _the whole list_.")]
    [InlineData("- one ![a](my%20plan.jpg)\n- two", "my plan.jpg", "- one _a_\n- two")]
    [InlineData("![a](order.png \"With a title\")", "order.png", "_a_")]
    [InlineData("![a](<my plan.png>)", "my plan.png", "_a_")]
    public void It_is_taken_along_and_what_it_says_stays(string markdown, string name, string told)
    {
        var links = BesideLinks.In(markdown);
        links.ShouldHaveSingleItem().Name.ShouldBe(name);
        BesideLinks.Told(markdown, links).ShouldBe(told);
    }

    [Theory]
    [InlineData("![a](https://example.org/a.png)")]
    [InlineData("![a](/etc/a.png)")]
    [InlineData("![a](../a.png)")]
    [InlineData("![a](a/../../b.png)")]
    [InlineData("![a](..\\a.png)")]
    [InlineData("[another](one-good-question.md)")]
    [InlineData("[here](#there)")]
    [InlineData("[mail](mailto:a@b.png)")]
    [InlineData("`![a](order.png)`")]
    [InlineData("```\n![a](order.png)\n```")]
    public void Nothing_else_is(string markdown) => BesideLinks.In(markdown).ShouldBeEmpty();

    [Fact]
    public void What_stands_outside_of_the_folder_is_a_warning()
    {
        var finding = Reading.ReadWith("", "Look at ![the plan](../plans/plan.png) and [that one](../other.md).").Diagnostics.ShouldHaveSingleItem();
        (finding.Code, finding.Message).ShouldBe(("MLC310", "`../plans/plan.png` leads out of this file's folder."));
        finding.SourceLine[(finding.Column - 1)..].ShouldStartWith("![the plan]");
    }

    [Fact]
    public void A_path_as_Windows_writes_it_is_a_warning_that_tells_the_forward_slash()
    {
        var finding = Reading.ReadWith("", "Look at ![the plan](pictures\\plan.png) and [that](C:\\other.md).").Diagnostics.ShouldHaveSingleItem();
        (finding.Code, finding.Message).ShouldBe(("MLC310", "`pictures\\plan.png` has a backslash, and is not sent along."));
        finding.Help.ShouldBe("Write `pictures/plan.png`: a forward slash is understood everywhere.");
        finding.SourceLine[(finding.Column - 1)..].ShouldStartWith("![the plan]");
        Reading.ReadWith("", "Look at ![the plan](..\\plan.png).").Diagnostics.ShouldHaveSingleItem().Message.ShouldBe("`..\\plan.png` leads out of this file's folder.");
    }

    [Theory]
    [InlineData("![a](C:\\Users\\hana\\plan.png)", "`C:\\Users\\hana\\plan.png` is a place on your own machine.", "Put the file beside this one, and write `plan.png`.")]
    [InlineData("![a](file:///C:/Users/hana/plan.png)", "`file:///C:/Users/hana/plan.png` is a place on your own machine.", "Put the file beside this one, and write `plan.png`.")]
    [InlineData("![a](/pictures/plan.png)", "`/pictures/plan.png` begins with a slash, and is not sent along.", "Write `pictures/plan.png`: places begin in this file's folder.")]
    [InlineData("![a](my plan.png)", "`my plan.png` has a space, so this is no link, and everybody reads it as it stands.", "Write `![a](<my plan.png>)`, or give the file a name without spaces.")]
    public void A_place_that_is_none_is_a_warning_that_tells_what_to_write(string markdown, string message, string help)
    {
        var finding = Reading.ReadWith("", $"Look at {markdown} there.").Diagnostics.ShouldHaveSingleItem();
        (finding.Code, finding.Message, finding.Help).ShouldBe(("MLC310", message, help));
        finding.SourceLine[(finding.Column - 1)..].ShouldStartWith(markdown);
    }

    [Theory]
    [InlineData("Write `![a](my plan.png)`.")]
    [InlineData("```\n![a](my plan.png)\n```")]
    [InlineData("See ![a](plan.png \"My plan.png\").")]
    [InlineData("Look at [my plan](https://example.org/my.png).")]
    public void What_only_looks_like_one_is_none(string body) => Reading.ReadWith("", body).Diagnostics.ShouldBeEmpty();

    [Fact]
    public void A_picture_that_is_missing_is_a_warning_where_it_stands()
    {
        var root = Directory.CreateTempSubdirectory("beside-").FullName;
        try
        {
            var file = Path.Combine(root, "ask.md");
            File.WriteAllText(file, Reading.Challenge("", "Ask somebody.\n\n![a](there.png) ![b](gone.png)"));
            File.WriteAllText(Path.Combine(root, "there.png"), "");
            foreach (var path in new[] { root, file })
            {
                var finding = new MattermostLearning.Content.Linting.Linter(Reading.Challenges).Check([path]).Diagnostics.Single(one => one.Code == "MLC310");
                finding.Message.ShouldBe("`gone.png` is not beside this file.");
                finding.SourceLine[(finding.Column - 1)..].ShouldBe("![b](gone.png)");
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
