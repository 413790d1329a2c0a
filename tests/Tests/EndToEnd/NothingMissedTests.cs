using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What is stored of a thread is what stands in it, however badly it was heard.</summary>
public sealed class NothingMissedTests
{
    private static readonly string[] People = ["ann", "bilal", "dev", "hana.lead"];

    /// <summary>A thousand changes, and after every twentieth of them something breaks: fifty times in all.</summary>
    private const int BetweenBreaks = 20;
    private static readonly int Steps = 1_000 * Trials.Scale;

    public static TheoryData<int> Seeds => [.. Trials.Seeds(20270111, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Replies_and_reactions_count_as_they_stand_after_cuts_gaps_and_restarts(int seed)
    {
        await using var world = await Stage.OpenedAsync(prepare: world => world.CallsMayFail = true);
        var opening = Stage.Opening(world);
        var dice = new Random(seed);
        var breaks = Enum.GetValues<Break>().ToDictionary(one => one, _ => 0);
        List<(SeenPost Post, string By)> replies = [];
        HashSet<(string Post, string By, string Emoji)> reactions = [];

        for (var step = 1; step <= Steps; step++)
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
                    // A reply that is deleted takes its reactions along.
                    replies.Remove((target, by));
                    reactions.RemoveWhere(one => one.Post == target.Id);
                    await world.As(by).DeleteAsync(target);
                    break;
            }

            if (step % BetweenBreaks == 0)
            {
                // Two restarts and two kills at places of their own; else whatever comes.
                var which = (step / BetweenBreaks % 50) switch
                {
                    7 or 32 => Break.Restart,
                    18 or 44 => Break.Kill,
                    _ => (Break)dice.Next((int)Break.Restart),
                };
                breaks[which]++;
                await BreakAsync(world, which, dice);
            }
        }

        world.Mattermost.Faults.Clear();
        // A real socket tells of its end in its own time: what counts is what is stored once the sidecar listens again.
        for (var wait = 0; wait == 0 || (wait < 12 && !await AreStoredAsync(world, replies)); wait++)
            await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        var figures = $"seed {seed}: {Steps} steps, {replies.Count} replies and {reactions.Count} reactions stand, {string.Join(", ", breaks.Select(one => $"{one.Value} x {one.Key}"))}";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        await ShouldBeStoredAsync(world, figures, replies, reactions);
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

    [Fact]
    public async Task Late_replies_of_a_week_are_found_after_a_gap_in_whatever_round_they_stand()
    {
        await using var world = await Stage.OpenedAsync(content: Stage.Content(("schedule", "0 9 * * 1,3,5"), ("open-for", "28 hours"), ("remind", "no")));
        var first = Stage.Opening(world);
        await world.LetAsync(world.As("ann").ReplyAsync(first, "In time."));
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromDays(4));
        (await Stage.RoundAsync(world, 3)).Status.ShouldBe(OccurrenceStatus.Open);

        await world.StopSidecarAsync();
        await world.As("bilal").ReplyAsync(first, "Late, but here it is.");
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        (await Stage.RoundAsync(world)).Contributors.ShouldBe(2);
    }

    private enum Break
    {
        Cut,
        ChangedConnection,
        Stall,
        Restart,
        Kill,
    }

    private static async Task BreakAsync(SidecarWorld world, Break which, Random dice)
    {
        // A stall lasts until the next break, or until the sidecar has given the connection up.
        if (world.Mattermost.Faults.AreSocketsStalled)
        {
            if (dice.Next(2) == 0)
                await world.AdvanceAsync(TimeSpan.FromSeconds(dice.Next(1, 90)));
            world.Mattermost.Faults.FlowSockets();
            await world.SettleAsync();
        }

        switch (which)
        {
            case Break.Cut:
                world.Mattermost.Faults.CutSockets();
                break;
            case Break.ChangedConnection:
                world.Mattermost.Faults.ForgetConnections();
                break;
            case Break.Stall:
                world.Mattermost.Faults.StallSockets();
                break;
            case Break.Restart:
                await world.StopSidecarAsync();
                await world.StartSidecarAsync();
                break;
            case Break.Kill:
                await world.KillSidecarAsync();
                await world.StartSidecarAsync();
                break;
        }

        // Some come while it still looks for a connection, some after.
        if (!world.Mattermost.Faults.AreSocketsStalled && dice.Next(2) == 0)
            await world.AdvanceAsync(TimeSpan.FromSeconds(dice.Next(1, 20)));
    }

    private static async Task<bool> AreStoredAsync(SidecarWorld world, List<(SeenPost Post, string By)> replies) =>
        (await world.Store.FindAsync(Contribution.ByOccurrence, (await Stage.RoundAsync(world)).Id)).Select(one => one.PostId).ToHashSet().SetEquals(replies.Select(one => one.Post.Id));

    /// <summary>A moment that came while there was no sidecar is decided at its start, by the thread as it stands, however late Mattermost says who the bot is.</summary>
    [Fact]
    public async Task The_bots_own_mark_is_nobodys_reaction_even_before_it_knows_who_it_is()
    {
        await using var world = await Stage.OpenedAsync(prepare: world => world.CallsMayFail = true);
        var opening = Stage.Opening(world);
        await world.LetAsync(world.As("bilal").ClickAsync(opening, "I'm in"));
        await world.LetAsync(world.As("ann").ReplyAsync(opening, "I asked why we do this by hand."));
        await world.StopSidecarAsync();
        await world.AdvanceToAsync(Stage.Monday.AddDays(4).AddHours(2));

        // What is read once the WebSocket is up would mend it again: it is looked at before.
        var early = -1;
        world.Mattermost.Faults.Plan("GET", "/users/me", Fault.Slow(TimeSpan.FromSeconds(5)), times: 3);
        world.After(TimeSpan.FromSeconds(2), () => early = world.Store.Everything().GetValueOrDefault("reactions")?.Count ?? 0);
        await world.StartSidecarAsync();

        early.ShouldBe(0);
        (await world.Store.FindAsync(Reaction.ByOccurrence, (await Stage.RoundAsync(world)).Id)).ShouldBeEmpty();
        (await Stage.RoundAsync(world)).Status.ShouldNotBe(OccurrenceStatus.Open);
    }

    private static async Task ShouldBeStoredAsync(
        SidecarWorld world, string because, List<(SeenPost Post, string By)> replies, HashSet<(string Post, string By, string Emoji)> reactions)
    {
        var round = await Stage.RoundAsync(world);
        var contributions = await world.Store.FindAsync(Contribution.ByOccurrence, round.Id);
        // What differs says more than two long lists.
        var (stored, stand) = (contributions.Select(one => one.PostId).ToList(), replies.Select(one => one.Post.Id).ToList());
        stand.Except(stored).ShouldBeEmpty($"{because}: missed");
        stored.Except(stand).ShouldBeEmpty($"{because}: counted and gone");
        (await world.Store.FindAsync(Reaction.ByOccurrence, round.Id)).Select(one => (one.PostId, one.PersonId, one.Emoji)).Order()
            .ShouldBe(reactions.Select(one => (one.Post, world.As(one.By).Id, one.Emoji)).Order(), because);
        round.Contributors.ShouldBe(replies.Select(one => one.By).Distinct().Count(), because);
        foreach (var part in await world.Store.FindAsync(Participation.ByOccurrence, round.Id))
            part.Contributions.ShouldBe(replies.Count(one => world.As(one.By).Id == part.PersonId), because);
    }
}
