using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar.Endpoints;
using MattermostLearning.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Whoever calls far too often is told to slow down, and is the only one to notice.</summary>
public sealed class HammeringTests
{
    private const int Limit = 120;
    private const string TooFast = "That was more than 120 commands and clicks in a minute, and I can't keep up, so nothing has changed. Please wait a moment and try again.";
    private const string TooFastInGerman =
        "Das waren mehr als 120 Befehle und Klicks in einer Minute, da komme ich nicht mit; es bleibt also alles, wie es ist. Warte einen Moment und versuch es noch einmal.";

    [Fact]
    public async Task Beyond_the_limit_nothing_is_done_until_a_moment_has_passed_and_others_are_served_as_ever()
    {
        await using var world = await Stage.OpenedAsync();
        using var seen = new RecordedTelemetry(world.Services);
        var (ann, opening) = (world.As("ann"), Stage.Opening(world));
        for (var call = 1; call <= Limit; call++)
            (await ann.CommandAsync("/learn help", "learning")).Text.ShouldNotBe(TooFast);

        (await world.LetAsync(ann.CommandAsync($"/learn join {Stage.Slug}", "learning"))).Text.ShouldBe(TooFast);
        (await world.LetAsync(ann.ClickAsync(opening, "I'm in"))).Text.ShouldBe(TooFast);
        (await Stage.RoundAsync(world)).Joined.ShouldBe(0);
        (await world.LetAsync(world.As("bilal").ClickAsync(opening, "I'm in"))).Text.ShouldStartWith("You're in for this round");

        await world.AdvanceAsync(TimeSpan.FromMinutes(1) / Limit);
        (await world.LetAsync(ann.ClickAsync(opening, "I'm in"))).Text.ShouldStartWith("You're in for this round");
        (await world.LetAsync(ann.CommandAsync("/learn", "learning"))).Text.ShouldBe(TooFast);
        (await Stage.RoundAsync(world)).Joined.ShouldBe(2);
        seen.Of("learning.callback.duration", "outcome=limited").Count.ShouldBe(3);
        seen.Of("learning.callback.duration", "outcome=answered").Count.ShouldBe(Limit + 2);
        world.Log.Problems.ShouldHaveSingleItem().ShouldContain("Somebody calls more than 120 times in a minute");
    }

    [Fact]
    public async Task Who_reads_German_is_told_in_German()
    {
        await using var world = await Stage.WorldAsync(seed => seed.AddUser("greta", "Greta Groß", "Europe/Berlin", locale: "de", teams: SidecarWorld.Team));
        for (var call = 1; call <= Limit; call++)
            await world.As("greta").CommandAsync("/learn help", "town-square");

        (await world.As("greta").CommandAsync("/learn help", "town-square")).Text.ShouldBe(TooFastInGerman);
    }

    [Fact]
    public async Task Forged_clicks_in_somebodys_name_take_nothing_from_them_and_soon_ask_Mattermost_nothing()
    {
        await using var world = await Stage.OpenedAsync();
        var opening = Stage.Opening(world);
        var asked = 0;
        world.Mattermost.Faults.Choose = target =>
        {
            asked += target.IsBot ? 1 : 0;
            return null;
        };
        for (var call = 1; call <= Limit; call++)
            (await Stage.PressAsync(world, "ann", opening, "forged")).Text.ShouldStartWith("I can't read that button any more");
        asked.ShouldBeGreaterThan(0, "how Ann is spoken to");
        asked = 0;

        // Dev is a person whom nobody has asked about yet.
        (await Stage.PressAsync(world, "dev", opening, "forged")).Text.ShouldBe(TooFast);
        asked.ShouldBe(0);
        (await world.LetAsync(world.As("ann").ClickAsync(opening, "I'm in"))).Text.ShouldStartWith("You're in for this round");
    }

    [Fact]
    public void Of_whoever_has_rested_nothing_is_kept()
    {
        var time = new VirtualTime(Stage.Friday);
        var limits = new CallerLimits(Limit, time, NullLogger<CallerLimits>.Instance);
        for (var person = 0; person < 100_000; person++)
        {
            limits.Takes($"person{person}").ShouldBeTrue();
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        // 100 people a second, each with nothing kept after half a second.
        limits.Kept.ShouldBeLessThan(2_000);
    }

    [Fact]
    public void A_clock_that_is_set_frees_nobody_and_locks_nobody_out()
    {
        var time = new VirtualTime(Stage.Friday);
        var limits = new CallerLimits(Limit, time, NullLogger<CallerLimits>.Instance);
        for (var call = 0; call < Limit; call++)
            limits.Takes("ann").ShouldBeTrue();

        time.Step(TimeSpan.FromHours(1));
        limits.Takes("ann").ShouldBeFalse();
        time.Step(TimeSpan.FromHours(-2));
        time.Advance(TimeSpan.FromSeconds(1));
        limits.Takes("ann").ShouldBeTrue();
    }
}
