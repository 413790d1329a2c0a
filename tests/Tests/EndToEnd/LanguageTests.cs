using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A channel has one language, the run's; what only one person reads is in theirs.</summary>
public sealed class LanguageTests
{
    private static readonly string[] EnglishWords = ["Your host", "Open until", "I'm in", "In so far", "This round", "Two lines", "your time", "January"];

    [Fact]
    public async Task A_German_round_is_lived_through_by_somebody_who_reads_German_and_somebody_who_reads_English()
    {
        await using var world = await GermanWorldAsync();
        var (hana, jutta, bilal) = (world.As("hana.lead"), world.As("jutta"), world.As("bilal"));
        await Stage.StartRunAsync(world);
        await world.LetAsync(jutta.CommandAsync("/learn", "learning"));

        await world.AdvanceToAsync(Stage.Monday.AddMinutes(5));
        var opening = Stage.Opening(world);
        await world.LetAsync(jutta.ClickAsync(opening, "Bin dabei"));
        await world.LetAsync(bilal.ClickAsync(opening, "Bin dabei"));
        await world.LetAsync(jutta.ClickAsync(opening, "So geht's"));
        await world.LetAsync(bilal.CommandAsync("/learn help join", "learning"));
        await world.AdvanceToAsync(Stage.Monday.AddHours(2));
        await world.LetAsync(jutta.ClickAsync((await Stage.DirectAsync(world, "jutta"))[^1], "Jede Runde"));
        var reply = await world.LetAsync(world.As("dev").ReplyAsync(opening, "Ich habe den Nachtdienst gefragt."));
        await world.LetAsync(jutta.ReactAsync(reply, "tada"));
        await world.LetAsync(bilal.ReactAsync(reply, "bulb"));
        // Thursday: both are reminded, each in their own words. Friday: the wrap-up.
        await world.AdvanceToAsync(Stage.Monday.AddDays(4).AddHours(1));
        await world.LetAsync(hana.CommandAsync("/learn schedule", "learning"));
        await world.LetAsync(jutta.CommandAsync("/learn join one-good-question", "learning"));

        Snapshot.Verify(world.Mattermost.Transcript.ToString(), "german-round");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_English_stands_in_a_German_channel_and_nothing_German_is_said_to_who_reads_English()
    {
        await using var world = await GermanWorldAsync();
        await Stage.StartRunAsync(world);
        await world.AdvanceToAsync(Stage.Monday);
        await world.LetAsync(world.As("jutta").ClickAsync(Stage.Opening(world), "Bin dabei"));
        await world.LetAsync(world.As("bilal").ClickAsync(Stage.Opening(world), "Bin dabei"));
        await world.AdvanceToAsync(Stage.Monday.AddDays(5));

        foreach (var said in world.As("dev").Read("learning").Where(post => post.UserId == Stage.BotId(world)).Select(post => post.Text))
            EnglishWords.ShouldAllBe(word => !said.Contains(word), said);
        foreach (var told in await Stage.DirectAsync(world, "bilal"))
            told.Text.ShouldNotContain("Runde");
        foreach (var told in await Stage.DirectAsync(world, "jutta"))
            EnglishWords.ShouldAllBe(word => !told.Text.Contains(word), told.Text);
    }

    [Fact]
    public async Task Without_a_language_in_its_file_a_channel_is_spoken_to_in_the_language_of_the_settings()
    {
        await using var world = await Stage.WorldAsync(prepare: world => world.Set("Sidecar__Language", "de"));
        await Stage.StartRunAsync(world);
        await world.AdvanceToAsync(Stage.Monday);
        Stage.Opening(world).Text.ShouldContain("Offen bis **Freitag, 15. Januar, 09:00 London**. Ansprechperson: Hana Lead.");
    }

    [Fact]
    public async Task A_host_is_told_in_their_own_language_what_happened_to_a_channel_of_another()
    {
        await using var world = await GermanWorldAsync();
        await Stage.StartRunAsync(world);
        await world.AdvanceToAsync(Stage.Monday);
        await world.LetAsync(world.As("root").CallAsync("DELETE", $"/posts/{Stage.Opening(world).Id}"));
        (await Stage.DirectAsync(world, "hana.lead"))[^1].Text.ShouldStartWith("The post of this round of **Eine gute Frage** in ~learning was deleted");
    }

    private static Task<SidecarWorld> GermanWorldAsync() => Stage.WorldAsync(
        seed =>
        {
            seed.AddUser("jutta", "Jutta Weiß", "Europe/Berlin", "de", teams: SidecarWorld.Team);
            seed.AddToChannel(seed.ChannelId(SidecarWorld.Team, "learning"), "jutta");
        },
        Stage.Content(("title", "Eine gute Frage"), ("language", "de"), ("body", "Stell jemandem außerhalb deines Teams **eine Frage**. Dann erzähl im Thread davon.")));
}
