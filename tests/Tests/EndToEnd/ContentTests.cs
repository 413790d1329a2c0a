using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Somebody edits the content folder while the sidecar runs.</summary>
public sealed class ContentTests
{
    private const string File = $"challenges/{Stage.Slug}.md";
    private const string BrokenText = """
        **`challenges/one-good-question.md` has an error in line 10.**
        `six` is not a whole number from 1 to 500. Write `rounds: 6`.
        Until that is mended, its last good version stays in use.
        """;

    private const string MendedText = "`challenges/one-good-question.md` is without errors again. What it says now counts from the next round on, a new schedule at once.";

    private static readonly TimeSpan Poll = TimeSpan.FromHours(3);
    private static readonly TimeSpan UntilSeen = Poll + TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilTold = UntilSeen + TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_edited_text_counts_from_the_next_round_on()
    {
        await using var world = await WorldAsync();
        await world.AdvanceToAsync(Stage.Monday);

        world.WriteContent(File, Stage.Challenge(("title", "One better question")));
        await world.AdvanceToAsync(Stage.Monday.AddDays(7));

        Stage.Openings(world).Select(post => post.Text.Split('\n')[0]).ShouldBe(["**One good question**", "**One better question**"]);
        Told(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edited_schedule_counts_at_once_and_makes_up_for_nothing()
    {
        await using var world = await WorldAsync();
        await world.AdvanceToAsync(Stage.Monday.AddDays(2));

        // It is Wednesday: Tuesday has passed, and was never promised.
        world.WriteContent(File, Stage.Challenge(("schedule", "every Tuesday at 10:00")));
        await world.AdvanceAsync(UntilSeen);
        Stage.Openings(world).Count.ShouldBe(1);
        // Somebody changes their mind, and changes it back.
        world.WriteContent(File, Stage.Challenge(("schedule", "every Thursday at 10:00")));
        await world.AdvanceAsync(UntilSeen);
        world.WriteContent(File, Stage.Challenge(("schedule", "every Tuesday at 10:00")));

        await world.AdvanceToAsync(Stage.Monday.AddDays(8).AddHours(1).AddMinutes(-1));
        Stage.Openings(world).Count.ShouldBe(1, "neither Thursday nor Monday is its day");
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        Stage.Openings(world).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_file_is_offered_and_one_that_starts_when_loaded_starts()
    {
        await using var world = await WorldAsync();

        world.WriteContent("shortcut.md", Stage.Challenge(("title", "Show your shortcut"), ("start", "when loaded"), ("schedule", "every Tuesday at 10:00")));
        world.WriteContent("thanks.md", Stage.Challenge(("title", "Thank a helper")));
        await world.AdvanceAsync(UntilSeen);

        (await world.LetAsync(world.As("hana.lead").CommandAsync("/learn browse", "learning"))).Text.ShouldContain("Thank a helper");
        await world.AdvanceToAsync(Stage.Monday.AddDays(1).AddHours(1));
        Stage.Openings(world).ShouldContain(post => post.Text.StartsWith("**Show your shortcut**", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_file_goes_on_as_it_was_and_the_facilitators_are_told_once_and_told_when_it_is_mended()
    {
        await using var world = await WorldAsync();

        world.WriteContent(File, Stage.Challenge(("title", "Something else"), ("rounds", "six")));
        await world.AdvanceAsync(UntilTold);
        Told(world).ShouldBe([BrokenText]);

        await world.AdvanceToAsync(Stage.Monday);
        Stage.Opening(world).Text.ShouldStartWith("**One good question**");
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await world.AdvanceAsync(UntilTold);
        Told(world).ShouldBe([BrokenText], "a restart is no reason to tell it again");

        world.WriteContent(File, Stage.Challenge(("title", "Something else")));
        await world.AdvanceAsync(UntilTold);
        Told(world).ShouldBe([BrokenText, MendedText]);
        await world.AdvanceToAsync(Stage.Monday.AddDays(7));
        Stage.Opening(world, 2).Text.ShouldStartWith("**Something else**");

        // The same mistake, made anew.
        world.WriteContent(File, Stage.Challenge(("rounds", "six")));
        await world.AdvanceAsync(UntilTold);
        Told(world).ShouldBe([BrokenText, MendedText, BrokenText]);
    }

    [Fact]
    public async Task An_error_that_was_mended_and_comes_back_is_told_again_while_another_one_stands()
    {
        await using var world = await WorldAsync();
        world.WriteContent(File, Stage.Challenge(("rounds", "six"), ("open-for", "ever")));
        await world.AdvanceAsync(UntilTold);
        Told(world).ShouldHaveSingleItem().ShouldContain("There is one more error in it.");

        world.WriteContent(File, Stage.Challenge(("open-for", "ever")));
        await world.AdvanceAsync(UntilTold);
        Told(world).Count.ShouldBe(1, "the file is not mended yet, and what stands was told");

        world.WriteContent(File, Stage.Challenge(("rounds", "six"), ("open-for", "ever")));
        await world.AdvanceAsync(UntilTold);
        Told(world).Count.ShouldBe(2);
        Told(world)[1].ShouldBe(BrokenText);
    }

    [Fact]
    public async Task A_file_that_is_mended_while_the_sidecar_is_down_is_told_of_when_it_is_back()
    {
        await using var world = await WorldAsync();
        world.WriteContent(File, Stage.Challenge(("rounds", "six")));
        await world.AdvanceAsync(UntilTold);

        await world.StopSidecarAsync();
        world.WriteContent(File, Stage.Challenge());
        await world.StartSidecarAsync();

        Told(world).ShouldBe([BrokenText, MendedText]);
    }

    [Fact]
    public async Task What_is_mended_within_a_moment_is_somebody_at_work()
    {
        await using var world = await WorldAsync(poll: TimeSpan.FromSeconds(1));
        world.WriteContent(File, Stage.Challenge(("rounds", "six")));
        await world.AdvanceAsync(TimeSpan.FromSeconds(8));
        world.WriteContent(File, Stage.Challenge(("rounds", "seven")));
        await world.AdvanceAsync(TimeSpan.FromSeconds(8));
        world.WriteContent(File, Stage.Challenge(("rounds", "7")));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        Told(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_never_was_good_is_said_not_to_be_startable_and_one_that_is_deleted_needs_no_word()
    {
        await using var world = await WorldAsync();
        world.WriteContent("new.md", "Just a text, by @channel.");
        await world.AdvanceAsync(UntilTold);
        Told(world).ShouldHaveSingleItem().ShouldBe(
            """
            **`new.md` has an error in line 1.**
            A content file begins with front matter. Begin with a line `---`, then lines such as `kind: challenge` and `title: One good question`, then another line `---`.
            Until that is mended, it cannot be started; what runs already goes on as before.
            """);

        System.IO.File.Delete(Path.Combine(world.ContentFolder, "new.md"));
        await world.AdvanceAsync(UntilTold);
        Told(world).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Many_broken_files_are_one_message_that_names_as_many_as_one_can_read()
    {
        await using var world = await WorldAsync();
        for (var number = 1; number <= 20; number++)
            world.WriteContent($"broken-{number:00}.md", Stage.Challenge(("rounds", "six"), ("open-for", "ever")));
        await world.AdvanceAsync(UntilTold);

        var told = Told(world).ShouldHaveSingleItem();
        told.Length.ShouldBeLessThan(700);
        told.ShouldContain("There is one more error in it.");
        told.ShouldContain("`broken-02.md`");
        told.ShouldEndWith("more content files have errors; the sidecar's log names them.");
    }

    [Fact]
    public async Task Without_a_channel_of_facilitators_it_stands_in_the_log()
    {
        await using var world = await WorldAsync(world => world.Set("Facilitators__Channel", null));
        world.WriteContent(File, Stage.Challenge(("rounds", "six")));
        await world.AdvanceAsync(UntilTold);

        Told(world).ShouldBeEmpty();
        world.Log.Problems.ShouldContain(line => line.Contains("`six` is not a whole number from 1 to 500.", StringComparison.Ordinal));
    }

    private static Task<SidecarWorld> WorldAsync(Action<SidecarWorld>? prepare = null, TimeSpan? poll = null) => Stage.StartedAsync(
        seed => seed.AddChannel(SidecarWorld.Team, "facilitators", "Facilitators", isPrivate: true, members: "bilal"),
        prepare: world =>
        {
            world.ContentPoll = poll ?? Poll;
            world.Set("Facilitators__Channel", "facilitators");
            world.Mattermost.Seed.AddToChannel(world.Mattermost.Seed.ChannelId(SidecarWorld.Team, "facilitators"), "learning");
            prepare?.Invoke(world);
        });

    private static IReadOnlyList<string> Told(SidecarWorld world) =>
        [.. world.As("bilal").Read("facilitators").Where(post => post.UserId == Stage.BotId(world) && !post.Message.Contains("added", StringComparison.Ordinal)).Select(post => post.Text)];
}
