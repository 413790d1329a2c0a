using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

/// <summary>How much of a thread comes at once.</summary>
public abstract class ThreadPagingContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task Servers_before_6_give_the_whole_thread_however_little_is_asked_for()
    {
        var version = (await Ann.Get("/users/me")).Headers["X-Version-Id"];
        Assert.SkipUnless(version.StartsWith("5.", StringComparison.Ordinal), "Newer servers page.");
        var (_, root, replies) = await ThreadAsync(5);
        foreach (var query in new[] { "", "?perPage=2", "?perPage=2&direction=down", "?perPage=2&direction=up&fromPost=x" })
        {
            var thread = await Ann.Get($"/posts/{root}/thread{query}").Ok("post.list");
            thread["posts"]!.AsObject().Select(p => p.Key).ShouldBe(replies.Append(root), ignoreOrder: true);
            thread.Has("has_next").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task More_replies_than_a_page_of_a_channel_holds_come_in_one_thread()
    {
        var (channel, root, replies) = await ThreadAsync(205);
        (await Ann.Get($"/posts/{root}/thread").Ok("post.list"))["posts"]!.AsObject().Count.ShouldBe(replies.Count + 1);
        (await Ann.Get($"/channels/{channel}/posts?per_page=200").Ok("post.list")).Texts("order").Count.ShouldBe(200);
    }

    [Fact]
    public async Task Asked_to_skip_the_thread_it_gives_the_one_post()
    {
        var (_, root, replies) = await ThreadAsync(2);
        (await Ann.Get($"/posts/{root}/thread?skipFetchThreads=true").Ok("post.list"))["posts"]!.AsObject().Select(p => p.Key).ShouldBe([root]);
        (await Ann.Get($"/posts/{replies[0]}/thread?skipFetchThreads=true").Ok("post.list"))["posts"]!.AsObject().Select(p => p.Key).ShouldContain(replies[0]);
    }

    [Fact]
    public async Task A_page_of_a_channel_brings_whole_threads_along_unless_told_not_to()
    {
        var (channel, root, replies) = await ThreadAsync(5);
        var whole = await Ann.Get($"/channels/{channel}/posts?per_page=2").Ok("post.list");
        whole.Texts("order").ShouldBe([replies[4], replies[3]]);
        whole["posts"]!.AsObject().Count.ShouldBe(6);
        var bare = await Ann.Get($"/channels/{channel}/posts?per_page=2&skipFetchThreads=true").Ok("post.list");
        bare["posts"]!.AsObject().Select(p => p.Key).ShouldBe([root, replies[3], replies[4]], ignoreOrder: true);
    }

    [Fact]
    public async Task A_thread_of_a_public_channel_is_read_by_people_and_bots_of_the_team_who_are_not_in_it()
    {
        var (channel, root, replies) = await ThreadAsync(1);
        foreach (var somebody in new[] { Ben, Bot })
        {
            (await somebody.Get($"/posts/{root}/thread").Ok("post.list"))["posts"]!.AsObject().Count.ShouldBe(2);
            (await somebody.Get($"/posts/{replies[0]}").Ok("post")).Text("root_id").ShouldBe(root);
            await somebody.Get($"/channels/{channel}/posts").Forbidden();
            await somebody.Post("/reactions", new { user_id = somebody.Id, post_id = root, emoji_name = "tada" }).Forbidden();
        }

        await Outsider.Get($"/posts/{root}").Forbidden();
    }

    private async Task<(string Channel, string Root, List<string> Replies)> ThreadAsync(int count)
    {
        var channel = await Server.NewChannelAsync("O");
        var root = (await Ann.Say(channel, "Root")).Text("id");
        List<string> replies = [];
        for (var i = 0; i < count; i++)
            replies.Add((await Ann.Say(channel, $"Reply {i}", root)).Text("id"));
        return (channel, root, replies);
    }
}

public sealed class ThreadPagingOnStandIn(StandInServer server) : ThreadPagingContract(server);

public sealed class ThreadPagingOnRealServer(RealServer server) : ThreadPagingContract(server);
