using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class ThreadsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_reply_hangs_on_its_root_and_counts()
    {
        var channel = await Server.NewChannelAsync("O");
        var root = await Ann.Say(channel, "Root");
        var reply = await Ann.Say(channel, "Reply", root.Text("id"));
        reply.Text("root_id").ShouldBe(root.Text("id"));
        reply.Number("reply_count").ShouldBe(1);
        (await Ann.Get($"/posts/{root.Text("id")}").Ok("post")).Number("update_at").ShouldBeGreaterThanOrEqualTo(reply.Number("create_at"));
    }

    [Fact]
    public async Task A_thread_can_be_read_from_any_of_its_posts()
    {
        var channel = await Server.NewChannelAsync("O");
        var root = await Ann.Say(channel, "Root");
        var replies = new List<string>();
        for (var i = 0; i < 3; i++)
            replies.Add((await Ann.Say(channel, $"Reply {i}", root.Text("id"))).Text("id"));
        foreach (var id in replies.Append(root.Text("id")))
        {
            var thread = await Ann.Get($"/posts/{id}/thread").Ok("post.list");
            thread["posts"]!.AsObject().Select(p => p.Key).ShouldBe(replies.Append(root.Text("id")), ignoreOrder: true);
            thread["posts"]![id]!.Number("reply_count").ShouldBe(3);
            thread.Texts("order").Distinct().Count().ShouldBe(4);
            thread.Texts("order")[0].ShouldBe(id);
        }
    }

    [Fact]
    public async Task A_root_must_be_a_live_root_of_the_same_channel()
    {
        var channel = await Server.NewChannelAsync("O");
        var other = await Server.NewChannelAsync("O");
        var root = await Ann.Say(channel, "Root");
        var reply = await Ann.Say(channel, "Reply", root.Text("id"));
        var gone = await Ann.Say(channel, "Gone");
        await Ann.Delete($"/posts/{gone.Text("id")}").Ok("status");
        await Ann.Post("/posts", new { channel_id = channel, message = "x", root_id = reply.Text("id") }).Refused(400, "api.post.create_post.root_id.app_error");
        await Ann.Post("/posts", new { channel_id = channel, message = "x", root_id = new string('a', 26) }).Refused(400, "api.post.create_post.root_id.app_error");
        await Ann.Post("/posts", new { channel_id = channel, message = "x", root_id = gone.Text("id") }).Refused(400, "api.post.create_post.root_id.app_error");
        await Ann.Post("/posts", new { channel_id = other, message = "x", root_id = root.Text("id") }).Refused(400, "api.post.create_post.channel_root_id.app_error");
    }

    [Fact]
    public async Task A_deleted_reply_leaves_the_thread()
    {
        var channel = await Server.NewChannelAsync("O");
        var root = await Ann.Say(channel, "Root");
        var reply = await Ann.Say(channel, "Reply", root.Text("id"));
        await Ann.Delete($"/posts/{reply.Text("id")}").Ok("status");
        var thread = await Ann.Get($"/posts/{root.Text("id")}/thread").Ok("post.list");
        thread["posts"]!.AsObject().Select(p => p.Key).ShouldBe([root.Text("id")]);
    }

    [Fact]
    public async Task A_deleted_root_takes_its_replies_along()
    {
        var channel = await Server.NewChannelAsync("O");
        var root = await Ann.Say(channel, "Root");
        var reply = await Ann.Say(channel, "Reply", root.Text("id"));
        await Ann.Delete($"/posts/{root.Text("id")}").Ok("status");
        await Ann.Get($"/posts/{reply.Text("id")}").Refused(404, "app.post.get.app_error");
        await Ann.Get($"/posts/{root.Text("id")}/thread").Refused(404, "app.post.get.app_error");
    }

    [Fact]
    public async Task A_page_brings_the_roots_of_its_replies_along()
    {
        var channel = await Server.NewChannelAsync("O");
        var root = await Ann.Say(channel, "Root");
        await Ann.Say(channel, "Between");
        var reply = await Ann.Say(channel, "Reply", root.Text("id"));
        var page = await Ann.Get($"/channels/{channel}/posts?per_page=1").Ok("post.list");
        page.Texts("order").ShouldBe([reply.Text("id")]);
        page["posts"]!.AsObject().Select(p => p.Key).ShouldBe([root.Text("id"), reply.Text("id")], ignoreOrder: true);
    }
}

public sealed class ThreadsOnStandIn(StandInServer server) : ThreadsContract(server);

public sealed class ThreadsOnRealServer(RealServer server) : ThreadsContract(server);
