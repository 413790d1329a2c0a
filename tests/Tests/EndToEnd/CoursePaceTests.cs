using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Lessons that come by themselves, and what happens while nothing is done.</summary>
public sealed class CoursePaceTests
{
    private const string ThreeLessons = "## One\nRead this.\n\n## Two\n### Question: Is it two?\n- [x] Yes\n- [ ] No\n\n## Three\nThe last one.\n";

    [Fact]
    public async Task Lessons_come_by_the_learners_own_clock_on_their_working_days_and_wait_for_the_check()
    {
        await using var world = await CourseStage.StartedAsync("pace: weekdays at 09:00", ThreeLessons);
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.BeginAsync(world, "bilal");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("The next one comes Monday 09:00 your time.");
        // Not at the weekend; and New York is six hours behind Berlin.
        await world.AdvanceToAsync(LearningTown.At("2027-01-11 07:59"));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
        await world.AdvanceToAsync(LearningTown.At("2027-01-11 08:01"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 3");
        (await Stage.DirectAsync(world, "bilal")).Count.ShouldBe(1);
        await world.AdvanceToAsync(LearningTown.At("2027-01-11 14:01"));
        (await CourseStage.LastAsync(world, "bilal")).Message.ShouldContain("lesson 2 of 3");

        // It waits for the answer, and counts from there.
        await world.AdvanceToAsync(LearningTown.At("2027-01-12 12:00"));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(2);
        await CourseStage.AnswerAsync(world, "ann", "Yes");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldEndWith("The next one comes Wednesday 09:00 your time.");
        await world.AdvanceToAsync(LearningTown.At("2027-01-13 08:01"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("The last one.");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lessons_of_two_courses_that_are_due_at_once_come_in_one_message_that_brings_each()
    {
        var others = new Dictionary<string, string> { ["courses/basics.md"] = CourseStage.File("pace: weekdays at 09:00", ThreeLessons).Replace(CourseStage.Title, "Basics", StringComparison.Ordinal) };
        await using var world = await CourseStage.StartedAsync("pace: weekdays at 09:00", ThreeLessons, others: others);
        await Stage.StartRunAsync(world, "basics");
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.BeginAsync(world, "bilal");
        await world.LetAsync(world.As("ann").CommandAsync("/learn join basics", "learning"));
        await world.AdvanceToAsync(LearningTown.At("2027-01-11 08:05"));
        var told = await Stage.DirectAsync(world, "ann");
        told.Count.ShouldBe(3, "the two first lessons, and one message for the two second ones");
        told[^1].Message.ReplaceLineEndings("\n").Split('\n').Order(StringComparer.Ordinal).ShouldBe(
        [
            "- **Basics**, lesson 2 of 3: Two. `/learn continue basics`", "- **Good messages**, lesson 2 of 3: Two. `/learn continue good-messages`",
            "Two things come to you at once. Begin with either; each button brings one here.",
        ]);
        foreach (var title in new[] { "Basics", CourseStage.Title })
        {
            await CourseStage.PressAsync(world, "ann", title);
            (await CourseStage.LastAsync(world, "ann")).Message.ShouldStartWith($"_{title}, lesson 2 of 3_");
            await CourseStage.AnswerAsync(world, "ann", "Yes");
            (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain($"lesson 2 of 3 of **{title}**. The next one comes Tuesday 09:00 your time.");
        }

        // Whoever is in one of them gets its lesson, as ever.
        await world.AdvanceToAsync(LearningTown.At("2027-01-11 14:05"));
        (await CourseStage.LastAsync(world, "bilal")).Message.ShouldContain("_Good messages, lesson 2 of 3_");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lesson_that_came_due_while_there_was_no_sidecar_comes_at_once_by_day_and_in_the_morning_by_night()
    {
        await using var world = await CourseStage.StartedAsync("pace: weekdays at 09:00", ThreeLessons);
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.BeginAsync(world, "bilal");
        await world.StopSidecarAsync();
        // It is two at night in Berlin, and the evening before, eight, in New York.
        await world.AdvanceToAsync(LearningTown.At("2027-01-12 01:00"));
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
        (await Stage.DirectAsync(world, "bilal")).Count.ShouldBe(1);

        await world.AdvanceToAsync(LearningTown.At("2027-01-12 08:01"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 3");
        (await Stage.DirectAsync(world, "bilal")).Count.ShouldBe(1);
        await world.StopSidecarAsync();
        // Noon in New York.
        await world.AdvanceToAsync(LearningTown.At("2027-01-12 17:00"));
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await CourseStage.LastAsync(world, "bilal")).Message.ShouldContain("lesson 2 of 3");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("America/New_York", "2027-01-11 08:30", "2027-01-11 14:01")]
    [InlineData("Asia/Tokyo", "2027-01-11 08:01", "2027-01-11 08:01")]
    public async Task A_lesson_that_was_planned_where_somebody_no_longer_is_does_not_come_at_night(string zone, string notYet, string here)
    {
        await using var world = await CourseStage.StartedAsync("pace: weekdays at 09:00", ThreeLessons);
        await CourseStage.BeginAsync(world, "ann");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("The next one comes Monday 09:00 your time.");
        var ann = world.As("ann");
        await world.LetAsync(ann.CallAsync("PUT", $"/users/{ann.Id}/patch", new JsonObject
        {
            ["timezone"] = new JsonObject { ["useAutomaticTimezone"] = "false", ["manualTimezone"] = zone, ["automaticTimezone"] = "" },
        }));

        // Nine in Berlin is three at night in New York, and five in the afternoon in Tokyo.
        if (notYet != here)
        {
            await world.AdvanceToAsync(LearningTown.At(notYet));
            (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
        }

        await world.AdvanceToAsync(LearningTown.At(here));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 3");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_can_go_on_before_the_next_lesson_comes_and_does_not_get_it_twice()
    {
        await using var world = await CourseStage.StartedAsync("pace: daily", ThreeLessons);
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.PressAsync(world, "ann", "Next lesson now");
        await CourseStage.AnswerAsync(world, "ann", "No");
        await CourseStage.PressAsync(world, "ann", "Next lesson now");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 3 of 3");
        var before = (await Stage.DirectAsync(world, "ann")).Count;
        await world.AdvanceToAsync(LearningTown.At("2027-01-11 12:00"));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_pace_of_ones_own_goes_before_the_author_s()
    {
        await using var world = await CourseStage.StartedAsync("pace: self", ThreeLessons);
        (await world.LetAsync(world.As("ann").CommandAsync("/learn settings pace every 2 days at 10:00", "learning"))).Text
            .ShouldBe("Lessons now come: every 2 days at 10:00. One that is on its way comes as planned.");
        await CourseStage.BeginAsync(world, "ann");
        // Two days after Friday is Sunday, on which she does not work.
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("The next one comes Monday 10:00 your time.");
        await CourseStage.BeginAsync(world, "bilal");
        (await CourseStage.LastAsync(world, "bilal")).Buttons.ShouldContain(button => button.Label == "Next lesson");

        await world.LetAsync(world.As("ann").CommandAsync("/learn settings pace self", "learning"));
        await world.AdvanceToAsync(LearningTown.At("2027-01-11 09:01"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 3", customMessage: "what was on its way comes as planned");
        await CourseStage.AnswerAsync(world, "ann", "Yes");
        (await CourseStage.LastAsync(world, "ann")).Buttons.ShouldContain(button => button.Label == "Next lesson");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_reminders_and_then_it_rests_and_says_so()
    {
        await using var world = await CourseStage.StartedAsync("", ThreeLessons);
        await CourseStage.BeginAsync(world, "ann");
        // Friday 09:00: two working days later is Tuesday, a week later Friday, two weeks later the Friday after that.
        await world.AdvanceToAsync(LearningTown.At("2027-01-12 07:30"));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
        await world.AdvanceToAsync(LearningTown.At("2027-01-12 09:00"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldStartWith("**Good messages** waits for you at lesson 1 of 3, **One**.");
        await world.AdvanceToAsync(LearningTown.At("2027-01-15 09:00"));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(3);
        await world.AdvanceToAsync(LearningTown.At("2027-01-22 09:00"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldStartWith("**Good messages** rests at lesson 1 of 3, **One**: I have paused it and write no more about it.");
        await world.AdvanceToAsync(LearningTown.At("2027-03-01 09:00"));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(4);
        await CourseStage.PressAsync(world, "ann", "Go on");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 3");
        (await world.Store.FindAsync(LearningEvent.ByPerson, world.As("ann").Id, TestContext.Current.CancellationToken)).Count(fact => fact.Verb == Verbs.Reminded).ShouldBe(2);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_tries_in_between_is_reminded_anew_at_the_same_place()
    {
        await using var world = await CourseStage.StartedAsync("", "## One\n### Do: reply with a code block\nShow one line.\n\n## Two\nRead this.\n");
        await CourseStage.BeginAsync(world, "ann");
        await world.AdvanceToAsync(LearningTown.At("2027-01-12 09:00"));
        (await RemindersAsync()).ShouldBe(1);
        // A Tuesday: two working days later is Thursday.
        await world.LetAsync(world.As("ann").ReplyAsync(CourseStage.Opening(world), "Here is the line."));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("What is missing: a code block.");
        await world.AdvanceToAsync(LearningTown.At("2027-01-14 08:30"));
        (await RemindersAsync()).ShouldBe(1);
        await world.AdvanceToAsync(LearningTown.At("2027-01-14 16:00"));
        (await RemindersAsync()).ShouldBe(2);
        world.Log.Problems.ShouldBeEmpty();

        async Task<int> RemindersAsync() =>
            (await Stage.DirectAsync(world, "ann")).Count(post => post.Message.StartsWith("**Good messages** waits for you at lesson 1 of 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_has_turned_reminders_off_or_paused_everything_gets_none_and_no_lesson()
    {
        await using var world = await CourseStage.StartedAsync("pace: daily", "## One\nRead this.\n\n## Two\nAnd this.\n");
        await CourseStage.BeginAsync(world, "ann");
        await world.LetAsync(world.As("ann").CommandAsync("/learn pause until 2027-01-20", "learning"));
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 20:00"));
        (await Stage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("lesson")).ShouldBe(1);
        await world.AdvanceToAsync(LearningTown.At("2027-01-21 12:00"));
        (await Stage.DirectAsync(world, "ann")).Count(post => post.Message.Contains("lesson 2 of 2")).ShouldBe(1);

        await CourseStage.BeginAsync(world, "bilal");
        await CourseStage.PressAsync(world, "bilal", "Next lesson now");
        await world.LetAsync(world.As("bilal").CommandAsync("/learn reminders off", "learning"));
        var before = (await Stage.DirectAsync(world, "bilal")).Count;
        await world.AdvanceToAsync(LearningTown.At("2027-03-01 12:00"));
        (await Stage.DirectAsync(world, "bilal")).Count.ShouldBe(before);
        world.Log.Problems.ShouldBeEmpty();
    }
}
