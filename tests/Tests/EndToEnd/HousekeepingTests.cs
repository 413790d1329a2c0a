using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What is over goes after its time: years leave no dead rows.</summary>
public sealed class HousekeepingTests
{
    private const string Challenge = """
        ---
        kind: challenge
        title: One good question
        summary: Ask somebody outside your team one question that you really want answered.
        channel: learning
        schedule: every Monday at 09:00
        time-zone: Africa/Accra
        open-for: 4 days
        remind: no
        rounds: 500
        start: when loaded
        host: hana.lead
        ---
        Ask somebody outside your team one question.
        """;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset Start = new(2027, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] People = [.. Enumerable.Range(1, 30).Select(number => $"person{number}")];

    [Fact]
    public async Task Two_years_of_a_weekly_challenge_with_thirty_people_leave_what_one_year_leaves()
    {
        await using var world = await WorldAsync();
        var runtime = world.Services.GetRequiredService<ActivityRuntime>();
        var monday = new DateTimeOffset(2027, 1, 4, 9, 0, 0, TimeSpan.Zero);
        await JumpToAsync(world, monday);
        var run = (await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running), Stop)).ShouldHaveSingleItem();
        foreach (var person in People)
            await runtime.ActAsync(run.Id, new Acted(world.As(person).Id, PersonAction.EveryRound, null), Stop);

        var counts = new List<Dictionary<string, int>>();
        for (var week = 1; week <= 105; week++)
        {
            await JumpToAsync(world, monday.AddDays(7 * week));
            var opening = world.As("person1").Read("learning").Last(post => post.RootId.Length == 0 && post.Message.StartsWith("**One good question**", StringComparison.Ordinal));
            await JumpToAsync(world, monday.AddDays((7 * week) + 2));
            var reply = await world.As(People[week % 30]).ReplyAsync(opening, $"In week {week} I asked somebody.");
            await world.LetAsync(world.As(People[(week + 1) % 30]).ReactAsync(reply, "tada"));
            await JumpToAsync(world, monday.AddDays((7 * week) + 4));
            await JumpToAsync(world, monday.AddDays((7 * week) + 5));
            if (week is 54 or 105)
                counts.Add(Count(world));
        }

        var (afterOneYear, afterTwo) = (counts[0], counts[1]);
        afterTwo["occurrences"].ShouldBeInRange(52, 54);
        afterTwo["participations"].ShouldBeInRange(51 * 30, 54 * 30);
        afterTwo["contributions"].ShouldBeInRange(51, 54);
        afterTwo["outbox"].ShouldBeLessThan(10);
        afterTwo["runs"].ShouldBe(1);
        afterTwo["enrollments"].ShouldBe(30);
        foreach (var (kind, count) in afterTwo)
            count.ShouldBeLessThanOrEqualTo(afterOneYear.GetValueOrDefault(kind) + 32, $"{kind} grow from year to year");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_open_or_runs_stays_whatever_its_age()
    {
        await using var world = await WorldAsync(("Privacy__RetentionDays", "1"));
        await world.AdvanceToAsync(new DateTimeOffset(2027, 1, 4, 9, 5, 0, TimeSpan.Zero));
        await world.LetAsync(world.As("person1").ClickAsync(world.As("person1").Latest("learning"), "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromDays(3));

        var open = Count(world);
        open["occurrences"].ShouldBe(1);
        open["participations"].ShouldBe(1);
        open["definitions"].ShouldBe(1);
        open["learning_events"].ShouldBe(0, "facts go by their own age");

        await world.AdvanceAsync(TimeSpan.FromDays(2) + TimeSpan.FromHours(23));

        var closed = Count(world);
        closed["occurrences"].ShouldBe(0);
        closed["participations"].ShouldBe(0);
        closed["due_times"].ShouldBe(0);
        closed["runs"].ShouldBe(1);
        closed["definitions"].ShouldBe(1, "the run goes by it");
    }

    [Fact]
    public async Task A_text_goes_when_its_rounds_and_runs_are_gone_and_it_is_offered_no_longer()
    {
        await using var world = await WorldAsync("when asked", ("Privacy__RetentionDays", "10"));
        var hana = world.As("hana.lead");
        var plan = await world.LetAsync(hana.CommandAsync("/learn start one-good-question", "learning"));
        await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));
        await world.AdvanceToAsync(new DateTimeOffset(2027, 1, 4, 9, 5, 0, TimeSpan.Zero));
        await world.LetAsync(world.As("person1").CommandAsync("/learn join one-good-question every round", "learning"));
        await world.AdvanceToAsync(Start.AddDays(8));
        await world.LetAsync(hana.CommandAsync("/learn stop one-good-question", "learning"));
        await world.StopSidecarAsync();
        File.Delete(Path.Combine(world.ContentFolder, "challenges/one-good-question.md"));
        await world.StartSidecarAsync();
        var before = Count(world);
        before["definitions"].ShouldBe(1);
        before["enrollments"].ShouldBe(0, "nothing of it opens again");

        await world.AdvanceAsync(TimeSpan.FromDays(20));

        Count(world).ShouldAllBe(kind => kind.Value == 0);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task That_a_file_which_starts_by_itself_was_stopped_stays_known()
    {
        await using var world = await WorldAsync(("Privacy__RetentionDays", "1"));
        await world.AdvanceAsync(TimeSpan.FromDays(8));
        await world.LetAsync(world.As("hana.lead").CommandAsync("/learn stop one-good-question", "learning"));

        await world.AdvanceAsync(TimeSpan.FromDays(10));

        var left = Count(world);
        left["runs"].ShouldBe(1);
        left["occurrences"].ShouldBe(0);
    }

    /// <summary>To a moment at which something is due, past all the naps in between: two years of hourly glances would take too long.</summary>
    private static async Task JumpToAsync(SidecarWorld world, DateTimeOffset moment)
    {
        world.Time.AdvanceTo(moment);
        await world.SettleAsync();
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));
    }

    private static Dictionary<string, int> Count(SidecarWorld world)
    {
        var everything = world.Store.Everything();
        return new[]
        {
            "occurrences", "participations", "contributions", "reactions", "due_times", "posted", "outbox", "learning_events", "definitions", "runs", "enrollments",
        }.ToDictionary(kind => kind, kind => everything.TryGetValue(kind, out var documents) ? documents.Count : 0);
    }

    private static Task<SidecarWorld> WorldAsync(params (string Name, string Value)[] settings) => WorldAsync("when loaded", settings);

    private static Task<SidecarWorld> WorldAsync(string start, params (string Name, string Value)[] settings) => SidecarWorld.StartAsync(
        Start, "hana.lead", Everybody,
        new Dictionary<string, string> { ["challenges/one-good-question.md"] = Challenge.Replace("when loaded", start, StringComparison.Ordinal) },
        world =>
        {
            foreach (var (name, value) in settings)
                world.Set(name, value);
        });

    private static void Everybody(Seed seed)
    {
        seed.AddUser("hana.lead", "Hana Lead", "Europe/London", teams: SidecarWorld.Team);
        foreach (var person in People)
            seed.AddUser(person, $"Person {person[6..]}", teams: SidecarWorld.Team);
        seed.AddChannel(SidecarWorld.Team, "learning", "Learning", members: ["hana.lead", .. People]);
    }
}
