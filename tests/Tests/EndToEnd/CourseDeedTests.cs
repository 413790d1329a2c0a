using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Lessons that are checked on what people really do in Mattermost.</summary>
public sealed class CourseDeedTests
{
    [Theory]
    [InlineData("react with :eyes: to a message")]
    [InlineData("mention somebody")]
    [InlineData("post a link")]
    [InlineData("attach a file")]
    [InlineData("start a thread")]
    [InlineData("reply with a question and a list")]
    public async Task Each_deed_is_seen_and_what_is_not_it_is_not_taken_for_it(string task)
    {
        await using var world = await CourseStage.StartedAsync(body: $"## One\n### Do: {task}\nNow.\n\n## Two\nRead this.\n");
        var ann = world.As("ann");
        var opening = CourseStage.Opening(world);
        await CourseStage.BeginAsync(world, "ann");
        await world.LetAsync(ann.ReplyAsync(opening, "Nothing of the sort."));
        await world.LetAsync(ann.ReactAsync(opening, "tada"));
        // Somebody else does it: that is nobody's answer.
        await DoAsync(world, "bilal", task, opening);
        (await Stage.DirectAsync(world, "ann")).ShouldNotContain(post => post.Message.Contains("is done"));
        await DoAsync(world, "ann", task, opening);
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("**One** is done");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_is_mended_counts()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\n### Do: reply with a code block\n\n## Two\nRead this.\n");
        var ann = world.As("ann");
        await CourseStage.BeginAsync(world, "ann");
        var reply = await ann.ReplyAsync(CourseStage.Opening(world), "ls -l");
        await world.SettleAsync();
        await world.AdvanceAsync(TimeSpan.FromSeconds(30));
        await world.LetAsync(ann.EditAsync(reply, "```\nls -l\n```"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("**One** is done");
    }

    [Fact]
    public async Task What_was_done_while_nobody_listened_is_found_and_brings_no_hint()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\n### Do: post a link in ~workshop\n\n## Two\n### Do: react with :eyes: to a message in ~workshop\n\n## Three\nRead.\n");
        var ann = world.As("ann");
        await CourseStage.BeginAsync(world, "ann");
        await world.StopSidecarAsync();
        await ann.PostAsync("workshop", "no link");
        await ann.PostAsync("workshop", "https://example.com/notes");
        await world.AdvanceAsync(TimeSpan.FromMinutes(2));
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("**One** is done");
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(2);
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        await world.StopSidecarAsync();
        await ann.ReactAsync(world.As("hana.lead").Latest("workshop"), "eyes");
        await world.AdvanceAsync(TimeSpan.FromMinutes(2));
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("**Two** is done");
    }

    [Fact]
    public async Task What_cannot_be_done_here_is_left_out_and_that_is_said()
    {
        await using var world = await CourseStage.StartedAsync(
            body: "## One\n### Do: post a link in ~nowhere\n\n### Question: Is it one?\n- [x] Yes\n- [ ] No\n\n## Two\n### Do: post a link in ~secret\n\n## Three\nRead.\n",
            more: seed => seed.AddChannel(SidecarWorld.Team, "secret", "Secret", isPrivate: true, "hana.lead"));
        await CourseStage.BeginAsync(world, "ann");
        var first = await CourseStage.LastAsync(world, "ann");
        first.Message.ShouldContain("_One step of this lesson needs ~nowhere, where you or I cannot be, so I have left it out._");
        first.Message.ShouldContain("Is it one?");
        await CourseStage.AnswerAsync(world, "ann", "Yes");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("~secret");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        await CourseStage.PressAsync(world, "ann", "Finish");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldStartWith("**Certificate**");
        world.Log.Problems.ShouldBeEmpty();
    }

    private static async Task DoAsync(SidecarWorld world, string person, string task, SeenPost opening)
    {
        var who = world.As(person);
        switch (task.Split(' ')[0])
        {
            case "react":
                await who.ReactAsync(opening, "eyes");
                break;
            case "mention":
                await who.ReplyAsync(opening, "What do you say, @hana.lead?");
                break;
            case "post":
                await who.PostAsync("learning", "Read https://example.com/page");
                break;
            case "attach":
                var file = (await who.CallAsync("POST", $"/files?channel_id={opening.ChannelId}&filename=notes.txt", new JsonObject()))["file_infos"]![0]!["id"]!.GetValue<string>();
                await who.CallAsync("POST", "/posts", new JsonObject { ["channel_id"] = opening.ChannelId, ["message"] = "My notes", ["file_ids"] = new JsonArray(file) });
                break;
            case "start":
                await who.PostAsync("learning", "What do you think of this?");
                break;
            default:
                await who.ReplyAsync(opening, "Which of these?\n- this\n- that");
                break;
        }

        await world.SettleAsync();
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
    }
}
