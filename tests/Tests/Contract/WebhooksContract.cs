using System.Net;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class WebhooksContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_trigger_word_calls_out_and_the_comment_comes_from_the_hooks_creator()
    {
        var inbox = Server.Receiver.Open(new { text = "Seen", response_type = "comment" });
        var word = Server.NewName("word");
        var hook = await Admin.Post("/hooks/outgoing", new
        {
            team_id = Server.TeamId, display_name = "Words", trigger_words = new[] { word }, callback_urls = new[] { inbox.Url }, content_type = "application/json", creator_id = Bot.Id,
        }).Created("hook.outgoing");
        var channel = await Server.NewChannelAsync("O");
        await using var listener = await Listener.OpenAsync(Ann);
        var post = await Ann.Say(channel, $"{word} please");

        var call = await inbox.NextAsync();
        Shapes.Check(Server, "hook.call", call.Json);
        call.Json.Text("token").ShouldBe(hook.Text("token"));
        call.Json.Text("post_id").ShouldBe(post.Text("id"));
        call.Json.Text("text").ShouldBe($"{word} please");
        call.Json.Text("trigger_word").ShouldBe(word);
        var posted = await listener.NextAsync("posted", e => e["data"]!.Text("post").Contains("Seen", StringComparison.Ordinal));
        var comment = System.Text.Json.Nodes.JsonNode.Parse(posted["data"]!.Text("post"))!;
        comment.Text("root_id").ShouldBe(post.Text("id"));
        comment.Text("user_id").ShouldBe(Bot.Id);
        await Admin.Delete($"/hooks/outgoing/{hook.Text("id")}").Ok("status");
    }

    [Fact]
    public async Task Hooks_need_a_team_admin()
    {
        await Ann.Post("/hooks/outgoing", new { team_id = Server.TeamId, trigger_words = new[] { "x" }, callback_urls = new[] { "http://127.0.0.1:1/" } }).Forbidden();
        await Ann.Get($"/hooks/outgoing?team_id={Server.TeamId}").Forbidden();
    }

    [Fact]
    public async Task A_response_url_posts_later_what_a_command_did_not_answer()
    {
        var inbox = Server.Receiver.Open(new { });
        var trigger = (await Lead.Post("/commands", new { team_id = Server.TeamId, trigger = Server.NewName("cmd"), method = "P", url = inbox.Url }).Created("command")).Text("trigger");
        var channel = await Server.NewChannelAsync("O");
        await using var listener = await Listener.OpenAsync(Ann);
        await Ann.Post("/commands/execute", new { channel_id = channel, command = "/" + trigger }).Ok("command.answer");
        var url = new Uri((await inbox.NextAsync()).Form["response_url"]);

        using var http = new HttpClient();
        for (var i = 0; i < 6; i++)
        {
            using var content = new StringContent("""{"text":"Later"}""", System.Text.Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri(Server.Address, url.AbsolutePath), content, Cancelled);
            response.StatusCode.ShouldBe(i < 5 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync(Cancelled));
        }

        await listener.NextAsync("ephemeral_message", e => e["data"]!.Text("post").Contains("Later", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_incoming_webhook_posts_as_its_creator()
    {
        var channel = await Server.NewChannelAsync("O");
        var hook = await Admin.Post("/hooks/incoming", new { channel_id = channel, display_name = "In" }).Created("hook.incoming");
        using var http = new HttpClient();
        using var content = new StringContent("""{"text":"From outside"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(Server.Address, $"hooks/{hook.Text("id")}"), content, Cancelled);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldBe("ok");
        var post = (await Ann.Get($"/channels/{channel}/posts").Ok("post.list"))["posts"]!.AsObject().Select(p => p.Value!).Single(p => p.Text("message") == "From outside");
        post.Text("user_id").ShouldBe(Admin.Id);
        post["props"]!.Text("from_webhook").ShouldBe("true");
    }
}

public sealed class WebhooksOnStandIn(StandInServer server) : WebhooksContract(server);

public sealed class WebhooksOnRealServer(RealServer server) : WebhooksContract(server);
