using MattermostLearning.Activities.Engine.Documents;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Downtime, changed files and clocks that are set: each round opens once, when it may, or not at all.</summary>
public sealed class TimeTests
{
    [Theory]
    [InlineData("every Monday at 09:00", "send late", "2027-01-11 08:00", "2027-01-11 13:00", "2027-01-11 13:00")]
    [InlineData("every Monday at 16:00", "send late", "2027-01-11 15:00", "2027-01-11 19:00", "2027-01-12 09:00")]
    [InlineData("every Monday at 02:00", "send late", "2027-01-11 01:00", "2027-01-11 06:00", "2027-01-11 09:00")]
    [InlineData("every Monday at 09:00", "send late", "2027-01-11 08:00", "2027-01-13 08:30", "2027-01-13 09:00")]
    [InlineData("every Monday at 09:00", "send late", "2027-01-11 08:00", "2027-01-13 09:01", null)]
    [InlineData("every Monday at 09:00", "skip", "2027-01-11 08:00", "2027-01-11 10:00", null)]
    public async Task A_round_missed_while_down_opens_late_or_is_left_out(string schedule, string whenMissed, string down, string up, string? opens)
    {
        await using var world = await Stage.StartedAsync(content: Stage.Content(("schedule", schedule), ("when-missed", whenMissed)));
        await world.AdvanceToAsync(Stage.At(down));
        await world.StopSidecarAsync();
        world.Time.AdvanceTo(Stage.At(up));
        await world.StartSidecarAsync();
        await world.AdvanceToAsync(Stage.At("2027-01-16 12:00"));

        var rounds = await world.Store.FindAsync(Occurrence.ByRun, (await Stage.RunAsync(world)).Id);
        rounds.Select(round => round.OpenedAt).ShouldBe(opens is null ? [] : [Stage.At(opens)]);
        Stage.Openings(world).Count.ShouldBe(rounds.Count);
    }

    [Fact]
    public async Task A_hint_that_is_overdue_is_dropped_and_a_close_is_not()
    {
        await using var world = await Stage.OpenedAsync();
        await world.StopSidecarAsync();
        world.Time.AdvanceTo(Stage.At("2027-01-12 11:00"));
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromHours(1));
        world.As("ann").Read("learning").ShouldNotContain(post => post.Text.StartsWith("A hint", StringComparison.Ordinal));

        await world.StopSidecarAsync();
        world.Time.AdvanceTo(Stage.At("2027-01-15 20:00"));
        await world.StartSidecarAsync();

        (await Stage.RoundAsync(world)).Status.ShouldBe(OccurrenceStatus.Closed);
        Stage.Opening(world).Buttons.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2027-01-11 08:30", 1)]
    [InlineData("2027-01-11 09:30", -1)]
    public async Task A_clock_that_is_set_by_an_hour_opens_nothing_twice_and_loses_nothing(string at, int hours)
    {
        await using var world = await Stage.StartedAsync(prepare: world => world.LongestNap = TimeSpan.FromSeconds(30));
        await world.AdvanceToAsync(Stage.At(at));
        world.Time.Step(TimeSpan.FromHours(hours));
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromHours(5));

        Stage.Openings(world).Count.ShouldBe(1);
        (await world.Store.FindAsync(Occurrence.ByRun, (await Stage.RunAsync(world)).Id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_schedule_that_changed_between_two_starts_does_not_open_again_what_was_open()
    {
        await using var world = await Stage.OpenedAsync();
        await world.AdvanceAsync(TimeSpan.FromHours(1));
        await world.StopSidecarAsync();
        world.WriteContent($"challenges/{Stage.Slug}.md", Stage.Challenge(("schedule", "every Monday at 09:30"), ("title", "Another name")));
        await world.StartSidecarAsync();
        await world.AdvanceToAsync(Stage.At("2027-01-18 09:00"));
        Stage.Openings(world).Count.ShouldBe(1);

        await world.AdvanceToAsync(Stage.At("2027-01-18 09:30"));
        Stage.Openings(world).Count.ShouldBe(2);
        Stage.Opening(world, 1).Text.ShouldContain("One good question");
        Stage.Opening(world, 2).Text.ShouldContain("Another name");
    }

    [Fact]
    public async Task A_file_that_starts_when_loaded_starts_once_over_restarts()
    {
        await using var world = await Stage.WorldAsync(content: Stage.Content(("start", "when loaded")));
        for (var i = 0; i < 3; i++)
        {
            await world.StopSidecarAsync();
            await world.StartSidecarAsync();
        }

        await world.AdvanceToAsync(Stage.Monday);

        Stage.Openings(world).ShouldHaveSingleItem();
        (await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("when loaded")]
    public async Task A_run_that_was_stopped_stays_stopped_over_restarts_and_edits(string? start)
    {
        await using var world = await Stage.WorldAsync(content: Stage.Content(("start", start)));
        if (start is null)
            await Stage.StartRunAsync(world);
        await world.LetAsync(world.As("hana.lead").CommandAsync("/learn stop one-good-question", "learning"));
        await world.StopSidecarAsync();
        world.WriteContent($"challenges/{Stage.Slug}.md", Stage.Challenge(("start", start), ("title", "Another name")));
        await world.StartSidecarAsync();
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromDays(8));

        Stage.Openings(world).ShouldBeEmpty();
        (await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).ShouldBeEmpty();
    }
}
