using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>
/// The largest that an author can write, of each kind: old servers take 16,383 characters of text and 8,000 of what hangs on it, and refuse the whole message beyond that, as
/// the stand-in does.
/// </summary>
public sealed class MessageSizeTests
{
    private static readonly string LongTitle = string.Join(' ', Enumerable.Repeat("Good messages", 6));
    private static readonly string LongText = string.Join("\n\n", Enumerable.Range(1, 20).Select(number => $"Paragraph {number}. {string.Concat(Enumerable.Repeat("Ask somebody. ", 45)).Trim()}"));
    private static readonly string LongLine = string.Concat(Enumerable.Repeat("Ask somebody. ", 200)).Trim();

    /// <summary>Six options, each with as much to say as fits beside the others.</summary>
    private static readonly string LargeQuestion =
        $"Which is it?\n{LongText}\n\n- [x] The first. {LongLine[..900]}\n  > {LongLine}\n{string.Concat(Enumerable.Range(2, 5).Select(number => $"- [ ] Number {number}. {LongLine[..900]}\n  > {LongLine}\n"))}";

    [Fact]
    public async Task Of_a_quiz_at_any_time_and_of_its_answer_that_takes_the_place_of_the_question()
    {
        await using var world = await QuizStage.StartedAsync("mode: any time\nshuffle: no", $"{LongText}\n\n## Question: {LargeQuestion}\n\n## Wrap-up\n{LongText}", LongTitle);
        var ann = world.As("ann");
        await world.LetAsync(ann.ClickAsync(QuizStage.Opening(world, LongTitle), "Start"));
        var asked = (await QuizStage.DirectAsync(world, "ann")).Single(post => post.Buttons.Any());
        asked.Buttons.Count().ShouldBe(6);
        (await world.LetAsync(ann.ClickAsync(asked, "A"))).Text.ShouldBeEmpty();
        var answered = ann.Look(asked.Id);
        answered.Buttons.ShouldBeEmpty();
        answered.Message.ShouldContain("Your answer: **A**");
        (await QuizStage.DirectAsync(world, "ann")).ShouldContain(post => post.Message.Contains("1 of 1 right"));
        await NothingWasRefusedAsync(world);
    }

    [Theory]
    [InlineData("window")]
    [InlineData("peer instruction")]
    public async Task Of_a_quiz_in_rounds(string mode)
    {
        var keys = $"mode: {mode}\nshuffle: no\nschedule: every Tuesday at 09:00\ntime-zone: Europe/London\nopen-for: 2 days\nrounds: 1";
        await using var world = await QuizStage.StartedAsync(keys, $"{LongText}\n\n## Question: {LargeQuestion}\n\n## Wrap-up\n{LongText}", LongTitle);
        await world.AdvanceToAsync(QuizStage.Tuesday.AddMinutes(1));
        var opening = QuizStage.Opening(world, LongTitle);
        foreach (var person in QuizStage.Crowd)
        {
            await world.LetAsync(world.As(person).ClickAsync(opening, opening.Buttons.First()));
            if (mode == "window")
                await world.LetAsync(world.As(person).ClickAsync((await QuizStage.DirectAsync(world, person)).Last(post => post.Buttons.Any()), "A"));
        }

        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(1).AddHours(20));
        await world.AdvanceToAsync(QuizStage.Tuesday.AddDays(2).AddMinutes(1));
        world.As("dev").Read("learning").ShouldContain(post => post.RootId == opening.Id && post.Message.Contains("is closed"));
        await NothingWasRefusedAsync(world);
    }

    [Fact]
    public async Task Of_a_course()
    {
        await using var world = await CourseStage.StartedAsync(body: $"{LongText}\n\n## Lesson 1: One\n{LongText}\n\n### Question: {LargeQuestion}\n\n## Lesson 2: Two\n{LongText}\n\n### Reflect: What do you leave out?\n{LongText}\n\n## Wrap-up\n{LongText}\n");
        var ann = world.As("ann");
        await CourseStage.BeginAsync(world, "ann");
        await world.LetAsync(ann.ClickAsync((await Stage.DirectAsync(world, "ann")).Last(post => post.Buttons.Any(button => button.Label == "B")), "B"));
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        (await CourseStage.WriteAsync(world, "ann", "Write", LongLine[..2_000], isShared: true)).IsClosed.ShouldBeTrue();
        (await Stage.DirectAsync(world, "ann")).ShouldContain(post => post.Message.StartsWith("**Certificate**", StringComparison.Ordinal));
        await NothingWasRefusedAsync(world);
    }

    [Fact]
    public async Task Of_a_prompt_series_and_of_a_challenge()
    {
        var content = Stage.Content(("body", LongText));
        content["series.md"] = $"---\nkind: prompt series\ntitle: {LongTitle}\nchannel: learning\nschedule: every Monday at 10:00\ntime-zone: Europe/London\nquiet-after: 2 days\nhost: hana.lead\n---\n{LongText}\n\n## Prompt\n{LongText}\n\n## Openers\n- {LongLine}\n- {LongLine}\n- {LongLine}\n\n## Prompt\nWhat else?\n";
        await using var world = await Stage.WorldAsync(content: content);
        await Stage.StartRunAsync(world);
        await Stage.StartRunAsync(world, "series");
        await world.AdvanceToAsync(Stage.Monday.AddDays(6));
        Stage.Openings(world).Count.ShouldBe(2);
        await NothingWasRefusedAsync(world);
    }

    private static async Task NothingWasRefusedAsync(SidecarWorld world)
    {
        (await world.Store.FindAsync(OutboxRow.ByStatus, OutboxRow.Queue)).ShouldBeEmpty();
        world.Mattermost.Transcript.Entries.ShouldAllBe(entry => entry.Text.Length <= 16_383);
        // What is longer than one message comes in several, and its author is told.
        world.Log.Problems.Where(problem => !problem.Contains("MLC308", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
