using System.Net;
using System.Text.Json.Nodes;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class ActionsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_click_calls_the_integration_with_who_where_and_its_context()
    {
        var inbox = Server.Receiver.Open(new { });
        var (channel, post) = await PostWithButton(inbox.Url);
        var answer = await Click(Ann, post, "go").Ok("action.answer");
        answer.Text("status").ShouldBe("OK");
        answer.Text("trigger_id").Length.ShouldBe(26);

        var call = await inbox.NextAsync();
        call.ContentType.ShouldStartWith("application/json");
        Shapes.Check(Server, "action.call", call.Json);
        call.Json.Text("user_id").ShouldBe(Ann.Id);
        call.Json.Text("user_name").ShouldBe(Ann.Name);
        call.Json.Text("channel_id").ShouldBe(channel);
        call.Json.Text("team_id").ShouldBe(Server.TeamId);
        call.Json.Text("post_id").ShouldBe(post);
        call.Json.Text("type").ShouldBe("button");
        call.Json["context"]!.Text("seal").ShouldBe("sealed");
    }

    [Fact]
    public async Task In_a_direct_message_there_is_no_team()
    {
        var inbox = Server.Receiver.Open(new { });
        var direct = (await Bot.Post("/channels/direct", new[] { Bot.Id, Ann.Id }).Created("channel")).Text("id");
        var post = (await Bot.Say(direct, "Press", props: Buttons(inbox.Url))).Text("id");
        await Click(Ann, post, "go").Ok("action.answer");
        (await inbox.NextAsync()).Json.Text("team_id").ShouldBe("");
    }

    [Fact]
    public async Task A_choice_from_a_menu_comes_in_the_context()
    {
        var inbox = Server.Receiver.Open(new { });
        var (_, post) = await PostWithButton(inbox.Url);
        await Ann.Post($"/posts/{post}/actions/pick", new { selected_option = "b" }).Ok("action.answer");
        var call = await inbox.NextAsync();
        call.Json.Text("type").ShouldBe("select");
        call.Json["context"]!.Text("selected_option").ShouldBe("b");
    }

    [Fact]
    public async Task An_update_without_props_keeps_the_buttons_and_with_empty_ones_clears_them()
    {
        var keep = Server.Receiver.Open(new { update = new { message = "Kept" } });
        var (_, post) = await PostWithButton(keep.Url);
        await Click(Ann, post, "go").Ok("action.answer");
        var kept = await Ann.Get($"/posts/{post}").Ok("post");
        kept.Text("message").ShouldBe("Kept");
        kept["props"]!["attachments"]!.Items().Count.ShouldBe(1);

        var clear = Server.Receiver.Open(new { update = new { message = "Cleared", props = new { } } });
        var (_, other) = await PostWithButton(clear.Url);
        await Click(Ann, other, "go").Ok("action.answer");
        var cleared = await Ann.Get($"/posts/{other}").Ok("post");
        cleared.Text("message").ShouldBe("Cleared");
        cleared["props"]!.Has("attachments").ShouldBeFalse();
        await Click(Ann, other, "go").Refused(404, "api.post.do_action.action_id.app_error");
    }

    [Fact]
    public async Task Buttons_still_work_after_an_update_that_kept_them()
    {
        var inbox = Server.Receiver.Open(new { update = new { message = "Again" } });
        var (_, post) = await PostWithButton(inbox.Url);
        await Click(Ann, post, "go").Ok("action.answer");
        await Click(Ann, post, "go").Ok("action.answer");
        inbox.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_ephemeral_text_is_seen_by_the_one_who_clicked()
    {
        var inbox = Server.Receiver.Open(new { ephemeral_text = "Noted", skip_slack_parsing = true });
        var (channel, post) = await PostWithButton(inbox.Url);
        await using var listener = await Listener.OpenAsync(Ann);
        await Click(Ann, post, "go").Ok("action.answer");
        var seen = await listener.NextAsync("ephemeral_message", e => e["data"]!.Text("post").Contains("Noted", StringComparison.Ordinal));
        var shown = JsonNode.Parse(seen["data"]!.Text("post"))!;
        shown.Text("root_id").ShouldBe(post);
        shown.Text("channel_id").ShouldBe(channel);
    }

    [Theory]
    [InlineData(500, "application/json", "{}")]
    [InlineData(204, "application/json", "")]
    [InlineData(200, "text/plain", "not json")]
    public async Task Anything_but_200_and_json_is_an_error(int status, string type, string body)
    {
        var inbox = Server.Receiver.Open(_ => Task.FromResult(new Sent(status, type, body)));
        var (_, post) = await PostWithButton(inbox.Url);
        await Click(Ann, post, "go").Refused(400, "api.post.do_action.action_integration.app_error");
    }

    [Fact]
    public async Task An_action_id_with_a_dash_is_a_silent_404()
    {
        var inbox = Server.Receiver.Open(new { });
        var (_, post) = await PostWithButton(inbox.Url);
        await Click(Ann, post, "go-on").Refused(404, "api.context.404.app_error");
        await Click(Ann, post, "unknown").Refused(404, "api.post.do_action.action_id.app_error");
    }

    [Fact]
    public async Task Somebody_outside_the_channel_cannot_click()
    {
        var inbox = Server.Receiver.Open(new { });
        var (_, post) = await PostWithButton(inbox.Url);
        await Click(Ben, post, "go").Forbidden();
        await Click(Ann, new string('a', 26), "go").Forbidden();
        inbox.Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_action_without_an_id_is_given_one()
    {
        var inbox = Server.Receiver.Open(new { });
        var channel = await Server.NewChannelAsync("O", Bot);
        var post = await Bot.Say(channel, "Press", props: new { attachments = new[] { new { actions = new[] { new { name = "Go", type = "button", integration = new { url = inbox.Url } } } } } });
        var id = post["props"]!["attachments"]![0]!["actions"]![0]!.Text("id");
        id.Length.ShouldBe(26);
        await Click(Ann, post.Text("id"), id).Ok("action.answer");
    }

    [Fact]
    public async Task Buttons_of_a_private_post_work_by_their_cookie_but_cannot_update_it()
    {
        var asked = Server.Receiver.Open(new { ephemeral_text = "Good" });
        var (channel, cookie, post) = await PrivatePostWithButton(asked.Url);
        (await Ann.Post($"/posts/{post}/actions/go", new { cookie })).Status.ShouldBe(HttpStatusCode.OK);
        var call = await asked.NextAsync();
        call.Json.Text("post_id").ShouldBe(post);
        call.Json.Text("channel_id").ShouldBe(channel);
        call.Json["context"]!.Text("seal").ShouldBe("sealed");
        await Ann.Post($"/posts/{post}/actions/go", new { }).Forbidden();
        await Ann.Post($"/posts/{post}/actions/go", new { cookie = "forged" }).Refused(400, "api.post.do_action.action_integration.app_error");

        var updating = Server.Receiver.Open(new { update = new { message = "Changed" } });
        (_, cookie, post) = await PrivatePostWithButton(updating.Url);
        await Ann.Post($"/posts/{post}/actions/go", new { cookie }).Refused(404, "app.post.get.app_error");
    }

    private async Task<(string Channel, string Cookie, string Post)> PrivatePostWithButton(string url)
    {
        var answer = Server.Receiver.Open(new { text = "Private", attachments = ((dynamic)Buttons(url)).attachments });
        var trigger = (await Lead.Post("/commands", new { team_id = Server.TeamId, trigger = Server.NewName("cmd"), method = "P", url = answer.Url }).Created("command")).Text("trigger");
        var channel = await Server.NewChannelAsync("O");
        await using var listener = await Listener.OpenAsync(Ann);
        await Ann.Post("/commands/execute", new { channel_id = channel, command = "/" + trigger }).Ok("command.answer");
        var seen = await listener.NextAsync("ephemeral_message", e => e["data"]!.Text("post").Contains(channel, StringComparison.Ordinal));
        var post = JsonNode.Parse(seen["data"]!.Text("post"))!;
        Shapes.Check(Server, "post.ephemeral", post);
        var action = post["props"]!["attachments"]![0]!["actions"]![0]!;
        action.Has("integration").ShouldBeFalse();
        return (channel, action.Text("cookie"), post.Text("id"));
    }

    private async Task<(string Channel, string Post)> PostWithButton(string url)
    {
        var channel = await Server.NewChannelAsync("O", Bot);
        return (channel, (await Bot.Say(channel, "Press", props: Buttons(url))).Text("id"));
    }

    private static object Buttons(string url) => new
    {
        attachments = new[]
        {
            new
            {
                text = "Choose",
                actions = new object[]
                {
                    new { id = "go", type = "button", name = "Go", style = "primary", integration = new { url, context = new { seal = "sealed" } } },
                    new { id = "pick", type = "select", name = "Pick", options = new[] { new { text = "A", value = "a" }, new { text = "B", value = "b" } }, integration = new { url, context = new { seal = "sealed" } } },
                },
            },
        },
    };

    private static Task<Got> Click(Client who, string post, string action) => who.Post($"/posts/{post}/actions/{action}", new { });
}

public sealed class ActionsOnStandIn(StandInServer server) : ActionsContract(server);

public sealed class ActionsOnRealServer(RealServer server) : ActionsContract(server);
