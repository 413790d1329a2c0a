using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>
/// Four weeks of a weekly challenge as people live through it: three time zones, a change to summer time in the middle, a restart, a
/// round that nobody answers. The transcript is kept beside this file and is meant to be read.
/// </summary>
public sealed class FourWeeksTests
{
    private const string Challenge = """
        ---
        kind: challenge
        title: One good question
        summary: Ask somebody outside your team one question that you really want answered.
        channel: learning
        schedule: every Monday at 09:00
        time-zone: Europe/London
        open-for: 4 days
        remind: 1 day before close
        rounds: 4
        host: hana.lead
        when-missed: send late
        ---
        Ask somebody outside your team **one question** that you really want answered. Then tell us in this thread: the question, and what you learned.

        ## Hint after 1 day
        "What do you know now that you wish you had known a year ago?" works with nearly everybody.

        ## Wrap-up
        What did asking feel like? Whom will you ask next week?
        """;

    [Fact]
    public async Task A_challenge_runs_for_four_weeks()
    {
        // Summer time begins in London on Sunday 28 March 2027, between the second round and the third.
        await using var world = await SidecarWorld.StartAsync(
            At("2027-03-12 15:00"), "hana.lead", Everybody, new Dictionary<string, string> { ["challenges/one-good-question.md"] = Challenge });
        var (hana, ann, bilal, chiara, dev) = (world.As("hana.lead"), world.As("ann"), world.As("bilal"), world.As("chiara"), world.As("dev"));

        // Friday: the host looks at what would happen, and starts it.
        var plan = await world.LetAsync(hana.CommandAsync("/learn start one-good-question", "learning"));
        await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));
        await world.LetAsync(ann.CommandAsync("/learn", "learning"));

        // Week 1: three join, two of them reply; one goes on to every round.
        await world.AdvanceToAsync(At("2027-03-15 09:05"));
        var first = Opening(world, 1);
        await world.LetAsync(ann.ClickAsync(first, "I'm in"));
        await world.LetAsync(bilal.ClickAsync(first, "I'm in"));
        await world.LetAsync(chiara.ClickAsync(first, "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        await world.LetAsync(ann.ClickAsync(await LastDirectAsync(world, "ann"), "Every round"));
        await world.AdvanceToAsync(At("2027-03-15 11:00"));
        var annsReply = await world.LetAsync(ann.ReplyAsync(first, "I asked Nia from finance how she closes the books. She keeps a list of surprises."));
        await world.LetAsync(bilal.ReactAsync(annsReply, "tada"));
        await world.LetAsync(chiara.ReactAsync(annsReply, "bulb"));
        await world.AdvanceToAsync(At("2027-03-17 14:00"));
        await world.LetAsync(dev.ReplyAsync(first, "Asked a customer what they print. Everything, it turns out."));
        await world.LetAsync(bilal.ReplyAsync(first, "I asked my neighbour team why they test on Fridays."));
        await world.AdvanceToAsync(At("2027-03-19 12:00"));

        // Week 2: nobody says anything; a reminder for those who are in.
        await world.AdvanceToAsync(At("2027-03-22 09:05"));
        await world.LetAsync(bilal.ClickAsync(Opening(world, 2), "I'm in"));
        await world.AdvanceToAsync(At("2027-03-24 18:00"));
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await world.AdvanceToAsync(At("2027-03-26 12:00"));

        // Week 3, in summer time: a reply that comes while the sidecar is down, and one that is taken back.
        await world.AdvanceToAsync(At("2027-03-29 09:05"));
        var third = Opening(world, 3);
        await world.StopSidecarAsync();
        await chiara.ReplyAsync(third, "I asked the night shift what they wish we knew.");
        var taken = await dev.ReplyAsync(third, "Wrong thread.");
        await world.StartSidecarAsync();
        await world.LetAsync(dev.DeleteAsync(taken));
        await world.AdvanceToAsync(At("2027-03-30 09:00"));
        await world.LetAsync(ann.CommandAsync("/learn leave one-good-question", "learning"));
        await world.AdvanceToAsync(At("2027-04-02 12:00"));

        // Week 4: the last one. The host is asked, and says to go on.
        await world.AdvanceToAsync(At("2027-04-09 12:00"));
        await world.LetAsync(hana.ClickAsync(await LastDirectAsync(world, "hana.lead"), "Go on"));
        await world.AdvanceToAsync(At("2027-04-09 12:05"));
        await world.LetAsync(bilal.CommandAsync("/learn", "learning"));

        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "four-weeks");
        Snapshot.Verify(string.Join('\n', await Stage.FactsAsync(world, ["ann", "bilal", "chiara", "dev"])), "four-weeks-facts");
        world.Log.Problems.ShouldBeEmpty();
    }

    private static void Everybody(Seed seed)
    {
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        seed.AddUser("ann", "Ann Berg", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("bilal", "Bilal Khan", "America/New_York", teams: SidecarWorld.Team);
        seed.AddUser("chiara", "Chiara Rossi", "Asia/Tokyo", teams: SidecarWorld.Team);
        seed.AddUser("dev", "Dev Patel", teams: SidecarWorld.Team);
        seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", "ann", "bilal", "chiara", "dev"]);
    }

    private static SeenPost Opening(SidecarWorld world, int round) =>
        world.As("dev").Read("learning").Where(post => post.RootId.Length == 0 && post.Message.StartsWith("**One good question**", StringComparison.Ordinal)).ElementAt(round - 1);

    private static async Task<SeenPost> LastDirectAsync(SidecarWorld world, string person) =>
        world.As(person).Latest(await world.As(person).DirectAsync("learning"));

    private static DateTimeOffset At(string utcOrLondonWinter) =>
        new(DateTime.Parse(utcOrLondonWinter, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
