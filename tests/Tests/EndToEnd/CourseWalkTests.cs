using CsCheck;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Whatever somebody presses, in whatever order, old buttons among it: they keep their place, get nothing twice, and can go on to the end.</summary>
public sealed class CourseWalkTests
{
    private const string Lessons = """
        ## One
        ### Question: Is it one?
        - [x] Yes
        - [ ] No

        ### Question: Is it not two?
        - [x] Yes
        - [ ] No

        ## Two
        Read this.

        ## Three
        ### Reflect: What do you think?

        ### Do: reply in ~nowhere

        ## Four
        ### Do: reply with a question
        """;

    private static readonly string[] Typed = ["/learn continue", $"/learn join {CourseStage.Slug}", $"/learn leave {CourseStage.Slug}"];

    [Theory]
    [InlineData("pace: self")]
    [InlineData("pace: daily")]
    [InlineData("pace: daily\ncohort: channel\nfrom: 2027-01-11")]
    [InlineData("pace: daily\ncohort: pairs\nfrom: 2027-01-11")]
    public async Task Any_walk_of_presses_keeps_the_place(string keys)
    {
        await using var world = await CourseStage.StartedAsync(keys, Lessons);
        await Gen.Int[0, 9_999].Array[40].AlwaysAsync(3, async draws =>
        {
            await CourseStage.BeginAsync(world, "ann");
            if (keys.Contains("cohort"))
                await world.AdvanceAsync(TimeSpan.FromDays(4));
            foreach (var draw in draws)
                await StepAsync(world, draw);
            // In a cohort nobody is ahead of the clock.
            await GoToTheEndAsync(world, keys.Contains("cohort") ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(2));
        });
        world.Log.Problems.ShouldBeEmpty();
    }

    private static async Task StepAsync(SidecarWorld world, int draw)
    {
        var ann = world.As("ann");
        var before = await Stage.DirectAsync(world, "ann");
        switch (draw % 20)
        {
            case 0:
                await world.LetAsync(ann.CommandAsync(Typed[draw / 20 % Typed.Length], "learning"));
                break;
            case 1:
                await world.LetAsync(ann.ReplyAsync(CourseStage.Opening(world), draw % 3 == 0 ? "Who knows?" : "I do."));
                break;
            case 2:
                await world.AdvanceAsync(TimeSpan.FromHours(30));
                break;
            default:
                // Of the last few messages any button, and at times both of two devices at once.
                var buttons = before.TakeLast(4).SelectMany(post => post.Buttons.Select(button => (post, button))).ToList();
                if (buttons.Count == 0)
                    break;
                var (pressed, which) = buttons[draw / 20 % buttons.Count];
                await world.LetAsync(Task.WhenAll(Enumerable.Range(0, 1 + (draw % 2)).Select(_ => TryAsync(() => ann.ClickAsync(pressed, which)))));
                if (ann.Dialog is not null)
                    await world.LetAsync(ann.SubmitAsync(new() { ["text"] = "My words." }, cancel: draw % 5 == 0));
                break;
        }

        var after = await Stage.DirectAsync(world, "ann");
        if (draw % 20 > 2)
            (after.Count - before.Count).ShouldBeInRange(0, 2, "one press brings one message, and at the end a certificate");
        var part = await CourseStage.PartAsync(world, "ann");
        var state = part.State!.Value;
        var done = state.GetProperty("done").EnumerateArray().Select(each => each.GetInt32()).ToList();
        done.Count.ShouldBeInRange(1, 4);
        state.GetProperty("lesson").GetInt32().ShouldBeInRange(0, done.Count - 1);
        foreach (var (checks, most) in done.Zip([2, 0, 2, 1]))
            checks.ShouldBeInRange(0, most);
        // What is waited for in Mattermost is waited for by somebody who is at it.
        if (part.Watching is not null)
            (part.IsIn && part.FinishedAt is null && state.GetProperty("lesson").GetInt32() == 3).ShouldBeTrue();
    }

    private static async Task GoToTheEndAsync(SidecarWorld world, TimeSpan pause)
    {
        await world.LetAsync(world.As("ann").CommandAsync($"/learn join {CourseStage.Slug}", "learning"));
        for (var press = 0; (await CourseStage.PartAsync(world, "ann")).FinishedAt is null; press++)
        {
            press.ShouldBeLessThan(30, "whoever does what is asked comes to the end");
            await world.LetAsync(world.As("ann").CommandAsync("/learn continue", "learning"));
            var card = await CourseStage.LastAsync(world, "ann");
            var button = card.Buttons.First();
            if (button.Label is "Back" or "More")
                await world.LetAsync(world.As("ann").ReplyAsync(CourseStage.Opening(world), $"Who knows {press}?"));
            else
                await world.LetAsync(world.As("ann").ClickAsync(card, button));
            if (world.As("ann").Dialog is not null)
                await world.LetAsync(world.As("ann").SubmitAsync(new() { ["text"] = "My words." }));
            await world.AdvanceAsync(pause);
        }
    }

    private static async Task<Reply?> TryAsync(Func<Task<Reply>> act)
    {
        try
        {
            return await act();
        }
        catch (StandInException)
        {
            // The message has lost that button meanwhile, and a client that is up to date shows none.
            return null;
        }
    }
}
