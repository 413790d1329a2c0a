using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>`/learn browse`, `/learn progress`, `/learn schedule` and `/learn join`: everybody finds what they may see, and nothing else.</summary>
public sealed class ListsTests
{
    private const string In = "I'm in";
    private const string Hidden = "quiet-hours";

    /// <summary>One challenge in the public ~learning, one in the private ~secret; Eve is in neither channel, Gus is a guest.</summary>
    private static async Task<SidecarWorld> TownAsync(bool opened = true, Action<SidecarWorld>? prepare = null)
    {
        var world = await Stage.WorldAsync(
            seed =>
            {
                seed.AddUser("eve", "Eve Out", "Europe/Berlin", teams: SidecarWorld.Team);
                seed.AddUser("gus", "Gus Guest", roles: "system_guest", teams: SidecarWorld.Team);
                seed.AddChannel(SidecarWorld.Team, "secret", "Secret", isPrivate: true, members: ["hana.lead", "bilal"]);
                seed.AddChannel(SidecarWorld.Team, "visitors", "Visitors", members: ["gus", "eve"]);
            },
            new Dictionary<string, string>
            {
                ["challenges/one-good-question.md"] = Stage.Challenge(("topics", "[curiosity, conversations]")),
                ["challenges/quiet-hours.md"] = Stage.Challenge(
                    ("title", "Quiet hours"), ("summary", "Keep one morning free of meetings."), ("topics", "[focus]"), ("channel", "secret"), ("schedule", "every Monday at 10:00")),
                ["challenges/show-your-shortcut.md"] = Stage.Challenge(("title", "Show your shortcut"), ("summary", "Tell which keys save you time."), ("topics", "[tools]")),
            },
            prepare);
        await world.LetAsync(world.As("hana.lead").AddAsync("secret", "learning"));
        await Stage.StartRunAsync(world);
        await Stage.StartRunAsync(world, Hidden);
        if (opened)
            await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromHours(2));
        return world;
    }

    [Fact]
    public async Task Browse_shows_what_somebody_could_take_part_in_and_nothing_of_other_channels()
    {
        await using var world = await TownAsync();

        (await SayAsync(world, "ann", "/learn browse")).ShouldBe("""
            **What you can take part in**
            - **One good question** in ~learning, open until Friday 10:00. Ask somebody outside your team one question. _curiosity, conversations_
            `/learn join` and its name takes part.
            """, StringCompareShould.IgnoreLineEndings);
        (await SayAsync(world, "eve", "/learn browse", "visitors")).ShouldContain("**One good question**");
        var bilal = await SayAsync(world, "bilal", "/learn browse");
        bilal.ShouldContain("**One good question**");
        bilal.ShouldContain("**Quiet hours** in ~secret");
        // What could be started is for those who may start it.
        (await SayAsync(world, "hana.lead", "/learn browse")).ShouldContain("**What you could start**\n- **Show your shortcut** (`show-your-shortcut`). Tell which keys save you time. _tools_");
    }

    [Theory]
    [InlineData("question")]
    [InlineData("qestion")]
    [InlineData("One good question")]
    [InlineData("curiosity")]
    [InlineData("conversatoins")]
    [InlineData("outside team")]
    public async Task Browse_finds_by_words_of_name_topic_and_summary_with_slips_of_the_pen(string words)
    {
        await using var world = await TownAsync(opened: false);

        (await SayAsync(world, "bilal", $"/learn browse {words}")).ShouldBe(
            "**What you can take part in**\n- **One good question** in ~learning, next round Monday 04:00. Ask somebody outside your team one question. _curiosity, conversations_\n"
            + "`/learn join` and its name takes part.");
    }

    [Fact]
    public async Task Browse_fits_a_phone_and_says_how_many_more()
    {
        var content = Stage.Content();
        for (var i = 1; i <= 9; i++)
            content[$"challenges/one-{i}.md"] = Stage.Challenge(("title", $"Number {i}"), ("summary", new string('x', 300)));
        await using var world = await Stage.StartedAsync(content: content);
        for (var i = 1; i <= 6; i++)
            await Stage.StartRunAsync(world, $"one-{i}");

        var ann = await SayAsync(world, "ann", "/learn browse");
        ann.Split('\n').Length.ShouldBe(8);
        ann.ShouldContain("- and 2 more; words narrow it down: `/learn browse feedback`");
        var hana = await SayAsync(world, "hana.lead", "/learn browse");
        hana.Length.ShouldBeLessThan(1_500);
        (await SayAsync(world, "ann", "/learn browse number 3")).ShouldContain("**Number 3**");
        (await SayAsync(world, "ann", "/learn browse zzzzz")).ShouldBe("Nothing that you can see fits `zzzzz`. `/learn browse` alone shows all of it.");
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("eve")]
    [InlineData("gus")]
    public async Task A_run_in_a_private_channel_is_nowhere_to_be_seen_from_outside(string who)
    {
        await using var world = await TownAsync(prepare: world => world.Set("Facilitators__People", "hana.lead,ann,eve"));
        string[] lines =
        [
            "/learn", "/learn browse", "/learn browse quiet", "/learn browse focus", "/learn browse meetings", "/learn progress", "/learn schedule", "/learn join",
            "/learn join quiet-hours", "/learn join quiet-hour", "/learn join Quiet hours every round", "/learn join focus", "/learn join x", "/learn leave quiet-hours", "/learn leave",
            "/learn stop quiet-hour", "/learn skip quiet-hours", "/learn join quiet-hours in ~secret",
        ];

        foreach (var line in lines)
        {
            var said = await SayAsync(world, who, line, who == "ann" ? "learning" : "visitors");
            said.ShouldNotContain("~secret", Case.Insensitive, line);
            said.ShouldNotContain("Did you mean `quiet", Case.Insensitive, line);
            // The file is on offer to facilitators, whether it runs anywhere or not. What was typed may be said back.
            if (!line.StartsWith("/learn browse", StringComparison.Ordinal))
                said.Replace("No activity `Quiet hours`", "", StringComparison.Ordinal).ShouldNotContain("Quiet hours", Case.Insensitive, line);
        }

        // A name that is there and one that is not get the same answer.
        var channel = who == "ann" ? "learning" : "visitors";
        var there = await SayAsync(world, who, "/learn join quiet-hours", channel);
        var nowhere = await SayAsync(world, who, "/learn join never-heard", channel);
        there.Replace("quiet-hours", "*", StringComparison.Ordinal).ShouldBe(nowhere.Replace("never-heard", "*", StringComparison.Ordinal));
        there.ShouldContain("ask Hana Lead");
    }

    [Fact]
    public async Task A_guest_sees_only_channels_that_they_are_in_and_is_told_whom_to_ask()
    {
        await using var world = await TownAsync();

        (await SayAsync(world, "gus", "/learn browse", "visitors")).ShouldStartWith("Nothing runs in the channels that you can see.");
        (await SayAsync(world, "gus", "/learn join one-good-question", "visitors")).ShouldBe(
            "Nothing runs in the channels that you can see. Facilitators start activities with `/learn start`.\n"
            + "As a guest you see only the channels that you were added to. If it runs in another one, ask Hana Lead.");
        await world.LetAsync(world.As("hana.lead").AddAsync("learning", "gus"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await SayAsync(world, "gus", "/learn browse", "visitors")).ShouldContain("**One good question** in ~learning");
    }

    [Fact]
    public async Task Joining_from_outside_a_public_channel_is_one_click()
    {
        await using var world = await TownAsync();
        var eve = world.As("eve");

        var offer = await world.LetAsync(eve.CommandAsync("/learn join one-good-question", "visitors"));
        offer.Post!.Buttons.Select(button => button.Label).ShouldBe(["Join ~learning and take part"]);
        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
        await world.LetAsync(eve.ClickAsync(offer.Post, "Join ~learning and take part"));
        await world.LetAsync(eve.ClickAsync(offer.Post, offer.Post.Buttons.Single()));

        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        Stage.Opening(world).Text.ShouldContain("In so far: Eve Out");
        (await Stage.DirectAsync(world, "eve")).ShouldHaveSingleItem().Text.ShouldStartWith("You're in for this round of **One good question**.");
        await world.LetAsync(eve.ReplyAsync(Stage.Opening(world), "I asked the night shift."));
        Stage.NobodySawTheInside(world);
    }

    [Fact]
    public async Task Joining_every_round_from_outside_is_one_click_between_rounds_too()
    {
        await using var world = await TownAsync(opened: false);
        var eve = world.As("eve");
        (await SayAsync(world, "eve", "/learn join one-good-question", "visitors")).ShouldContain("is not open just now");

        var offer = await world.LetAsync(eve.CommandAsync("/learn join one-good-question every round", "visitors"));
        await world.LetAsync(eve.ClickAsync(offer.Post!, "Join ~learning and take part"));
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromHours(2));

        Stage.Opening(world).Text.ShouldContain("In so far: Eve Out");
    }

    [Fact]
    public async Task What_Mattermost_says_at_the_click_counts()
    {
        await using var world = await TownAsync();
        var (eve, root) = (world.As("eve"), world.As("root"));
        var channel = world.Mattermost.Seed.ChannelId(SidecarWorld.Team, "learning");
        var offer = await world.LetAsync(eve.CommandAsync("/learn join one-good-question", "visitors"));

        // Refused by the server's own permissions: the person can still go there alone.
        world.Mattermost.Faults.Plan(call => call.Method == "POST" && call.Path == $"/channels/{channel}/members", Fault.Answer(403));
        (await ClickAsync(offer.Post!)).ShouldContain($"Mattermost doesn't let me add you to ~learning, so nothing has changed. [Join it there]({world.Mattermost.Address}acme/channels/learning)");

        // Private meanwhile: the bot could add anybody, and does not.
        await world.LetAsync(root.CallAsync("PUT", $"/channels/{channel}/privacy", new System.Text.Json.Nodes.JsonObject { ["privacy"] = "P" }));
        (await ClickAsync(offer.Post!)).ShouldBe("That channel is not one that you can join by yourself any more, so nothing has changed. Hana Lead knows whether you can be added.");
        await world.LetAsync(root.CallAsync("PUT", $"/channels/{channel}/privacy", new System.Text.Json.Nodes.JsonObject { ["privacy"] = "O" }));

        // Over meanwhile: nobody is taken into a channel for nothing.
        await world.AdvanceToAsync(Stage.At("2027-01-15 12:00"));
        (await ClickAsync(offer.Post!)).ShouldStartWith("That offer is out of date");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
        await Should.ThrowAsync<StandInException>(() => root.CallAsync("GET", $"/channels/{channel}/members/{eve.Id}"));

        async Task<string> ClickAsync(SeenPost post) => (await world.LetAsync(eve.ClickAsync(post, offer.Post!.Buttons.Single()))).Text;
    }

    [Fact]
    public async Task A_channel_that_becomes_private_is_gone_from_lists_outside_of_it_at_once()
    {
        await using var world = await TownAsync();
        (await SayAsync(world, "eve", "/learn browse", "visitors")).ShouldContain("**One good question**");

        var channel = world.Mattermost.Seed.ChannelId(SidecarWorld.Team, "learning");
        await world.LetAsync(world.As("root").CallAsync("PUT", $"/channels/{channel}/privacy", new System.Text.Json.Nodes.JsonObject { ["privacy"] = "P" }));

        (await SayAsync(world, "eve", "/learn browse", "visitors")).ShouldStartWith("Nothing runs in the channels that you can see.");
        (await SayAsync(world, "ann", "/learn browse")).ShouldContain("**One good question**");
    }

    [Fact]
    public async Task Progress_is_ones_own_with_rounds_replied_in_and_what_is_open()
    {
        await using var world = await TownAsync();
        (await SayAsync(world, "bilal", "/learn progress")).ShouldBe("You have joined nothing yet. `/learn browse` shows what there is.");
        var bilal = world.As("bilal");
        await world.LetAsync(bilal.ClickAsync(Stage.Opening(world), In));
        await world.LetAsync(bilal.ReplyAsync(Stage.Opening(world), "I asked the night shift."));
        await world.LetAsync(bilal.ReplyAsync(Stage.Opening(world), "And the day shift."));
        await SayAsync(world, "bilal", "/learn join quiet-hours every round");

        (await SayAsync(world, "bilal", "/learn progress")).ShouldMatch("""
            ^\*\*Your learning here\*\* \(only you see this\)
            You have told the others something in 1 round since Monday 11 January\. Thank you\.
            \*\*Open now\*\*
            - \*\*One good question\*\*: you have replied, closes Friday 04:00\. \[Go to the thread\]\(http[^)]*\)
            - \*\*Quiet hours\*\*: you're in, closes Friday 05:00\. \[Go to the thread\]\(http[^)]*\)
            \*\*What you joined\*\*
            - \*\*One good question\*\*: since Monday 11 January, replied in 1 round
            - \*\*Quiet hours\*\*: since Monday 11 January, in every round
            _`/learn privacy` says all that I keep about you\._$
            """.ReplaceLineEndings("\n"));
        (await SayAsync(world, "ann", "/learn progress")).ShouldStartWith("You have joined nothing yet.");

        // Whoever is outside of a private channel sees no more of it, not even in their own record.
        await world.LetAsync(bilal.ReplyAsync(Stage.Openings(world, "secret").Single(), "Tuesday morning."));
        await world.LetAsync(bilal.LeaveAsync("secret"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var outside = await SayAsync(world, "bilal", "/learn progress");
        outside.ShouldNotContain("Quiet");
        outside.ShouldContain("- and 1 activity in a channel that you are no longer in");
    }

    [Fact]
    public async Task Leaving_needs_no_word_of_Mattermost()
    {
        await using var world = await TownAsync(prepare: world => world.CallsMayFail = true);
        var ann = world.As("ann");
        (await SayAsync(world, "ann", "/learn leave one-good-question")).ShouldBe("You are in no activity just now, so nothing has changed.");
        await world.LetAsync(ann.ClickAsync(Stage.Opening(world), In));
        world.Mattermost.Seed.Revoke(world.BotToken);
        world.Mattermost.Faults.CutSockets();
        await world.AdvanceAsync(TimeSpan.FromMinutes(11));
        (await SayAsync(world, "ann", "/learn browse")).ShouldStartWith("Mattermost is slow to answer me just now");

        (await SayAsync(world, "ann", "/learn leave")).ShouldBe("Which activity? `/learn leave` takes one of `one-good-question`.");
        (await SayAsync(world, "ann", "/learn leave one-god-question")).ShouldContain("Did you mean `one-good-question`?");
        (await SayAsync(world, "ann", "/learn leave something else")).ShouldBe("You are not in `something else`, so nothing has changed. You are in `one-good-question`.");
        (await SayAsync(world, "ann", "/learn leave One good question in ~learning")).ShouldStartWith("You're out of **One good question**");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
    }

    [Fact]
    public async Task A_list_asks_once_for_all_public_channels_of_a_team()
    {
        var content = Stage.Content();
        for (var i = 1; i <= 12; i++)
            content[$"challenges/one-{i}.md"] = Stage.Challenge(("title", $"Number {i}"), ("channel", $"room-{i}"), ("start", "when loaded"));
        await using var world = await Stage.WorldAsync(
            seed =>
            {
                for (var i = 1; i <= 12; i++)
                    seed.AddChannel(SidecarWorld.Team, $"room-{i}", $"Room {i}", members: ["hana.lead"]);
            },
            content);
        await world.AdvanceAsync(TimeSpan.FromMinutes(10));
        List<string> asked = [];
        world.Mattermost.Faults.Choose = call =>
        {
            lock (asked)
                asked.Add($"{call.Method} {call.Path}");
            return null;
        };

        (await SayAsync(world, "ann", "/learn browse")).ShouldContain("- and 7 more");

        asked.Count(path => path.Contains("/channels", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', asked));
        asked.Count.ShouldBeLessThan(6, string.Join('\n', asked));
    }

    [Fact]
    public async Task A_kept_text_that_cannot_be_read_hides_nothing_else_and_is_told_to_facilitators()
    {
        await using var world = await TownAsync(opened: false);
        var run = (await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).Single(one => one.Slug == Hidden);
        await world.StopSidecarAsync();
        File.Delete(Path.Combine(world.ContentFolder, "challenges", "quiet-hours.md"));
        var stored = (await world.Store.GetAsync<StoredDefinition>(run.DefinitionHash))!;
        await world.Store.CommitAsync(new ChangeSet().Save(stored with { Text = "---\nkind: challenge\nschedule: by the moon\n---\n" }));
        await world.StartSidecarAsync();

        (await SayAsync(world, "bilal", "/learn browse")).ShouldContain("**One good question**");
        (await SayAsync(world, "bilal", "/learn")).ShouldContain("**One good question**");
        (await SayAsync(world, "bilal", "/learn progress")).ShouldStartWith("You have joined nothing yet");
        (await SayAsync(world, "bilal", "/learn join one-good-question")).ShouldContain("One good question");
        (await SayAsync(world, "hana.lead", "/learn schedule")).ShouldContain("- `quiet-hours` in ~secret can't go on: its file is gone");
        world.Log.Problems.Count(line => line.Contains($"Run {run.Id} is left out of lists", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static async Task<string> SayAsync(SidecarWorld world, string who, string line, string channel = "learning") =>
        (await world.LetAsync(world.As(who).CommandAsync(line, channel))).Text;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_open_round_stays_in_the_overview_of_whoever_has_replied(bool hasJoined)
    {
        await using var world = await Stage.OpenedAsync();
        if (hasJoined)
            await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "I'm in"));
        await world.LetAsync(world.As("ann").ReplyAsync(Stage.Opening(world), "I asked the night shift."));

        var overview = (await world.LetAsync(world.As("ann").CommandAsync("/learn", "learning"))).Post!;

        overview.Text.ShouldContain("**Open now**");
        overview.Text.ShouldContain("; you have replied");
        overview.Buttons.ShouldBeEmpty("there is nothing left to join");
    }
}
