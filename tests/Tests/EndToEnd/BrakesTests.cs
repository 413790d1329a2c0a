using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>How people make it silent: for everybody, for a channel, for one round, for themselves.</summary>
public sealed class BrakesTests
{
    [Fact]
    public async Task A_hold_silences_hints_reminders_and_wrap_ups_but_not_answers()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        (await town.SayAsync("hana.lead", "/learn hold")).ShouldStartWith("Everything is on hold now:");
        // What somebody does is answered as ever.
        await town.World.LetAsync(town.As("ann").ClickAsync(first, "I'm in"));
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await town.DirectMessagesAsync("ann"))[^1].Message.ShouldStartWith("You're in for this round");
        town.Look(first).Text.ShouldContain("In so far: Ann Berg");
        var (toAnn, toHana) = ((await town.DirectMessagesAsync("ann")).Count, (await town.DirectMessagesAsync("hana.lead")).Count);
        await town.ReplyAsync("bilal", first, "I asked my neighbours.");

        await town.CloseRoundAsync();

        town.Look(first).Text.ShouldEndWith("This round is closed.");
        town.Entries(TranscriptKind.Posted, "learning").Where(entry => entry.Who == "@learning").Count().ShouldBe(1, "the opening, and nothing in its thread");
        (await town.DirectMessagesAsync("ann")).Count.ShouldBe(toAnn, "no reminder");
        (await town.DirectMessagesAsync("hana.lead")).Count.ShouldBe(toHana, "no news for the host either");
    }

    [Fact]
    public async Task Rounds_that_come_due_on_hold_are_left_out_and_not_made_up_for_after_a_restart_and_a_release()
    {
        await using var town = await LearningTown.StartAsync();
        await town.SayAsync("hana.lead", "/learn hold everything");
        await town.World.StopSidecarAsync();
        await town.World.StartSidecarAsync();
        await town.World.AdvanceToAsync(LearningTown.FirstOpening.AddHours(1));
        town.Openings().ShouldBeEmpty();

        (await town.SayAsync("hana.lead", "/learn release")).ShouldStartWith("Everything is no longer on hold.");
        await town.World.AdvanceToAsync(LearningTown.FirstOpening.AddDays(2));
        town.Openings().ShouldBeEmpty();
        await town.World.AdvanceToAsync(LearningTown.SecondOpening.AddMinutes(1));

        town.Openings().Count.ShouldBe(1);
        (await town.SayAsync("hana.lead", "/learn release")).ShouldStartWith("Nothing like that is on hold");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(72, 0)]
    public async Task What_was_decided_before_a_hold_and_not_sent_yet_waits_for_its_end_as_long_as_it_makes_sense(int hours, int posts)
    {
        await using var town = await LearningTown.StartAsync();
        // For a quarter of an hour Mattermost takes no posts, and it comes back to silence.
        town.World.Mattermost.Faults.Choose = target => target is { Method: "POST", Path: "/posts" } ? Fault.TooMany(15 * 60) : null;
        await town.World.AdvanceToAsync(LearningTown.FirstOpening.AddMinutes(1));
        await town.SayAsync("hana.lead", "/learn hold ~learning");
        town.World.Mattermost.Faults.Clear();
        await town.World.AdvanceToAsync(LearningTown.FirstOpening.AddHours(hours));
        town.Openings().ShouldBeEmpty();

        await town.SayAsync("hana.lead", "/learn release ~learning");
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(10));

        town.Openings().Count.ShouldBe(posts);
    }

    [Theory]
    [InlineData("/learn hold ~learning until Friday", "~learning is on hold now:", "Friday 19 March, 00:00 London")]
    [InlineData("/learn hold until 22 March", "Everything is on hold now:", "Monday 22 March, 00:00 London")]
    [InlineData("/learn hold everything until 2027-03-16", "Everything is on hold now:", "Tuesday 16 March, 00:00 London")]
    public async Task A_hold_ends_by_itself_on_its_day(string command, string what, string end)
    {
        await using var town = await LearningTown.StartAsync();
        var answer = await town.SayAsync("hana.lead", command);
        answer.ShouldStartWith(what);
        answer.ShouldContain($"It ends by itself on {end}.");

        var schedule = await town.SayAsync("hana.lead", "/learn schedule");
        schedule.ShouldContain($" is on hold, as Hana Lead asked. It ends by itself on {end}.");
        schedule.ShouldContain("- Monday 15 March, 09:00: **One good question** in ~learning is left out, on hold");
        schedule.ShouldContain("- Monday 22 March, 09:00: **One good question** opens in ~learning");
        await town.World.AdvanceToAsync(LearningTown.SecondOpening.AddMinutes(1));

        town.Openings().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hold_on_another_channel_changes_nothing_here_and_a_day_that_is_none_is_refused()
    {
        await using var town = await LearningTown.StartAsync();
        (await town.SayAsync("hana.lead", "/learn hold ~off-topic")).ShouldContain("`/learn release ~off-topic` ends the hold.");
        (await town.SayAsync("hana.lead", "/learn hold ~nowhere")).ShouldStartWith("I don't find a channel `nowhere`");
        (await town.SayAsync("hana.lead", "/learn hold until yesterday")).ShouldStartWith("I can't read `yesterday`");
        (await town.SayAsync("ann", "/learn hold")).ShouldStartWith("I haven't changed anything");
        await town.OpenRoundAsync();

        (await town.SayAsync("hana.lead", "/learn release")).ShouldStartWith("~off-topic is no longer on hold.");
    }

    [Fact]
    public async Task A_skipped_round_is_left_out_and_shown_and_can_be_undone()
    {
        await using var town = await LearningTown.StartAsync();
        (await town.SayAsync("hana.lead", "/learn skip one-good-question")).ShouldBe(
            "The round of **One good question** in ~learning on Monday 09:00 your time is left out. "
            + "The one after it opens Monday 22 March, 09:00 your time. `/learn skip one-good-question undo` takes that back.");
        (await town.SayAsync("hana.lead", "/learn skip one-good-question")).ShouldContain("is left out already");
        (await town.SayAsync("hana.lead", "/learn schedule")).ShouldContain("- Monday 15 March, 09:00: **One good question** in ~learning is skipped");
        (await town.SayAsync("hana.lead", "/learn skip one-good-question undo")).ShouldContain("opens after all");
        await town.SayAsync("hana.lead", "/learn skip one-good-question");

        await town.World.AdvanceToAsync(LearningTown.FirstOpening.AddHours(3));
        town.Openings().ShouldBeEmpty();
        (await town.SayAsync("hana.lead", "/learn skip one-good-question undo")).ShouldStartWith("No coming round");
        await town.OpenNextRoundAsync();
    }

    [Fact]
    public async Task Dates_in_not_on_are_shown_as_skipped()
    {
        await using var town = await LearningTown.StartAsync(
            LearningTown.Challenge.Replace("rounds: 6", "rounds: 6\nnot-on: 2027-03-15", StringComparison.Ordinal));

        var schedule = await town.SayAsync("hana.lead", "/learn schedule");

        schedule.ShouldContain("- Monday 15 March, 09:00: **One good question** in ~learning is skipped");
        schedule.ShouldContain("- Monday 22 March, 09:00: **One good question** opens in ~learning");
    }

    [Fact]
    public async Task Who_pauses_is_neither_reminded_nor_counted_in_until_the_pause_ends()
    {
        await using var town = await LearningTown.StartAsync();
        await town.ReplyAsync("dev", await town.OpenRoundAsync(), "I asked a customer.");
        await town.SayAsync("ann", "/learn join one-good-question every round");
        await town.SayAsync("bilal", "/learn join one-good-question every round");
        await town.World.AdvanceAsync(TimeSpan.FromMinutes(1));
        var written = (await town.DirectMessagesAsync("ann")).Count;

        (await town.SayAsync("ann", "/learn pause 2 weeks")).ShouldStartWith("You have paused until Monday 29 March,");
        (await town.SayAsync("ann", "/learn")).ShouldContain("You have paused;");
        await town.CloseRoundAsync();
        var second = await town.OpenNextRoundAsync();
        second.Text.ShouldContain("In so far: Bilal Khan");
        second.Text.ShouldNotContain("Ann Berg");
        (await town.DirectMessagesAsync("ann")).Count.ShouldBe(written);
        await town.ReplyAsync("dev", second, "I asked another one.");
        // Not yet a week later: the pause ends at the time of day at which it began, some minutes after that round has opened.
        await town.World.AdvanceToAsync(LearningTown.SecondOpening.AddDays(14));

        town.Openings()[^1].Text.ShouldContain("Ann Berg");
    }

    [Fact]
    public async Task A_pause_without_an_end_lasts_until_it_is_ended()
    {
        await using var town = await LearningTown.StartAsync();
        (await town.SayAsync("ann", "/learn join one-good-question every round")).ShouldContain("every round");
        (await town.SayAsync("ann", "/learn resume")).ShouldStartWith("You had not paused");
        (await town.SayAsync("ann", "/learn pause for ages")).ShouldStartWith("I can't read");
        (await town.SayAsync("ann", "/learn pause")).ShouldStartWith("You have paused: no reminders");
        (await town.OpenRoundAsync()).Text.ShouldNotContain("Ann Berg");

        (await town.SayAsync("ann", "/learn resume")).ShouldStartWith("You are back");
        (await town.OpenNextRoundAsync()).Text.ShouldContain("In so far: Ann Berg");
    }
}
