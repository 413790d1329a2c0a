using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>
/// One commit that asks for hundreds of messages, and fifty kills while they go out: each row stands exactly once, and each conversation
/// in its order. `MATTERMOST_LEARNING_SCALE=14` makes it five thousand rows.
/// </summary>
public sealed class FanOutTests
{
    private const int Kills = 50;
    private const int Threads = 12;
    private const int InThread = 5;
    private const int ToEachPerson = 3;
    private static readonly int People = 120 * Trials.Scale;

    /// <summary>After so many kills Mattermost itself restarts, and after so many the bot's token is replaced.</summary>
    private const int ServerRestart = 17;
    private const int NewToken = 34;

    public static TheoryData<int> Seeds => [.. Trials.Seeds(20270114)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_row_of_a_great_fan_out_stands_once_and_in_order_after_fifty_kills(int seed)
    {
        var names = Enumerable.Range(1, People).Select(i => $"person{i}").ToList();
        await using var world = await Stage.WorldAsync(
            start =>
            {
                foreach (var name in names)
                    start.AddUser(name, $"Person N{name[6..]}", "Europe/London", teams: SidecarWorld.Team);
            },
            prepare: world =>
            {
                world.MostAtOnce = 16;
                world.CallsMayFail = true;
                world.KeepTokenInFile(world.BotToken);
                world.Mattermost.Seed.AddToChannel(world.Mattermost.Seed.ChannelId(SidecarWorld.Team, "learning"), Stage.Bot);
            });
        var expected = await FanOutAsync(world, names);
        var rows = expected.Sum(one => one.Texts.Count) + Threads;
        var dice = new Random(seed);
        world.Mattermost.Faults.Choose = target => Draw(dice, target);

        // Each row is two commits; those under way when the process dies still arrive, how many is a matter of real time.
        var commitsBetween = rows / Kills;
        var kills = 0;
        world.Lifeline.CutWithCommit(1 + dice.Next(2 * commitsBetween));
        while (kills < Kills && await IsCutAsync(world))
        {
            await world.KillSidecarAsync();
            kills++;
            if (kills == ServerRestart)
                RestartServer(world);
            // In the life after the last kill everything comes to its end.
            world.CommitsOfNextLife = kills < Kills ? 1 + dice.Next(2 * commitsBetween) : null;
            await world.StartSidecarAsync();
            if (kills == NewToken)
                await ReplaceTokenAsync(world);
        }

        await world.AdvanceAsync(TimeSpan.FromMinutes(10));
        world.Mattermost.Faults.Clear();
        await world.AdvanceAsync(TimeSpan.FromMinutes(10));

        var (lost, doubled, disordered) = await CompareAsync(world, expected);
        var figures = $"seed {seed}: {rows} rows, {kills} kills, {world.Mattermost.Faults.Struck} faults, {lost} lost, {doubled} doubled, {disordered} out of order";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        (await world.Store.FindAsync(OutboxRow.ByStatus, OutboxRow.Queue)).ShouldBeEmpty(figures);
        (lost, doubled, disordered).ShouldBe((0, 0, 0), figures);
        kills.ShouldBeGreaterThan(Kills / 2, figures);
        world.Mattermost.Faults.Struck.ShouldBeGreaterThan(rows / 20, figures);
    }

    /// <summary>Some to each person, and threads in a channel whose opening is changed and marked after them.</summary>
    /// <returns>The texts that each conversation is to show, in order.</returns>
    private static async Task<List<(string Who, string Thread, List<string> Texts)>> FanOutAsync(SidecarWorld world, List<string> names)
    {
        var ledger = world.Services.GetRequiredService<LearningLedger>();
        var channelId = world.Mattermost.Seed.ChannelId(SidecarWorld.Team, "learning");
        var changes = new ChangeSet();
        List<(string Who, string Thread, List<string> Texts)> expected = [];
        for (var thread = 1; thread <= Threads; thread++)
        {
            var conversation = $"thread {thread}";
            var root = Row(ledger, conversation, "opening") with { ChannelId = channelId, Draft = $"{conversation}: opening" };
            changes.Save(root);
            for (var i = 1; i <= InThread; i++)
                changes.Save(Row(ledger, conversation, $"reply {i}") with { ChannelId = channelId, RootRowId = root.Id, Draft = $"{conversation}: reply {i}" });
            changes.Save(Row(ledger, conversation, "edit") with { Operation = OutboxOperation.Edit, TargetRowId = root.Id, Draft = $"{conversation}: opened" });
            changes.Save(Row(ledger, conversation, "mark") with { Operation = OutboxOperation.React, TargetRowId = root.Id, Emoji = "seedling" });
            expected.Add(("", conversation, [$"{conversation}: opened", .. Enumerable.Range(1, InThread).Select(i => $"{conversation}: reply {i}")]));
        }

        foreach (var name in names)
        {
            for (var i = 1; i <= ToEachPerson; i++)
            {
                changes.Save(Row(ledger, $"direct/{name}", $"{i}") with
                {
                    PersonId = world.As(name).Id, Purpose = i < ToEachPerson ? MessagePurpose.Asked : MessagePurpose.Nudge, Draft = $"{name}: message {i}",
                });
            }

            expected.Add((name, "", [.. Enumerable.Range(1, ToEachPerson).Select(i => $"{name}: message {i}")]));
        }

        (await ledger.CommitAsync(changes, TestContext.Current.CancellationToken)).ShouldBe(CommitOutcome.Committed);
        return expected;
    }

    private static OutboxRow Row(LearningLedger ledger, string conversation, string name) => new()
    {
        Id = OutboxRow.IdOf(conversation, name), Conversation = conversation, Order = ledger.Next(), NotBefore = Stage.Friday, Purpose = MessagePurpose.Announce,
    };

    /// <summary>One call in ten. Who one is, is asked by every start first: that has tests of its own.</summary>
    internal static Fault? Draw(Random dice, FaultTarget target)
    {
        lock (dice)
        {
            if (target.Path == "/users/me" || dice.Next(10) > 0)
                return null;
            return dice.Next(6) switch
            {
                0 => Fault.TooMany(1),
                1 => Fault.Answer(500),
                2 => Fault.Answer(503),
                3 => Fault.LostRequest,
                4 => Fault.LostReply,
                _ => Fault.HalfReply,
            };
        }
    }

    /// <summary>Whether the process has died of its commit; false when there is nothing left to be done before it.</summary>
    private static async Task<bool> IsCutAsync(SidecarWorld world)
    {
        for (var second = 0; !world.Lifeline.IsCut; second++)
        {
            if ((await world.Store.FindAsync(OutboxRow.ByStatus, OutboxRow.Queue)).Count == 0)
                return false;
            second.ShouldBeLessThan(600, "the outbox stands still");
            await world.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        return true;
    }

    /// <summary>Nobody is there for three seconds, whatever else goes on meanwhile.</summary>
    private static void RestartServer(SidecarWorld world)
    {
        world.Mattermost.Faults.IsDown = true;
        world.Mattermost.Faults.Restart();
        world.After(TimeSpan.FromSeconds(3), () => world.Mattermost.Faults.IsDown = false);
    }

    private static async Task ReplaceTokenAsync(SidecarWorld world)
    {
        world.Mattermost.Seed.Revoke(world.BotToken);
        world.Mattermost.Faults.CutSockets();
        await world.AdvanceAsync(TimeSpan.FromSeconds(20));
        world.KeepTokenInFile(world.Mattermost.Seed.TokenFor(Stage.Bot));
        await world.TokenIsTakenUpAsync();
    }

    private static async Task<(int Lost, int Doubled, int Disordered)> CompareAsync(
        SidecarWorld world, List<(string Who, string Thread, List<string> Texts)> expected)
    {
        var (lost, doubled, disordered) = (0, 0, 0);
        var inChannel = world.As("hana.lead").Read("learning");
        foreach (var (who, thread, texts) in expected)
        {
            var stands = who.Length > 0
                ? [.. (await Stage.DirectAsync(world, who)).Select(post => post.Text)]
                : inChannel.Select(post => post.Text).Where(text => text.StartsWith($"{thread}: ", StringComparison.Ordinal)).ToList();
            lost += texts.Except(stands).Count();
            doubled += stands.Count - stands.Distinct().Count();
            disordered += stands.Distinct().SequenceEqual(texts.Intersect(stands)) && !stands.Except(texts).Any() ? 0 : 1;
        }

        return (lost, doubled, disordered);
    }
}
