using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A text that is longer than Mattermost takes in one message.</summary>
public sealed class LongMessageTests
{
    private static readonly string Body = string.Join(
        "\n\n", Enumerable.Range(1, 60).Select(number => $"Paragraph {number}. {string.Join(' ', Enumerable.Repeat("Ask somebody.", 50))}"));

    [Fact]
    public async Task It_goes_on_in_its_thread_each_piece_once_and_in_order()
    {
        await using var world = await Stage.OpenedAsync(content: Stage.Content(("body", Body)));

        var opening = Stage.Openings(world).ShouldHaveSingleItem();
        opening.Message.ShouldStartWith("**One good question**\nParagraph 1.");
        opening.Message.ShouldEndWith("Your host is Hana Lead.");
        opening.Buttons.Select(button => button.Label).ShouldBe(["I'm in", "How it works"]);
        var thread = Thread(world, opening.Id);
        thread.Count.ShouldBeGreaterThan(1);
        thread.ShouldAllBe(text => text.StartsWith("Paragraph ", StringComparison.Ordinal));
        var all = string.Join('\n', thread.Prepend(opening.Message));
        Enumerable.Range(1, 60).ShouldAllBe(number => all.Split($"Paragraph {number}.").Length == 2);

        await world.LetAsync(world.As("ann").ClickAsync(opening, "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));
        var joined = world.As("ann").Look(opening.Id);
        joined.Message.ShouldBe(opening.Message);
        joined.Text.ShouldContain("In so far: Ann Berg");
        Thread(world, opening.Id).ShouldBe(thread);
    }

    private static List<string> Thread(SidecarWorld world, string rootId) =>
        [.. world.As("ann").Read("learning").Where(post => post.RootId == rootId).Select(post => post.Message)];
}
