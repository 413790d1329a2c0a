using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A series of conversation starters as people live through it. The transcript is kept beside this file and is meant to be read.</summary>
public sealed class PromptSeriesTests
{
    private const string Series = """
        ---
        kind: prompt series
        title: Monday conversation
        summary: A question a week.
        channel: learning
        schedule: every Monday at 09:00
        time-zone: Europe/London
        quiet-after: 2 days
        invite: 2
        host: hana.lead
        ---
        It is how we find out whom we can ask.

        ## Prompt
        What did you learn last week by accident?

        ## Prompt
        Who taught you something without being your teacher?

        ## Openers
        - Name somebody yourself, with the one sentence that you still use.

        ## Prompt
        Which word do we use that a newcomer would not understand?
        """;

    [Fact]
    public async Task A_series_runs_for_six_weeks()
    {
        await using var world = await StartedAsync();
        var (hana, ann, bilal, dev) = (world.As("hana.lead"), world.As("ann"), world.As("bilal"), world.As("dev"));

        // Week 1: people talk, two agree to be asked; one suggests something, and the host takes it in.
        await world.AdvanceToAsync(At("2027-01-11 09:05"));
        var first = Opening(world, 1);
        await world.LetAsync(ann.ClickAsync(first, "Ask me sometimes"));
        await world.LetAsync(ann.ClickAsync(first, "Ask me sometimes"));
        await world.LetAsync(bilal.CommandAsync("/learn ask-me monday-conversation", "learning"));
        await world.LetAsync(dev.ClickAsync(first, "How it works"));
        await world.LetAsync(dev.ReplyAsync(first, "That our printer scans to chat. By pressing the wrong button."));
        await world.LetAsync(ann.ReplyAsync(first, "That half of my mails are answers to questions in the handbook."));
        await world.LetAsync(dev.ClickAsync(first, "Suggest a prompt"));
        await world.LetAsync(dev.SubmitAsync(new JsonObject { ["text"] = "What have you stopped doing, and nobody missed it, @all?", ["name"] = true }, channel: "learning"));
        await world.LetAsync(hana.ClickAsync(await LastDirectAsync(world, "hana.lead"), "Take it in"));
        await world.AdvanceToAsync(At("2027-01-15 12:00"));

        // Week 2: the suggestion comes; those who agreed are asked to go first, and one does.
        await world.AdvanceToAsync(At("2027-01-18 15:00"));
        await world.LetAsync(bilal.ReplyAsync(Opening(world, 2), "A weekly report. Nobody noticed for two months."));
        await world.AdvanceToAsync(At("2027-01-24 12:00"));
        await world.LetAsync(dev.ReplyAsync(Opening(world, 2), "On a Sunday: printing."));

        // Week 3: people still talk, so nothing new comes; the host is told why.
        await world.AdvanceToAsync(At("2027-01-25 12:00"));

        // Week 4: nobody says anything, and the host gets three openers; nobody is asked twice in two weeks, but two weeks have passed.
        await world.AdvanceToAsync(At("2027-02-01 15:00"));
        await world.LetAsync(ann.ClickAsync(await LastDirectAsync(world, "ann"), "Don't ask me"));
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await world.AdvanceToAsync(At("2027-02-05 12:00"));

        // Weeks 5 and 6: the last two. Ann is not asked any more; the host is asked how it goes on.
        await world.AdvanceToAsync(At("2027-02-08 10:00"));
        await world.LetAsync(hana.ReplyAsync(Opening(world, 4), "Anneke, my first neighbour at work: \"Ask before you search.\""));
        await world.AdvanceToAsync(At("2027-02-12 12:00"));
        await world.LetAsync(hana.ClickAsync(await LastDirectAsync(world, "hana.lead"), "Go on"));
        await world.AdvanceToAsync(At("2027-02-15 09:05"));
        await world.LetAsync(ann.CommandAsync("/learn", "learning"));

        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "prompt-series");
        Snapshot.Verify(string.Join('\n', await Stage.FactsAsync(world, ["ann", "bilal", "dev"])), "prompt-series-facts");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_suggestion_is_typed_too_found_by_who_decides_and_taken_back_by_who_gave_it()
    {
        await using var world = await OpenedAsync();
        var (hana, ann, dev) = (world.As("hana.lead"), world.As("ann"), world.As("dev"));

        (await world.LetAsync(ann.CommandAsync("/learn suggest Why?", "learning"))).Text.ShouldContain("10 characters at least");
        var typed = await world.LetAsync(ann.CommandAsync("/learn suggest For whom would you write a handbook?", "learning"));
        typed.Text.ShouldContain("Hana Lead sees your prompt");
        (await world.LetAsync(ann.CommandAsync("/learn suggest for monday-conversation: For whom would you write a handbook?", "off-topic"))).Text.ShouldContain("You have suggested that already");
        (await SuggestionsAsync(world)).ShouldHaveSingleItem("sent in twice, it is there once");
        (await world.LetAsync(dev.CommandAsync("/learn suggest waiting", "learning"))).Text.ShouldBe("No suggestion is waiting for you.");
        var waiting = await world.LetAsync(hana.CommandAsync("/learn suggest waiting", "learning"));
        waiting.Text.ShouldContain("> For whom would you write a handbook?");

        await world.LetAsync(ann.ClickAsync(typed.Post!, "Take it back"));

        (await SuggestionsAsync(world)).ShouldBeEmpty();
        (await world.LetAsync(hana.ClickAsync(waiting.Post!, "Take it in"))).Text.ShouldContain("nothing has changed");
        (await LastDirectAsync(world, "hana.lead")).Text.ShouldBe("A prompt that somebody had suggested for **Monday conversation** was taken back.");

        // Thought better of, it is another suggestion with a message of its own, even right away.
        await world.AdvanceAsync(TimeSpan.FromSeconds(2));
        await world.LetAsync(ann.CommandAsync("/learn suggest For whom would you write a handbook?", "learning"));
        var anew = await LastDirectAsync(world, "hana.lead");
        anew.Text.ShouldContain("suggests a prompt for **Monday conversation**");
        await world.LetAsync(hana.ClickAsync(anew, "Take it in"));
        (await SuggestionsAsync(world)).ShouldHaveSingleItem().IsAccepted.ShouldBeTrue();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_or_stands_already_is_not_suggested_again_by_anybody()
    {
        const string text = "For whom would you write a handbook?";
        await using var world = await OpenedAsync();
        var (hana, ann, dev) = (world.As("hana.lead"), world.As("ann"), world.As("dev"));
        await SuggestAsync(world, ann, text);
        // So long after it what was sent is no longer known.
        await world.AdvanceAsync(TimeSpan.FromDays(9));

        await world.LetAsync(ann.CommandAsync("/learn suggest", "learning"));
        (await world.LetAsync(ann.SubmitAsync(new JsonObject { ["text"] = text, ["name"] = false }, channel: "learning"))).Errors["text"]
            .ShouldBe("You have suggested that already, and it waits to be decided. I'll tell you when it is taken in.");
        (await world.LetAsync(ann.CommandAsync($"/learn suggest {text}", "learning"))).Post!.Buttons.ShouldHaveSingleItem().Label.ShouldBe("Take it back");
        var others = await world.LetAsync(dev.CommandAsync("/learn suggest for whom would you write a  handbook", "learning"));
        others.Text.ShouldBe("That has been suggested already and waits to be decided, so nothing has changed. Another idea is welcome.");
        others.Post!.Buttons.ShouldBeEmpty();

        await world.LetAsync(hana.ClickAsync((await DirectAsync(world, "hana.lead")).Last(post => post.Buttons.Any(one => one.Label == "Take it in")), "Take it in"));
        foreach (var (person, again) in new[] { (ann, text), (dev, text), (dev, "What did you learn last week by accident?") })
        {
            (await world.LetAsync(person.CommandAsync($"/learn suggest {again}", "learning"))).Text
                .ShouldBe("That is part of the series already, so nothing has changed. Another idea is welcome.");
        }

        (await SuggestionsAsync(world)).ShouldHaveSingleItem().PersonId.ShouldBe(ann.Id);
        (await DirectAsync(world, "ann")).Count(post => post.Text.StartsWith("Thank you.", StringComparison.Ordinal)).ShouldBe(1);
        (await DirectAsync(world, "dev")).ShouldBeEmpty();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_taken_back_after_weeks_is_taken_out_of_the_hosts_message_too()
    {
        await using var world = await OpenedAsync();
        await SuggestAsync(world, world.As("ann"), "For whom would you write a handbook?");
        await SuggestAsync(world, world.As("bilal"), "What have you learned from a mistake?");
        var offered = (await DirectAsync(world, "hana.lead")).TakeLast(2).ToList();
        await world.AdvanceAsync(TimeSpan.FromDays(30));

        await world.LetAsync(world.As("ann").ClickAsync((await DirectAsync(world, "ann")).Last(post => post.Buttons.Any(one => one.Label == "Take it back")), "Take it back"));
        await world.LetAsync(world.As("bilal").CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));

        offered.Select(post => world.As("hana.lead").Look(post.Id).Text).ShouldAllBe(text => text == "A prompt that somebody had suggested for **Monday conversation** was taken back.");
        (await SuggestionsAsync(world)).ShouldBeEmpty();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Left_out_a_suggestion_is_deleted_and_saying_so_twice_changes_nothing()
    {
        await using var world = await OpenedAsync();
        var (hana, ann) = (world.As("hana.lead"), world.As("ann"));
        await world.LetAsync(ann.CommandAsync("/learn suggest What would you never print?", "learning"));
        var listed = await world.LetAsync(hana.CommandAsync("/learn suggest waiting", "learning"));

        await world.LetAsync(hana.ClickAsync(await LastDirectAsync(world, "hana.lead"), "Leave it out"));
        var again = await world.LetAsync(hana.ClickAsync(listed.Post!, "Leave it out"));

        (await SuggestionsAsync(world)).ShouldBeEmpty();
        again.Text.ShouldBe("That has been decided already, or has come up, so nothing has changed.");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Forgotten_what_has_come_is_nobodys_and_what_has_not_is_gone()
    {
        await using var world = await OpenedAsync();
        var (hana, ann) = (world.As("hana.lead"), world.As("ann"));
        await SuggestAsync(world, ann, "What do you know by heart that nobody asks for?");
        await world.LetAsync(hana.ClickAsync(await LastDirectAsync(world, "hana.lead"), "Take it in"));
        await world.LetAsync(ann.CommandAsync("/learn ask-me monday-conversation", "learning"));
        (await world.LetAsync(ann.CommandAsync("/learn progress", "learning"))).Text.ShouldContain("since Monday 11 January, you may be asked to go first");
        await world.AdvanceToAsync(At("2027-01-18 09:05"));
        Opening(world, 2).Message.ShouldContain("Suggested by Ann Berg.");
        await SuggestAsync(world, ann, "What would you have liked to be asked first?");

        await world.LetAsync(ann.CommandAsync("/learn privacy forget yes", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));

        Opening(world, 2).Message.ShouldNotContain("Ann Berg");
        Opening(world, 2).Message.ShouldContain("What do you know by heart that nobody asks for?");
        (await SuggestionsAsync(world)).ShouldHaveSingleItem().PersonId.ShouldBe(Forgotten.Nobody);
        (await DirectAsync(world, "hana.lead")).ShouldNotContain(post => post.Text.Contains("asked first"), "the host's message lost the words, too");
        world.Store.Everything().Values.SelectMany(kind => kind.Values).ShouldAllBe(document => !document.Contains(ann.Id));
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_leaves_the_channel_is_not_asked()
    {
        await using var world = await OpenedAsync();
        await world.LetAsync(world.As("ann").ClickAsync(Opening(world, 1), "Ask me sometimes"));
        await world.LetAsync(world.As("ann").LeaveAsync("learning"));

        await world.AdvanceToAsync(At("2027-01-19 12:00"));

        (await DirectAsync(world, "ann")).ShouldBeEmpty();
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_post_deleted_the_channel_archived_and_the_run_stopped_end_the_round()
    {
        await using var world = await OpenedAsync();
        var (hana, dev) = (world.As("hana.lead"), world.As("dev"));
        await world.LetAsync(world.As("learning").DeleteAsync(Opening(world, 1)));
        (await LastDirectAsync(world, "hana.lead")).Text.ShouldContain("was deleted, so the round has ended");

        await world.AdvanceToAsync(At("2027-01-18 09:05"));
        await world.LetAsync(world.As("root").CallAsync("DELETE", $"/channels/{Opening(world, 1).ChannelId}"));
        (await LastDirectAsync(world, "hana.lead")).Text.ShouldContain("was archived");
        await world.LetAsync(world.As("root").CallAsync("POST", $"/channels/{Openings(world)[0].ChannelId}/restore"));
        await world.AdvanceToAsync(At("2027-01-25 09:05"));
        Openings(world)[^1].Message.ShouldContain("Which word do we use");

        await world.LetAsync(hana.CommandAsync("/learn stop monday-conversation", "learning"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        Openings(world)[^1].Buttons.ShouldBeEmpty();
        await world.AdvanceToAsync(At("2027-02-08 12:00"));
        Openings(world).Count.ShouldBe(2);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edited_in_mid_run_no_starter_comes_again()
    {
        await using var world = await OpenedAsync();
        world.WriteContent("prompt-series/monday-conversation.md", Series.Replace("last week by accident?", "last week, by accident and unasked?", StringComparison.Ordinal));
        await world.AdvanceToAsync(At("2027-01-25 09:05"));

        Openings(world).Select(post => post.Message.Split('\n')[1]).ShouldBe(
        [
            "What did you learn last week by accident?", "Who taught you something without being your teacher?", "Which word do we use that a newcomer would not understand?",
        ]);
        world.Log.Problems.ShouldBeEmpty();
    }

    private static Task<SidecarWorld> StartedAsync() => WithRunAsync(SidecarWorld.StartAsync(
        Stage.Friday, "hana.lead",
        seed =>
        {
            Stage.Everybody(seed);
            seed.AddUser("eve", "Eve Adler", teams: SidecarWorld.Team);
        },
        new Dictionary<string, string> { ["prompt-series/monday-conversation.md"] = Series }));

    private static async Task<SidecarWorld> WithRunAsync(Task<SidecarWorld> starting)
    {
        var world = await starting;
        await Stage.StartRunAsync(world, "monday-conversation");
        return world;
    }

    private static async Task<SidecarWorld> OpenedAsync()
    {
        var world = await StartedAsync();
        await world.AdvanceToAsync(At("2027-01-11 09:05"));
        return world;
    }

    private static async Task SuggestAsync(SidecarWorld world, Person person, string text)
    {
        await world.LetAsync(person.CommandAsync("/learn suggest", "learning"));
        (await world.LetAsync(person.SubmitAsync(new JsonObject { ["text"] = text, ["name"] = true }, channel: "learning"))).IsClosed.ShouldBeTrue();
    }

    private static async Task<IReadOnlyList<Suggestion>> SuggestionsAsync(SidecarWorld world) =>
        await world.Store.FindAsync(Suggestion.ByRun, (await Stage.RunAsync(world)).Id);

    private static IReadOnlyList<SeenPost> Openings(SidecarWorld world) => Stage.Openings(world);

    private static SeenPost Opening(SidecarWorld world, int round) => Stage.Opening(world, round);

    private static Task<IReadOnlyList<SeenPost>> DirectAsync(SidecarWorld world, string person) => Stage.DirectAsync(world, person);

    private static async Task<SeenPost> LastDirectAsync(SidecarWorld world, string person) => (await DirectAsync(world, person))[^1];

    private static DateTimeOffset At(string utc) => Stage.At(utc);
}
