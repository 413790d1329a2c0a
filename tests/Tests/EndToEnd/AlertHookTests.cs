using System.Text.Json;
using MattermostLearning.Sidecar.Doctor;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What the bot cannot tell the facilitators itself comes by the webhook that setup made.</summary>
public sealed class AlertHookTests
{
    [Fact]
    public async Task A_token_that_is_refused_is_told_by_webhook_once_and_that_it_works_again()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync("--facilitators-channel", "facilitators");
        town.WriteContent("broken.md", Stage.Challenge(("kind", "chalenge")));
        town.Mattermost.Seed.Revoke(town.Stored.BotToken!);
        await using var sidecar = await town.RunAsync(untilReady: false);

        await SetupTown.UntilAsync(async () => (await MessagesAsync(town)).Count > 0);
        var told = (await MessagesAsync(town)).ShouldHaveSingleItem();
        told.ShouldStartWith("Mattermost refuses my access token, so I post and answer nothing.");
        told.ShouldContain("\nMeanwhile these content files have errors:\n- `broken.md`, line 2: There is no kind ");

        (await town.SetupAsync()).Text.ShouldContain("done: make an access token for @learning");
        await SetupTown.UntilAsync(async () => (await MessagesAsync(town)).Contains("I am back, and post what waited."));
        (await MessagesAsync(town)).Count(text => text.StartsWith("Mattermost refuses", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_stops_working_while_the_connection_stays_up_is_told_at_the_next_call()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync("--facilitators-channel", "facilitators");
        await using var sidecar = await town.RunAsync();
        town.Mattermost.Seed.Revoke(town.Stored.BotToken!);

        // Doctor has the sidecar ask Mattermost, which it does every few seconds at most.
        await SetupTown.UntilAsync(async () => !(await town.DoctorAsync(asAdmin: false)).Has("sidecar", Verdict.Ok) && (await MessagesAsync(town)).Count > 0);
        (await MessagesAsync(town)).ShouldHaveSingleItem().ShouldStartWith("Mattermost refuses my access token");
    }

    [Fact]
    public async Task A_facilitators_channel_without_the_bot_is_told_there()
    {
        await using var town = await SetupTown.StartAsync();
        await town.SetupAsync("--facilitators-channel", "facilitators");
        var bot = JsonDocument.Parse(await town.AskAsync("/users/username/learning")).RootElement.GetProperty("id").GetString();
        await town.DeleteAsync($"/channels/{await ChannelAsync(town)}/members/{bot}");
        await using var sidecar = await town.RunAsync();

        await SetupTown.UntilAsync(async () => (await MessagesAsync(town)).Count > 0);
        (await MessagesAsync(town))[0].ShouldStartWith("I can't see the facilitators' channel ~facilitators, or it is not private");
    }

    private static async Task<IReadOnlyList<string>> MessagesAsync(SetupTown town)
    {
        var posts = JsonDocument.Parse(await town.AskAsync($"/channels/{await ChannelAsync(town)}/posts")).RootElement.GetProperty("posts");
        return [.. posts.EnumerateObject().Select(post => post.Value).Where(post => post.GetProperty("props").TryGetProperty("from_webhook", out _)).Select(post => post.GetProperty("message").GetString()!)];
    }

    private static async Task<string?> ChannelAsync(SetupTown town)
    {
        var team = JsonDocument.Parse(await town.AskAsync("/teams/name/acme")).RootElement.GetProperty("id").GetString();
        return JsonDocument.Parse(await town.AskAsync($"/teams/{team}/channels/name/facilitators")).RootElement.GetProperty("id").GetString();
    }
}
