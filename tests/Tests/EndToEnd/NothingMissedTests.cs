using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What is stored of a thread is what stands in it, however badly it was heard.</summary>
public sealed class NothingMissedTests
{
    private static readonly string[] People = ["ann", "bilal", "dev", "hana.lead"];

    [Theory]
    [InlineData(20270111)]
    [InlineData(4)]
    public async Task Replies_and_reactions_count_as_they_stand_after_cuts_gaps_and_restarts(int seed)
    {
        await using var world = await Stage.OpenedAsync(prepare: world => world.CallsMayFail = true);
        var opening = Stage.Opening(world);
        var dice = new Random(seed);
        List<(SeenPost Post, string By)> replies = [];
        HashSet<(string Post, string By, string Emoji)> reactions = [];

        for (var step = 1; step <= 300; step++)
        {
            var who = People[dice.Next(People.Length)];
            var (target, by) = replies.Count == 0 ? (opening, "") : replies[dice.Next(replies.Count)];
            switch (dice.Next(replies.Count == 0 ? 1 : 10))
            {
                case < 4:
                    replies.Add((await world.As(who).ReplyAsync(opening, $"Reply {step}"), who));
                    break;
                case < 7:
                    var emoji = new[] { "tada", "bulb", "+1" }[dice.Next(3)];
                    if (reactions.Add((target.Id, who, emoji)))
                        await world.As(who).ReactAsync(target, emoji);
                    break;
                case 7 when reactions.Count > 0:
                    var taken = reactions.ElementAt(dice.Next(reactions.Count));
                    reactions.Remove(taken);
                    await world.As(taken.By).UnreactAsync(replies.Single(one => one.Post.Id == taken.Post).Post, taken.Emoji);
                    break;
                case 8:
                    await world.As(by).EditAsync(target, $"Edited in step {step}");
                    break;
                case 9:
                    replies.Remove((target, by));
                    reactions.RemoveWhere(one => one.Post == target.Id);
                    await world.As(by).DeleteAsync(target);
                    break;
            }

            if (step % 25 == 0)
                await DisturbAsync(world, step / 25);
        }

        world.Mattermost.Faults.Clear();
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        await ShouldBeStoredAsync(world, $"seed {seed}", replies, reactions);
    }

    [Fact]
    public async Task What_happens_to_a_reply_at_once_is_not_missed()
    {
        await using var world = await Stage.OpenedAsync();
        var opening = Stage.Opening(world);
        List<(SeenPost Post, string By)> replies = [];
        HashSet<(string Post, string By, string Emoji)> reactions = [];
        for (var i = 0; i < 40; i++)
        {
            // No pause between them: the reaction is told before the reply is stored.
            var reply = await world.As("ann").ReplyAsync(opening, $"Reply {i}");
            await world.As("bilal").ReactAsync(reply, "tada");
            if (i % 3 == 0)
            {
                await world.As("ann").DeleteAsync(reply);
                continue;
            }

            replies.Add((reply, "ann"));
            reactions.Add((reply.Id, "bilal", "tada"));
        }

        await world.SettleAsync();
        await ShouldBeStoredAsync(world, "at once", replies, reactions);
    }

    [Fact]
    public async Task More_than_a_thousand_posts_in_one_gap_are_all_found()
    {
        await using var world = await Stage.OpenedAsync();
        var opening = Stage.Opening(world);
        List<(SeenPost Post, string By)> replies = [];
        await world.StopSidecarAsync();
        for (var i = 0; i < 1_200; i++)
        {
            var who = People[i % People.Length];
            if (i % 2 == 0)
                replies.Add((await world.As(who).ReplyAsync(opening, $"Reply {i}"), who));
            else
                await world.As(who).PostAsync("learning", $"Elsewhere {i}");
        }

        for (var i = 0; i < 600; i++)
            replies.Add((await world.As("dev").ReplyAsync(opening, $"Late reply {i}"), "dev"));
        await world.StartSidecarAsync();

        await ShouldBeStoredAsync(world, "one gap", replies, []);
    }

    private static async Task DisturbAsync(SidecarWorld world, int number)
    {
        switch (number)
        {
            case 1 or 5 or 9:
                world.Mattermost.Faults.CutSockets();
                break;
            case 2 or 6 or 10:
                world.Mattermost.Faults.ForgetConnections();
                await world.AdvanceAsync(TimeSpan.FromSeconds(20));
                break;
            case 3:
                world.Mattermost.Faults.StallSockets();
                break;
            case 4:
                world.Mattermost.Faults.FlowSockets();
                await world.SettleAsync();
                break;
            case 7:
                await world.StopSidecarAsync();
                await world.StartSidecarAsync();
                break;
            case 8 or 11:
                await world.KillSidecarAsync();
                await world.StartSidecarAsync();
                break;
        }
    }

    private static async Task ShouldBeStoredAsync(
        SidecarWorld world, string because, List<(SeenPost Post, string By)> replies, HashSet<(string Post, string By, string Emoji)> reactions)
    {
        var round = await Stage.RoundAsync(world);
        var contributions = await world.Store.FindAsync(Contribution.ByOccurrence, round.Id);
        contributions.Select(one => one.PostId).Order().ShouldBe(replies.Select(one => one.Post.Id).Order(), because);
        (await world.Store.FindAsync(Reaction.ByOccurrence, round.Id)).Select(one => (one.PostId, one.PersonId, one.Emoji)).Order()
            .ShouldBe(reactions.Select(one => (one.Post, world.As(one.By).Id, one.Emoji)).Order(), because);
        round.Contributors.ShouldBe(replies.Select(one => one.By).Distinct().Count(), because);
        foreach (var part in await world.Store.FindAsync(Participation.ByOccurrence, round.Id))
            part.Contributions.ShouldBe(replies.Count(one => world.As(one.By).Id == part.PersonId), because);
    }
}
