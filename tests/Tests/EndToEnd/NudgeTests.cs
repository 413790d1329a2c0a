using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>One budget of unprompted messages for all activities together. Ann reads in Berlin; both rounds close on Friday, and each would remind her on Thursday.</summary>
public sealed class NudgeTests
{
    private const string Other = "show-your-shortcut";

    [Fact]
    public async Task Two_reminders_of_one_day_come_as_one_message_with_the_earlier_of_them()
    {
        await using var world = await BothJoinedAsync(otherCloses: "4 days 3 hours");
        await world.AdvanceToAsync(Stage.At("2027-01-14 09:05"));
        var together = (await NudgesAsync(world)).ShouldHaveSingleItem();
        together.Text.ShouldStartWith("Two things are waiting for you:\n- **");
        together.Text.ShouldContain("**One good question** closes tomorrow, Friday, at 10:00 your time: [go to the thread](");
        together.Text.ShouldContain("**Show your shortcut** closes tomorrow, Friday, at 13:00 your time: [go to the thread](");
        together.Buttons.Select(button => button.Label).ShouldBe(["No more reminders"]);

        await world.AdvanceToAsync(Stage.At("2027-01-15 13:00"));
        (await NudgesAsync(world)).Count.ShouldBe(1, "neither is said again");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_one_message_is_refused_each_round_that_it_was_about_tells_its_host()
    {
        await using var world = await BothJoinedAsync(otherCloses: "4 days 3 hours");
        await world.AdvanceToAsync(Stage.At("2027-01-14 08:50"));
        world.Mattermost.Faults.Choose = target => target is { IsBot: true, Method: "POST", Path: "/posts" } ? Fault.Answer(403) : null;
        await world.AdvanceToAsync(Stage.At("2027-01-14 09:10"));
        world.Mattermost.Faults.Choose = _ => null;
        (await NudgesAsync(world)).ShouldBeEmpty();

        await world.AdvanceToAsync(Stage.At("2027-01-15 18:00"));
        var briefs = (await Stage.DirectAsync(world, "hana.lead")).Where(post => post.Text.Contains("- not posted: 1 message; Mattermost answered `", StringComparison.Ordinal)).ToList();
        briefs.Count.ShouldBe(2);
        briefs.ShouldContain(post => post.Text.Contains("One good question"));
        briefs.ShouldContain(post => post.Text.Contains("Show your shortcut"));
    }

    [Fact]
    public async Task No_more_reminders_is_for_all_of_them()
    {
        await using var world = await BothJoinedAsync(otherCloses: "4 days 3 hours");
        await world.AdvanceToAsync(Stage.At("2027-01-14 09:05"));
        await world.LetAsync(world.As("ann").ClickAsync((await NudgesAsync(world))[0], "No more reminders"));
        (await Stage.DirectAsync(world, "ann"))[^1].Text.ShouldStartWith("Reminders are off");
        (await world.Store.GetAsync<PersonSettings>(world.As("ann").Id)).ShouldNotBeNull().RemindersOff.ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_one_on_the_same_day_waits_for_the_next_and_is_shown_as_held_back()
    {
        await using var world = await BothJoinedAsync(otherCloses: "4 days 8 hours", otherJoins: false);
        await world.AdvanceToAsync(Stage.At("2027-01-14 09:05"));
        (await NudgesAsync(world)).Count.ShouldBe(1);

        // She joins the other one only now, and would be reminded of it in the afternoon.
        await world.LetAsync(world.As("ann").ClickAsync(OtherOpening(world), "I'm in"));
        await world.AdvanceToAsync(Stage.At("2027-01-14 18:00"));
        (await NudgesAsync(world)).Count.ShouldBe(1);
        await world.LetAsync(world.As("ann").CommandAsync("/learn settings", "learning"));
        world.As("ann").Dialog.ShouldNotBeNull().Json["dialog"]!["introduction_text"]!.GetValue<string>()
            .ShouldEndWith("Held back in the last week:\n- **Show your shortcut**: comes Friday 09:00");

        await world.AdvanceToAsync(Stage.At("2027-01-15 08:01"));
        (await NudgesAsync(world))[^1].Text.ShouldStartWith("**Show your shortcut** closes today, Friday, at 18:00 your time.");
    }

    [Fact]
    public async Task What_has_no_room_before_its_close_is_dropped_and_shown()
    {
        await using var world = await BothJoinedAsync(otherCloses: "4 days 30 minutes", otherJoins: false);
        await world.AdvanceToAsync(Stage.At("2027-01-14 09:05"));
        await world.LetAsync(world.As("ann").ClickAsync(OtherOpening(world), "I'm in"));
        // Quiet until eleven: by then the other round has closed.
        await world.LetAsync(world.As("ann").CommandAsync("/learn settings quiet 18:00-11:00", "learning"));
        await world.AdvanceToAsync(Stage.At("2027-01-15 12:00"));
        (await NudgesAsync(world)).Count.ShouldBe(1);
        await world.LetAsync(world.As("ann").CommandAsync("/learn settings", "learning"));
        world.As("ann").Dialog.ShouldNotBeNull().Json["dialog"]!["introduction_text"]!.GetValue<string>()
            .ShouldContain("- **Show your shortcut**: dropped, it would have come Thursday 14 January, 10:30");
        (await world.Store.FindAsync(DueTime.ByPerson, world.As("ann").Id)).ShouldBeEmpty("nothing is left to look at");
    }

    [Fact]
    public async Task Who_has_just_contributed_is_left_alone_for_an_hour()
    {
        await using var world = await BothJoinedAsync(otherCloses: "4 days 5 hours");
        await world.AdvanceToAsync(Stage.At("2027-01-14 08:30"));
        await world.LetAsync(world.As("ann").ReplyAsync(Stage.Openings(world).First(post => post.Text.Contains("One good question")), "I asked Nia."));
        await world.AdvanceToAsync(Stage.At("2027-01-14 13:59"));
        (await NudgesAsync(world)).ShouldBeEmpty("the first is done, and the other is for the afternoon");
        await world.LetAsync(world.As("ann").ReplyAsync(OtherOpening(world), "Ctrl+K"));
        await world.AdvanceToAsync(Stage.At("2027-01-15 15:00"));
        (await NudgesAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_budget_is_one_document_that_goes_with_its_week()
    {
        await using var world = await BothJoinedAsync(otherCloses: "4 days 3 hours");
        await world.AdvanceToAsync(Stage.At("2027-01-14 12:00"));
        (await world.Store.GetAsync<NudgeRecord>(world.As("ann").Id)).ShouldNotBeNull().Sent.Count.ShouldBe(1);
        await world.AdvanceToAsync(Stage.At("2027-01-31 12:00"));
        (await world.Store.GetAsync<NudgeRecord>(world.As("ann").Id)).ShouldBeNull();
    }

    private static SeenPost OtherOpening(SidecarWorld world) => Stage.Openings(world).First(post => post.Text.Contains("Show your shortcut"));

    private static async Task<SidecarWorld> BothJoinedAsync(string otherCloses, bool otherJoins = true)
    {
        var content = Stage.Content(("rounds", "1"));
        content[$"challenges/{Other}.md"] = Stage.Challenge(("title", "Show your shortcut"), ("open-for", otherCloses), ("rounds", "1"));
        var world = await Stage.StartedAsync(content: content);
        await Stage.StartRunAsync(world, Other);
        await world.AdvanceToAsync(Stage.Monday.AddMinutes(1));
        foreach (var opening in Stage.Openings(world).Where(post => otherJoins || !post.Text.Contains("Show your shortcut")))
            await world.LetAsync(world.As("ann").ClickAsync(opening, "I'm in"));
        return world;
    }

    private static async Task<IReadOnlyList<SeenPost>> NudgesAsync(SidecarWorld world) =>
        [.. (await Stage.DirectAsync(world, "ann")).Where(post => post.Text.Contains(" closes t", StringComparison.Ordinal))];
}
