using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Exactly one visible message for each row of the outbox, in order, while everything fails that can.</summary>
public sealed class OutboxFaultTests
{
    private const int Crowd = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task A_Mattermost_that_is_down_at_the_opening_gets_it_once_when_it_is_back(int minutes)
    {
        await using var world = await Stage.StartedAsync(prepare: world => world.CallsMayFail = true);
        await world.AdvanceToAsync(Stage.Monday - TimeSpan.FromMinutes(1));
        world.Mattermost.Faults.IsDown = true;
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromMinutes(minutes));
        Stage.Openings(world).ShouldBeEmpty();

        world.Mattermost.Faults.IsDown = false;
        await world.AdvanceAsync(TimeSpan.FromMinutes(3));
        await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        Stage.Openings(world).ShouldHaveSingleItem().Text.ShouldContain("In so far: Ann Berg");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20270114)]
    public async Task Every_row_stands_once_and_in_order_after_faults_kills_and_a_new_token(int seed)
    {
        var names = Enumerable.Range(1, Crowd).Select(i => $"person{i}").ToList();
        await using var world = await Stage.OpenedAsync(
            start =>
            {
                foreach (var name in names)
                    start.AddUser(name, $"Person N{name[6..]}", "Europe/London", teams: SidecarWorld.Team);
                start.AddToChannel(start.AddChannel(SidecarWorld.Team, "crowd", "Crowd"), names);
            },
            Stage.Content(("channel", "crowd")),
            world =>
            {
                world.MostAtOnce = 8;
                world.KeepTokenInFile(world.BotToken);
            });
        var opening = Stage.Openings(world, "crowd", names[0]).ShouldHaveSingleItem();
        foreach (var name in names)
            await world.As(name).ClickAsync(opening, "I'm in");
        await world.AdvanceToAsync(Stage.At("2027-01-14 08:59"));

        world.CallsMayFail = true;
        var dice = new Random(seed);
        world.Mattermost.Faults.Choose = target => FanOutTests.Draw(dice, target);

        // The reminders of sixty people go out at nine; the process dies twice among them, once in the act of writing something down.
        world.Lifeline.CutWithCommit(30 + dice.Next(60));
        await UntilAsync(world, () => world.Lifeline.IsCut);
        await world.KillSidecarAsync();
        await world.StartSidecarAsync();
        world.Mattermost.Faults.Restart();
        await world.AdvanceAsync(TimeSpan.FromSeconds(dice.Next(1, 30)));
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        world.Mattermost.Seed.Revoke(world.BotToken);
        world.Mattermost.Faults.CutSockets();
        await world.AdvanceAsync(TimeSpan.FromSeconds(20));
        world.KeepTokenInFile(world.Mattermost.Seed.TokenFor(Stage.Bot));
        await world.TokenIsTakenUpAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(10));
        world.Mattermost.Faults.Clear();
        await world.AdvanceAsync(TimeSpan.FromMinutes(10));

        var because = $"seed {seed}, {world.Mattermost.Faults.Struck} faults";
        world.Mattermost.Faults.Struck.ShouldBeGreaterThan(10, because);
        (await world.Store.FindAsync(OutboxRow.ByStatus, OutboxRow.Queue)).ShouldBeEmpty(because);
        foreach (var name in names)
        {
            var texts = (await Stage.DirectAsync(world, name)).Select(post => post.Text[..10]).ToList();
            texts.ShouldBe(["You're in ", "**One good"], $"{because}: {name}");
        }

        Stage.Openings(world, "crowd", names[0]).Count.ShouldBe(1, because);
        world.As(names[0]).Read("crowd").Count(post => post.Text.StartsWith("A hint:", StringComparison.Ordinal)).ShouldBe(1, because);
        Stage.NobodySawTheInside(world);
    }

    private static async Task UntilAsync(SidecarWorld world, Func<bool> isSo)
    {
        for (var second = 0; second < 120 && !isSo(); second++)
            await world.AdvanceAsync(TimeSpan.FromSeconds(1));
        isSo().ShouldBeTrue();
    }
}
