using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class PostsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_new_post_comes_back_whole_and_can_be_read()
    {
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "Hello **there**");
        post.Text("message").ShouldBe("Hello **there**");
        post.Text("user_id").ShouldBe(Ann.Id);
        post.Text("channel_id").ShouldBe(channel);
        post.Text("type").ShouldBe("");
        post.Number("create_at").ShouldBe(post.Number("update_at"));
        post.Number("edit_at").ShouldBe(0);
        var read = await Ann.Get($"/posts/{post.Text("id")}").Ok("post");
        read.Text("message").ShouldBe("Hello **there**");
        read.Text("pending_post_id").ShouldBe("");
    }

    [Fact]
    public async Task Hashtags_are_picked_out()
    {
        var channel = await Server.NewChannelAsync("O");
        (await Ann.Say(channel, "We #learn and #grow")).Text("hashtags").ShouldBe("#learn #grow");
    }

    [Fact]
    public async Task The_author_cannot_be_chosen()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        var post = await Ann.Post("/posts", new { channel_id = channel, message = "From whom?", user_id = Ben.Id }).Created("post");
        post.Text("user_id").ShouldBe(Ann.Id);
    }

    [Fact]
    public async Task Somebody_who_is_not_in_a_public_channel_cannot_post_but_can_read_one_post()
    {
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "Open");
        await Ben.Post("/posts", new { channel_id = channel, message = "No" }).Forbidden();
        await Ben.Get($"/posts/{post.Text("id")}").Ok("post");
        await Ben.Get($"/channels/{channel}/posts").Forbidden();
    }

    [Fact]
    public async Task Somebody_who_is_not_in_a_private_channel_sees_nothing_of_it()
    {
        var channel = await Server.NewChannelAsync("P");
        var post = await Ann.Say(channel, "Closed");
        await Ben.Get($"/posts/{post.Text("id")}").Forbidden();
        await Ben.Get($"/posts/{post.Text("id")}/thread").Forbidden();
        await Ben.Post("/posts", new { channel_id = channel, message = "No" }).Forbidden();
    }

    [Fact]
    public async Task The_same_pending_post_id_twice_makes_one_post()
    {
        var channel = await Server.NewChannelAsync("O");
        var pending = Server.NewName("pending");
        var first = await Ann.Post("/posts", new { channel_id = channel, message = "Once", pending_post_id = pending }).Created("post");
        var second = await Ann.Post("/posts", new { channel_id = channel, message = "Once", pending_post_id = pending }).Created("post.deduplicated");
        first.Text("pending_post_id").ShouldBe(pending);
        second.Text("id").ShouldBe(first.Text("id"));
        var list = await Ann.Get($"/channels/{channel}/posts").Ok("post.list");
        list["posts"]!.AsObject().Count(p => p.Value!.Text("message") == "Once").ShouldBe(1);
    }

    [Fact]
    public async Task A_pending_post_id_of_a_refused_post_is_free_again()
    {
        var channel = await Server.NewChannelAsync("O");
        var pending = Server.NewName("pending");
        await Ann.Post("/posts", new { channel_id = channel, message = new string('x', 16384), pending_post_id = pending }).Refused(400, "model.post.is_valid.msg.app_error");
        await Ann.Post("/posts", new { channel_id = channel, message = "Short", pending_post_id = pending }).Created("post");
    }

    [Fact]
    public async Task A_pending_post_id_whose_post_was_deleted_is_refused()
    {
        var channel = await Server.NewChannelAsync("O");
        var pending = Server.NewName("pending");
        var post = await Ann.Post("/posts", new { channel_id = channel, message = "Gone", pending_post_id = pending }).Created("post");
        await Ann.Delete($"/posts/{post.Text("id")}").Ok("status");
        await Ann.Post("/posts", new { channel_id = channel, message = "Gone", pending_post_id = pending }).Refused(500, "api.post.deduplicate_create_post.failed_to_get");
    }

    [Fact]
    public async Task A_message_may_hold_16383_runes()
    {
        var channel = await Server.NewChannelAsync("O");
        await Ann.Say(channel, new string('é', 16383));
        await Ann.Post("/posts", new { channel_id = channel, message = new string('é', 16384) }).Refused(400, "model.post.is_valid.msg.app_error");
    }

    [Fact]
    public async Task Props_may_hold_8000_runes()
    {
        var channel = await Server.NewChannelAsync("O");
        await Ann.Say(channel, "Props", props: new { note = new string('x', 7900) });
        await Ann.Post("/posts", new { channel_id = channel, message = "Props", props = new { note = new string('x', 8000) } }).Refused(400, "model.post.is_valid.props.app_error");
    }

    [Fact]
    public async Task A_patch_of_the_message_keeps_the_props()
    {
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "Before", props: new { row = "r1" });
        var patched = await Ann.Put($"/posts/{post.Text("id")}/patch", new { message = "After" }).Ok("post.edited");
        patched.Text("message").ShouldBe("After");
        patched["props"]!.Text("row").ShouldBe("r1");
        patched.Number("edit_at").ShouldBeGreaterThan(0);
        patched.Number("update_at").ShouldBeGreaterThan(post.Number("update_at"));
    }

    [Fact]
    public async Task A_patch_of_the_props_replaces_them_all_and_is_no_edit()
    {
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "Same", props: new { one = "1", two = "2" });
        var patched = await Ann.Put($"/posts/{post.Text("id")}/patch", new { props = new { three = "3" } }).Ok("post.edited");
        patched.Text("message").ShouldBe("Same");
        patched["props"]!.AsObject().Select(p => p.Key).ShouldBe(["three"]);
        patched.Number("edit_at").ShouldBe(0);
    }

    [Fact]
    public async Task An_update_replaces_message_and_props()
    {
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "Before", props: new { one = "1" });
        var updated = await Ann.Put($"/posts/{post.Text("id")}", new { id = post.Text("id"), message = "After" }).Ok("post.edited");
        updated.Text("message").ShouldBe("After");
        updated["props"]!.AsObject().Count.ShouldBe(0);
        await Ann.Put($"/posts/{post.Text("id")}", new { id = new string('a', 26), message = "After" }).Refused(400, "api.context.invalid_body_param.app_error");
    }

    [Fact]
    public async Task Only_the_author_edits_and_deletes()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        var post = await Ann.Say(channel, "Mine");
        await Ben.Put($"/posts/{post.Text("id")}/patch", new { message = "Yours" }).Forbidden();
        await Ben.Delete($"/posts/{post.Text("id")}").Forbidden();
        await Admin.Put($"/posts/{post.Text("id")}/patch", new { message = "Admins may" }).Ok("post.edited");
        await Lead.Put($"/posts/{post.Text("id")}/patch", new { message = "Admins of the team may not" }).Forbidden();
        await Lead.Delete($"/posts/{post.Text("id")}").Ok("status");
    }

    [Fact]
    public async Task A_deleted_post_is_gone()
    {
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "Gone");
        await Ann.Delete($"/posts/{post.Text("id")}").Ok("status");
        await Ann.Get($"/posts/{post.Text("id")}").Refused(404, "app.post.get.app_error");
        await Ann.Put($"/posts/{post.Text("id")}/patch", new { message = "Back" }).Forbidden();
        await Ann.Delete($"/posts/{post.Text("id")}").Forbidden();
    }

    [Fact]
    public async Task Ephemeral_posts_are_for_admins_only()
    {
        var channel = await Server.NewChannelAsync("O", Bot);
        await Bot.Post("/posts/ephemeral", new { user_id = Ann.Id, post = new { channel_id = channel, message = "Psst" } }).Forbidden();
        var post = await Admin.Post("/posts/ephemeral", new { user_id = Ann.Id, post = new { channel_id = channel, message = "Psst" } }).Created("post.ephemeral");
        post.Text("type").ShouldBe("system_ephemeral");
    }

    [Fact]
    public async Task Types_that_the_server_uses_itself_are_refused()
    {
        var channel = await Server.NewChannelAsync("O");
        await Ann.Post("/posts", new { channel_id = channel, message = "x", type = "system_join_channel" }).Refused(400, "api.context.invalid_param.app_error");
        await Ann.Post("/posts", new { channel_id = channel, message = "x", type = "nonsense" }).Refused(400, "model.post.is_valid.type.app_error");
        (await Ann.Post("/posts", new { channel_id = channel, message = "x", type = "custom_learning" }).Created("post")).Text("type").ShouldBe("custom_learning");
    }

    [Fact]
    public async Task Named_public_channels_are_noted_in_the_props()
    {
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "See ~town-square");
        post["props"]!["channel_mentions"]!["town-square"]!.Text("display_name").ShouldBe("Town Square");
    }

    [Fact]
    public async Task What_buttons_call_is_stripped_from_every_read()
    {
        var channel = await Server.NewChannelAsync("O", Bot);
        var props = new
        {
            attachments = new[]
            {
                new { text = "Choose", actions = new[] { new { id = "go", type = "button", name = "Go", integration = new { url = "http://127.0.0.1:1/", context = new { secret = "s" } } } } },
            },
        };
        var post = await Bot.Say(channel, "", props: props);
        var reads = new[]
        {
            post,
            await Bot.Get($"/posts/{post.Text("id")}").Ok("post"),
            (await Ann.Get($"/channels/{channel}/posts").Ok("post.list"))["posts"]![post.Text("id")]!,
            await Bot.Put($"/posts/{post.Text("id")}/patch", new { message = "Edited" }).Ok("post.edited"),
        };
        foreach (var read in reads)
        {
            var action = read["props"]!["attachments"]![0]!["actions"]![0]!;
            action.Text("name").ShouldBe("Go");
            action.Has("integration").ShouldBeFalse();
        }

        Shapes.Check(Server, "attachment", post["props"]!["attachments"]![0]!);
        post["metadata"]!["embeds"]![0]!.Text("type").ShouldBe("message_attachment");
        post["props"]!.Text("from_bot").ShouldBe("true");
    }

    [Fact]
    public async Task A_file_can_be_attached()
    {
        var channel = await Server.NewChannelAsync("O");
        using var form = new MultipartFormDataContent { { new StringContent(channel), "channel_id" }, { new ByteArrayContent("hello"u8.ToArray()), "files", "note.txt" } };
        var uploaded = await Ann.Post("/files", form).Created("files");
        var fileId = uploaded["file_infos"]![0]!.Text("id");
        var post = await Ann.Post("/posts", new { channel_id = channel, message = "With a file", file_ids = new[] { fileId } }).Created("post");
        post.Texts("file_ids").ShouldBe([fileId]);
        var info = await Ann.Get($"/files/{fileId}/info").Ok("file");
        info.Text("name").ShouldBe("note.txt");
        info.Text("post_id").ShouldBe(post.Text("id"));
    }
}

public sealed class PostsOnStandIn(StandInServer server) : PostsContract(server);

public sealed class PostsOnRealServer(RealServer server) : PostsContract(server);
