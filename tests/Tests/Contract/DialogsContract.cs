using System.Text.Json.Nodes;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class DialogsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_dialog_is_opened_for_the_one_who_triggered_it()
    {
        await using var listener = await Listener.OpenAsync(Ann);
        var trigger = await Triggered();
        await Bot.Post("/actions/dialogs/open", Dialog(trigger, "http://127.0.0.1:1/")).Ok("status");
        var opened = await listener.NextAsync("open_dialog");
        opened["broadcast"]!.Text("user_id").ShouldBe(Ann.Id);
        var dialog = JsonNode.Parse(opened["data"]!.Text("dialog"))!;
        Shapes.Check(Server, "dialog", dialog);
        dialog["dialog"]!.Text("state").ShouldBe("sealed");
        dialog["dialog"]!["elements"]![0]!.Text("name").ShouldBe("answer");
        dialog.Text("trigger_id").Length.ShouldBe(26);
    }

    [Fact]
    public async Task A_trigger_needs_no_sign_in_and_works_again_while_it_lives()
    {
        var trigger = await Triggered();
        var nobody = new Client(Server, "", "", "");
        await nobody.Post("/actions/dialogs/open", Dialog(trigger, "http://127.0.0.1:1/")).Ok("status");
        await nobody.Post("/actions/dialogs/open", Dialog(trigger, "http://127.0.0.1:1/")).Ok("status");
    }

    [Fact]
    public async Task A_forged_trigger_is_refused()
    {
        await Bot.Post("/actions/dialogs/open", Dialog("%%%", "http://127.0.0.1:1/")).Refused(400, "interactive_message.decode_trigger_id.base64_decode_failed");
        await Bot.Post("/actions/dialogs/open", Dialog("YTpi", "http://127.0.0.1:1/")).Refused(400, "interactive_message.decode_trigger_id.missing_data");
        await Bot.Post("/actions/dialogs/open", Dialog(Convert.ToBase64String("a:b:1:c"u8), "http://127.0.0.1:1/")).Refused(400, "interactive_message.decode_trigger_id.expired");
        await Bot.Post("/actions/dialogs/open", Dialog("x", "")).Refused(400, "api.context.invalid_body_param.app_error");
    }

    [Fact]
    public async Task A_submission_reaches_the_integration_with_the_servers_word_on_who()
    {
        var inbox = Server.Receiver.Open(new { });
        var channel = await Server.NewChannelAsync("O");
        var answer = await Submit(inbox.Url, channel, new { answer = "42" }).Ok("dialog.answer");
        answer.AsObject().Count.ShouldBe(0);
        var call = await inbox.NextAsync();
        Shapes.Check(Server, "dialog.call", call.Json);
        call.Json.Text("type").ShouldBe("dialog_submission");
        call.Json.Text("user_id").ShouldBe(Ann.Id);
        call.Json.Text("state").ShouldBe("sealed");
        call.Json["submission"]!.Text("answer").ShouldBe("42");
        call.Json.Has("url").ShouldBeFalse();
    }

    [Fact]
    public async Task Errors_come_back_to_the_dialog()
    {
        var channel = await Server.NewChannelAsync("O");
        var fields = Server.Receiver.Open(new { errors = new { answer = "Too short" } });
        (await Submit(fields.Url, channel, new { answer = "" }).Ok("dialog.answer"))["errors"]!.Text("answer").ShouldBe("Too short");
        var whole = Server.Receiver.Open(new { error = "Closed" });
        (await Submit(whole.Url, channel, new { answer = "" }).Ok("dialog.answer")).Text("error").ShouldBe("Closed");
    }

    [Fact]
    public async Task An_empty_answer_is_fine_and_a_failure_is_an_error()
    {
        var channel = await Server.NewChannelAsync("O");
        var empty = Server.Receiver.Open(_ => Task.FromResult(new Sent(200, "text/plain", "")));
        await Submit(empty.Url, channel, new { }).Ok("dialog.answer");
        var broken = Server.Receiver.Open(_ => Task.FromResult(new Sent(500, "text/plain", "")));
        await Submit(broken.Url, channel, new { }).Refused(400, "api.post.do_action.action_integration.app_error");
    }

    [Fact]
    public async Task One_submits_where_one_is_a_member()
    {
        var inbox = Server.Receiver.Open(new { });
        var channel = await Server.NewChannelAsync("P");
        await Ben.Post("/actions/dialogs/submit", new { url = inbox.Url, channel_id = channel, team_id = Server.TeamId, submission = new { } }).Forbidden();
        inbox.Count.ShouldBe(0);
    }

    private async Task<string> Triggered()
    {
        var inbox = Server.Receiver.Open(new { });
        var channel = await Server.NewChannelAsync("O", Bot);
        var post = await Bot.Say(channel, "Press", props: new { attachments = new[] { new { actions = new[] { new { id = "go", name = "Go", type = "button", integration = new { url = inbox.Url } } } } } });
        await Ann.Post($"/posts/{post.Text("id")}/actions/go", new { }).Ok("action.answer");
        return (await inbox.NextAsync()).Json.Text("trigger_id");
    }

    private static object Dialog(string trigger, string url) => new
    {
        trigger_id = trigger,
        url,
        dialog = new
        {
            callback_id = "ask", title = "A question", state = "sealed", submit_label = "Send", notify_on_cancel = true,
            elements = new[] { new { display_name = "Answer", name = "answer", type = "text", optional = false, max_length = 100 } },
        },
    };

    private Task<Got> Submit(string url, string channel, object submission) => Ann.Post("/actions/dialogs/submit", new
    {
        url, callback_id = "ask", state = "sealed", channel_id = channel, team_id = Server.TeamId, submission, user_id = Ben.Id,
    });
}

public sealed class DialogsOnStandIn(StandInServer server) : DialogsContract(server);

public sealed class DialogsOnRealServer(RealServer server) : DialogsContract(server);
