using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Tests.Unit.Content;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Days of `Calendar__Holidays`: nothing opens, `/learn schedule` says which and why, and the round is not made up for.</summary>
public sealed class HolidaysTests
{
    [Fact]
    public async Task A_round_on_a_holiday_is_skipped_and_shown_with_its_name()
    {
        await using var world = await Stage.StartedAsync(prepare: world => With(world, ("Plough Monday @all", "DTSTART;VALUE=DATE:20270110\nDTEND;VALUE=DATE:20270112")));

        var schedule = (await world.LetAsync(world.As("hana.lead").CommandAsync("/learn schedule", "learning"))).Text;
        schedule.ShouldContain("- Monday 11 January, 09:00: **One good question** in ~learning is skipped: Plough Monday @\u2060all\n");
        schedule.ShouldContain("- Monday 18 January, 09:00: **One good question** opens in ~learning");
        (await Stage.DirectAsync(world, "hana.lead"))[^1].Text.ShouldContain("The first round opens Monday 18 January, 09:00 London");

        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromHours(8));
        Stage.Openings(world).ShouldBeEmpty();
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromDays(7));
        Stage.Openings(world).Count.ShouldBe(1);
        // Of four planned rounds none was used up.
        (await Stage.RunAsync(world)).Rounds.ShouldBe(1);
    }

    [Theory]
    [InlineData("Asia/Tokyo", "every Monday at 08:00", "20270111", true)]
    [InlineData("Asia/Tokyo", "every Monday at 08:00", "20270110", false)]
    [InlineData("America/New_York", "every Monday at 22:00", "20270111", true)]
    [InlineData("America/New_York", "every Monday at 22:00", "20270112", false)]
    public async Task A_date_is_one_of_the_runs_own_zone(string zone, string schedule, string date, bool isSkipped)
    {
        await using var world = await Stage.StartedAsync(
            content: Stage.Content(("time-zone", zone), ("schedule", schedule)), prepare: world => With(world, ("Holiday", $"DTSTART;VALUE=DATE:{date}")));

        await world.AdvanceToAsync(Stage.At("2027-01-13 12:00"));

        Stage.Openings(world).Count.ShouldBe(isSkipped ? 0 : 1);
    }

    [Fact]
    public async Task A_file_that_changed_counts_from_the_next_start_on()
    {
        await using var world = await Stage.StartedAsync(prepare: world => With(world, ("Far away", "DTSTART;VALUE=DATE:20271225")));
        await world.StopSidecarAsync();
        With(world, ("Far away", "DTSTART;VALUE=DATE:20271225"), ("Plough Monday", "DTSTART;VALUE=DATE:20270111"));
        await world.StartSidecarAsync();

        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromHours(8));

        Stage.Openings(world).ShouldBeEmpty();
        (await Stage.RunAsync(world)).Status.ShouldBe(RunStatus.Running);
    }

    [Fact]
    public async Task A_calendar_in_which_every_day_is_free_leaves_no_date_to_start_on()
    {
        await using var world = await Stage.WorldAsync(prepare: world => With(world, ("Always", "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY")));

        var reply = await world.LetAsync(world.As("hana.lead").CommandAsync("/learn start one-good-question", "learning"));

        reply.Text.ShouldStartWith("**One good question** has no date left to run on, so nothing was started.");
    }

    private static void With(SidecarWorld world, params (string Summary, string Lines)[] events)
    {
        var file = Path.Combine(world.ContentFolder, "..", "holidays.ics");
        File.WriteAllText(file, HolidayTests.Ics(events));
        world.Set("Calendar__Holidays", file);
    }
}
