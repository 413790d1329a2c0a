using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

/// <summary>Which messages go out, in which form, and what becomes of the answer.</summary>
public abstract class OutgoingWebhooksContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task Words_are_matched_with_upper_and_lower_case_as_written_after_any_space()
    {
        var (inbox, word, _) = await HookAsync(new { });
        var channel = await Server.NewChannelAsync("O");
        await Ann.Say(channel, $"{word.ToUpperInvariant()} one");
        await Ann.Say(channel, $"please {word}");
        await Ann.Say(channel, $"{word}s");
        await Ann.Say(channel, $"  \n{word}\ttwo");
        await Ann.Say(channel, $"{word}\nthree");

        string[] came = [(await inbox.NextAsync()).Json.Text("text"), (await inbox.NextAsync()).Json.Text("text")];
        came.ShouldBe([$"  \n{word}\ttwo", $"{word}\nthree"], ignoreOrder: true);
        inbox.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Where_a_beginning_is_enough_longer_words_go_out_too_and_the_trigger_word_is_told()
    {
        var (inbox, word, _) = await HookAsync(new { }, triggerWhen: 1);
        await Ann.Say(await Server.NewChannelAsync("O"), $"{word}: one");
        (await inbox.NextAsync()).Json.Text("trigger_word").ShouldBe(word);
    }

    [Fact]
    public async Task A_form_says_the_same()
    {
        var (inbox, word, hook) = await HookAsync(new { }, contentType: "application/x-www-form-urlencoded");
        var post = await Ann.Say(await Server.NewChannelAsync("O"), $"{word} one & two");
        var form = (await inbox.NextAsync()).Form;
        form["token"].ShouldBe(hook.Text("token"));
        form["post_id"].ShouldBe(post.Text("id"));
        form["user_id"].ShouldBe(Ann.Id);
        form["team_id"].ShouldBe(Server.TeamId);
        form["channel_id"].ShouldBe(post.Text("channel_id"));
        form["text"].ShouldBe($"{word} one & two");
        form["timestamp"].ShouldBe((post.Number("create_at") / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture), "in seconds, where JSON says milliseconds");
    }

    [Fact]
    public async Task Only_public_channels_go_out_and_no_webhooks_but_bots_do()
    {
        var (inbox, word, _) = await HookAsync(new { });
        var open = await Server.NewChannelAsync("O", Bot);
        await Ann.Say(await Server.NewChannelAsync("P"), $"{word} private");
        var direct = (await Ann.Post("/channels/direct", new[] { Ann.Id, Ben.Id }).Created("channel")).Text("id");
        await Ann.Say(direct, $"{word} direct");
        var incoming = await Admin.Post("/hooks/incoming", new { channel_id = open, display_name = "In" }).Created("hook.incoming");
        using var http = new HttpClient();
        using var content = new StringContent($$"""{"text":"{{word}} webhook"}""", Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri(Server.Address, $"hooks/{incoming.Text("id")}"), content, Cancelled)).IsSuccessStatusCode.ShouldBeTrue();
        await Bot.Say(open, $"{word} bot");

        (await inbox.NextAsync()).Json.Text("user_id").ShouldBe(Bot.Id);
        inbox.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_reply_goes_out_without_its_root_and_a_comment_on_it_is_lost()
    {
        var (inbox, word, _) = await HookAsync(new { text = "Seen", response_type = "comment" });
        var channel = await Server.NewChannelAsync("O");
        var root = await Ann.Say(channel, "Root");
        await Ann.Say(channel, $"{word} reply", root.Text("id"));
        (await inbox.NextAsync()).Json.Has("root_id").ShouldBeFalse();

        await using var listener = await Listener.OpenAsync(Ann);
        var other = await Ann.Say(channel, $"{word} root");
        await listener.NextAsync("posted", e => e["data"]!.Text("post").Contains("Seen", StringComparison.Ordinal));
        var said = (await Ann.Get($"/channels/{channel}/posts").Ok("post.list"))["posts"]!.AsObject().Select(p => p.Value!).Where(p => p.Text("message") == "Seen");
        said.ShouldHaveSingleItem().Text("root_id").ShouldBe(other.Text("id"));
    }

    [Fact]
    public async Task Whatever_the_status_is_the_text_is_posted_and_without_the_word_comment_in_the_channel()
    {
        var inbox = Server.Receiver.Open(_ => Task.FromResult(new Sent(500, "application/json", """{"text":"Top"}""")));
        var (word, _) = await HookAsync(inbox);
        var channel = await Server.NewChannelAsync("O");
        await using var listener = await Listener.OpenAsync(Ann);
        await Ann.Say(channel, $"{word} one");
        var posted = await listener.NextAsync("posted", e => e["data"]!.Text("post").Contains("Top", StringComparison.Ordinal));
        var post = JsonNode.Parse(posted["data"]!.Text("post"))!;
        post.Text("root_id").ShouldBe("");
        post.Text("user_id").ShouldBe(Bot.Id);
        post["props"]!.Text("from_webhook").ShouldBe("true");
        post["props"]!.Text("webhook_display_name").ShouldBe("Words");
    }

    [Fact]
    public async Task An_edit_goes_out_to_nobody()
    {
        var (inbox, word, _) = await HookAsync(new { });
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "one");
        await Ann.Put($"/posts/{post.Text("id")}/patch", new { message = $"{word} one" }).Ok("post.edited");
        await Ann.Say(channel, $"{word} two");
        (await inbox.NextAsync()).Json.Text("text").ShouldBe($"{word} two");
        inbox.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Team_admins_make_hooks_also_in_the_name_of_others_and_a_plain_bot_makes_none()
    {
        var (word, url) = (Server.NewName("word"), Server.Receiver.Open(new { }).Url);
        object Spec(string? creator) => new { team_id = Server.TeamId, display_name = "Words", trigger_words = new[] { word }, callback_urls = new[] { url }, creator_id = creator ?? "" };
        await Bot.Post("/hooks/outgoing", Spec(null)).Forbidden();
        await Lead.Post("/hooks/outgoing", Spec(new string('a', 26))).Refused(404, "app.user.missing_account.const");
        var hook = await Lead.Post("/hooks/outgoing", Spec(Bot.Id)).Created("hook.outgoing");
        hook.Text("creator_id").ShouldBe(Bot.Id);
        await Lead.Post("/hooks/outgoing", Spec(Bot.Id)).Refused(500, "api.webhook.create_outgoing.intersect.app_error");
    }

    [Fact]
    public async Task An_update_keeps_the_creator_and_takes_effect()
    {
        var (inbox, _, hook) = await HookAsync(new { });
        var other = Server.NewName("word");
        var changed = await Lead.Put($"/hooks/outgoing/{hook.Text("id")}", new
        {
            id = hook.Text("id"), team_id = Server.TeamId, display_name = "Other", trigger_words = new[] { other }, callback_urls = new[] { inbox.Url }, content_type = "application/json",
            token = hook.Text("token"),
        }).Ok("hook.outgoing");
        changed.Text("creator_id").ShouldBe(Bot.Id);
        await Ann.Say(await Server.NewChannelAsync("O"), $"{other} one");
        (await inbox.NextAsync()).Json.Text("token").ShouldBe(hook.Text("token"));
        await Lead.Put($"/hooks/outgoing/{hook.Text("id")}", new { id = new string('a', 26) }).Refused(400, "api.context.invalid_body_param.app_error");
    }

    [Fact]
    public async Task An_update_that_does_not_repeat_the_token_takes_it_away()
    {
        var (inbox, word, hook) = await HookAsync(new { });
        object Spec(string? token) => new
        {
            id = hook.Text("id"), team_id = Server.TeamId, display_name = "Words", trigger_words = new[] { word }, callback_urls = new[] { inbox.Url }, content_type = "application/json", token,
        };

        (await Admin.Put($"/hooks/outgoing/{hook.Text("id")}", Spec(hook.Text("token"))).Ok("hook.outgoing")).Text("token").ShouldBe(hook.Text("token"));
        (await Admin.Put($"/hooks/outgoing/{hook.Text("id")}", Spec(null)).Ok("hook.outgoing")).Text("token").ShouldBe("");
    }

    [Fact]
    public async Task A_hook_for_one_channel_hears_that_one_only_and_it_must_be_public()
    {
        var inbox = Server.Receiver.Open(new { });
        var (channel, elsewhere, hidden) = (await Server.NewChannelAsync("O"), await Server.NewChannelAsync("O"), await Server.NewChannelAsync("P"));
        object Spec(string id) => new { team_id = Server.TeamId, channel_id = id, display_name = "All", callback_urls = new[] { inbox.Url }, content_type = "application/json" };
        await Admin.Post("/hooks/outgoing", Spec(hidden)).Refused(403, "api.outgoing_webhook.disabled.app_error");
        await Admin.Post("/hooks/outgoing", Spec(channel)).Created("hook.outgoing");
        await Ann.Say(elsewhere, "one");
        await Ann.Say(channel, "two");
        (await inbox.NextAsync()).Json.Text("text").ShouldBe("two");
        inbox.Count.ShouldBe(0);
    }

    private async Task<(Inbox Inbox, string Word, JsonNode Hook)> HookAsync(object answer, int triggerWhen = 0, string contentType = "application/json")
    {
        var inbox = Server.Receiver.Open(answer);
        var (word, hook) = await HookAsync(inbox, triggerWhen, contentType);
        return (inbox, word, hook);
    }

    private async Task<(string Word, JsonNode Hook)> HookAsync(Inbox inbox, int triggerWhen = 0, string contentType = "application/json")
    {
        var word = Server.NewName("#word");
        var hook = await Admin.Post("/hooks/outgoing", new
        {
            team_id = Server.TeamId, display_name = "Words", trigger_words = new[] { word }, trigger_when = triggerWhen, callback_urls = new[] { inbox.Url }, content_type = contentType,
            creator_id = Bot.Id,
        }).Created("hook.outgoing");
        return (word, hook);
    }
}

public sealed class OutgoingWebhooksOnStandIn(StandInServer server) : OutgoingWebhooksContract(server);

public sealed class OutgoingWebhooksOnRealServer(RealServer server) : OutgoingWebhooksContract(server);
