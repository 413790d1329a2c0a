using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A facilitator makes an activity with a form, and sees all of it before anybody else does.</summary>
public sealed class AuthoringTests
{
    [Fact]
    public async Task A_form_becomes_a_file_in_the_channel_and_an_activity_with_one_click()
    {
        await using var world = await LibraryTests.WorldAsync();
        var hana = world.As("hana.lead");
        var opened = await world.LetAsync(hana.CommandAsync("/learn new challenge", LibraryTests.Facilitators));
        opened.Dialog!.Title.ShouldBe("A new activity");
        opened.Dialog.ElementNames.ShouldBe(["title", "text", "schedule", "summary", "channel"]);

        var sent = await SubmitAsync(world, ("schedule", "every Monday"));
        sent.Errors.Keys.ShouldBe(["schedule"]);
        sent.Errors["schedule"].ShouldContain("time");
        sent = await SubmitAsync(world, ("title", "..."));
        sent.Errors.Keys.ShouldBe(["title"]);
        (await SubmitAsync(world)).IsClosed.ShouldBeTrue();
        await world.SettleAsync();

        var made = LibraryTests.Answer(world);
        made.RootId.ShouldBeEmpty();
        made.Text.ShouldStartWith("Here is `ask-a-customer.md`, as it was filled in.");
        made.Files.ShouldBe(["ask-a-customer.md"]);
        await world.LetAsync(hana.ClickAsync(made, "Put it in the library"));
        await Stage.StartRunAsync(world, "ask-a-customer");
        await world.AdvanceToAsync(Stage.Monday.AddHours(1));
        Stage.Opening(world).Message.ShouldStartWith("**Ask: a \"customer\"**\nAsk one customer.");
    }

    [Fact]
    public async Task Without_a_kind_or_a_channel_it_says_what_to_do()
    {
        await using var world = await LibraryTests.WorldAsync();
        (await SayAsync(world, "hana.lead", "/learn new")).ShouldStartWith("Which kind is it to be: `/learn new challenge`");
        (await SayAsync(world, "hana.lead", "/learn new chalenge")).ShouldContain("There is no kind `chalenge`.");
        (await SayAsync(world, "ann", "/learn new challenge")).ShouldContain("facilitators");

        await using var without = await Stage.WorldAsync();
        (await SayAsync(without, "hana.lead", "/learn new challenge")).ShouldContain("there is none");
    }

    [Fact]
    public async Task A_preview_comes_into_the_direct_messages_whole_and_nothing_else_happens()
    {
        await using var world = await LibraryTests.WorldAsync();
        (await SayAsync(world, "hana.lead", "/learn preview one good question")).ShouldStartWith("It is on its way into our direct messages");
        await world.SettleAsync();

        var preview = (await Stage.DirectAsync(world, "hana.lead")).ShouldHaveSingleItem().Message;
        Snapshot.Verify(preview, "preview-by-message");
        Stage.Openings(world).ShouldBeEmpty();
        Stage.NobodySawTheInside(world);
    }

    [Fact]
    public async Task A_file_that_is_only_offered_can_be_seen_whole_too()
    {
        await using var world = await LibraryTests.WorldAsync();
        await world.As("hana.lead").DropAsync(LibraryTests.Facilitators, "ask-a-customer.md", Stage.Challenge(("title", "Ask a customer"), ("draft", "yes")));
        await world.SettleAsync();
        await world.LetAsync(world.As("bilal").ClickAsync(LibraryTests.Answer(world), "See all of it"));
        await world.SettleAsync();
        (await Stage.DirectAsync(world, "bilal")).ShouldHaveSingleItem().Message.ShouldStartWith("**Ask a customer: what it says, in order.**");
        (await SayAsync(world, "hana.lead", "/learn preview nothing-like-it")).ShouldContain("`nothing-like-it`");
    }

    private static async Task<DialogReply> SubmitAsync(SidecarWorld world, params (string Key, string Value)[] changes)
    {
        var values = new JsonObject
        {
            ["title"] = "Ask: a \"customer\"", ["text"] = "Ask one customer. Tell us in this thread.", ["schedule"] = "every Monday at 10:00", ["summary"] = "One: question", ["channel"] = "~learning",
        };
        foreach (var (key, value) in changes)
            values[key] = value;
        return await world.LetAsync(world.As("hana.lead").SubmitAsync(values));
    }

    private static async Task<string> SayAsync(SidecarWorld world, string who, string command) => (await world.LetAsync(world.As(who).CommandAsync(command, "learning"))).Text;
}
