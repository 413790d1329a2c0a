using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>No click is lost and none counts twice.</summary>
public sealed class ClickTests
{
    private const string In = "I'm in";

    [Fact]
    public async Task What_is_typed_is_answered_where_it_was_typed_also_where_a_click_would_open_a_window()
    {
        await using var world = await Stage.OpenedAsync();
        await world.LetAsync(world.As("ann").CommandAsync("/learn join one-good-question", "learning"));
        var again = await world.LetAsync(world.As("ann").CommandAsync("/learn join one-good-question", "learning"));
        again.Text.ShouldStartWith("You are in already for this round of **One good question**.");
        again.Dialog.ShouldBeNull();
    }

    [Fact]
    public async Task A_double_click_takes_somebody_in_once()
    {
        await using var world = await Stage.OpenedAsync();
        var (ann, opening) = (world.As("ann"), Stage.Opening(world));

        var replies = await Task.WhenAll(ann.ClickAsync(opening, In), ann.ClickAsync(opening, In));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        // One is taken in, the other is told so in a small window; which came first is nobody's concern.
        replies.SelectMany(reply => reply.Private).Select(post => post.Id).Distinct().Count().ShouldBe(1);
        Stage.Opening(world).Text.ShouldContain("In so far: Ann Berg");
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
        (await Stage.RoundAsync(world)).Joined.ShouldBe(1);
        (await FactsAsync(world, Verbs.Joined)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_facilitators_who_start_the_same_at_once_start_it_once()
    {
        await using var world = await Stage.WorldAsync();
        var (hana, root) = (world.As("hana.lead"), world.As("root"));
        var (plan, other) = (await world.LetAsync(hana.CommandAsync($"/learn start {Stage.Slug} in ~learning", "learning")),
            await world.LetAsync(root.CommandAsync($"/learn start {Stage.Slug} in ~learning", "town-square")));

        var answers = await Task.WhenAll(hana.ClickAsync(plan.Post!, "Start"), root.ClickAsync(other.Post!, "Start"));
        await world.SettleAsync();

        (await world.Store.FindAsync(Run.ByStatus, nameof(RunStatus.Running))).Count.ShouldBe(1);
        (await FactsAsync(world, Verbs.Started)).ShouldBe(1);
        answers.Count(answer => answer.Private.Any(post => post.Text.Contains("runs in ~learning already", StringComparison.Ordinal))
            || answer.Text.Contains("already", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_devices_are_one_person()
    {
        await using var world = await Stage.OpenedAsync();
        var opening = Stage.Opening(world);
        var (phone, desk) = (world.As("ann"), world.As("ann"));

        await world.LetAsync(phone.ClickAsync(opening, In));
        var second = await world.LetAsync(desk.ClickAsync(opening, In));
        await world.LetAsync(desk.CommandAsync($"/learn join {Stage.Slug}", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        second.Dialog.ShouldNotBeNull().Json["dialog"]!["introduction_text"]!.GetValue<string>()
            .ShouldStartWith("You are in already for this round of **One good question**.");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(1);
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Joining_leaving_and_joining_again_ends_in()
    {
        await using var world = await Stage.OpenedAsync();
        var (ann, opening) = (world.As("ann"), Stage.Opening(world));

        await world.LetAsync(ann.ClickAsync(opening, In));
        await world.LetAsync(ann.CommandAsync($"/learn leave {Stage.Slug}", "learning"));
        await world.LetAsync(ann.ClickAsync(opening, In));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        Stage.Opening(world).Text.ShouldContain("In so far: Ann Berg");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(1);
        // One reminder, on Thursday at 10:00 in Berlin.
        await world.AdvanceToAsync(Stage.At("2027-01-15 08:00"));
        (await Stage.DirectAsync(world, "ann")).Count(post => post.Text.Contains("closes tomorrow", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_button_of_an_earlier_answer_changes_nothing_and_says_so()
    {
        await using var world = await Stage.OpenedAsync();
        var (ann, opening) = (world.As("ann"), Stage.Opening(world));
        await world.LetAsync(ann.ClickAsync(opening, In));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var earlier = (await Stage.DirectAsync(world, "ann")).ShouldHaveSingleItem();
        await world.LetAsync(ann.CommandAsync($"/learn leave {Stage.Slug}", "learning"));
        await world.LetAsync(ann.ClickAsync(opening, In));

        var reply = await world.LetAsync(ann.ClickAsync(earlier, "Leave"));

        reply.Text.ShouldStartWith("That button belongs to an earlier answer, so nothing has changed.");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(1);
    }

    [Fact]
    public async Task A_private_button_that_is_pressed_twice_counts_once()
    {
        await using var world = await Stage.OpenedAsync();
        var ann = world.As("ann");
        await world.LetAsync(ann.ClickAsync(Stage.Opening(world), In));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var choices = (await Stage.DirectAsync(world, "ann")).ShouldHaveSingleItem();
        var always = choices.Buttons.Single(button => button.Label == "Every round");

        await Task.WhenAll(ann.ClickAsync(choices, always), ann.ClickAsync(choices, always));
        await world.SettleAsync();

        (await FactsAsync(world, Verbs.Enrolled)).ShouldBe(1);
        (await world.Store.FindAsync(Enrollment.ByRun, (await Stage.RunAsync(world)).Id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_click_and_a_reply_count_before_the_posts_id_is_known_to_us()
    {
        await using var world = await Stage.StartedAsync();
        // Mattermost has the post and shows it, but its answer is lost: the sidecar learns the id only when it looks for it.
        world.Mattermost.Faults.Plan("POST", "/posts", Fault.LostReply);
        world.Mattermost.Faults.Plan("POST", "/posts", Fault.Answer(500), times: 20);
        await world.AdvanceToAsync(Stage.Monday);
        var opening = Stage.Opening(world);
        (await world.Store.GetAsync<PostedMessage>((await Stage.RoundAsync(world)).RootRowId)).ShouldBeNull();

        var reply = await world.LetAsync(world.As("ann").ClickAsync(opening, In));
        await world.LetAsync(world.As("bilal").ReplyAsync(opening, "I asked the night shift."));
        world.Mattermost.Faults.Clear();
        await world.AdvanceAsync(TimeSpan.FromMinutes(10));

        reply.Text.ShouldStartWith("You're in for this round of **One good question**.");
        Stage.Openings(world).Count.ShouldBe(1);
        Stage.Opening(world).Text.ShouldContain("In so far: Ann Berg");
        (await Stage.RoundAsync(world)).Contributors.ShouldBe(1);
    }

    [Fact]
    public async Task Two_hundred_clicks_within_a_second_become_few_edits_and_the_right_count()
    {
        var names = Enumerable.Range(1, 200).Select(i => $"person{i}").ToList();
        await using var world = await Stage.OpenedAsync(seed =>
        {
            foreach (var name in names)
                seed.AddUser(name, $"Person N{name[6..]}", teams: SidecarWorld.Team);
            seed.AddToChannel(seed.AddChannel(SidecarWorld.Team, "crowd", "Crowd"), names);
        }, Stage.Content(("channel", "crowd")));
        var opening = Stage.Openings(world, "crowd", names[0]).ShouldHaveSingleItem();

        var replies = await Task.WhenAll(names.Select(name => world.As(name).ClickAsync(opening, In)));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));

        replies.ShouldAllBe(reply => reply.Text.StartsWith("You're in for this round", StringComparison.Ordinal));
        Stage.Openings(world, "crowd", names[0])[0].Text.ShouldContain("and 197 more");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(200);
        world.Mattermost.Transcript.Entries.Count(entry => entry.Kind == TranscriptKind.Edited && entry.Place == "~crowd").ShouldBeInRange(1, 3);
        foreach (var name in names)
            (await Stage.DirectAsync(world, name)).Count.ShouldBe(1);
    }

    private static async Task<int> FactsAsync(SidecarWorld world, string verb) =>
        (await world.Store.RangeAsync(LearningEvent.ByInstant, "", null, int.MaxValue)).Count(fact => fact.Verb == verb);

    [Theory]
    [InlineData("no", "there is no reminder")]
    [InlineData("1 day before close", "I remind you once, privately")]
    public async Task How_it_works_promises_only_the_reminder_that_there_is(string remind, string promise)
    {
        await using var world = await Stage.OpenedAsync(content: Stage.Content(("remind", remind)));

        var how = await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "How it works"));

        (how.Text + how.Dialog?.Json.ToJsonString()).ShouldContain(promise);
    }
}
