using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Whoever is refused, or finds nothing, can have that told to the facilitators: with their name, and only when they say so.</summary>
public sealed class AskTests
{
    [Theory]
    [InlineData("/learn start one-good-question", "Ann Berg would like `/learn start one-good-question` in ~learning.")]
    [InlineData("/learn browse excel @channel", "Ann Berg looked for `excel @\u2060channel` and found nothing.")]
    public async Task A_wish_reaches_the_facilitators_once_a_day_when_its_asker_says_so(string typed, string told)
    {
        await using var world = await WorldAsync();
        var ann = world.As("ann");

        var answer = await world.LetAsync(ann.CommandAsync(typed, "learning"));
        answer.Post!.Buttons.Select(button => button.Label).ShouldBe(["Tell the facilitators", "Never mind"]);
        Told(world).ShouldBeEmpty();
        await world.LetAsync(ann.ClickAsync(answer.Post, "Tell the facilitators"));
        await world.LetAsync(ann.ClickAsync(answer.Post, "Tell the facilitators"));

        Told(world).ShouldBe([told]);
    }

    [Theory]
    [InlineData("/learn start one-good-question")]
    [InlineData("/learn browse excel")]
    public async Task Never_mind_tells_nobody(string typed)
    {
        await using var world = await WorldAsync();
        var ann = world.As("ann");

        var answer = await world.LetAsync(ann.CommandAsync(typed, "learning"));
        await world.LetAsync(ann.ClickAsync(answer.Post!, "Never mind"));

        Told(world).ShouldBeEmpty();
    }

    private static Task<SidecarWorld> WorldAsync() => Stage.WorldAsync(
        seed => seed.AddChannel(SidecarWorld.Team, "facilitators", "Facilitators", isPrivate: true, members: "bilal"),
        prepare: world =>
        {
            world.Set("Facilitators__Channel", "facilitators");
            world.Mattermost.Seed.AddToChannel(world.Mattermost.Seed.ChannelId(SidecarWorld.Team, "facilitators"), "learning");
        });

    private static IReadOnlyList<string> Told(SidecarWorld world) =>
        [.. world.As("bilal").Read("facilitators").Where(post => post.UserId == Stage.BotId(world) && post.Text.StartsWith("Ann Berg", StringComparison.Ordinal)).Select(post => post.Text)];
}
