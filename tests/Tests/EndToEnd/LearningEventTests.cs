using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What happens is kept as facts: when, who, what they did, of what, and what came of it. Insights and exports are made of these alone.</summary>
public sealed class LearningEventTests
{
    [Fact]
    public async Task A_quiz_tells_who_began_what_each_answered_and_who_got_to_the_end()
    {
        await using var world = await QuizStage.StartedAsync("mode: any time\nshuffle: no", "## Is it one?\n- [x] Yes\n- [ ] No\n\n## Is it two?\n- [x] Yes\n- [ ] No");
        await MinuteByMinuteAsync(
            world,
            () => world.LetAsync(world.As("ann").ClickAsync(QuizStage.Opening(world), "Start")),
            async () => await world.LetAsync(world.As("ann").ClickAsync(await QuizStage.LastDirectAsync(world, "ann"), "A")),
            async () => await world.LetAsync(world.As("ann").ClickAsync(await QuizStage.LastDirectAsync(world, "ann"), "B")),
            () => world.LetAsync(world.As("bilal").ClickAsync(QuizStage.Opening(world), "Start")),
            () => world.LetAsync(world.As("bilal").CommandAsync($"/learn leave {QuizStage.Slug}", "learning")),
            () => world.LetAsync(world.As("hana.lead").CommandAsync($"/learn stop {QuizStage.Slug}", "learning")));
        (await Stage.FactsAsync(world, QuizStage.Crowd)).ShouldBe(
        [
            "15:00 nobody opened the round", "15:00 hana.lead started the run",
            "15:01 ann joined the round", "15:01 ann started the round",
            "15:02 ann answered the round, f0c6c4aa4d:100",
            "15:03 ann answered the round, 0cf21394e9:0", "15:03 ann finished the round, 50",
            "15:04 bilal joined the round", "15:04 bilal started the round",
            "15:05 bilal left the round",
            "15:06 hana.lead stopped the round",
        ]);
    }

    [Fact]
    public async Task A_course_tells_who_began_what_they_answered_left_out_and_that_they_finished()
    {
        await using var world = await CourseStage.StartedAsync();
        await MinuteByMinuteAsync(
            world,
            () => CourseStage.BeginAsync(world, "ann"),
            () => CourseStage.AnswerAsync(world, "ann", "Three"),
            () => CourseStage.PressAsync(world, "ann", "Next lesson"),
            () => world.LetAsync(world.As("ann").CommandAsync("/learn continue pause", "learning")),
            () => world.LetAsync(world.As("ann").CommandAsync("/learn continue", "learning")),
            () => CourseStage.WriteAsync(world, "ann", "Write", "The long one."),
            () => CourseStage.PressAsync(world, "ann", "Next lesson"),
            () => CourseStage.PressAsync(world, "ann", "Next lesson"),
            () => world.LetAsync(world.As("ann").CommandAsync("/learn continue skip", "learning")),
            () => world.LetAsync(world.As("ann").ReplyAsync(CourseStage.Opening(world), "Here:\n```\nprinted 0 of 3\n```")),
            () => CourseStage.PressAsync(world, "ann", "Finish"), // says what was skipped
            () => CourseStage.PressAsync(world, "ann", "Finish"),
            () => world.LetAsync(world.As("bilal").CommandAsync($"/learn join {CourseStage.Slug}", "learning")),
            () => world.LetAsync(world.As("bilal").CommandAsync($"/learn leave {CourseStage.Slug}", "learning")));
        (await Stage.FactsAsync(world, ["ann", "bilal"])).ShouldBe(
        [
            "08:00 nobody opened the round", "08:00 hana.lead started the run",
            "08:01 ann joined the round", "08:01 ann started the round",
            "08:02 ann answered the round, 1.1:0",
            "08:04 ann paused the round",
            "08:06 ann answered the round, 2.1:",
            "08:09 ann left-out the round",
            "08:10 ann answered the round, 5.1:",
            "08:12 ann finished the round, 0",
            "08:13 bilal joined the round", "08:13 bilal started the round",
            "08:14 bilal left the round",
        ]);
    }

    [Fact]
    public async Task A_round_of_a_quiz_tells_of_its_opening_its_close_and_whom_it_reminded()
    {
        await using var world = await QuizStage.StartedAsync(
            "mode: window\nschedule: every Tuesday at 09:00\ntime-zone: Europe/London\nopen-for: 2 days\nremind: 20 hours before close\nrounds: 1\nshuffle: no", "## Is it one?\n- [x] Yes\n- [ ] No");
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        await MinuteByMinuteAsync(
            world,
            () => world.LetAsync(world.As("ann").ClickAsync(QuizStage.Opening(world), "Start")),
            async () => await world.LetAsync(world.As("ann").ClickAsync(await QuizStage.LastDirectAsync(world, "ann"), "A")),
            () => world.LetAsync(world.As("bilal").ClickAsync(QuizStage.Opening(world), "Start")),
            () => world.LetAsync(world.As("chiara").CommandAsync($"/learn join {QuizStage.Slug} every round", "learning")));
        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(2).AddMinutes(1));
        (await Stage.FactsAsync(world, QuizStage.Crowd)).ShouldBe(
        [
            "15:00 hana.lead started the run",
            "09:00 nobody opened the round",
            "09:02 ann joined the round", "09:02 ann started the round",
            "09:03 ann answered the round, f0c6c4aa4d:100", "09:03 ann finished the round, 100",
            "09:04 bilal joined the round", "09:04 bilal started the round",
            "09:05 chiara enrolled the round", "09:05 chiara joined the round", "09:05 chiara started the round",
            "13:00 bilal reminded the round", "13:00 chiara reminded the round",
            "09:00 nobody closed the round",
        ]);
    }

    /// <summary>One after the other, so that each has a moment of its own.</summary>
    private static async Task MinuteByMinuteAsync(SidecarWorld world, params IEnumerable<Func<Task>> acts)
    {
        foreach (var act in acts)
        {
            await world.AdvanceAsync(TimeSpan.FromMinutes(1));
            await act();
        }
    }
}
