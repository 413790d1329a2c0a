using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What people and administrators do to a running challenge besides answering it, one fact each.</summary>
public sealed class WhatHappensWhenTests
{
    private const string Seedling = "seedling";

    [Fact]
    public async Task A_deleted_reply_stops_counting()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        await town.ReplyAsync("ann", first, "I asked Nia.");
        await town.ReplyAsync("bilal", first, "I asked my neighbours.");
        var taken = await town.ReplyAsync("chiara", first, "Wrong thread.");
        await town.World.LetAsync(town.As("chiara").DeleteAsync(taken));

        await town.CloseRoundAsync();

        town.WrapUp(first).Message.ShouldStartWith("**This round of One good question is closed.** Thank you to everybody who took part.");
    }

    [Fact]
    public async Task A_reply_deleted_after_the_close_leaves_the_wrap_up_by_edit()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        var anns = await town.ReplyAsync("ann", first, "I asked Nia.");
        await town.ReplyAsync("bilal", first, "I asked my neighbours.");
        await town.ReplyAsync("chiara", first, "I asked the night shift.");
        await town.ReplyAsync("dev", first, "I asked a customer.");
        await town.As("bilal").ReactAsync(anns, "tada");
        await town.World.LetAsync(town.As("chiara").ReactAsync(anns, "bulb"));
        await town.CloseRoundAsync();
        var before = town.WrapUp(first);
        before.Message.ShouldContain("Four of you took part.");
        before.Message.ShouldContain("Worth a look:");
        before.Message.ShouldContain(anns.Id);

        await town.World.LetAsync(town.As("ann").DeleteAsync(anns));
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));

        var after = town.WrapUp(first);
        after.Id.ShouldBe(before.Id);
        after.Message.ShouldContain("Three of you took part.");
        after.Message.ShouldNotContain("Worth a look:");
        after.Message.ShouldNotContain(anns.Id);
        after.Message.ShouldContain("Next round: Monday 22 March, 09:00 London.");
    }

    [Fact]
    public async Task A_late_reply_gets_the_mark_and_counts_and_nothing_more_is_posted()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        await town.ReplyAsync("ann", first, "I asked Nia.");
        await town.CloseRoundAsync();
        var posted = town.Entries(TranscriptKind.Posted, "learning").Count(entry => entry.Who == "@learning");
        var edited = town.Entries(TranscriptKind.Edited, "learning").Count;

        await town.ReplyAsync("bilal", first, "A bit late: I asked my neighbours.");
        await town.World.AdvanceAsync(TimeSpan.FromHours(1));

        town.Entries(TranscriptKind.Reacted, "learning").Count(entry => entry.Detail == Seedling).ShouldBe(2);
        town.Entries(TranscriptKind.Posted, "learning").Count(entry => entry.Who == "@learning").ShouldBe(posted);
        posted.ShouldBe(2, "the opening and the wrap-up");
        town.Entries(TranscriptKind.Edited, "learning").Count.ShouldBe(edited);
    }

    [Fact]
    public async Task Who_leaves_the_channel_gets_nothing_more()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        await town.World.LetAsync(town.As("ann").CommandAsync("/learn join one-good-question every round", "learning"));
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));
        town.Look(first).Text.ShouldContain("In so far: Ann Berg");
        var written = (await town.DirectMessagesAsync("ann")).Count;

        await town.World.LetAsync(town.As("ann").LeaveAsync("learning"));
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));
        town.Look(first).Text.ShouldNotContain("In so far");
        var second = await town.OpenNextRoundAsync();

        second.Text.ShouldNotContain("In so far");
        await town.CloseRoundAsync();
        (await town.DirectMessagesAsync("ann")).Count.ShouldBe(written);
    }

    [Fact]
    public async Task Bots_webhooks_and_system_messages_never_count()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        await town.ReplyAsync("build.bot", first, "Build 17 is green.");
        await town.World.LetAsync(town.As("ann").CallAsync("POST", "/posts", new JsonObject
        {
            ["channel_id"] = first.ChannelId, ["root_id"] = first.Id, ["message"] = "From a form.", ["props"] = new JsonObject { ["from_webhook"] = "true" },
        }));
        await town.World.LetAsync(town.As("ann").CallAsync("POST", "/posts", new JsonObject
        {
            ["channel_id"] = first.ChannelId, ["root_id"] = first.Id, ["message"] = "A plugin's note.", ["type"] = "custom_note",
        }));
        await town.World.LetAsync(town.As("ada.admin").CallAsync(
            "PUT", $"/channels/{first.ChannelId}/patch", new JsonObject { ["display_name"] = "Learning together" }));

        await town.CloseRoundAsync();

        town.Entries(TranscriptKind.Reacted, "learning").ShouldBeEmpty();
        town.Look(first).Text.ShouldEndWith("This round is closed.");
    }

    [Fact]
    public async Task A_deleted_challenge_post_ends_its_round_and_tells_the_host_once()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        await town.World.LetAsync(town.As("ann").ClickAsync(first, "I'm in"));
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));
        var written = (await town.DirectMessagesAsync("ann")).Count;

        await town.World.LetAsync(town.As("ada.admin").DeleteAsync(first));
        await town.World.StopSidecarAsync();
        await town.World.StartSidecarAsync();
        await town.World.AdvanceToAsync(LearningTown.FirstClose.AddHours(1));

        (await town.DirectMessagesAsync("hana.lead")).Count(post => post.Message.Contains("was deleted, so the round has ended")).ShouldBe(1);
        (await town.DirectMessagesAsync("ann")).Count.ShouldBe(written, "no reminder of a round that has ended");
        town.Openings().ShouldBeEmpty();
        await town.OpenNextRoundAsync();
    }

    [Fact]
    public async Task An_archived_channel_pauses_the_run_and_tells_the_host_once()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        await town.World.LetAsync(town.As("ann").ClickAsync(first, "I'm in"));
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));
        var written = (await town.DirectMessagesAsync("ann")).Count;

        await town.World.LetAsync(town.ArchiveAsync());
        (await town.World.LetAsync(town.As("hana.lead").CommandAsync("/learn schedule", "off-topic"))).Text.ShouldContain("rests, since");
        await town.World.AdvanceToAsync(LearningTown.SecondOpening.AddHours(1));

        town.Openings().Count.ShouldBe(1);
        (await town.DirectMessagesAsync("ann")).Count.ShouldBe(written, "no reminder of something that cannot be answered");
        (await town.DirectMessagesAsync("hana.lead")).Count(post => post.Message.Contains("was archived")).ShouldBe(1);
    }

    [Fact]
    public async Task A_restored_channel_goes_on_with_the_next_round()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        await town.World.LetAsync(town.ArchiveAsync());
        await town.World.AdvanceToAsync(LearningTown.SecondOpening.AddHours(1));

        await town.World.LetAsync(town.RestoreAsync());
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));
        town.Openings().Count.ShouldBe(1, "what passed meanwhile is not made up for");
        town.Look(first).Text.ShouldEndWith("This round has ended early.");
        await town.World.AdvanceToAsync(LearningTown.SecondOpening.AddDays(7).AddMinutes(5));

        town.Openings().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Archiving_and_restoring_while_the_sidecar_is_down_are_noticed_at_its_start()
    {
        await using var town = await LearningTown.StartAsync();
        await town.OpenRoundAsync();
        await town.World.StopSidecarAsync();
        await town.ArchiveAsync();
        await town.World.StartSidecarAsync();
        (await town.DirectMessagesAsync("hana.lead")).Count(post => post.Message.Contains("was archived")).ShouldBe(1);

        await town.World.StopSidecarAsync();
        await town.RestoreAsync();
        await town.World.StartSidecarAsync();

        await town.OpenNextRoundAsync();
        town.Openings().Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_archived_channel_is_noticed_when_posting_is_refused()
    {
        await using var town = await LearningTown.StartAsync();
        // Nothing was heard of it but Mattermost's answer to the opening.
        town.World.Mattermost.Faults.Plan(
            "POST", "/posts", new Fault { Status = 400, ErrorId = "api.post.create_post.can_not_post_to_deleted.error" });
        await town.World.AdvanceToAsync(LearningTown.FirstOpening.AddMinutes(5));

        town.World.Mattermost.Faults.Struck.ShouldBe(1);
        var told = await town.DirectMessagesAsync("hana.lead");
        told.Count(post => post.Message.Contains("was archived")).ShouldBe(1);
        told.ShouldNotContain(post => post.Message.Contains("I could not post"));
        (await town.SayAsync("hana.lead", "/learn schedule")).ShouldContain("rests, since");

        // It can be posted in after all, as the next start sees.
        await town.World.StopSidecarAsync();
        await town.World.StartSidecarAsync();
        await town.OpenNextRoundAsync();
    }

    [Fact]
    public async Task A_channel_made_private_leaves_the_lists_of_those_outside_at_once()
    {
        await using var town = await LearningTown.StartAsync();
        await town.OpenRoundAsync();
        (await town.World.LetAsync(town.As("eve").CommandAsync("/learn", "off-topic"))).Text.ShouldContain("One good question");

        await town.World.LetAsync(town.As("ada.admin").CallAsync("PUT", $"/channels/{town.ChannelId}/privacy", new JsonObject { ["privacy"] = "P" }));

        (await town.World.LetAsync(town.As("eve").CommandAsync("/learn", "off-topic"))).Text.ShouldNotContain("One good question");
        (await town.World.LetAsync(town.As("eve").CommandAsync("/learn join one-good-question", "off-topic"))).Text.ShouldNotContain("One good question");
        (await town.World.LetAsync(town.As("ann").CommandAsync("/learn", "off-topic"))).Text.ShouldContain("One good question");
    }

    [Fact]
    public async Task A_renamed_channel_changes_nothing()
    {
        await using var town = await LearningTown.StartAsync();
        await town.OpenRoundAsync();
        await town.World.LetAsync(town.As("ada.admin").CallAsync(
            "PUT", $"/channels/{town.ChannelId}/patch", new JsonObject { ["name"] = "learning-lab", ["display_name"] = "Learning lab" }));

        var second = await town.OpenNextRoundAsync();

        second.ChannelId.ShouldBe(town.ChannelId);
        (await town.World.LetAsync(town.As("ann").CommandAsync("/learn", "off-topic"))).Text.ShouldContain("~learning-lab");
    }

    [Fact]
    public async Task A_deactivated_person_vanishes_from_what_comes()
    {
        await using var town = await LearningTown.StartAsync();
        await town.OpenRoundAsync();
        await town.World.LetAsync(town.As("ann").CommandAsync("/learn join one-good-question every round", "learning"));
        await town.World.LetAsync(town.As("bilal").CommandAsync("/learn join one-good-question every round", "learning"));
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));
        var written = (await town.DirectMessagesAsync("ann")).Count;

        await town.World.LetAsync(town.As("ada.admin").CallAsync("DELETE", $"/users/{town.As("ann").Id}"));
        await town.World.AdvanceToAsync(LearningTown.FirstClose.AddMinutes(5));
        var second = await town.OpenNextRoundAsync();

        second.Text.ShouldContain("In so far: Bilal Khan");
        second.Text.ShouldNotContain("Ann Berg");
        (await town.DirectMessagesAsync("ann")).Count.ShouldBe(written, "no reminder");
    }
}
