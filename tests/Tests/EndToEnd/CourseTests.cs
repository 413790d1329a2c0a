using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Courses at each learner's own speed. The transcript is kept beside this file and is meant to be read.</summary>
public sealed class CourseTests
{
    [Fact]
    public async Task A_course_goes_from_lesson_to_lesson_and_ends_with_a_certificate()
    {
        await using var world = await CourseStage.StartedAsync();
        var ann = world.As("ann");
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.AnswerAsync(world, "ann", "Three");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        (await CourseStage.WriteAsync(world, "ann", "Write", "The one with five questions.\nNobody @here answered.", isShared: true)).IsClosed.ShouldBeTrue();
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        await CourseStage.WriteAsync(world, "ann", "Try it", "What does it print?");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        // Told twice what is missing, and then no more.
        var thread = CourseStage.Opening(world);
        for (var attempt = 0; attempt < 3; attempt++)
            await world.LetAsync(ann.ReplyAsync(thread, $"Here is line {attempt}."));
        (await Stage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("What is missing: a code block.")).ShouldBe(2);
        await world.LetAsync(ann.ReplyAsync(thread, "Here:\n```\nprinted 0 of 3\n```"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));

        (await CourseStage.PartAsync(world, "ann")).FinishedAt.ShouldNotBeNull();
        var certificate = (await Stage.DirectAsync(world, "ann")).Single(post => post.Message.StartsWith("**Certificate**", StringComparison.Ordinal));
        certificate.Message.ShouldContain("Ann Berg has finished **Good messages** on Friday 8 January 2027.");
        (await ann.CallAsync("GET", $"/posts/{certificate.Id}"))["file_ids"]!.AsArray().Count.ShouldBe(1);
        Snapshot.Verify(WithoutCode(world.Mattermost.Transcript.ToString()), "course");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_is_confirmed_to_anybody_and_an_altered_code_is_not()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\nRead this.\n");
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.PressAsync(world, "ann", "Finish");
        var code = CodeIn((await CourseStage.LastAsync(world, "ann")).Message);
        var bilal = world.As("bilal");
        (await bilal.CommandAsync($"/learn verify {code}", "learning")).Text.ShouldBe("This certificate is genuine: Ann Berg has finished **Good messages** on Friday 8 January 2027.");
        (await bilal.CommandAsync($"/learn verify {code.ToUpperInvariant().Replace("-", " ")}", "learning")).Text.ShouldStartWith("This certificate is genuine");
        for (var at = 0; at < code.Length; at++)
        {
            if (code[at] == '-')
                continue;
            var altered = $"{code[..at]}{(code[at] == 'y' ? 'b' : 'y')}{code[(at + 1)..]}";
            (await bilal.CommandAsync($"/learn verify {altered}", "learning")).Text.ShouldStartWith("I can't confirm this code");
        }

        await world.LetAsync(world.As("ann").CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await bilal.CommandAsync($"/learn verify {code}", "learning")).Text.ShouldStartWith("I can't confirm this code");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_clicks_at_once_move_one_step_and_an_old_button_says_where_they_are()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\nRead this.\n\n## Two\nAnd this.\n\n## Three\nAnd that.\n");
        var ann = world.As("ann");
        var opening = CourseStage.Opening(world);
        await world.LetAsync(Task.WhenAll(ann.ClickAsync(opening, "Start"), ann.ClickAsync(opening, "Start")));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
        var first = await CourseStage.LastAsync(world, "ann");
        // Both arrive before either is answered, as from two devices.
        var next = Stage.Seal(world, new ActionReference(ActionReference.Activity, "next", (await Stage.RoundAsync(world)).Id, "1.0.0.1", ann.Id));
        var told = await Task.WhenAll(Stage.PressAsync(world, "ann", first, next), Stage.PressAsync(world, "ann", first, next));
        told.ShouldContain(reply => reply.Text.StartsWith("That belongs to an earlier message, and nothing has changed. You are at lesson 2 of 3", StringComparison.Ordinal));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(2);
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 3");

        var second = await CourseStage.LastAsync(world, "ann");
        await world.LetAsync(ann.CommandAsync("/learn continue", "learning"));
        (await world.LetAsync(ann.ClickAsync(second, "Next lesson"))).Text.ShouldStartWith("That belongs to an earlier message");
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(3);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Back_skip_pause_and_start_over_work_at_any_time()
    {
        await using var world = await CourseStage.StartedAsync();
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.PressAsync(world, "ann", "More");
        await CourseStage.PressAsync(world, "ann", "Skip this lesson");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 5");
        await CourseStage.PressAsync(world, "ann", "Back");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 1 of 5");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        await CourseStage.PressAsync(world, "ann", "More");
        await CourseStage.PressAsync(world, "ann", "Pause");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldStartWith("**Good messages** is paused at lesson 2 of 5.");
        (await world.As("ann").CommandAsync("/learn", "learning")).Text.ShouldContain("lesson 2 of 5, paused");
        await world.LetAsync(world.As("ann").CommandAsync("/learn continue", "learning"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("Which of your messages had no answer?");
        await CourseStage.PressAsync(world, "ann", "More");
        await CourseStage.PressAsync(world, "ann", "Never mind");
        await CourseStage.PressAsync(world, "ann", "More");
        (await CourseStage.LastAsync(world, "ann")).Buttons.Count().ShouldBeLessThanOrEqualTo(3, "a phone shows so many in a row");
        await CourseStage.PressAsync(world, "ann", "Pause");
        await CourseStage.PressAsync(world, "ann", "Start over");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 1 of 5");
        (await CourseStage.LastAsync(world, "ann")).Buttons.Select(button => button.Label).ShouldBe(["A", "B", "More"]);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_shared_once_more_in_a_lesson_that_was_skipped_half_way_stands_beside_what_was_shared_before()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\n### Reflect: What is it?\n\n### Question: Is it one?\n- [x] Yes\n- [ ] No\n\n## Two\nRead this.\n");
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.WriteAsync(world, "ann", "Write", "A first thought.", isShared: true);
        await CourseStage.PressAsync(world, "ann", "More");
        await CourseStage.PressAsync(world, "ann", "Skip this lesson");
        await CourseStage.PressAsync(world, "ann", "Finish");
        await CourseStage.PressAsync(world, "ann", "What I skipped");

        await CourseStage.WriteAsync(world, "ann", "Write", "A second thought.", isShared: true);

        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        Shared().ShouldBe(["Ann Berg on **One**:\n> A first thought.", "Ann Berg on **One**:\n> A second thought."]);
        await world.LetAsync(world.As("ann").CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        Shared().ShouldAllBe(text => !text.Contains("thought"));

        // Whoever comes back begins at the beginning, and can be forgotten again.
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.WriteAsync(world, "ann", "Write", "A third thought.", isShared: true);
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        Shared().ShouldContain(text => text.Contains("A third thought."));
        await world.LetAsync(world.As("ann").CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        Shared().ShouldAllBe(text => !text.Contains("thought"));
        world.Log.Problems.ShouldBeEmpty();

        IEnumerable<string> Shared() => world.As("hana.lead").Read("learning").Where(post => post.RootId == CourseStage.Opening(world).Id).Select(post => post.Text);
    }

    [Fact]
    public async Task What_cannot_be_put_into_words_in_time_takes_nothing_from_the_lesson()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\n### Do: reply with a code block\nShow one line.\n\n## Two\nRead this.\n");
        await CourseStage.BeginAsync(world, "ann");
        var lesson = await CourseStage.LastAsync(world, "ann");
        // What its channel is called has to be asked anew, and Mattermost is slow to say so.
        await world.LetAsync(world.As("root").CallAsync("PUT", $"/channels/{CourseStage.Opening(world).ChannelId}/patch", new JsonObject { ["name"] = "learning-lab" }));
        world.CallsMayFail = true;
        world.Mattermost.Faults.Choose = target => target is { IsBot: true, Method: "GET" } && target.Path.StartsWith("/channels/", StringComparison.Ordinal) ? Fault.Slow(TimeSpan.FromSeconds(5)) : null;

        var press = world.As("ann").ClickAsync(lesson, "More");
        await world.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await press).Text.ShouldStartWith("That has reached me. Mattermost is slow");
        var after = await CourseStage.LastAsync(world, "ann");
        after.Message.ShouldBe(lesson.Message);
        after.Buttons.Select(button => button.Label).ShouldBe(lesson.Buttons.Select(button => button.Label));
    }

    [Fact]
    public async Task A_second_press_finds_no_other_button_in_the_place_of_the_first()
    {
        await using var world = await CourseStage.StartedAsync();
        var ann = world.As("ann");
        await CourseStage.BeginAsync(world, "ann");
        var lesson = await CourseStage.LastAsync(world, "ann");
        var more = lesson.Buttons.Single(button => button.Label == "More");
        await world.LetAsync(ann.ClickAsync(lesson, more));
        (await Should.ThrowAsync<StandInException>(() => ann.ClickAsync(lesson, more))).Status.ShouldBe(404);
        (await CourseStage.LastAsync(world, "ann")).Buttons.Select(button => button.Label).ShouldBe(["Skip this lesson", "Pause", "Never mind"]);
        (await CourseStage.PartAsync(world, "ann")).State!.Value.GetProperty("attempt").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Every_button_can_be_typed_and_is_answered_where_it_was_typed()
    {
        await using var world = await CourseStage.StartedAsync();
        var ann = world.As("ann");
        await CourseStage.BeginAsync(world, "ann");
        (await world.LetAsync(ann.CommandAsync("/learn continue back", "learning"))).Text.ShouldBe("This is the first lesson of **Good messages**.");
        (await world.LetAsync(ann.CommandAsync("/learn continue good-messages skip", "learning"))).Text.ShouldBe("Lesson 2 of 5 of **Good messages** is in your direct messages.");
        (await world.LetAsync(ann.CommandAsync("/learn continue pause", "learning"))).Text.ShouldStartWith("**Good messages** is paused at lesson 2 of 5.");
        (await world.LetAsync(ann.CommandAsync("/learn continue back", "learning"))).Text.ShouldStartWith("Lesson 1 of 5");
        (await CourseStage.PartAsync(world, "ann")).State!.Value.GetProperty("skipped").GetArrayLength().ShouldBe(1);
        (await world.LetAsync(ann.CommandAsync("/learn continue from the start", "learning"))).Text.ShouldStartWith("Lesson 1 of 5");
        (await CourseStage.PartAsync(world, "ann")).State!.Value.GetProperty("skipped").GetArrayLength().ShouldBe(0);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_skipped_can_be_made_up_for_at_the_end()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\n### Question: Is it one?\n- [x] Yes\n- [ ] No\n\n## Two\nRead this.\n");
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.PressAsync(world, "ann", "More");
        await CourseStage.PressAsync(world, "ann", "Skip this lesson");
        await CourseStage.PressAsync(world, "ann", "Finish");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldBe("You are at the end of **Good messages**. You skipped One.");
        await CourseStage.PressAsync(world, "ann", "What I skipped");
        await CourseStage.AnswerAsync(world, "ann", "Yes");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldStartWith("**Certificate**");

        await CourseStage.BeginAsync(world, "bilal");
        await CourseStage.PressAsync(world, "bilal", "More");
        await CourseStage.PressAsync(world, "bilal", "Skip this lesson");
        await CourseStage.PressAsync(world, "bilal", "Finish");
        await CourseStage.PressAsync(world, "bilal", "Finish");
        (await CourseStage.LastAsync(world, "bilal")).Message.ShouldContain("There is no certificate, since something was skipped.");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_has_begun_goes_on_with_the_text_that_they_began_with()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\nRead this.\n\n## Two\nThe old one.\n");
        await CourseStage.BeginAsync(world, "ann");
        await world.StopSidecarAsync();
        world.WriteContent($"courses/{CourseStage.Slug}.md", CourseStage.File("", "## One\nRead that.\n\n## Two\nThe new one.\n"));
        await world.StartSidecarAsync();
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("The old one.");
        await CourseStage.BeginAsync(world, "bilal");
        (await CourseStage.LastAsync(world, "bilal")).Message.ShouldContain("Read that.");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaving_forgetting_and_stopping_end_it_for_those_concerned()
    {
        await using var world = await CourseStage.StartedAsync();
        foreach (var person in new[] { "ann", "bilal", "chiara" })
            await CourseStage.BeginAsync(world, person);
        await CourseStage.AnswerAsync(world, "ann", "One");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        await CourseStage.WriteAsync(world, "ann", "Write", "All of them.", isShared: true);
        var shared = world.As("bilal").Read("learning")[^1];
        shared.Message.ShouldContain("Ann Berg on **Your own messages**:\n> All of them.");
        await world.LetAsync(world.As("ann").CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        world.As("bilal").Look(shared.Id).Message.ShouldBe("_This was taken back._");
        (await world.Store.FindAsync(Participation.ByPerson, world.As("ann").Id, TestContext.Current.CancellationToken)).ShouldBeEmpty();

        await world.LetAsync(world.As("bilal").CommandAsync($"/learn leave {CourseStage.Slug}", "learning"));
        var late = await CourseStage.LastAsync(world, "bilal");
        (await world.LetAsync(world.As("bilal").ClickAsync(late, "A"))).Text.ShouldStartWith("You are not on your way through **Good messages**");
        await world.LetAsync(world.As("bilal").CommandAsync($"/learn join {CourseStage.Slug}", "learning"));
        (await CourseStage.LastAsync(world, "bilal")).Message.ShouldContain("lesson 1 of 5");

        await world.LetAsync(world.As("hana.lead").CommandAsync($"/learn stop {CourseStage.Slug}", "learning"));
        CourseStage.Opening(world).Text.ShouldContain("This course has ended.");
        late = await CourseStage.LastAsync(world, "chiara");
        await world.LetAsync(world.As("chiara").ClickAsync(late, "A"));
        (await Stage.DirectAsync(world, "chiara")).Count.ShouldBe(1);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_its_channel_is_archived_whoever_is_in_goes_on_without_what_was_to_be_done_there()
    {
        await using var world = await CourseStage.StartedAsync(body: "## One\nRead this.\n\n## Two\n### Do: reply with a code block\nShow the others one line.\n\n## Three\nRead this, too.\n");
        var hana = world.As("hana.lead");
        await CourseStage.BeginAsync(world, "ann");
        var channelId = CourseStage.Opening(world).ChannelId;
        await world.LetAsync(world.As("root").CallAsync("DELETE", $"/channels/{channelId}"));
        (await CourseStage.LastAsync(world, "hana.lead")).Message.ShouldBe(
            "~learning was archived. Whoever is in **Good messages** goes on in their direct messages; what was to be done in the channel is left out.");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        var second = await CourseStage.LastAsync(world, "ann");
        second.Message.ShouldContain("lesson 2 of 3");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 3 of 3");

        // Once it is back, people come in as before, and what is to be done there is asked for again.
        await world.LetAsync(world.As("root").CallAsync("POST", $"/channels/{channelId}/restore"));
        await CourseStage.BeginAsync(world, "chiara");
        await CourseStage.PressAsync(world, "chiara", "Next lesson");
        await world.LetAsync(world.As("chiara").ReplyAsync(CourseStage.Opening(world), "Here:\n```\nprinted 0 of 3\n```"));
        await CourseStage.PressAsync(world, "chiara", "Next lesson");
        (await CourseStage.LastAsync(world, "chiara")).Message.ShouldContain("lesson 3 of 3");
        (await Stage.DirectAsync(world, "hana.lead")).Count(post => post.Message.Contains("was archived")).ShouldBe(1);
        (await world.LetAsync(hana.CommandAsync("/learn schedule", "learning"))).Text.ShouldNotContain("rests");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_to_come_first_is_asked_for()
    {
        var others = new Dictionary<string, string> { ["courses/basics.md"] = "---\nkind: course\ntitle: Basics\nchannel: learning\nhost: hana.lead\n---\n## One\nRead this.\n" };
        await using var world = await CourseStage.StartedAsync("requires: basics", others: others);
        await Stage.StartRunAsync(world, "basics");
        (await world.LetAsync(world.As("ann").ClickAsync(CourseStage.Opening(world), "Start"))).Text.ShouldContain("Before **Good messages** comes something else: `/learn join basics`.");
        (await Stage.DirectAsync(world, "ann")).ShouldBeEmpty();
        await world.LetAsync(world.As("ann").CommandAsync("/learn join basics", "learning"));
        await CourseStage.PressAsync(world, "ann", "Finish");
        await CourseStage.BeginAsync(world, "ann");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("_Good messages, lesson 1 of 5_");
        world.Log.Problems.ShouldBeEmpty();
    }

    /// <summary>The key is another each time, and so is the tag in a code.</summary>
    internal static string WithoutCode(string transcript) => transcript.Replace(CodeIn(transcript), "(code)", StringComparison.Ordinal);

    private static string CodeIn(string text) => text.Split("/learn verify ")[1].Split('\n')[0].Trim();
}
