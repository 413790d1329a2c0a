using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Nobody is written to first while Mattermost shows them out of office or on do-not-disturb. What they ask for is always answered.</summary>
public sealed class DisturbTests
{
    /// <summary>Ann is reminded on Thursday at 10:00 in Berlin, and the round closes on Friday at 10:00 there.</summary>
    private static readonly DateTimeOffset Reminder = Stage.At("2027-01-14 09:00");
    private static readonly DateTimeOffset Close = Stage.At("2027-01-15 09:00");

    [Theory]
    [InlineData("dnd")]
    [InlineData("ooo")]
    public async Task A_reminder_waits_until_the_person_may_be_disturbed(string status)
    {
        await using var world = await JoinedAsync();
        await ShowAsync(world, "ann", status);
        await world.AdvanceToAsync(Reminder.AddHours(2));
        (await RemindersAsync(world, "ann")).ShouldBeEmpty();

        await ShowAsync(world, "ann", "online");
        await world.AdvanceAsync(TimeSpan.FromMinutes(6));
        (await RemindersAsync(world, "ann")).ShouldHaveSingleItem().Text.ShouldStartWith("**One good question** closes tomorrow, Friday, at 10:00 your time.");
        await world.AdvanceToAsync(Close.AddHours(1));
        (await RemindersAsync(world, "ann")).Count.ShouldBe(1);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("away")]
    [InlineData("offline")]
    public async Task Who_is_merely_elsewhere_is_reminded(string status)
    {
        await using var world = await JoinedAsync();
        await ShowAsync(world, "ann", status);
        await world.AdvanceToAsync(Reminder.AddMinutes(1));
        (await RemindersAsync(world, "ann")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reminder_that_waited_into_the_evening_comes_next_morning_and_says_what_is_true_then()
    {
        await using var world = await JoinedAsync(("open-for", "4 days 4 hours"));
        await ShowAsync(world, "ann", "dnd");
        // The close is on Friday at 14:00 in Berlin, and the reminder was due a day before.
        await world.AdvanceToAsync(Stage.At("2027-01-14 18:00"));
        await ShowAsync(world, "ann", "online");
        await world.AdvanceToAsync(Stage.At("2027-01-15 07:55"));
        (await RemindersAsync(world, "ann")).ShouldBeEmpty("nobody is reminded in their evening or night");
        await world.AdvanceToAsync(Stage.At("2027-01-15 08:05"));
        (await RemindersAsync(world, "ann")).ShouldHaveSingleItem().Text.ShouldStartWith("**One good question** closes today, Friday, at 14:00 your time.");
    }

    [Fact]
    public async Task A_reminder_is_dropped_when_the_round_closes_before_the_person_is_back()
    {
        await using var world = await JoinedAsync();
        await ShowAsync(world, "ann", "ooo");
        await world.AdvanceToAsync(Close.AddHours(1));
        await ShowAsync(world, "ann", "online");
        await world.AdvanceToAsync(Close.AddDays(2));
        (await RemindersAsync(world, "ann")).ShouldBeEmpty();
        (await world.Store.FindAsync(DueTime.ByPerson, world.As("ann").Id)).ShouldBeEmpty("nothing is left to look at");
    }

    [Fact]
    public async Task Who_replies_while_their_reminder_waits_is_not_reminded()
    {
        await using var world = await JoinedAsync();
        await ShowAsync(world, "ann", "dnd");
        await world.AdvanceToAsync(Reminder.AddHours(1));
        await world.LetAsync(world.As("ann").ReplyAsync(Stage.Opening(world), "I asked Nia."));
        await ShowAsync(world, "ann", "online");
        await world.AdvanceToAsync(Close.AddHours(1));
        (await RemindersAsync(world, "ann")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_waiting_reminder_survives_a_restart()
    {
        await using var world = await JoinedAsync();
        await ShowAsync(world, "ann", "dnd");
        await world.AdvanceToAsync(Reminder.AddHours(1));
        await world.StopSidecarAsync();
        await SetAsync(world, "ann", "online");
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await RemindersAsync(world, "ann")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_Mattermost_does_not_say_who_may_be_disturbed_nobody_is_and_it_is_asked_again()
    {
        await using var world = await JoinedAsync(prepare: world => world.CallsMayFail = true);
        var silent = true;
        world.Mattermost.Faults.Choose = target => silent && target.Path == "/users/status/ids" ? Fault.Answer(500) : null;
        await world.AdvanceToAsync(Reminder.AddMinutes(30));
        (await RemindersAsync(world, "ann")).ShouldBeEmpty();
        world.Mattermost.Faults.Struck.ShouldBeInRange(2, 600, "asked again, and not all the time");
        silent = false;
        await world.AdvanceAsync(TimeSpan.FromMinutes(2));
        (await RemindersAsync(world, "ann")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Everybody_who_is_due_at_the_same_moment_is_asked_about_in_one_call()
    {
        await using var world = await Stage.StartedAsync(seed =>
        {
            for (var i = 0; i < 12; i++)
            {
                seed.AddUser($"person{i}", $"Person {i}", "Europe/London", teams: SidecarWorld.Team);
                seed.AddToChannel(seed.ChannelId(SidecarWorld.Team, "learning"), $"person{i}");
            }
        });
        await world.AdvanceToAsync(Stage.Monday.AddMinutes(1));
        for (var i = 0; i < 12; i++)
            await world.LetAsync(world.As($"person{i}").ClickAsync(Stage.Opening(world), "I'm in"));
        var asked = 0;
        world.Mattermost.Faults.Choose = target =>
        {
            asked += target.Path == "/users/status/ids" ? 1 : 0;
            return null;
        };
        await world.AdvanceToAsync(Reminder.AddMinutes(1));
        (await RemindersAsync(world, "person7")).Count.ShouldBe(1);
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_host_has_to_know_waits_for_them_and_holds_up_no_answer()
    {
        await using var world = await JoinedAsync();
        await ShowAsync(world, "hana.lead", "ooo");
        var before = (await Stage.DirectAsync(world, "hana.lead")).Count;
        await world.AdvanceToAsync(Close.AddHours(3));
        (await Stage.DirectAsync(world, "hana.lead")).Count.ShouldBe(before);

        await world.LetAsync(world.As("hana.lead").CommandAsync("/learn privacy data", "learning"));
        (await Stage.DirectAsync(world, "hana.lead")).Count.ShouldBe(before + 1, "what they ask for comes at once");

        await world.AdvanceAsync(TimeSpan.FromDays(2));
        await ShowAsync(world, "hana.lead", "online");
        await world.AdvanceAsync(TimeSpan.FromMinutes(6));
        (await Stage.DirectAsync(world, "hana.lead")).Skip(before + 1).Select(post => post.Text)
            .ShouldContain(text => text.StartsWith("This round of **One good question** in ~learning is closed."));
    }

    [Fact]
    public async Task Whoever_acts_is_answered_whatever_their_status()
    {
        await using var world = await Stage.OpenedAsync();
        await ShowAsync(world, "ann", "dnd");
        await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
        await world.LetAsync(world.As("ann").MessageAsync(Stage.Bot, "open"));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(2);
    }

    private static async Task<SidecarWorld> JoinedAsync((string Key, string? Value)? change = null, Action<SidecarWorld>? prepare = null)
    {
        var world = await Stage.OpenedAsync(content: change is { } one ? Stage.Content(one) : null, prepare: prepare);
        await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "I'm in"));
        return world;
    }

    private static async Task<IReadOnlyList<SeenPost>> RemindersAsync(SidecarWorld world, string person) =>
        [.. (await Stage.DirectAsync(world, person)).Where(post => post.Text.StartsWith("**One good question** closes", StringComparison.Ordinal))];

    /// <summary>Out of office shows whoever has switched automatic replies on; all else is said directly.</summary>
    private static Task<JsonObject> ShowAsync(SidecarWorld world, string who, string status) => world.LetAsync(SetAsync(world, who, status));

    private static Task<JsonObject> SetAsync(SidecarWorld world, string who, string status)
    {
        var person = world.As(who);
        return status == "ooo"
            ? person.CallAsync("PUT", $"/users/{person.Id}/patch", new JsonObject { ["notify_props"] = new JsonObject { ["auto_responder_active"] = "true" } })
            : person.CallAsync("PUT", $"/users/{person.Id}/status", new JsonObject { ["user_id"] = person.Id, ["status"] = status });
    }
}
