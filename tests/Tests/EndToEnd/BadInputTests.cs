using System.Net;
using System.Text.RegularExpressions;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Whatever people, files and servers get wrong: a clear word to whoever can act on it, nothing lost, nothing doubled.</summary>
public sealed partial class BadInputTests
{
    private const string In = "I'm in";

    [Theory]
    [InlineData("---\nkind: challenge\ntitle: Broken\nschedule: every Blursday at 09:00\ntime-zone: Europe/London\n---\nDo it.\n", "broken.md:4", "every")]
    [InlineData("---\nkind: challenge\ntitle: Broken\nschedule: every Monday at 09:00\ntime-zone: Europe/Londn\n---\nDo it.\n", "broken.md:5", "Europe/London")]
    [InlineData("---\nkind: chalenge\ntitle: Broken\nschedule: every Monday at 09:00\ntime-zone: Europe/London\n---\nDo it.\n", "broken.md:2", "challenge")]
    [InlineData("---\nkind: challenge\ntitle: Broken\nschedule: every Monday at 09:00\ntime-zone: Europe/London\n---\n", "broken.md", "challenge")]
    [InlineData("---\nkind: challenge\ntitle: Broken\n", "broken.md", "---")]
    public async Task A_file_that_cannot_be_read_is_told_to_the_operator_and_the_others_run(string text, string place, string help)
    {
        var content = Stage.Content();
        content["challenges/broken.md"] = text;
        await using var world = await Stage.OpenedAsync(content: content);

        var problem = world.Log.Problems.ShouldHaveSingleItem();
        problem.ShouldStartWith("Error");
        problem.ShouldContain(place);
        problem.ShouldMatch("MLC[0-9]{3}");
        problem.ShouldContain(help);
        Stage.Openings(world).Count.ShouldBe(1);
        var offers = await world.LetAsync(world.As("hana.lead").CommandAsync("/learn start", "learning"));
        offers.Text.ShouldContain("`one-good-question`");
        offers.Text.ShouldNotContain("Broken");
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_told_to_the_operator_and_the_others_run()
    {
        await using var world = await Stage.OpenedAsync(prepare: world =>
        {
            world.WriteContent("challenges/broken.md", "");
            File.WriteAllBytes(Path.Combine(world.ContentFolder, "challenges", "broken.md"), [0xFF, 0xFE, 0x00, 0xC3, 0x28, 0x2D, 0x2D, 0x2D]);
        });

        world.Log.Problems.ShouldHaveSingleItem().ShouldMatch(@"Error .*broken\.md(?s).*MLC[0-9]{3}|MLC[0-9]{3}(?s).*broken\.md");
        Stage.Openings(world).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_files_of_one_slug_are_told_with_both_names_and_the_others_run()
    {
        var content = Stage.Content();
        content["challenges/twice.md"] = Stage.Challenge(("title", "The first"));
        content["team/twice.md"] = Stage.Challenge(("title", "The second"));
        await using var world = await Stage.OpenedAsync(content: content);

        var problems = string.Join('\n', world.Log.Problems);
        problems.ShouldContain("challenges/twice.md");
        problems.ShouldContain("team/twice.md");
        problems.ShouldMatch("MLC[0-9]{3}");
        Stage.Openings(world).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_channel_is_named_and_nothing_starts()
    {
        await using var world = await Stage.WorldAsync(content: Stage.Content(("channel", "nowhere")));

        var reply = await world.LetAsync(world.As("hana.lead").CommandAsync("/learn start one-good-question", "learning"));
        var typed = await world.LetAsync(world.As("hana.lead").CommandAsync("/learn start one-good-question in ~elsewhere", "learning"));

        reply.Text.ShouldStartWith("I can't see a channel ~nowhere in this team. If it is private, ask one of its members to invite me there");
        typed.Text.ShouldStartWith("I can't see a channel ~elsewhere in this team.");
        reply.Post!.Buttons.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_that_two_teams_have_is_asked_about_in_a_direct_message()
    {
        await using var world = await Stage.WorldAsync(InTwoTeams, prepare: BotInTwoTeams);
        var hana = world.As("hana.lead");

        var reply = await world.LetAsync(hana.CommandAsync("/learn start one-good-question", await hana.DirectAsync("learning"), SidecarWorld.Team));

        reply.Text.ShouldBe("There is a channel ~learning in Acme and Beta. Type the command in the team where it is to run.");
        await world.AdvanceToAsync(Stage.Monday);
        Stage.Openings(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_whom_nobody_knows_is_named_with_the_file()
    {
        await using var world = await Stage.WorldAsync(content: Stage.Content(("host", "nobody.here")));

        var reply = await world.LetAsync(world.As("hana.lead").CommandAsync("/learn start one-good-question", "learning"));

        reply.Text.ShouldContain("I can't find `nobody");
        reply.Text.ShouldContain("challenges/one-good-question.md");
        reply.Post!.Buttons.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forged_or_altered_click_does_nothing_and_says_so()
    {
        await using var world = await Stage.OpenedAsync();
        var (opening, round) = (Stage.Opening(world), await Stage.RoundAsync(world));
        var genuine = Stage.Seal(world, new ActionReference(ActionReference.Activity, PersonAction.Join, round.Id, PersonAction.WhileOpen));
        var parts = genuine.Split('.');
        var otherBody = Stage.Seal(world, new ActionReference(ActionReference.Activity, PersonAction.Leave, round.Id, PersonAction.WhileOpen)).Split('.')[2];
        string?[] forgeries =
        [
            null, "", "x", new string('a', 5_000), $"{parts[0]}.{parts[1]}.{otherBody}.{parts[3]}", $"{genuine}A", genuine[..^1], $"1.{parts[1]}.{parts[2]}.",
            $"2.{parts[1]}.{parts[2]}.{parts[3]}", $"1.AAAAAAAA.{parts[2]}.{parts[3]}", $"{genuine}\u0000", "1.\u202E.\uD83D\uDE00.x",
        ];

        foreach (var forgery in forgeries)
        {
            var (status, text) = await Stage.PressAsync(world, "ann", opening, forgery);
            status.ShouldBe(200);
            text.ShouldBe("I can't read that button any more, so nothing has changed. `/learn` shows where you stand.", forgery);
        }

        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_click_for_a_round_or_a_purpose_that_is_not_there_does_nothing()
    {
        await using var world = await Stage.OpenedAsync();
        var opening = Stage.Opening(world);
        var run = await Stage.RunAsync(world);

        foreach (var reference in new ActionReference[]
            {
                new(ActionReference.Activity, PersonAction.Join, "gone@20270111T0900Z", PersonAction.WhileOpen),
                new(ActionReference.Activity, PersonAction.Join, $"{run.Id}@20990101T0900Z", PersonAction.WhileOpen),
                new(ActionReference.Activity, "no-such-action", (await Stage.RoundAsync(world)).Id, "1"),
                new(ActionReference.Activity, "no-such-action", run.Id, "7"),
                new("nothing", "confirm", "x/y", "1/2"),
            })
        {
            var (status, text) = await Stage.PressAsync(world, "ann", opening, Stage.Seal(world, reference));
            status.ShouldBe(200);
            text.ShouldContain("nothing has changed", Case.Sensitive, $"{reference}");
        }

        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
    }

    [Fact]
    public async Task Somebody_elses_private_button_works_for_nobody_else()
    {
        await using var world = await Stage.OpenedAsync();
        await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), In));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var round = await Stage.RoundAsync(world);
        var message = (await Stage.DirectAsync(world, "ann")).ShouldHaveSingleItem();
        var annsLeave = Stage.Seal(world, new ActionReference(ActionReference.Activity, PersonAction.Leave, round.Id, "1", world.As("ann").Id));

        var (_, text) = await Stage.PressAsync(world, "bilal", message, annsLeave);

        text.ShouldBe("That button is somebody else's, so nothing has changed.");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(1);
        Stage.Opening(world).Text.ShouldContain("Ann Berg");
    }

    [Fact]
    public async Task A_plan_that_is_out_of_date_starts_nothing_and_a_plan_confirmed_twice_starts_once()
    {
        await using var world = await Stage.WorldAsync();
        var hana = world.As("hana.lead");
        var old = await world.LetAsync(hana.CommandAsync("/learn start one-good-question", "learning"));
        await world.AdvanceAsync(TimeSpan.FromHours(2));

        var late = await world.LetAsync(hana.ClickAsync(old.Post!, "Start"));
        var plan = await world.LetAsync(hana.CommandAsync("/learn start one-good-question", "learning"));
        await Task.WhenAll(hana.ClickAsync(plan.Post!, "Start"), hana.ClickAsync(plan.Post!, "Start"));
        await world.SettleAsync();
        var again = await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));
        await world.AdvanceToAsync(Stage.Monday);

        late.Text.ShouldStartWith("That plan is out of date, so nothing was started.");
        again.Text.ShouldContain("runs in ~learning already, so nothing was started");
        Stage.Openings(world).Count.ShouldBe(1);
        (await Stage.DirectAsync(world, "hana.lead")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_click_on_a_closed_round_says_that_it_is_closed()
    {
        await using var world = await Stage.OpenedAsync();
        var round = await Stage.RoundAsync(world);
        await world.AdvanceToAsync(Stage.At("2027-01-15 12:00"));
        Stage.Opening(world).Buttons.ShouldBeEmpty();

        var (_, text) = await Stage.PressAsync(
            world, "ann", Stage.Opening(world), Stage.Seal(world, new ActionReference(ActionReference.Activity, PersonAction.Join, round.Id, PersonAction.WhileOpen)));

        text.ShouldBe("This round of **One good question** is closed, so nothing has changed. The next one opens Monday 10:00 your time.");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
        (await Stage.DirectAsync(world, "ann")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_of_a_megabyte_is_refused_unread()
    {
        await using var world = await Stage.OpenedAsync();
        // It asks first whether to send the body: in the middle of it, a closed connection could hide the answer.
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.SidecarAddress, "mattermost/command"));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = world.CommandToken, ["text"] = new('x', 1_000_000) });
        request.Headers.ExpectContinue = true;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/learn ", 3_000)]
    [InlineData("/learn join ", 3_000)]
    public async Task A_text_of_three_thousand_characters_gets_a_friendly_word(string command, int length)
    {
        await using var world = await Stage.OpenedAsync();

        var reply = await world.LetAsync(world.As("ann").CommandAsync(command + new string('x', length), "learning"));

        reply.Text.ShouldBe("That is longer than 2000 characters, so I have not read it. `/learn help` shows what I understand.");
    }

    [Theory]
    [InlineData("/learn jo\u0007in one-good-question")]
    [InlineData("/learn \u202Enioj one-good-question")]
    [InlineData("/learn join @all")]
    [InlineData("/learn @channel")]
    [InlineData("/learn join [click](http://evil.example) `x` **bold**")]
    [InlineData("/learn join \uD83E\uDD84\uD83E\uDD84")]
    [InlineData("/learn join \u05E9\u05DC\u05D5\u05DD")]
    [InlineData("/learn help \u0000\u0001")]
    public async Task Whatever_is_typed_the_answer_is_one_clean_sentence(string line)
    {
        await using var world = await Stage.OpenedAsync();

        var reply = await world.LetAsync(world.As("ann").CommandAsync(line, "learning"));

        reply.Private.Count.ShouldBe(1);
        reply.Text.ShouldNotMatch("[\u0000-\u0009\u000B-\u001F\u202A-\u202E]");
        // Between backticks nothing is a link.
        Regex.Replace(reply.Text, "`[^`]*`", "").ShouldNotContain("](http");
        CallsEverybody().IsMatch(reply.Text).ShouldBeFalse(reply.Text);
        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
        Stage.NobodySawTheInside(world);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\u05E9\u05DC\u05D5\u05DD \u05DB\u05D4\u05DF", "\u05E9\u05DC\u05D5\u05DD \u05DB\u05D4\u05DF")]
    [InlineData("\u202EReversed Name\u202C", "Reversed Name")]
    [InlineData("Zo\u00EB \uD83E\uDD84", "Zo\u00EB \uD83E\uDD84")]
    [InlineData("Line\nBreak\u0007er", "Line Breaker")]
    [InlineData("@all Staff", "@\u2060all Staff")]
    [InlineData("**Bold** [x](http://evil.example)", "\\*\\*Bold\\*\\* \\[x\\](http\u2060:\u2060//evil\u2060.example)")]
    public async Task Names_stand_in_the_post_as_text_and_nothing_more(string name, string shown)
    {
        await using var world = await Stage.OpenedAsync(seed =>
        {
            seed.AddUser("zed", name, teams: SidecarWorld.Team);
            seed.AddToChannel(seed.AddChannel(SidecarWorld.Team, "names", "Names"), "zed");
        }, Stage.Content(("channel", "names")));
        var opening = Stage.Openings(world, "names", "zed").ShouldHaveSingleItem();

        await world.LetAsync(world.As("zed").ClickAsync(opening, In));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        Stage.Openings(world, "names", "zed")[0].Attachments.ShouldHaveSingleItem().Text.ShouldBe($"In so far: {shown}");
        CallsEverybody().IsMatch(string.Join('\n', Stage.SaidBy(world))).ShouldBeFalse();
    }

    [Fact]
    public async Task An_author_cannot_call_everybody_from_a_title_or_a_body()
    {
        await using var world = await Stage.OpenedAsync(content: Stage.Content(("title", "\"Hello @all of you\""), ("body", "@channel: ask **@here** and @ALL.")));
        var ann = world.As("ann");
        await world.LetAsync(ann.ClickAsync(Stage.Opening(world), In));
        await world.LetAsync(ann.ClickAsync(Stage.Opening(world), "How it works"));
        foreach (var line in new[] { "/learn", "/learn join one-good-question", "/learn leave one-good-question" })
            await world.LetAsync(ann.CommandAsync(line, "learning"));
        foreach (var line in new[] { "/learn schedule", "/learn start", "/learn start one-good-question", "/learn start Hello @all of you" })
            await world.LetAsync(world.As("hana.lead").CommandAsync(line, "learning"));
        await world.LetAsync(ann.ReplyAsync(Stage.Opening(world), "Done."));
        await world.AdvanceToAsync(Stage.At("2027-01-15 12:00"));
        await world.LetAsync(world.As("hana.lead").CommandAsync("/learn stop one-good-question", "learning"));

        foreach (var said in Stage.SaidBy(world))
            CallsEverybody().IsMatch(said).ShouldBeFalse(said);
        Stage.Opening(world).Text.ShouldContain("@\u2060all");
    }

    [Fact]
    public async Task Two_people_of_one_name_are_two_people()
    {
        await using var world = await Stage.OpenedAsync(seed =>
        {
            seed.AddUser("sam1", "Sam Lee", teams: SidecarWorld.Team);
            seed.AddUser("sam2", "Sam Lee", teams: SidecarWorld.Team);
            seed.AddToChannel(seed.AddChannel(SidecarWorld.Team, "sams", "Sams"), "sam1", "sam2");
        }, Stage.Content(("channel", "sams")));
        var opening = Stage.Openings(world, "sams", "sam1").ShouldHaveSingleItem();

        await world.LetAsync(world.As("sam1").ClickAsync(opening, In));
        await world.LetAsync(world.As("sam2").ClickAsync(opening, In));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        Stage.Openings(world, "sams", "sam1")[0].Text.ShouldContain("In so far: Sam Lee and Sam Lee");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(2);
        (await Stage.DirectAsync(world, "sam1")).Count.ShouldBe(1);
        (await Stage.DirectAsync(world, "sam2")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_is_refused_while_running_makes_posts_wait_until_it_is_replaced()
    {
        await using var world = await Stage.StartedAsync(prepare: TokenInFile);
        await world.AdvanceToAsync(Stage.Monday - TimeSpan.FromMinutes(1));
        var old = world.BotToken;
        world.Mattermost.Seed.Revoke(old);
        world.Mattermost.Faults.CutSockets();
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromMinutes(4));
        Stage.Openings(world).ShouldBeEmpty();
        var (status, report) = await ReadyAsync(world);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        report.ShouldContain("refuses the bot's token");

        await ReplaceTokenAsync(world);
        await world.AdvanceAsync(TimeSpan.FromMinutes(2));

        var opening = Stage.Openings(world).ShouldHaveSingleItem();
        opening.Buttons.Select(button => button.Label).ShouldBe(["I'm in", "How it works"]);
        (await ReadyAsync(world)).Status.ShouldBe(HttpStatusCode.OK);
        world.Log.Problems.ShouldContain(line => line.Contains("Mattermost refuses the bot's token. Replace Mattermost__BotToken", StringComparison.Ordinal));
        string.Join('\n', world.Log.Lines).ShouldNotContain(old);
    }

    [Fact]
    public async Task What_waits_for_a_good_token_is_sent_once_and_in_order()
    {
        await using var world = await Stage.OpenedAsync(prepare: TokenInFile);
        // Where calls may fail the clock does not wait for every one of them: the post of the round may come a moment later.
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        await world.LetAsync(world.As("bilal").ClickAsync(Stage.Opening(world), In));
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        world.Mattermost.Seed.Revoke(world.BotToken);
        world.Mattermost.Faults.CutSockets();

        // While nothing can be sent: a reply, a joining, a hint, a leaving. People are answered all the same.
        await world.LetAsync(world.As("ann").ReplyAsync(Stage.Opening(world), "I asked the night shift."));
        var joined = await world.LetAsync(world.As("dev").ClickAsync(Stage.Opening(world), In));
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromHours(24) + TimeSpan.FromMinutes(3));
        var leaving = await world.LetAsync(world.As("bilal").CommandAsync("/learn leave one-good-question", "learning"));
        leaving.Text.ShouldStartWith("You're out of **One good question**");
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        joined.Text.ShouldStartWith("You're in for this round");
        Stage.Opening(world).Text.ShouldContain("In so far: Bilal Khan");

        await ReplaceTokenAsync(world);
        await world.AdvanceAsync(TimeSpan.FromMinutes(2));

        Stage.Opening(world).Text.ShouldContain("In so far: Dev Patel");
        Stage.Opening(world).Text.ShouldNotContain("Bilal Khan");
        (await Stage.RoundAsync(world)).Contributors.ShouldBe(1);
        world.As("ann").Read("learning").Count(post => post.Text.StartsWith("A hint:", StringComparison.Ordinal)).ShouldBe(0, "somebody had just replied");
        (await Stage.DirectAsync(world, "bilal")).Count.ShouldBe(1);
        (await Stage.DirectAsync(world, "dev")).Count(post => post.Text.StartsWith("You're in", StringComparison.Ordinal)).ShouldBe(1);
        Stage.Openings(world).Count.ShouldBe(1);
        Stage.NobodySawTheInside(world);
    }

    [Fact]
    public async Task A_private_channel_without_the_bot_is_refused_with_whom_to_ask()
    {
        await using var world = await Stage.WorldAsync(seed => seed.AddChannel(SidecarWorld.Team, "secret", "Secret", isPrivate: true, members: "hana.lead"));
        var hana = world.As("hana.lead");

        var typed = await world.LetAsync(hana.CommandAsync("/learn start one-good-question in ~secret", "secret"));

        typed.Text.ShouldContain("ask one of its members to invite me");
        typed.Post!.Buttons.ShouldBeEmpty();
        // Invited, it works.
        await world.LetAsync(hana.AddAsync("secret", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var plan = await world.LetAsync(hana.CommandAsync("/learn start one-good-question in ~secret", "secret"));
        await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));
        await world.AdvanceToAsync(Stage.Monday);
        Stage.Openings(world, "secret").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_activity_without_a_channel_typed_in_a_private_channel_without_the_bot_is_refused()
    {
        await using var world = await Stage.WorldAsync(
            seed => seed.AddChannel(SidecarWorld.Team, "secret", "Secret", isPrivate: true, members: "hana.lead"), Stage.Content(("channel", null)));

        var typed = await world.LetAsync(world.As("hana.lead").CommandAsync("/learn start one-good-question", "secret"));

        typed.Text.ShouldBe("Which channel? Type `/learn start one-good-question in ~channel`.");
    }

    [Fact]
    public async Task The_bot_put_out_of_a_channel_tells_the_host_once_and_the_next_round_is_posted_when_it_is_back()
    {
        await using var world = await Stage.StartedAsync();
        await world.LetAsync(world.As("hana.lead").CallAsync("DELETE", $"/channels/{ChannelId(world, "learning")}/members/{Stage.BotId(world)}"));
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromHours(3));

        Stage.Openings(world).ShouldBeEmpty();
        (await Stage.DirectAsync(world, "hana.lead")).Count(post => post.Text.StartsWith("I could not post for **one-good-question** in ~learning", StringComparison.Ordinal)).ShouldBe(1);
        await world.LetAsync(world.As("hana.lead").AddAsync("learning", "learning"));
        await world.AdvanceToAsync(Stage.Monday + TimeSpan.FromDays(7));
        Stage.Openings(world).Count.ShouldBe(1);
        Stage.NobodySawTheInside(world);
    }

    [Fact]
    public async Task An_archived_channel_starts_nothing()
    {
        await using var world = await Stage.WorldAsync();
        var hana = world.As("hana.lead");
        var plan = await world.LetAsync(hana.CommandAsync("/learn start one-good-question", "learning"));
        await ArchiveAsync(world);

        var pressed = await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));
        var typed = await world.LetAsync(hana.CommandAsync("/learn start one-good-question", "town-square"));
        await world.AdvanceToAsync(Stage.Monday);

        pressed.Text.ShouldBe("~learning is archived, so nothing was started.");
        typed.Text.ShouldContain("learning");
        typed.Post!.Buttons.ShouldBeEmpty();
        (await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_not_in_the_channel_cannot_join_and_is_told_how()
    {
        await using var world = await Stage.OpenedAsync(seed => seed.AddUser("eve", "Eve Out", teams: SidecarWorld.Team));

        var reply = await world.LetAsync(world.As("eve").CommandAsync("/learn join one-good-question", "town-square"));

        reply.Text.ShouldStartWith("**One good question** runs in ~learning, and you are not in that channel, so nothing has changed yet.");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
    }

    [Theory]
    [InlineData("/learn start one-good-question")]
    [InlineData("/learn stop one-good-question")]
    [InlineData("/learn schedule")]
    public async Task Who_is_no_facilitator_is_refused_and_nothing_changes(string line)
    {
        await using var world = await Stage.OpenedAsync(seed => seed.AddToTeam(SidecarWorld.Team, "ann", asAdmin: true));

        // A team admin is no facilitator either, unless the setting says so.
        foreach (var person in new[] { "bilal", "ann" })
        {
            var reply = await world.LetAsync(world.As(person).CommandAsync(line, "learning"));
            reply.Text.ShouldBe("I haven't changed anything: activities here are run by the facilitators, for example Hana Lead.");
            reply.Post!.Buttons.ShouldBeEmpty();
        }

        (await Stage.RunAsync(world)).Status.ShouldBe(RunStatus.Running);
        (await Stage.RoundAsync(world)).Status.ShouldBe(OccurrenceStatus.Open);
    }

    [Fact]
    public async Task A_button_of_a_plan_needs_the_right_as_the_command_does()
    {
        await using var world = await Stage.WorldAsync();
        var hana = world.As("hana.lead");
        var plan = await world.LetAsync(hana.CommandAsync("/learn start one-good-question", "learning"));
        world.Set("Facilitators__People", "somebody.else");
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();

        var reply = await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));

        reply.Text.ShouldStartWith("I haven't changed anything: activities here are run by the facilitators.");
        (await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Members_of_the_facilitators_private_channel_are_facilitators_as_long_as_they_are_in_it()
    {
        await using var world = await Stage.WorldAsync(
            seed => seed.AddChannel(SidecarWorld.Team, "facilitators", "Facilitators", isPrivate: true, members: "bilal"),
            prepare: world =>
            {
                world.Set("Facilitators__Channel", "facilitators");
                world.Mattermost.Seed.AddToChannel(ChannelId(world, "facilitators"), "learning");
            });
        var bilal = world.As("bilal");

        var inside = await world.LetAsync(bilal.CommandAsync("/learn start one-good-question", "learning"));
        var outside = await world.LetAsync(world.As("ann").CommandAsync("/learn start one-good-question", "learning"));
        await world.LetAsync(bilal.LeaveAsync("facilitators"));
        var left = await world.LetAsync(bilal.CommandAsync("/learn start one-good-question", "learning"));

        inside.Post!.Buttons.Select(button => button.Label).ShouldBe(["Start", "Cancel"]);
        outside.Text.ShouldStartWith("I haven't changed anything");
        left.Text.ShouldStartWith("I haven't changed anything");
    }

    [Fact]
    public async Task A_public_channel_of_facilitators_makes_nobody_one()
    {
        await using var world = await Stage.WorldAsync(
            seed => seed.AddChannel(SidecarWorld.Team, "facilitators", "Facilitators", members: "bilal"), prepare: world => world.Set("Facilitators__Channel", "facilitators"));

        var reply = await world.LetAsync(world.As("bilal").CommandAsync("/learn start one-good-question", "learning"));

        reply.Text.ShouldStartWith("I haven't changed anything");
    }

    [Fact]
    public async Task Team_admins_are_facilitators_in_their_team_when_the_setting_says_so()
    {
        await using var world = await Stage.WorldAsync(
            seed =>
            {
                InTwoTeams(seed);
                seed.AddToTeam(SidecarWorld.Team, "ann", asAdmin: true);
                seed.AddToTeam("beta", "ann");
            },
            prepare: world =>
            {
                BotInTwoTeams(world);
                world.Set("Facilitators__TeamAdmins", "true");
                world.Set("Mattermost__CommandTokens", $"{world.CommandToken},{world.Mattermost.Seed.AddCommand("beta", "learn", new Uri("http://sidecar.test/mattermost/command"))}");
            });
        var ann = world.As("ann");

        var here = await world.LetAsync(ann.CommandAsync("/learn start one-good-question", "learning"));
        var there = await world.LetAsync(ann.CommandAsync("/learn start one-good-question", ChannelId(world, "town-square", "beta")));

        here.Post!.Buttons.Select(button => button.Label).ShouldBe(["Start", "Cancel"]);
        there.Text.ShouldStartWith("I haven't changed anything");
    }

    private static async Task<(HttpStatusCode Status, string Report)> ReadyAsync(SidecarWorld world)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(world.SidecarAddress, "readyz"), TestContext.Current.CancellationToken);
        return (answer.StatusCode, Regex.Unescape(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [GeneratedRegex("@(all|channel|here)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex CallsEverybody();

    private static void TokenInFile(SidecarWorld world)
    {
        world.CallsMayFail = true;
        world.KeepTokenInFile(world.BotToken);
    }

    private static async Task ReplaceTokenAsync(SidecarWorld world)
    {
        world.KeepTokenInFile(world.Mattermost.Seed.TokenFor(Stage.Bot));
        await world.TokenIsTakenUpAsync();
    }

    private static async Task ArchiveAsync(SidecarWorld world) =>
        await world.LetAsync(world.As("root").CallAsync("DELETE", $"/channels/{ChannelId(world, "learning")}"));

    private static string ChannelId(SidecarWorld world, string channel, string team = SidecarWorld.Team) =>
        world.Mattermost.Seed.ChannelId(team, channel);

    private static void InTwoTeams(Seed seed)
    {
        seed.AddTeam("beta", "Beta");
        seed.AddToTeam("beta", "hana.lead");
        seed.AddChannel("beta", "learning", "Learning", members: ["hana.lead"]);
    }

    private static void BotInTwoTeams(SidecarWorld world) => world.Mattermost.Seed.AddToTeam("beta", "learning");
}
