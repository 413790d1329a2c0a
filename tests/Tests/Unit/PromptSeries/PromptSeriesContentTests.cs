using MattermostLearning.Activities.Kinds.PromptSeries;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.PromptSeries;

/// <summary>How a series can be written: as a designer guesses it.</summary>
public sealed class PromptSeriesContentTests
{
    [Theory]
    [InlineData("- What one?\n- What two?", "What one?|What two?")]
    [InlineData("* What one?\n\n* What two?", "What one?|What two?")]
    [InlineData("1. What one?\n2. What two?", "What one?|What two?")]
    [InlineData("What it is for.\n\n- What one?\n  In two lines.\n- What two?\n\nThank you.", "What one?\nIn two lines.|What two?")]
    [InlineData("- What one?\n  - a\n  - b\n- What two?", "What one?\n- a\n- b|What two?")]
    [InlineData("- [ ] What one?\n- [x] What two?", "What one?|What two?")]
    [InlineData("## Prompt\nWhat one?\n\n## Prompt\nWhat two?", "What one?|What two?")]
    [InlineData("## Prompt 1\nWhat one?\n\n## Prompt 2\nWhat two?", "What one?|What two?")]
    [InlineData("## Week 1\nWhat one?\n\n## Week 2\n- a\n- b", "What one?|- a\n- b")]
    [InlineData("## Starter 1: The door\nWhat one?\n\n## What two?\nTell us.", "**The door**\n\nWhat one?|**What two?**\n\nTell us.")]
    public void Each_starter_is_read(string body, string expected) =>
        Read(body).Prompts.Select(prompt => prompt.Text).ShouldBe(expected.Split('|'));

    [Theory]
    [InlineData("one for all, at the end", "## Prompt\nOne?\n\n## Prompt\nTwo?\n\n## Openers\n- a\n- b", "a b", "|")]
    [InlineData("one for all, at the beginning", "## Openers\n- a\n\n## Prompt\nOne?\n\n## Prompt\nTwo?", "a", "|")]
    [InlineData("one for each", "## Prompt\nOne?\n\n## Openers\n- a\n\n## Prompt\nTwo?\n\n## For the host\n- b\n- c", "", "a|b c")]
    [InlineData("for all and for one", "## Openers\n- z\n\n## Prompt\nOne?\n\n## Prompt\nTwo?\n\n## Openers\n- b", "z", "|b")]
    [InlineData("for a list", "- One?\n- Two?\n\n## Openers\n- a\n- b", "a b", "|")]
    [InlineData("paragraphs", "- One?\n- Two?\n\n## Openers\na\n\nb", "a b", "|")]
    public void Openers_are_for_all_or_for_the_starter_above_them(string why, string body, string common, string each)
    {
        var series = Read(body);
        string.Join(' ', series.Openers).ShouldBe(common, why);
        series.Prompts.Select(prompt => string.Join(' ', prompt.Openers)).ShouldBe(each.Split('|'), why);
    }

    [Fact]
    public void What_stands_around_the_starters_is_what_it_is_for() => Read("What it is for.\n\n- One?\n- Two?\n\nThank you.").Introduction.ShouldBe("What it is for.\n\nThank you.");

    [Fact]
    public void Left_out_it_is_in_order_with_two_invitations_and_the_host_after_two_days()
    {
        var series = Read("- One?\n- Two?\n- Three?");
        (series.Order, series.Invited, series.WhenAlive).ShouldBe((PromptOrder.InOrder, 2, WhenAlive.Wait));
        series.QuietAfter.ShouldBe(WrittenDuration.OfDays(2));
        series.Rounds.ShouldBe(3, "each has its turn");
        Read("- One?\n- Two?", "rounds: 8").Rounds.ShouldBe(8);
        Read("- One?\n- Two?", "until: 2027-12-31").Rounds.ShouldBeNull();
    }

    [Fact]
    public void Everything_can_be_said_otherwise()
    {
        var series = Read("- One?", "order: Shuffled\nquiet-after: no\ninvite: no\nwhen-alive: go on");
        (series.Order, series.Invited, series.WhenAlive, series.QuietAfter).ShouldBe((PromptOrder.Shuffled, 0, WhenAlive.GoOn, null));
    }

    [Theory]
    [InlineData("## Prompts\n- What one?\n- What two?", 7, "This heading makes one starter of these 2: they are posted together.", "Take the line `## Prompts` away: each item of a list without a heading is a starter of its own.")]
    [InlineData("## Conversation\n1. What one?\n2. What two?\n\n## Openers\n- a", 7, "This heading makes one starter of these 2: they are posted together.", "Take the line `## Conversation` away: each item of a list without a heading is a starter of its own.")]
    [InlineData("- What one?\n- What two?\n\n## Icebreakers\n- a\n- b", 7, "The 2 items of the list up here are no starters: headings further down are.", "If they are meant, take `## Icebreakers` away, or put each below a line `## Prompt`. What is for the host stands below `## Openers`.")]
    public void A_list_whose_items_are_no_starters_is_asked_about(string body, int line, string message, string help)
    {
        var finding = Result(body, "invite: no").Diagnostics.ShouldHaveSingleItem();
        (finding.Severity, finding.Code, finding.Line, finding.Message, finding.Help).ShouldBe((Severity.Warning, Codes.StartersTogether, line, message, help));
    }

    [Theory]
    [InlineData("## Prompt\nChoose one:\n- a\n- b")]
    [InlineData("## January\n- a\n- b\n\n## February\n- c\n- d")]
    [InlineData("Whom it is for:\n- everybody\n\n## Prompt\nWhat one?")]
    public void A_list_that_belongs_to_a_starter_is_not(string body) => Result(body, "invite: no").Diagnostics.ShouldBeEmpty();

    [Fact]
    public void A_reminder_that_nobody_would_get_is_told()
    {
        var finding = Result("- One?", "remind: 1 day before close").Diagnostics.ShouldHaveSingleItem();
        (finding.Severity, finding.Code, finding.Line).ShouldBe((Severity.Error, Codes.UnknownKey, 5));
        finding.Message.ShouldBe("A prompt-series has no `remind`.");
    }

    [Theory]
    [InlineData("Only what it is for.", "", Codes.NoStarter)]
    [InlineData("- What one?\n- What, one!", "", Codes.StartersAlike)]
    [InlineData("- One?", "invite: 7", Codes.NotANumber)]
    [InlineData("- One?", "quiet-after: 5 days", Codes.OutsideWindow)]
    [InlineData("- One?", "order: random order", Codes.NotAChoice)]
    public void What_cannot_be_is_told(string body, string keys, string code) => Result(body, keys).Diagnostics.Select(each => each.Code).ShouldContain(code);

    private static PromptSeriesDefinition Read(string body, string keys = "")
    {
        var result = Result(body, keys);
        result.Diagnostics.ShouldBeEmpty();
        return (PromptSeriesDefinition)result.Definition!;
    }

    private static ReadResult Result(string body, string keys) => new ContentReader([new PromptSeriesContent()]).Read(
        "prompt-series/monday.md", $"---\ntitle: Monday\nschedule: every Monday at 09:00\ntime-zone: Europe/London\n{keys}\n---\n{body}\n");
}
