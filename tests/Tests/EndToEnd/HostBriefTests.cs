using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What the host is told, privately, after each close.</summary>
public sealed class HostBriefTests
{
    private static readonly string[] Everybody = ["ann", "bilal", "chiara", "dev", "hana.lead", "ada.admin"];

    [Fact]
    public async Task The_host_gets_figures_and_the_next_date_after_a_close()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        foreach (var person in Everybody)
            await town.World.LetAsync(town.As(person).ClickAsync(first, "I'm in"));
        await town.ReplyAsync("ann", first, "I asked Nia.");
        await town.ReplyAsync("bilal", first, "I asked my neighbours.");
        await town.CloseRoundAsync();

        (await LastToHostAsync(town)).Message.ShouldBe("""
            This round of **One good question** in ~learning is closed.
            - joined: 6
            - replied: a few
            - for the first time: a few
            - next round: Monday 09:00 your time
            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task First_timers_are_those_who_never_replied_in_this_run_before()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        foreach (var person in Everybody)
            await town.ReplyAsync(person, first, "Once.");
        var second = await town.OpenNextRoundAsync();
        foreach (var person in Everybody)
            await town.ReplyAsync(person, second, "Again.");
        await town.CloseRoundAsync();
        (await LastToHostAsync(town)).Message.ShouldContain("- replied: 6\n- next round");

        await town.World.AdvanceToAsync(LearningTown.SecondOpening.AddDays(7).AddMinutes(5));
        await town.ReplyAsync("eve", town.Openings()[^1], "Hello.", joining: true);
        await town.World.AdvanceToAsync(LearningTown.FirstClose.AddDays(14).AddMinutes(5));
        (await LastToHostAsync(town)).Message.ShouldContain("- for the first time: a few");
    }

    [Fact]
    public async Task The_question_after_two_silent_rounds_comes_in_the_same_message()
    {
        await using var town = await LearningTown.StartAsync();
        await town.OpenRoundAsync();
        await town.CloseRoundAsync();
        (await LastToHostAsync(town)).Message.ShouldContain("- replied: nobody");
        await town.OpenNextRoundAsync();
        var before = (await town.DirectMessagesAsync("hana.lead")).Count;
        await town.CloseRoundAsync();

        var told = await town.DirectMessagesAsync("hana.lead");
        told.Count.ShouldBe(before + 1);
        told[^1].Message.ShouldContain("- joined: nobody");
        told[^1].Message.ShouldContain("went by without a reply, so I have paused it.");
        told[^1].Message.Length.ShouldBeLessThan(600);
        told[^1].Buttons.Select(button => button.Label).ShouldBe(["Go on", "Every two weeks", "Stop"]);
    }

    [Fact]
    public async Task The_host_learns_what_could_not_be_posted()
    {
        await using var town = await LearningTown.StartAsync();
        var first = await town.OpenRoundAsync();
        await town.World.LetAsync(town.As("ada.admin").CallAsync("DELETE", $"/channels/{town.ChannelId}/members/{town.As("learning").Id}"));
        await town.World.AdvanceToAsync(LearningTown.FirstOpening.AddDays(1).AddHours(1));
        await town.World.LetAsync(town.As("ada.admin").AddAsync("learning", "learning"));
        await town.ReplyAsync("ann", first, "I asked Nia.");
        await town.CloseRoundAsync();

        (await LastToHostAsync(town)).Message.ShouldContain("- not posted: 1 message; Mattermost answered `");
    }

    private static async Task<SeenPost> LastToHostAsync(LearningTown town) => (await town.DirectMessagesAsync("hana.lead"))[^1];
}
