using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>`/learn settings`, in a form or typed: what changed is named, what is wrong is said at its field.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task The_form_shows_what_is_and_its_answer_names_what_changed()
    {
        await using var world = await Stage.WorldAsync();
        var form = await OpenAsync(world);
        form.Json["dialog"]!["elements"]!.AsArray().Select(element => $"{element!["name"]}={element["default"]}")
            .ShouldBe(["zone=", "days=Mon-Fri", "quiet=18:00-09:00", "reminders=on", "language=mattermost"]);

        var answer = await SendAsync(world, ("zone", ""), ("days", "Mon-Thu"), ("quiet", "20-8"), ("reminders", "on"), ("language", "mattermost"));
        answer.IsClosed.ShouldBeTrue();
        (await Stage.DirectAsync(world, "ann"))[^1].Text.ShouldBe("Your working days are now Monday to Thursday.\nQuiet hours are now 20:00 to 08:00 Berlin");
        (await SettingsAsync(world)).ShouldNotBeNull().Hours.ShouldBe(
            new WorkingHours(Weekdays.Monday | Weekdays.Tuesday | Weekdays.Wednesday | Weekdays.Thursday, new(8, 0), new(20, 0)));
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_changes()
    {
        await using var world = await Stage.WorldAsync();
        await OpenAsync(world);
        var answer = await SendAsync(world, ("zone", "Berln"), ("days", "always"), ("quiet", "late"), ("reminders", "maybe"), ("language", "xx"));
        answer.Errors.Keys.Order(StringComparer.Ordinal).ShouldBe(["days", "language", "quiet", "reminders", "zone"]);
        answer.Errors["quiet"].ShouldBe("I cannot read late as hours. Write when they begin and when they end: 18:00-09:00.", "beside a field no Markdown is read");
        (await SettingsAsync(world)).ShouldBeNull();
        world.As("ann").Dialog.ShouldNotBeNull("the form stays open");
    }

    [Fact]
    public async Task An_emptied_field_means_as_usual()
    {
        await using var world = await Stage.WorldAsync();
        await TypeAsync(world, "zone Asia/Tokyo");
        await TypeAsync(world, "quiet 20:00-08:00");
        await OpenAsync(world);
        await SendAsync(world, ("reminders", "on"), ("language", "mattermost"));
        var settings = (await SettingsAsync(world)).ShouldNotBeNull();
        (settings.ZoneId, settings.Hours).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("quiet 19:00-07:30", "Quiet hours are now 19:00 to 07:30 Berlin")]
    [InlineData("days mon, wed", "Your working days are now Monday and Wednesday.")]
    [InlineData("zone tokyo", "Your time zone is now Asia/Tokyo.")]
    [InlineData("language de", "Ab jetzt spreche ich Deutsch mit dir.")]
    [InlineData("reminders off", "Reminders are off now, for all activities. `/learn` still shows what waits for you.")]
    [InlineData("reminders on", "Nothing has changed.")]
    [InlineData("zone nowhere", "I know no time zone `nowhere`. Region and city name one: `Europe/London`.")]
    [InlineData("quiet", "Each of them can be typed: `/learn settings quiet 18:00-09:00`, `days Mon-Fri`, `zone Europe/London`, `reminders off`, `language de`.")]
    [InlineData("volume 11", "Each of them can be typed: `/learn settings quiet 18:00-09:00`, `days Mon-Fri`, `zone Europe/London`, `reminders off`, `language de`.")]
    public async Task Each_can_be_typed(string typed, string answer)
    {
        await using var world = await Stage.WorldAsync();
        (await TypeAsync(world, typed)).ShouldBe(answer);
    }

    [Fact]
    public async Task The_chosen_zone_and_language_hold_wherever_something_is_said_to_one_person()
    {
        await using var world = await Stage.OpenedAsync();
        await TypeAsync(world, "zone Asia/Tokyo");
        await TypeAsync(world, "language de");
        await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await Stage.DirectAsync(world, "ann"))[^1].Text.ShouldContain("Hast du bis Donnerstag um 17:00 deiner Zeit nichts geschrieben");
        (await world.LetAsync(world.As("ann").CommandAsync("/learn", "learning"))).Text.ShouldContain("Zeiten gelten für Tokyo.");
    }

    [Fact]
    public async Task Quiet_hours_of_ones_own_move_a_reminder_before_them()
    {
        await using var world = await Stage.OpenedAsync();
        await TypeAsync(world, "quiet 12:00-06:00");
        await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await Stage.DirectAsync(world, "ann"))[^1].Text.ShouldContain("If you haven't by Thursday 10:00 your time");
        await TypeAsync(world, "days Mon-Wed");
        await world.AdvanceToAsync(Stage.At("2027-01-16 10:00"));
        (await Stage.DirectAsync(world, "ann")).ShouldNotContain(post => post.Text.Contains(" closes "), "Thursday is a day off by now, and so is Friday");
    }

    [Fact]
    public async Task A_form_works_for_the_one_it_was_opened_for_and_only_out_of_an_intact_seal()
    {
        await using var world = await Stage.WorldAsync();
        var form = await OpenAsync(world);
        var state = form.Json["dialog"]!["state"]!.GetValue<string>();
        foreach (var (who, sent, expected) in new[]
        {
            ("bilal", state, "somebody else's"), ("ann", $"{state}x", "don't know that form"), ("ann", "", "don't know that form"),
            ("ann", Stage.Seal(world, new ActionReference("settings", "save", "", "1")), "somebody else's"),
            ("ann", Stage.Seal(world, new ActionReference("browse", "save", "", "1", world.As("ann").Id)), "don't know that form"),
        })
        {
            var answer = await PostFormAsync(world, who, sent);
            answer["error"].ShouldNotBeNull().GetValue<string>().ShouldContain(expected);
        }

        (await SettingsAsync(world)).ShouldBeNull();
        (await SettingsAsync(world, "bilal")).ShouldBeNull();
    }

    [Fact]
    public async Task Where_no_form_can_be_opened_the_settings_are_said()
    {
        await using var world = await Stage.WorldAsync(prepare: world => world.CallsMayFail = true);
        world.Mattermost.Faults.Choose = target => target.Path == "/actions/dialogs/open" ? Fault.Answer(500) : null;
        var said = (await world.LetAsync(world.As("ann").CommandAsync("/learn settings", "learning"))).Text;
        said.ShouldStartWith("**Your settings**\nTime zone: Europe/Berlin.\nQuiet hours: 18:00-09:00. Working days: Monday to Friday.");
    }

    private static async Task<SeenDialog> OpenAsync(SidecarWorld world)
    {
        var reply = await world.LetAsync(world.As("ann").CommandAsync("/learn settings", "learning"));
        reply.Text.ShouldBe("");
        return reply.Dialog.ShouldNotBeNull();
    }

    private static Task<DialogReply> SendAsync(SidecarWorld world, params (string Name, string Value)[] values) =>
        world.LetAsync(world.As("ann").SubmitAsync(new JsonObject(values.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Name, one.Value))), channel: "learning"));

    private static async Task<string> TypeAsync(SidecarWorld world, string typed) =>
        (await world.LetAsync(world.As("ann").CommandAsync($"/learn settings {typed}", "learning"))).Text;

    private static async Task<PersonSettings?> SettingsAsync(SidecarWorld world, string who = "ann") =>
        await world.Store.GetAsync<PersonSettings>(world.As(who).Id);

    private static async Task<JsonObject> PostFormAsync(SidecarWorld world, string who, string state)
    {
        var form = new JsonObject
        {
            ["type"] = "dialog_submission", ["callback_id"] = "form", ["state"] = state, ["user_id"] = world.As(who).Id,
            ["submission"] = new JsonObject { ["quiet"] = "20:00-08:00" },
        };
        using var client = new HttpClient();
        using var content = new StringContent(form.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(world.SidecarAddress, "mattermost/dialog"), content, TestContext.Current.CancellationToken);
        await world.SettleAsync();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
    }
}
