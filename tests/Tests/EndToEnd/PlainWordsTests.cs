using System.Text.Json.Nodes;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A few words in the bot's direct messages do without `/learn`; anything else gets one hint a day, and then silence.</summary>
public sealed class PlainWordsTests
{
    private const string Hint = "I understand only a few words here";

    public static TheoryData<string, string> Words => new()
    {
        { "open", "**Open now**" },
        { "Open!", "**Open now**" },
        { "what's open?", "**Open now**" },
        { "HELP", "- `/learn`: what waits for you" },
        { "pause", "You have paused: no reminders" },
        { "Pause 2 weeks.", "You have paused until Monday 25 January, 10:00 Berlin" },
        { "pause until Friday", "You have paused until Friday 15 January, 00:00 Berlin" },
        { "Pause bis Freitag", "You have paused until Friday 15 January, 00:00 Berlin" },
        { "Pause bis 4. Februar", "You have paused until Thursday 4 February, 00:00 Berlin" },
        { "pause for ever", "I can't read `for ever` as a length of time" },
        { "resume", "You had not paused, so nothing has changed." },
        { "stop", "You were in nothing. Reminders are off now" },
        { "stopp", "You were in nothing. Reminders are off now" },
        { "weiter", "You had not paused, so nothing has changed." },
    };

    public static TheoryData<string, string> GermanWords => new()
    {
        { "Offen?", "**Gerade offen**" },
        { "open", "**Gerade offen**" },
        { "Hilfe!", "- `/learn`: was auf dich wartet" },
        { "pause", "Du machst Pause: keine Erinnerungen" },
        { "Pause 2 Wochen", "Du machst Pause bis Montag, 25. Januar, 10:00 Berlin" },
        { "Pause bis Freitag", "Du machst Pause bis Freitag, 15. Januar, 00:00 Berlin" },
        { "weiter", "Du hattest gar keine Pause" },
        { "Stopp", "Du warst nirgends dabei. Erinnerungen sind jetzt aus" },
        { "Na, wie geht's?", "Ich verstehe hier nur ein paar Wörter" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_word_is_answered_like_the_command_that_says_the_same(string word, string answer)
    {
        await using var world = await Stage.OpenedAsync();
        await SayAsync(world, "ann", word);
        (await Stage.DirectAsync(world, "ann")).ShouldHaveSingleItem().Text.ShouldContain(answer);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(GermanWords))]
    public async Task Who_reads_German_is_understood_and_answered_in_German(string word, string answer)
    {
        await using var world = await Stage.OpenedAsync(seed => seed.AddUser("jutta", "Jutta Weiß", "Europe/Berlin", "de", teams: SidecarWorld.Team));
        await SayAsync(world, "jutta", word);
        (await Stage.DirectAsync(world, "jutta")).ShouldHaveSingleItem().Text.ShouldContain(answer);
    }

    [Fact]
    public async Task Stop_takes_somebody_out_of_everything_and_says_how_to_come_back()
    {
        await using var world = await Stage.OpenedAsync();
        await world.LetAsync(world.As("ann").CommandAsync("/learn join one-good-question every round", "learning"));
        await SayAsync(world, "ann", "Stop.");

        var told = await Stage.DirectAsync(world, "ann");
        told[^1].Text.ShouldBe(
            "You are out of everything that you were in (**One good question**), and reminders are off: I no longer write to you first. "
            + "`/learn join` and a name, and `/learn reminders on`, bring you back.");
        await world.AdvanceToAsync(Stage.Monday.AddDays(12));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(told.Count, "no reminder in this round, and not in the next one");
        Stage.Openings(world).ShouldAllBe(post => !post.Text.Contains("Ann Berg"));
    }

    [Fact]
    public async Task A_host_who_stops_hears_what_stays_with_them()
    {
        await using var world = await Stage.OpenedAsync();
        var before = (await Stage.DirectAsync(world, "hana.lead")).Count;
        await SayAsync(world, "hana.lead", "stop");
        var told = await Stage.DirectAsync(world, "hana.lead");
        told.Count.ShouldBe(before + 1);
        told[^1].Text.ShouldEndWith("You still host `one-good-question`, so I ask you what comes up there. `/learn stop` and the name end that.");
    }

    [Fact]
    public async Task Leaving_everything_can_be_typed_too()
    {
        await using var world = await Stage.OpenedAsync();
        await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "I'm in"));
        (await world.LetAsync(world.As("ann").CommandAsync("/learn leave everything", "learning"))).Text.ShouldStartWith("You are out of everything that you were in");
        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
    }

    [Fact]
    public async Task Anything_else_gets_one_hint_with_buttons_and_then_silence_for_a_day_through_a_restart()
    {
        await using var world = await Stage.OpenedAsync();
        await SayAsync(world, "ann", "Hello there, who are you?");
        var hint = (await Stage.DirectAsync(world, "ann")).ShouldHaveSingleItem();
        hint.Text.ShouldStartWith(Hint);
        hint.Buttons.Select(button => button.Label).ShouldBe(["What is open", "Pause", "Help"]);

        await SayAsync(world, "ann", "And what do you do?");
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        await world.AdvanceToAsync(Stage.Monday.AddHours(23));
        await SayAsync(world, "ann", "Still there?");
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);

        await SayAsync(world, "ann", "open");
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(2, "a word is answered all the same");
        await SayAsync(world, "bilal", "Hi");
        (await Stage.DirectAsync(world, "bilal")).ShouldHaveSingleItem().Text.ShouldStartWith(Hint);
        await world.AdvanceToAsync(Stage.Monday.AddHours(25));
        await SayAsync(world, "ann", "Still there?");
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_buttons_of_the_hint_do_what_the_words_do_in_its_place()
    {
        await using var world = await Stage.OpenedAsync();
        await SayAsync(world, "ann", "Hello");
        var hint = (await Stage.DirectAsync(world, "ann"))[^1];
        await world.LetAsync(world.As("ann").ClickAsync(hint, "What is open"));
        var open = world.As("ann").Look(hint.Id);
        open.Text.ShouldContain("**Open now**");
        await world.LetAsync(world.As("ann").ClickAsync(open, "Join: One good question"));
        (await Stage.RoundAsync(world)).Joined.ShouldBe(1);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("Hello?")]
    public async Task A_message_that_is_told_again_after_a_gap_is_not_answered_again(string text)
    {
        await using var world = await Stage.OpenedAsync();
        var post = await world.LetAsync(world.As("ann").MessageAsync(Stage.Bot, text));
        var told = new DirectMessage(post.Id, post.ChannelId, post.UserId, text);
        TellAgain();
        TellAgain();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        await world.StopSidecarAsync();
        await world.StartSidecarAsync();
        TellAgain();
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);

        void TellAgain() => world.Services.GetRequiredService<PlainWords>().Hear(told);
    }

    [Fact]
    public async Task What_was_written_while_nobody_listened_is_not_answered_late()
    {
        await using var world = await Stage.OpenedAsync();
        await world.StopSidecarAsync();
        await world.As("ann").MessageAsync(Stage.Bot, "help");
        await world.As("ann").MessageAsync(Stage.Bot, "hello?");
        world.Mattermost.Faults.Restart();
        await world.StartSidecarAsync();
        await world.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await Stage.DirectAsync(world, "ann")).ShouldBeEmpty();
        await SayAsync(world, "ann", "help");
        (await Stage.DirectAsync(world, "ann")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Bots_and_automatic_messages_get_no_answer()
    {
        await using var world = await Stage.OpenedAsync(seed => seed.AddBot("build.bot", "Build", SidecarWorld.Team));
        await SayAsync(world, "build.bot", "help");
        await SayAsync(world, "build.bot", "Build 17 is green.");
        var direct = await world.As("ann").DirectAsync(Stage.Bot);
        await world.LetAsync(world.As("ann").CallAsync("POST", "/posts", new JsonObject
        {
            ["channel_id"] = direct, ["message"] = "help", ["props"] = new JsonObject { ["from_webhook"] = "true" },
        }));
        await world.LetAsync(world.As("ann").CallAsync("POST", "/posts", new JsonObject { ["channel_id"] = direct, ["message"] = "help", ["type"] = "custom_note" }));
        (await Stage.DirectAsync(world, "build.bot")).ShouldBeEmpty();
        (await Stage.DirectAsync(world, "ann")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_below_a_direct_message_of_the_bot_is_no_reply_in_the_round()
    {
        await using var world = await Stage.OpenedAsync();
        await world.LetAsync(world.As("ann").ClickAsync(Stage.Opening(world), "I'm in"));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
        await world.LetAsync(world.As("ann").ReplyAsync((await Stage.DirectAsync(world, "ann"))[^1], "Done!"));
        (await Stage.RoundAsync(world)).Contributors.ShouldBe(0);
        (await Stage.DirectAsync(world, "ann"))[^1].Text.ShouldStartWith(Hint);
    }

    [Fact]
    public async Task In_a_channel_the_words_are_just_words()
    {
        await using var world = await Stage.OpenedAsync();
        await world.LetAsync(world.As("ann").PostAsync("learning", "stop"));
        (await world.Store.GetAsync<PersonSettings>(world.As("ann").Id)).ShouldBeNull();
        (await Stage.DirectAsync(world, "ann")).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_text_of_a_direct_message_is_kept_or_logged()
    {
        await using var world = await Stage.OpenedAsync();
        await SayAsync(world, "ann", "My secret is xyzzy.");
        await SayAsync(world, "ann", "stop");
        world.Log.Lines.ShouldAllBe(line => !line.Contains("xyzzy"));
    }

    private static async Task SayAsync(SidecarWorld world, string who, string text)
    {
        await world.LetAsync(world.As(who).MessageAsync(Stage.Bot, text));
        await world.AdvanceAsync(TimeSpan.FromMinutes(1));
    }
}
