using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class CommandsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task Only_admins_read_which_internal_addresses_may_be_called()
    {
        var told = await Admin.Get("/config");
        told.Status.ShouldBe(System.Net.HttpStatusCode.OK);
        told.Json["ServiceSettings"]!["AllowedUntrustedInternalConnections"]!.GetValue<string>().ShouldContain("127.0.0.1");
        await Ann.Get("/config").Forbidden();
        await Bot.Get("/config").Forbidden();
    }

    [Fact]
    public async Task A_team_admin_makes_a_command_and_others_do_not()
    {
        var command = await Make(Lead, "http://127.0.0.1:1/").Created("command");
        command.Text("token").Length.ShouldBe(26);
        command.Text("creator_id").ShouldBe(Lead.Id);
        await Make(Ann, "http://127.0.0.1:1/").Forbidden();
        await Make(Bot, "http://127.0.0.1:1/").Forbidden();
        var listed = (await Lead.Get($"/commands?team_id={Server.TeamId}&custom_only=true").Ok("command.list")).Items();
        listed.Single(c => c.Text("id") == command.Text("id")).Text("token").ShouldBe(command.Text("token"));
        await Ann.Get($"/commands?team_id={Server.TeamId}&custom_only=true").Forbidden();
    }

    [Fact]
    public async Task A_trigger_is_taken_once_a_team_whatever_its_case()
    {
        var command = await Make(Lead, "http://127.0.0.1:1/").Created("command");
        await Lead.Post("/commands", new { team_id = Server.TeamId, trigger = command.Text("trigger").ToUpperInvariant(), method = "P", url = "http://127.0.0.1:1/" })
            .Refused(400, "api.command.duplicate_trigger.app_error");
        await Lead.Post("/commands", new { team_id = Server.TeamId, trigger = "join", method = "P", url = "http://127.0.0.1:1/" })
            .Refused(400, "api.command.duplicate_trigger.app_error");
    }

    [Theory]
    [InlineData("with space", "http://127.0.0.1:1/", "P", "model.command.is_valid.trigger.app_error")]
    [InlineData("", "http://127.0.0.1:1/", "P", "model.command.is_valid.trigger.app_error")]
    [InlineData("fine", "", "P", "model.command.is_valid.url.app_error")]
    [InlineData("fine", "ftp://x", "P", "model.command.is_valid.url_http.app_error")]
    [InlineData("fine", "http://127.0.0.1:1/", "X", "model.command.is_valid.method.app_error")]
    public async Task A_malformed_command_is_refused(string trigger, string url, string method, string error) =>
        await Lead.Post("/commands", new { team_id = Server.TeamId, trigger, url, method }).Refused(400, error);

    [Fact]
    public async Task Autocomplete_data_is_echoed_and_never_kept()
    {
        var made = await Lead.Post("/commands", new
        {
            team_id = Server.TeamId, trigger = Server.NewName("cmd"), method = "P", url = "http://127.0.0.1:1/", auto_complete = true, auto_complete_hint = "[what]",
            auto_complete_desc = "Does it", autocomplete_data = new { Trigger = "cmd", HelpText = "Help" },
        }).Created("command");
        made["autocomplete_data"]!.Text("HelpText").ShouldBe("Help");
        var kept = await Lead.Get($"/commands/{made.Text("id")}").Ok("command");
        kept.Has("autocomplete_data").ShouldBeFalse();
        kept.Text("auto_complete_hint").ShouldBe("[what]");
    }

    [Fact]
    public async Task A_command_can_be_changed_given_a_new_token_and_deleted()
    {
        var made = await Make(Lead, "http://127.0.0.1:1/").Created("command");
        made["url"] = "http://127.0.0.1:2/";
        var changed = await Lead.Put($"/commands/{made.Text("id")}", made).Ok("command");
        changed.Text("url").ShouldBe("http://127.0.0.1:2/");
        changed.Text("token").ShouldBe(made.Text("token"));
        var token = (await Lead.Put($"/commands/{made.Text("id")}/regen_token").Ok("command.token")).Text("token");
        token.ShouldNotBe(made.Text("token"));
        await Ann.Get($"/commands/{made.Text("id")}").Refused(404, "store.sql_command.save.get.app_error");
        await Lead.Delete($"/commands/{made.Text("id")}").Ok("status");
        await Lead.Get($"/commands/{made.Text("id")}").Refused(404, "store.sql_command.save.get.app_error");
    }

    [Fact]
    public async Task The_integration_is_called_with_a_form_and_its_token()
    {
        var inbox = Server.Receiver.Open(new { text = "Hi", skip_slack_parsing = true });
        var (trigger, token) = await Ready(inbox.Url);
        var channel = await Server.NewChannelAsync("O");
        await Execute(Ann, channel, $"/{trigger} one  two\nthree").Ok("command.answer");

        var call = await inbox.NextAsync();
        call.Method.ShouldBe("POST");
        call.ContentType.ShouldStartWith("application/x-www-form-urlencoded");
        call.Headers["Authorization"].ShouldBe("Token " + token);
        call.Headers["Accept"].ShouldBe("application/json");
        var form = call.Form;
        form["token"].ShouldBe(token);
        form["command"].ShouldBe("/" + trigger);
        form["text"].ShouldBe("one  two\nthree");
        form["user_id"].ShouldBe(Ann.Id);
        form["user_name"].ShouldBe(Ann.Name);
        form["channel_id"].ShouldBe(channel);
        form["team_id"].ShouldBe(Server.TeamId);
        form["team_domain"].ShouldBe(Server.TeamName);
        form["trigger_id"].ShouldNotBeEmpty();
        form["response_url"].ShouldContain("/hooks/commands/");
        form.Keys.ShouldBe(["channel_id", "channel_name", "command", "response_url", "team_domain", "team_id", "text", "token", "trigger_id", "user_id", "user_name"], ignoreOrder: true);
    }

    [Fact]
    public async Task People_and_channels_that_are_named_come_with_their_ids()
    {
        var inbox = Server.Receiver.Open(new { text = "Hi" });
        var (trigger, _) = await Ready(inbox.Url);
        var channel = await Server.NewChannelAsync("O");
        await Execute(Ann, channel, $"/{trigger} @{Ben.Name} ~town-square @{Outsider.Name}").Ok("command.answer");
        var form = (await inbox.NextAsync()).Form;
        form["user_mentions"].ShouldBe(Ben.Name);
        form["user_mentions_ids"].ShouldBe(Ben.Id);
        form["channel_mentions"].ShouldBe("town-square");
        form["channel_mentions_ids"].Length.ShouldBe(26);
    }

    [Fact]
    public async Task An_ephemeral_answer_is_seen_by_the_one_who_typed()
    {
        var inbox = Server.Receiver.Open(new { response_type = "ephemeral", text = "Only **you**", skip_slack_parsing = true });
        var (trigger, _) = await Ready(inbox.Url);
        var channel = await Server.NewChannelAsync("O");
        await using var listener = await Listener.OpenAsync(Ann);
        var answer = await Execute(Ann, channel, $"/{trigger}").Ok("command.answer");
        answer.Text("text").ShouldBe("Only **you**");
        var seen = await listener.NextAsync("ephemeral_message", e => e["data"]!.Text("post").Contains("Only", StringComparison.Ordinal));
        var post = System.Text.Json.Nodes.JsonNode.Parse(seen["data"]!.Text("post"))!;
        Shapes.Check(Server, "post.ephemeral", post);
        post.Text("message").ShouldBe("Only **you**");
        post.Text("channel_id").ShouldBe(channel);
        seen["broadcast"]!.Text("user_id").ShouldBe(Ann.Id);
        (await Ann.Get($"/channels/{channel}/posts").Ok("post.list"))["posts"]!.AsObject().ShouldNotContain(p => p.Value!.Text("message").Contains("Only", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_in_the_channel_is_posted_as_the_one_who_typed()
    {
        var inbox = Server.Receiver.Open(new { response_type = "in_channel", text = "For all" });
        var (trigger, _) = await Ready(inbox.Url);
        var channel = await Server.NewChannelAsync("O");
        await Execute(Ann, channel, $"/{trigger}").Ok("command.answer");
        var post = (await Ann.Get($"/channels/{channel}/posts").Ok("post.list"))["posts"]!.AsObject().Select(p => p.Value!).Single(p => p.Text("message") == "For all");
        post.Text("user_id").ShouldBe(Ann.Id);
        post["props"]!.Text("from_webhook").ShouldBe("true");
    }

    [Fact]
    public async Task Text_is_mangled_unless_it_asks_not_to_be()
    {
        var inbox = Server.Receiver.Open(new { response_type = "in_channel", text = "<https://example.com|a link> <!here>" });
        var (trigger, _) = await Ready(inbox.Url);
        var channel = await Server.NewChannelAsync("O");
        await Execute(Ann, channel, $"/{trigger}").Ok("command.answer");
        var list = await Ann.Get($"/channels/{channel}/posts?per_page=1").Ok("post.list");
        list["posts"]![list.Texts("order")[0]]!.Text("message").ShouldBe("[a link](https://example.com) @here");
    }

    [Theory]
    [InlineData(201, "application/json", """{"text":"x"}""", "api.command.execute_command.failed_resp.app_error")]
    [InlineData(500, "text/plain", "broken", "api.command.execute_command.failed_resp.app_error")]
    [InlineData(200, "application/json", "{ not json", "api.command.execute_command.failed.app_error")]
    public async Task Anything_but_a_good_200_is_an_error(int status, string type, string body, string error)
    {
        var inbox = Server.Receiver.Open(_ => Task.FromResult(new Sent(status, type, body)));
        var (trigger, _) = await Ready(inbox.Url);
        var channel = await Server.NewChannelAsync("O");
        await Execute(Ann, channel, $"/{trigger}").Refused(500, error);
    }

    [Fact]
    public async Task Plain_text_is_taken_as_the_answer()
    {
        var inbox = Server.Receiver.Open(_ => Task.FromResult(new Sent(200, "text/plain", "Plain")));
        var (trigger, _) = await Ready(inbox.Url);
        var channel = await Server.NewChannelAsync("O");
        (await Execute(Ann, channel, $"/{trigger}").Ok("command.answer")).Text("text").ShouldBe("Plain");
    }

    [Fact]
    public async Task A_command_needs_a_slash_a_trigger_that_is_known_and_a_channel_that_one_is_in()
    {
        var inbox = Server.Receiver.Open(new { text = "Hi" });
        var (trigger, _) = await Ready(inbox.Url);
        var channel = await Server.NewChannelAsync("O");
        await Execute(Ann, channel, trigger).Refused(400, "api.command.execute_command.start.app_error");
        await Execute(Ann, channel, "/no-such-command").Refused(404, "api.command.execute_command.not_found.app_error");
        await Execute(Ben, channel, $"/{trigger}").Forbidden();
        inbox.Count.ShouldBe(0);
    }

    [Fact]
    public async Task In_a_direct_message_the_team_is_the_one_in_view()
    {
        var inbox = Server.Receiver.Open(new { text = "Hi" });
        var (trigger, _) = await Ready(inbox.Url);
        var direct = (await Ann.Post("/channels/direct", new[] { Ann.Id, Bot.Id }).Created("channel")).Text("id");
        await Ann.Post("/commands/execute", new { channel_id = direct, team_id = Server.TeamId, command = $"/{trigger}" }).Ok("command.answer");
        var form = (await inbox.NextAsync()).Form;
        form["channel_id"].ShouldBe(direct);
        form["team_id"].ShouldBe(Server.TeamId);
    }

    private Task<Got> Make(Client who, string url) => who.Post("/commands", new { team_id = Server.TeamId, trigger = Server.NewName("cmd"), method = "P", url });

    private async Task<(string Trigger, string Token)> Ready(string url)
    {
        var command = await Make(Lead, url).Created("command");
        return (command.Text("trigger"), command.Text("token"));
    }

    private static Task<Got> Execute(Client who, string channel, string line) => who.Post("/commands/execute", new { channel_id = channel, command = line });
}

public sealed class CommandsOnStandIn(StandInServer server) : CommandsContract(server);

public sealed class CommandsOnRealServer(RealServer server) : CommandsContract(server);
