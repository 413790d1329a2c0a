using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.Unit.Host;

public sealed class CallbackEndpointTests(ServedTeam served) : IClassFixture<ServedTeam>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("header", Sidecars.Token, HttpStatusCode.OK)]
    [InlineData("header", Sidecars.OtherToken, HttpStatusCode.OK)]
    [InlineData("form", Sidecars.Token, HttpStatusCode.OK)]
    [InlineData("header", "abcdefghijklmnopqrstuvwxy3", HttpStatusCode.Unauthorized)]
    [InlineData("header", "abcdefghijklmnopqrstuvwxy", HttpStatusCode.Unauthorized)]
    [InlineData("form", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("form", "", HttpStatusCode.Unauthorized)]
    [InlineData("nowhere", "", HttpStatusCode.Unauthorized)]
    public async Task A_command_is_taken_only_with_one_of_its_tokens(string where, string token, HttpStatusCode expected)
    {
        using var request = Command("help", where == "form" ? token : null);
        if (where == "header")
            request.Headers.Authorization = new AuthenticationHeaderValue("Token", token);
        using var response = await served.Client.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task A_wrong_token_in_the_header_is_not_made_good_by_the_form()
    {
        using var request = Command("help", Sidecars.Token);
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", "wrong");
        using var response = await served.Client.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/mattermost/command", "application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/mattermost/command", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/mattermost/action", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/mattermost/dialog", "text/html", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/mattermost/webhook", "multipart/form-data", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/mattermost/action", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("/mattermost/dialog", "application/json; charset=utf-8", HttpStatusCode.BadRequest)]
    [InlineData("/mattermost/webhook", "application/json", HttpStatusCode.Unauthorized)]
    [InlineData("/mattermost/nothing", "application/json", HttpStatusCode.NotFound)]
    public async Task A_body_of_another_type_or_without_sense_is_refused(string path, string type, HttpStatusCode expected)
    {
        using var content = new StringContent("nonsense");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await served.Client.PostAsync(path, content, Cancel);
        response.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("/mattermost/command")]
    [InlineData("/mattermost/action")]
    [InlineData("/mattermost/dialog")]
    [InlineData("/mattermost/webhook")]
    public async Task Another_method_is_refused(string path)
    {
        using var response = await served.Client.GetAsync(path, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_of_a_megabyte_is_refused_whether_or_not_it_says_how_long_it_is(bool saysLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mattermost/command");
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", Sidecars.Token);
        request.Headers.TransferEncodingChunked = !saysLength;
        request.Content = new StringContent("text=" + new string('a', 1024 * 1024), Encoding.ASCII, "application/x-www-form-urlencoded");
        try
        {
            using var response = await served.Client.SendAsync(request, Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException e) when (e.InnerException is IOException)
        {
            // The connection was closed while the rest was still being sent: refused all the same.
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("he\u0000lp \u001b[31m \u202e @all\r\n@channel")]
    [InlineData("شروع 🎉")]
    public async Task Whatever_was_typed_gets_an_answer_that_only_the_person_sees(string text)
    {
        var said = await SayAsync(text);
        said.GetProperty("response_type").GetString().ShouldBe("ephemeral");
        said.GetProperty("skip_slack_parsing").GetBoolean().ShouldBeTrue();
        var shown = said.GetProperty("text").GetString()!;
        shown.ShouldNotBeEmpty();
        shown.ShouldNotContain("@all");
        shown.ShouldNotContain("@channel");
        shown.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_click_without_a_seal_of_ours_is_answered_and_changes_nothing()
    {
        var answer = await ClickAsync("""{"ref":"1.aaaa.bbbb.cccc"}""");
        answer.GetProperty("ephemeral_text").GetString().ShouldNotBeNullOrEmpty();
        answer.TryGetProperty("update", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_seal_for_one_person_works_for_nobody_else()
    {
        var sealer = served.Sidecar.Services.GetRequiredService<Sealer>();
        var reference = sealer.Seal(new ActionReference("start", "confirm", "x/y", "1", "bobbobbobbobbobbobbobbobbo"));
        var answer = await ClickAsync($$"""{"ref":"{{reference}}"}""");
        answer.GetProperty("ephemeral_text").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_dialog_that_we_did_not_open_stays_open_and_says_so()
    {
        using var content = new StringContent($$"""{"type":"dialog_submission","user_id":"{{served.AnnId}}","state":"forged","submission":{} }""", Encoding.UTF8, "application/json");
        using var response = await served.Client.PostAsync("/mattermost/dialog", content, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(response)).GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task An_outgoing_webhook_with_its_token_is_taken_silently()
    {
        var fields = new Dictionary<string, string>
        {
            ["token"] = Sidecars.Token, ["team_id"] = served.TeamId, ["channel_id"] = served.ChannelId, ["user_id"] = served.AnnId, ["post_id"] = served.AnnId, ["text"] = "hello",
        };
        using var content = new FormUrlEncodedContent(fields);
        using var response = await served.Client.PostAsync("/mattermost/webhook", content, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_we_got_wrong_is_one_sentence_with_a_reference_and_no_trace()
    {
        using var folder = new Folder();
        await using var app = Sidecars.Build(Sidecars.Settings(folder), setup =>
        {
            setup.Transport = () => new Answers(_ => Task.FromResult(Answers.Json("[]")));
            setup.Services = services => services.AddSingleton<Activities.Commands.ISubcommand, Broken>();
            setup.Connector = (_, _, _) => throw new HttpRequestException("no");
        });
        await app.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var request = Command("broken", Sidecars.Token);
        using var response = await client.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = (await ReadAsync(response)).GetProperty("text").GetString()!;
        text.ShouldStartWith("Something went wrong on my side, so nothing has changed.");
        text.ShouldNotContain("secret detail");
        text.ShouldNotContain("Exception");
        await app.StopAsync(Cancel);
    }

    private HttpRequestMessage Command(string text, string? token)
    {
        var fields = new Dictionary<string, string>
        {
            ["team_id"] = served.TeamId, ["team_domain"] = "acme", ["channel_id"] = served.ChannelId, ["channel_name"] = "learning", ["user_id"] = served.AnnId,
            ["user_name"] = "ann", ["command"] = "/learn", ["text"] = text, ["trigger_id"] = "x",
        };
        if (token is not null)
            fields["token"] = token;
        return new HttpRequestMessage(HttpMethod.Post, "/mattermost/command") { Content = new FormUrlEncodedContent(fields) };
    }

    private async Task<JsonElement> SayAsync(string text)
    {
        using var request = Command(text, null);
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", Sidecars.Token);
        using var response = await served.Client.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return await ReadAsync(response);
    }

    private async Task<JsonElement> ClickAsync(string context)
    {
        var body = $$"""{"user_id":"{{served.AnnId}}","channel_id":"{{served.ChannelId}}","team_id":"{{served.TeamId}}","post_id":"postpostpostpostpostpostpo","context":{{context}} }""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await served.Client.PostAsync("/mattermost/action", content, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await ReadAsync(response);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;

    private sealed class Broken : Activities.Commands.ISubcommand
    {
        public Activities.Commands.SubcommandSpec Spec { get; } = new("broken", "", "help.help");

        public Task<Activities.Engine.Kinds.Reply> RunAsync(Activities.Commands.CommandCall call, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("secret detail");
    }
}
