using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Courses that people go through together. The transcripts are kept beside this file and are meant to be read.</summary>
public sealed class CohortTests
{
    private const string Channel = "cohort: channel\nfrom: 2027-01-18\npace: weekdays at 09:00";
    private const string Pairs = "cohort: pairs\nfrom: 2027-01-18\npace: weekdays at 09:00";

    private const string Lessons = """
        Write so that people can answer.

        ## Lesson 1: Your own messages
        Look at what you wrote yesterday.

        ### Reflect: Which of your messages had no answer?

        ## Lesson 2: One thing at a time
        ### Reflect: What do you leave out tomorrow?

        ## Lesson 3: Now you
        Write to somebody today.
        """;

    [Fact]
    public async Task In_a_channel_nobody_sees_what_others_wrote_before_the_next_lesson_comes_to_all()
    {
        await using var world = await CourseStage.StartedAsync(Channel, Lessons);
        foreach (var person in new[] { "ann", "bilal", "chiara" })
            await CourseStage.BeginAsync(world, person);
        (await Stage.DirectAsync(world, "ann")).ShouldBeEmpty();
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 09:01"));
        await CourseStage.WriteAsync(world, "ann", "Write", "The one to @channel.", isShared: true);
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 14:01"));
        await CourseStage.WriteAsync(world, "bilal", "Write", "All of them.");
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 08:59"));
        Replies(world).ShouldBeEmpty();
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 09:01"));
        Replies(world).ShouldHaveSingleItem().Message.ShouldStartWith("Ann Berg on **Your own messages**:\n> The one to @");
        // Chiara has written nothing, and gets the lesson all the same; what she writes late stands there at once.
        (await CourseStage.LastAsync(world, "chiara")).Message.ShouldContain("lesson 2 of 3");
        await CourseStage.PressAsync(world, "chiara", "Back");
        await CourseStage.WriteAsync(world, "chiara", "Write", "The long one.", isShared: true);
        Replies(world).Count.ShouldBe(2);
        await CourseStage.PressAsync(world, "chiara", "Next lesson");
        await CourseStage.WriteAsync(world, "chiara", "Write", "The greeting.", isShared: true);
        await world.AdvanceToAsync(LearningTown.At("2027-01-20 09:01"));
        await CourseStage.PressAsync(world, "chiara", "Finish");
        Snapshot.Verify(WithoutCodes(world.Mattermost.Transcript.ToString()), "cohort-channel");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_pairs_both_see_what_the_other_wrote_once_both_have_written()
    {
        await using var world = await CourseStage.StartedAsync(Pairs, Lessons, More);
        foreach (var person in new[] { "ann", "bilal", "chiara", "dora", "emil" })
            await CourseStage.BeginAsync(world, person);
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 15:00"));
        var groups = Groups(world);
        groups.Select(group => group.Count).Order().ShouldBe([2, 3]);
        var (pair, three) = (groups.Single(group => group.Count == 2), groups.Single(group => group.Count == 3));
        await CourseStage.WriteAsync(world, pair[0], "Write", "Mine.", isShared: true);
        Said(world, pair).Count.ShouldBe(1);
        await CourseStage.WriteAsync(world, pair[1], "Write", "And mine.", isShared: true);
        Said(world, pair).Skip(1).Select(each => each.Text.Split("> ")[1]).ShouldBe(["Mine.", "And mine."], ignoreOrder: true);
        // Two of three: the third is waited for, and not for ever.
        await CourseStage.WriteAsync(world, three[0], "Write", "One.", isShared: true);
        await CourseStage.WriteAsync(world, three[1], "Write", "Two.", isShared: true);
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 08:59"));
        Said(world, three).Count.ShouldBe(1);
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 09:01"));
        Said(world, three).Count.ShouldBe(3);
        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "cohort-pairs");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_comes_late_begins_at_once_catches_up_and_is_taken_along_by_a_pair()
    {
        await using var world = await CourseStage.StartedAsync(Pairs, Lessons, More);
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.BeginAsync(world, "bilal");
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 16:00"));
        await CourseStage.BeginAsync(world, "chiara");
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        Groups(world).ShouldContain(group => group.Count == 3);
        (await CourseStage.LastAsync(world, "chiara")).Message.ShouldContain("lesson 1 of 3");
        // The first lesson has ended, so what she writes on it waits for nobody; the second is there to be read already.
        await CourseStage.WriteAsync(world, "chiara", "Write", "The last one.", isShared: true);
        Said(world, ["ann", "bilal", "chiara"])[^1].Text.ShouldBe("Chiara Rossi on **Your own messages**:\n> The last one.");
        await CourseStage.PressAsync(world, "chiara", "Next lesson");
        await CourseStage.WriteAsync(world, "chiara", "Write", "Everything.");
        (await CourseStage.LastAsync(world, "chiara")).Buttons.Select(button => button.Label).ShouldBe(["Back", "More"]);
        await world.AdvanceToAsync(LearningTown.At("2027-01-20 09:01"));
        (await CourseStage.LastAsync(world, "chiara")).Message.ShouldContain("lesson 3 of 3");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_is_alone_keeps_what_they_write_until_somebody_comes()
    {
        await using var world = await CourseStage.StartedAsync(Pairs, Lessons);
        await CourseStage.BeginAsync(world, "ann");
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 10:00"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("Nobody else can read it at present");
        await CourseStage.PressAsync(world, "ann", "Write");
        world.As("ann").Dialog!.Json["dialog"]!["elements"]!.AsArray().Count.ShouldBe(1);
        await world.LetAsync(world.As("ann").SubmitAsync(new JsonObject { ["text"] = "Mine.", ["share"] = true }));
        (await Stage.DirectAsync(world, "ann"))[^2].Message.ShouldContain("Only you have this");
        Groups(world).ShouldBeEmpty();
        await CourseStage.BeginAsync(world, "bilal");
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        Groups(world).ShouldHaveSingleItem().ShouldBe(["ann", "bilal"]);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_leaves_and_comes_back_has_somebody_to_go_with_again()
    {
        await using var world = await CourseStage.StartedAsync(Pairs, Lessons);
        await CourseStage.BeginAsync(world, "ann");
        await CourseStage.BeginAsync(world, "bilal");
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 10:00"));
        await world.LetAsync(world.As("ann").CommandAsync($"/learn leave {CourseStage.Slug}", "learning"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await BuddiesAsync("bilal")).ShouldBeEmpty();

        await world.LetAsync(world.As("ann").CommandAsync($"/learn join {CourseStage.Slug}", "learning"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));

        (await BuddiesAsync("bilal")).ShouldBe([world.As("ann").Id]);
        (await BuddiesAsync("ann")).ShouldBe([world.As("bilal").Id]);
        world.Log.Problems.ShouldBeEmpty();

        async Task<IEnumerable<string?>> BuddiesAsync(string person) =>
            (await CourseStage.PartAsync(world, person)).State!.Value.GetProperty("buddies").EnumerateArray().Select(each => each.GetString());
    }

    [Fact]
    public async Task Who_came_while_nobody_was_on_the_way_is_taken_along_by_those_who_begin_anew()
    {
        await using var world = await CourseStage.StartedAsync(Pairs, "## One\nRead this.\n");
        string[] pair = ["ann", "bilal"];
        foreach (var person in pair)
            await CourseStage.BeginAsync(world, person);
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 15:00"));
        foreach (var person in pair)
            await CourseStage.PressAsync(world, person, "Finish");
        await CourseStage.BeginAsync(world, "chiara");
        await AnewAsync("ann");
        // Bilal is through, so that both of them would go alone.
        Groups(world).Select(group => string.Join(' ', group)).ShouldBe(["ann bilal", "ann chiara"]);

        await AnewAsync("bilal");

        Groups(world).Select(group => string.Join(' ', group)).ShouldBe(["ann bilal", "ann chiara", "ann bilal chiara"]);
        world.Log.Problems.ShouldBeEmpty();

        async Task AnewAsync(string person)
        {
            await world.LetAsync(world.As(person).CommandAsync($"/learn join {CourseStage.Slug}", "learning"));
            await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task A_lesson_comes_in_the_last_hour_of_a_working_day_too()
    {
        await using var world = await CourseStage.StartedAsync(Channel, Lessons, seed =>
        {
            seed.AddUser("mei", "Mei Lin", "Asia/Shanghai", teams: SidecarWorld.Team);
            seed.AddToChannel(seed.ChannelId(SidecarWorld.Team, "learning"), "mei");
        });
        await CourseStage.BeginAsync(world, "mei");
        // Nine in London is five in the afternoon in Shanghai.
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 09:01"));
        (await CourseStage.LastAsync(world, "mei")).Message.ShouldContain("lesson 1 of 3");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whose_buddy_goes_goes_on_with_others_and_nothing_is_kept_of_who_is_forgotten()
    {
        await using var world = await CourseStage.StartedAsync(Pairs, Lessons, More);
        foreach (var person in new[] { "ann", "bilal", "chiara", "dora" })
            await CourseStage.BeginAsync(world, person);
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 15:00"));
        var (pair, others) = Groups(world) is [var one, var other] ? (one, other) : throw new InvalidOperationException("Four people are two pairs.");
        await CourseStage.WriteAsync(world, pair[0], "Write", "Mine alone.", isShared: true);
        await world.LetAsync(world.As(pair[0]).CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        // Whoever was left has two others now; what the forgotten one had shared and nobody had read is never shown.
        Groups(world).ShouldContain(group => group.SequenceEqual(others.Append(pair[1]).Order(StringComparer.Ordinal)));
        await world.AdvanceToAsync(LearningTown.At("2027-01-20 12:00"));
        Stage.SaidBy(world).ShouldNotContain(said => said.Contains("Mine alone.") && said.Contains(" on **"));
        var gone = world.As(pair[0]).Id;
        foreach (var part in await world.Store.FindAsync(Participation.ByOccurrence, (await Stage.RoundAsync(world)).Id))
            part.State!.Value.ToString().ShouldNotContain(gone);
        (await world.Store.FindAsync(OutboxRow.ByOccurrence, (await Stage.RoundAsync(world)).Id)).ShouldNotContain(row => row.Group != null && row.Group.Contains(gone));

        // Of three, one leaves; the two others keep each other.
        await world.LetAsync(world.As(pair[1]).CommandAsync($"/learn leave {CourseStage.Slug}", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        foreach (var left in others)
            (await CourseStage.PartAsync(world, left)).State!.Value.GetProperty("buddies").EnumerateArray().Select(each => each.GetString()).ShouldBe([world.As(others.Single(each => each != left)).Id]);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Joining_twice_leaving_and_coming_back_before_it_begins_change_who_is_in_and_nothing_else()
    {
        await using var world = await CourseStage.StartedAsync(Channel, Lessons);
        var ann = world.As("ann");
        var opening = CourseStage.Opening(world);
        opening.Text.ShouldNotContain("In so far");
        await world.LetAsync(Task.WhenAll(ann.ClickAsync(opening, "I'm in"), ann.ClickAsync(opening, "I'm in")));
        (await world.LetAsync(ann.CommandAsync("/learn continue", "learning"))).Text.ShouldBe(
            "You're in for **Good messages**. The first lesson comes Monday 18 January, 10:00 your time, in your direct messages. `/learn leave good-messages` takes you out again.");
        await CourseStage.BeginAsync(world, "bilal");
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        CourseStage.Opening(world).Text.ShouldContain("In so far: Ann Berg and Bilal Khan");
        await world.LetAsync(ann.CommandAsync($"/learn leave {CourseStage.Slug}", "learning"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        CourseStage.Opening(world).Text.ShouldContain("In so far: Bilal Khan");
        await world.LetAsync(ann.CommandAsync($"/learn join {CourseStage.Slug}", "learning"));
        await world.StopSidecarAsync();
        // The text of a cohort is that with which it was announced, for whoever comes when.
        world.WriteContent($"courses/{CourseStage.Slug}.md", CourseStage.File(Channel.Replace("01-18", "02-15"), Lessons));
        await world.StartSidecarAsync();
        await CourseStage.BeginAsync(world, "chiara");
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 08:59"));
        (await Stage.DirectAsync(world, "ann")).ShouldBeEmpty();
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 09:01"));
        foreach (var person in new[] { "ann", "chiara" })
            (await Stage.DirectAsync(world, person)).ShouldHaveSingleItem().Message.ShouldContain("lesson 1 of 3");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_to_be_shown_outlives_a_restart_and_waits_for_a_hold()
    {
        await using var world = await CourseStage.StartedAsync(Channel, Lessons);
        await CourseStage.BeginAsync(world, "ann");
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 10:00"));
        await CourseStage.WriteAsync(world, "ann", "Write", "Mine.", isShared: true);
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await world.LetAsync(world.As("hana.lead").CommandAsync("/learn hold everything", "learning"));
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 12:00"));
        Replies(world).ShouldBeEmpty();
        (await Stage.DirectAsync(world, "ann")).ShouldNotContain(post => post.Message.Contains("lesson 2 of 3"));
        await world.LetAsync(world.As("hana.lead").CommandAsync("/learn release everything", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(6));
        Replies(world).ShouldHaveSingleItem().Message.ShouldContain("> Mine.");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_to_be_shown_is_not_shown_any_more_once_the_course_is_stopped()
    {
        await using var world = await CourseStage.StartedAsync(Channel, Lessons);
        await CourseStage.BeginAsync(world, "ann");
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 10:00"));
        await CourseStage.WriteAsync(world, "ann", "Write", "Mine.", isShared: true);
        await world.LetAsync(world.As("hana.lead").CommandAsync($"/learn stop {CourseStage.Slug}", "learning"));
        await world.AdvanceToAsync(LearningTown.At("2027-01-25 10:00"));
        Replies(world).ShouldBeEmpty();
        (await world.Store.FindAsync(OutboxRow.ByStatus, OutboxRow.Queue)).ShouldBeEmpty();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_does_nothing_gets_every_lesson_until_it_rests_and_can_make_up_for_it()
    {
        var body = string.Join("\n\n", Enumerable.Range(1, 20).Select(number => $"## L{number}\n### Question: Is it {number}?\n- [x] Yes\n- [ ] No"));
        await using var world = await CourseStage.StartedAsync(Channel, body);
        await CourseStage.BeginAsync(world, "ann");
        // A lesson a day is reminder enough; after two weeks it rests as ever.
        await world.AdvanceToAsync(LearningTown.At("2027-03-01 10:00"));
        var came = await Stage.DirectAsync(world, "ann");
        came.ShouldNotContain(post => post.Message.Contains("waits for you"));
        came[^1].Message.ShouldStartWith("**Good messages** rests at lesson 1");
        came.Count(post => post.Message.Contains("_Good messages, lesson")).ShouldBe(11);
        await CourseStage.PressAsync(world, "ann", "Go on");
        await CourseStage.AnswerAsync(world, "ann", "Yes");
        await CourseStage.PressAsync(world, "ann", "Next lesson");
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 12 of 20");
        (await CourseStage.PartAsync(world, "ann")).State!.Value.GetProperty("skipped").GetArrayLength().ShouldBe(10);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Between_two_lessons_whoever_has_one_to_do_is_reminded_and_on_the_day_of_a_lesson_nobody_is()
    {
        await using var world = await CourseStage.StartedAsync(Channel.Replace("weekdays", "every Monday and Wednesday"), Lessons);
        await CourseStage.BeginAsync(world, "ann");
        // Wednesday would be the day of the first reminder, and has a lesson; the next Monday has one, too. Then there are none left.
        await world.AdvanceToAsync(LearningTown.At("2027-01-26 20:00"));
        (await Stage.DirectAsync(world, "ann")).ShouldAllBe(post => post.Message.Contains("_Good messages, lesson"));
        await CourseStage.PressAsync(world, "ann", "Back");
        await world.AdvanceToAsync(LearningTown.At("2027-01-29 20:00"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldStartWith("**Good messages** waits for you at lesson 2 of 3");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_that_changes_under_a_cohort_changes_nothing_for_it()
    {
        await using var world = await CourseStage.StartedAsync(Channel, Lessons);
        await CourseStage.BeginAsync(world, "ann");
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 10:00"));
        await CourseStage.WriteAsync(world, "ann", "Write", "Mine.", isShared: true);
        await world.StopSidecarAsync();
        world.WriteContent($"courses/{CourseStage.Slug}.md", CourseStage.File(Channel, "## Only one\nThis is new.\n"));
        await world.StartSidecarAsync();

        // Who is in goes on, who comes later gets the same lessons, and what was written stands where it was to stand.
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 10:00"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 3");
        Replies(world).ShouldHaveSingleItem().Message.ShouldBe("Ann Berg on **Your own messages**:\n> Mine.");
        await CourseStage.BeginAsync(world, "bilal");
        (await CourseStage.LastAsync(world, "bilal")).Message.ShouldContain("lesson 1 of 3");
        (await Stage.DirectAsync(world, "bilal")).ShouldAllBe(post => !post.Message.Contains("This is new."));
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cohort_whose_channel_is_archived_goes_on_and_shares_no_more_there()
    {
        await using var world = await CourseStage.StartedAsync(Channel, Lessons);
        await CourseStage.BeginAsync(world, "ann");
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        await world.LetAsync(world.As("root").CallAsync("DELETE", $"/channels/{CourseStage.Opening(world).ChannelId}"));
        await world.AdvanceToAsync(LearningTown.At("2027-01-18 10:00"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("Nobody else can read it at present");
        await CourseStage.WriteAsync(world, "ann", "Write", "Mine.");
        await world.AdvanceToAsync(LearningTown.At("2027-01-19 10:00"));
        (await CourseStage.LastAsync(world, "ann")).Message.ShouldContain("lesson 2 of 3");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_to_be_started_says_when_it_begins_and_a_day_that_has_passed_starts_nothing()
    {
        var others = new Dictionary<string, string>
        {
            ["courses/soon.md"] = CourseStage.File("cohort: channel\npace: daily", Lessons).Replace(CourseStage.Title, "Soon"),
            ["courses/past.md"] = CourseStage.File("cohort: channel\npace: daily\nfrom: 2027-01-07", Lessons).Replace(CourseStage.Title, "Past"),
        };
        await using var world = await CourseStage.StartedAsync(others: others);
        var hana = world.As("hana.lead");
        (await world.LetAsync(hana.CommandAsync("/learn start past", "learning"))).Text.ShouldStartWith("**Past** has no date left to run on");
        var plan = await world.LetAsync(hana.CommandAsync("/learn start soon", "learning"));
        plan.Text.ShouldContain("- announced at once; everybody goes through it together, from Monday 18 January on");
        await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));
        (await CourseStage.LastAsync(world, "hana.lead")).Message.ShouldBe("**Soon** is announced in ~learning, and its lessons come from Monday 18 January on. `/learn stop soon` stops it.");
        (await world.LetAsync(world.As("ann").CommandAsync("/learn", "learning"))).Text.ShouldContain("- **Soon** in ~learning, together with others");
        world.Log.Problems.ShouldBeEmpty();
    }

    private static void More(Seed seed)
    {
        seed.AddUser("dora", "Dora Lind", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("emil", "Emil Vogt", "Europe/London", teams: SidecarWorld.Team);
        seed.AddToChannel(seed.ChannelId(SidecarWorld.Team, "learning"), "dora", "emil");
    }

    /// <summary>What stands in the thread of the course.</summary>
    private static List<SeenPost> Replies(SidecarWorld world) =>
        [.. world.As("hana.lead").Read("learning").Where(post => post.RootId == CourseStage.Opening(world).Id)];

    /// <summary>The people of each conversation of several that the bot has begun, in order.</summary>
    private static List<List<string>> Groups(SidecarWorld world) =>
        [.. world.Mattermost.Transcript.Entries.Where(entry => entry.Text.StartsWith("You go through", StringComparison.Ordinal)).Select(entry => People(entry.Place)).DistinctBy(people => string.Join(' ', people))];

    private static List<TranscriptEntry> Said(SidecarWorld world, IEnumerable<string> people) =>
        [.. world.Mattermost.Transcript.Entries.Where(entry => entry.Who == $"@{Stage.Bot}" && People(entry.Place).SequenceEqual(people.Order(StringComparer.Ordinal)) && People(entry.Place).Count > 1)];

    private static List<string> People(string place) =>
        [.. place.Split(" + ").Select(one => one.Trim().TrimStart('@')).Where(one => one != Stage.Bot).Order(StringComparer.Ordinal)];

    /// <summary>The key is another each time, and so is the tag in a code.</summary>
    private static string WithoutCodes(string transcript) => System.Text.RegularExpressions.Regex.Replace(transcript, "/learn verify [a-z0-9-]+", "/learn verify (code)");
}
