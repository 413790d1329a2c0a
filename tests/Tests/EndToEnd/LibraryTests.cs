using System.Text;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Storage.LiteDb;
using MattermostLearning.TestKit;
using MattermostLearning.Tests.Contract.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A facilitator who has neither git nor the admin's disk puts an activity into the library.</summary>
public sealed class LibraryTests
{
    internal const string Facilitators = "facilitators";
    private const string Put = "Put it in the library";
    private const string Undo = "Undo";
    private const string Own = "ask-a-customer";
    private const string Name = $"{Own}.md";

    [Fact]
    public async Task From_a_first_draft_to_a_round_and_back()
    {
        await using var world = await WorldAsync();
        var hana = world.As("hana.lead");

        await hana.DropAsync(Facilitators, Name, Text(("rounds", "six"), ("channel", null)));
        await world.SettleAsync();
        await hana.DropAsync(Facilitators, Name, Text());
        await world.SettleAsync();
        await world.LetAsync(hana.ClickAsync(Answer(world), Put));
        var plan = await world.LetAsync(hana.CommandAsync($"/learn start {Own}", "learning"));
        await world.LetAsync(hana.ClickAsync(plan.Post!, "Start"));
        await world.AdvanceToAsync(Stage.Monday);
        await world.LetAsync(hana.ClickAsync(Answer(world), Undo));
        await world.SettleAsync();
        await world.LetAsync(hana.CommandAsync($"/learn start {Own}", "learning"));

        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "draft-to-round");
        Stage.NobodySawTheInside(world);
    }

    [Fact]
    public async Task What_is_put_in_is_offered_at_once_beside_the_folder_and_survives_a_restart()
    {
        await using var world = await WorldAsync();
        await PutInAsync(world, Text());
        (await BrowseAsync(world)).ShouldContain("Ask a customer");
        (await BrowseAsync(world)).ShouldContain("One good question");

        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        (await BrowseAsync(world)).ShouldContain("Ask a customer");
        Answer(world).Text.ShouldContain("**`ask-a-customer.md`**, version 1, is in the library. Hana Lead put it in on Friday 8 January, 15:00 London.");

        await world.LetAsync(world.As("hana.lead").ClickAsync(Answer(world), Undo));
        (await BrowseAsync(world)).ShouldNotContain("Ask a customer");
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        (await BrowseAsync(world)).ShouldNotContain("Ask a customer");
    }

    [Fact]
    public async Task What_is_dropped_while_it_is_down_is_answered_once_when_it_is_back()
    {
        await using var world = await WorldAsync();
        await world.As("hana.lead").DropAsync(Facilitators, Name, Text());
        await world.SettleAsync();
        await world.StopSidecarAsync();
        await world.As("bilal").DropAsync(Facilitators, "other.md", Text(("title", "Other")));
        await world.StartSidecarAsync();
        await world.SettleAsync();

        Answer(world).Text.ShouldStartWith("**`other.md`** can be used: **Other**");
        world.As("hana.lead").Read(Facilitators).Count(post => post.UserId == Stage.BotId(world)).ShouldBe(2);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task A_formula_is_worth_a_look_unless_this_Mattermost_shows_it(bool shows, int warnings)
    {
        await using var world = await WorldAsync(world =>
        {
            if (shows)
                world.Mattermost.Seed.EnableLatex();
        });
        await world.As("hana.lead").DropAsync(Facilitators, Name, Text(("body", "What does somebody make of this?\n\n```latex\n\\frac{1}{2}\n```")));
        await world.SettleAsync();
        var said = Answer(world).Text;
        said.ShouldStartWith("**`ask-a-customer.md`** can be used");
        said.Split("formula").Length.ShouldBe(1 + warnings);
    }

    [Fact]
    public async Task A_translation_that_is_handed_in_gets_advice_on_its_own_words()
    {
        await using var world = await WorldAsync();
        await PutInAsync(world, Text(("body", "Ask somebody **one question**. ![The stairs](stairs.png)")));
        await world.As("hana.lead").DropAsync(Facilitators, $"{Own}.de.md", "---\ntitle: Frag\n---\nStell jemandem **eine Frage**. ![](treppe.png)\n\n## Hint after 1 day\nAuf der Treppe.\n\n## Wrap-up\nUnd dann?\n");
        await world.SettleAsync();
        var said = Answer(world).Text;
        said.ShouldContain("Worth a look");
        said.ShouldContain("a picture without a text for people who do not see it");
    }

    [Fact]
    public async Task On_a_disk_it_survives_as_well()
    {
        using var folder = new TemporaryFolder();
        LiteDbStore? store = null;
        await using (var world = await WorldAsync(Open))
        {
            await PutInAsync(world, Text());
            await world.StopSidecarAsync();
            await store!.DisposeAsync();
            Open(world);
            await world.StartSidecarAsync();

            (await BrowseAsync(world)).ShouldContain("Ask a customer");
            await world.LetAsync(world.As("hana.lead").ClickAsync(Answer(world), Undo));
            (await BrowseAsync(world)).ShouldNotContain("Ask a customer");
        }

        await store.DisposeAsync();

        void Open(SidecarWorld world) =>
            world.StoreOnDisk = store = LiteDbStore.Open(new LiteDbOptions { Path = folder.File("learning.db") }, world.Time, NullLogger<LiteDbStore>.Instance);
    }

    [Fact]
    public async Task The_same_name_is_a_new_version_and_undo_brings_back_the_one_before()
    {
        await using var world = await WorldAsync();
        var first = await PutInAsync(world, Text());
        var second = await PutInAsync(world, Text(("title", "Ask two customers")));

        (await BrowseAsync(world)).ShouldContain("Ask two customers");
        Look(world, first).Text.ShouldBe("**`ask-a-customer.md`**, version 1: version 2 has taken its place.");
        Look(world, first).Buttons.ShouldBeEmpty();

        await world.LetAsync(world.As("hana.lead").ClickAsync(Look(world, second), Undo));
        await world.SettleAsync();
        (await BrowseAsync(world)).ShouldContain("Ask a customer");
        Look(world, first).Buttons.Select(button => button.Label).ShouldBe([Undo]);
        Look(world, second).Text.ShouldStartWith("Version 2 of `ask-a-customer.md` was taken out of the library again.");

        (await world.LetAsync(world.As("hana.lead").CommandAsync("/learn library", "learning"))).Text.ShouldContain("- `ask-a-customer.md`, version 1, ");
        (await world.LetAsync(world.As("hana.lead").CommandAsync($"/learn library undo {Own}", "learning"))).Text.ShouldBe("Version 1 of `ask-a-customer.md` is out of the library.");
        (await BrowseAsync(world)).ShouldNotContain("Ask a customer");
    }

    [Fact]
    public async Task Pressed_twice_at_once_by_two_people_it_is_put_in_once()
    {
        await using var world = await WorldAsync();
        await world.As("hana.lead").DropAsync(Facilitators, Name, Text());
        await world.SettleAsync();
        var answer = Answer(world);
        var button = answer.Buttons.Single(one => one.Label == Put);

        await world.LetAsync(Task.WhenAll(
            PressAsync(world, "hana.lead", answer, button), PressAsync(world, "bilal", answer, button), PressAsync(world, "hana.lead", answer, button)));
        await world.SettleAsync();

        var file = (await world.Store.FindAsync(LibraryFile.OfAll, LibraryFile.All)).ShouldHaveSingleItem();
        file.Versions.ShouldBe(1);
        var undo = Answer(world).Buttons.Single(one => one.Label == Undo);
        await world.LetAsync(Task.WhenAll(PressAsync(world, "hana.lead", answer, undo), PressAsync(world, "bilal", answer, undo)));
        await world.SettleAsync();
        (await world.Store.FindAsync(LibraryFile.OfAll, LibraryFile.All)).ShouldHaveSingleItem().CurrentId.ShouldBeNull();
        Answer(world).Buttons.Select(one => one.Label).ShouldBe([Put, "See all of it"]);
    }

    /// <summary>Whoever presses when the button has just gone is told so by Mattermost, and nothing else is pressed in its place.</summary>
    private static async Task PressAsync(SidecarWorld world, string who, SeenPost answer, SeenButton button)
    {
        try
        {
            await world.As(who).ClickAsync(answer, button);
        }
        catch (StandInException e) when (e.Status == 404)
        {
            world.As(who).Look(answer.Id).Buttons.Select(one => one.Label).ShouldNotContain(button.Label);
        }
    }

    [Fact]
    public async Task A_slug_of_the_folder_is_taken_and_one_that_the_folder_takes_later_is_told()
    {
        await using var world = await WorldAsync(world => world.ContentPoll = TimeSpan.FromHours(1));
        await world.As("hana.lead").DropAsync(Facilitators, $"{Stage.Slug}.md", Text());
        await world.SettleAsync();
        Answer(world).Text.ShouldContain("The slug `one-good-question` belongs to `challenges/one-good-question.md` already");
        Answer(world).Buttons.ShouldBeEmpty();

        await PutInAsync(world, Text());
        world.WriteContent("challenges/ask-a-customer.md", Stage.Challenge(("title", "From the folder")));
        await world.AdvanceAsync(TimeSpan.FromHours(2));
        (await BrowseAsync(world)).ShouldContain("From the folder");
        world.As("hana.lead").Latest(Facilitators).Text.ShouldContain("**`ask-a-customer.md` has an error.**\nThe slug `ask-a-customer` belongs to `challenges/ask-a-customer.md` already");
    }

    [Fact]
    public async Task What_cannot_be_an_activity_gets_a_sentence()
    {
        await using var world = await WorldAsync();
        (string Name, byte[] Bytes, string Sentence)[] files =
        [
            ("plan.docx", [1, 2, 3], "an activity is a Markdown file"),
            ("huge.md", new byte[(1024 * 1024) + 1], "larger than 1 MiB"),
            ("picture.md", [0x89, 0x50, 0, 0], "something else in it than text"),
            ("latin.md", Encoding.Latin1.GetBytes("---\ntitle: Übung\n---\n"), "not saved as UTF-8"),
            ("utf16.md", [0xFF, 0xFE, 0x41, 0x00], "not saved as UTF-8"),
            ("README.md", [0x41], "Call it, for example, `ask-a-customer.md`."),
            ("activity.md", [0x41], "Call it, for example, `ask-a-customer.md`."),
            ("empty.md", "\n"u8.ToArray(), "has one thing to mend"),
        ];
        foreach (var (name, bytes, sentence) in files)
        {
            await world.As("hana.lead").DropAsync(Facilitators, name, bytes);
            await world.SettleAsync();
            Answer(world).Text.ShouldContain(sentence, customMessage: name);
            Answer(world).Buttons.ShouldBeEmpty();
        }

        Stage.NobodySawTheInside(world);
    }

    [Fact]
    public async Task Files_elsewhere_and_pictures_are_left_alone_and_only_facilitators_press()
    {
        await using var world = await WorldAsync();
        await world.As("hana.lead").DropAsync("learning", Name, Text());
        await world.As("hana.lead").DropAsync(Facilitators, "holiday.png", [1, 2, 3]);
        await world.SettleAsync();
        world.As("hana.lead").Read("learning").ShouldHaveSingleItem();
        world.As("hana.lead").Read(Facilitators).ShouldHaveSingleItem();

        await world.As("hana.lead").DropAsync(Facilitators, Name, Text());
        await world.SettleAsync();
        var post = Answer(world);
        await Stage.PressAsync(world, "ann", post, Stage.Seal(world, new("library", "put", (await world.Store.RangeAsync(LibraryVersion.ByOffer, "", null, 1))[0].Id, "")));
        (await BrowseAsync(world)).ShouldNotContain("Ask a customer");
    }

    [Fact]
    public async Task Whoever_put_it_in_can_be_forgotten_and_it_stays()
    {
        await using var world = await WorldAsync();
        await PutInAsync(world, Text(), "bilal");
        Answer(world).Text.ShouldContain("Bilal Khan put it in");

        await world.LetAsync(world.As("bilal").CommandAsync("/learn privacy forget yes", "learning"));
        await world.SettleAsync();

        (await world.Store.FindAsync(LibraryVersion.ByPerson, world.As("bilal").Id)).ShouldBeEmpty();
        Answer(world).Text.ShouldStartWith("**`ask-a-customer.md`**, version 1, is in the library since Friday 8 January, 15:00 London.");
        (await BrowseAsync(world)).ShouldContain("Ask a customer");
    }

    [Fact]
    public async Task A_slip_is_mended_in_the_post_that_is_already_out()
    {
        await using var world = await WorldAsync();
        var hana = world.As("hana.lead");
        await PutInAsync(world, Text(("body", "Ask a cutsomer.")));
        await Stage.StartRunAsync(world, Own);
        await world.AdvanceToAsync(Stage.Monday);
        var opening = Stage.Opening(world);
        await world.LetAsync(world.As("ann").ClickAsync(opening, "I'm in"));

        var second = await PutInAsync(world, Text(("body", "Ask a customer.")));
        Look(world, second).Buttons.Select(button => button.Label).ShouldBe(["Use in the open round", Undo]);
        var told = await world.LetAsync(hana.ClickAsync(Look(world, second), "Use in the open round"));
        await world.AdvanceAsync(TimeSpan.FromSeconds(5));

        told.Dialog!.Json.ToJsonString().ShouldContain($"/pl/{opening.Id}");
        var now = Look(world, opening.Id);
        now.Message.ShouldContain("Ask a customer.\n");
        now.Text.ShouldContain("In so far: Ann Berg");
        now.Buttons.Select(button => button.Label).ShouldBe(["I'm in", "How it works"]);
        Look(world, second).Buttons.Select(button => button.Label).ShouldBe([Undo]);
    }

    [Fact]
    public async Task What_changes_a_promise_waits_for_the_next_round()
    {
        await using var world = await WorldAsync();
        await PutInAsync(world, Text());
        await Stage.StartRunAsync(world, Own);
        await world.AdvanceToAsync(Stage.Monday);

        var second = await PutInAsync(world, Text(("open-for", "2 days"), ("body", "Ask two customers.")));
        Look(world, second).Buttons.Select(button => button.Label).ShouldBe([Undo]);
        (await world.LetAsync(world.As("hana.lead").CommandAsync($"/learn library use {Own}", "learning"))).Text.ShouldStartWith("No open round could take it.");
        Stage.Opening(world).Message.ShouldNotContain("Ask two customers.");
        await world.AdvanceToAsync(Stage.Monday.AddDays(7));
        Stage.Opening(world, 2).Message.ShouldContain("Ask two customers.");
    }

    internal static Task<SidecarWorld> WorldAsync(Action<SidecarWorld>? prepare = null) => Stage.WorldAsync(
        seed => seed.AddChannel(SidecarWorld.Team, Facilitators, "Facilitators", isPrivate: true, members: ["hana.lead", "bilal"]),
        prepare: world =>
        {
            world.Set("Facilitators__Channel", Facilitators);
            world.Mattermost.Seed.AddToChannel(world.Mattermost.Seed.ChannelId(SidecarWorld.Team, Facilitators), Stage.Bot);
            prepare?.Invoke(world);
        });

    private static string Text(params (string Key, string? Value)[] changes) =>
        Stage.Challenge([("title", "Ask a customer"), ("rounds", "2"), .. changes]);

    private static async Task<string> PutInAsync(SidecarWorld world, string text, string who = "hana.lead")
    {
        await world.As(who).DropAsync(Facilitators, Name, text);
        await world.SettleAsync();
        var answer = Answer(world);
        await world.LetAsync(world.As(who).ClickAsync(answer, Put));
        await world.SettleAsync();
        return answer.Id;
    }

    internal static SeenPost Answer(SidecarWorld world) => world.As("hana.lead").Read(Facilitators).Last(post => post.UserId == Stage.BotId(world));

    private static SeenPost Look(SidecarWorld world, string postId) => world.As("hana.lead").Look(postId);

    private static async Task<string> BrowseAsync(SidecarWorld world) => (await world.LetAsync(world.As("hana.lead").CommandAsync("/learn browse", "learning"))).Text;
}
