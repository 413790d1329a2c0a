using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class PagingContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task Pages_go_from_the_newest_back()
    {
        var (channel, ids) = await Filled(5);
        var first = await Ann.Get($"/channels/{channel}/posts?page=0&per_page=2").Ok("post.list");
        var second = await Ann.Get($"/channels/{channel}/posts?page=1&per_page=2").Ok("post.list");
        first.Texts("order").ShouldBe([ids[4], ids[3]]);
        second.Texts("order").ShouldBe([ids[2], ids[1]]);
        first.Text("next_post_id").ShouldBe("");
        first.Text("prev_post_id").ShouldBe(ids[2]);
        second.Text("next_post_id").ShouldBe(ids[3]);
    }

    [Fact]
    public async Task Pages_can_be_taken_before_and_after_a_post()
    {
        var (channel, ids) = await Filled(6);
        var after = await Ann.Get($"/channels/{channel}/posts?after={ids[1]}&per_page=2").Ok("post.list");
        after.Texts("order").ShouldBe([ids[3], ids[2]]);
        after.Text("next_post_id").ShouldBe(ids[4]);
        after.Text("prev_post_id").ShouldBe(ids[1]);
        var before = await Ann.Get($"/channels/{channel}/posts?before={ids[4]}&per_page=2").Ok("post.list");
        before.Texts("order").ShouldBe([ids[3], ids[2]]);
        before.Text("next_post_id").ShouldBe(ids[4]);
        before.Text("prev_post_id").ShouldBe(ids[1]);
        (await Ann.Get($"/channels/{channel}/posts?after={ids[5]}").Ok("post.list")).Texts("order").ShouldBeEmpty();
    }

    [Fact]
    public async Task Since_shows_what_was_made_edited_and_deleted_and_what_edits_replaced()
    {
        var (channel, ids) = await Filled(3);
        // A millisecond earlier: what follows may fall into the same one, and the boundary itself is left out.
        var since = (await Ann.Get($"/posts/{ids[2]}").Ok("post")).Number("update_at") - 1;
        await Ann.Put($"/posts/{ids[0]}/patch", new { message = "Edited" }).Ok("post.edited");
        await Ann.Delete($"/posts/{ids[1]}").Ok("status");
        var added = (await Ann.Say(channel, "New")).Text("id");

        var list = await Ann.Get($"/channels/{channel}/posts?since={since}").Ok("post.list");
        list.Texts("order").Where(ids.Append(added).Contains).ShouldBe([added, ids[2], ids[1], ids[0]]);
        list["posts"]![ids[0]]!.Text("message").ShouldBe("Edited");
        list["posts"]![ids[1]]!.Number("delete_at").ShouldBeGreaterThan(0);
        list["posts"]![ids[1]]!.Text("message").ShouldBe("");
        var former = list["posts"]!.AsObject().Select(p => p.Value!).Single(p => p.Text("original_id").Length > 0);
        former.Text("original_id").ShouldBe(ids[0]);
        former.Number("delete_at").ShouldBeGreaterThan(0);
        list.Text("next_post_id").ShouldBe("");
    }

    [Fact]
    public async Task Since_notices_reactions_by_their_post()
    {
        var (channel, ids) = await Filled(2);
        var since = (await Ann.Get($"/posts/{ids[1]}").Ok("post")).Number("update_at") - 1;
        await Ann.Post("/reactions", new { user_id = Ann.Id, post_id = ids[0], emoji_name = "tada" }).Ok("reaction");
        (await Ann.Get($"/channels/{channel}/posts?since={since}").Ok("post.list")).Texts("order").ShouldBe([ids[1], ids[0]]);
    }

    [Fact]
    public async Task Nobody_gets_more_than_200_at_once()
    {
        var (channel, _) = await Filled(205);
        (await Ann.Get($"/channels/{channel}/posts?per_page=1000").Ok("post.list")).Texts("order").Count.ShouldBe(200);
        (await Ann.Get($"/channels/{channel}/posts").Ok("post.list")).Texts("order").Count.ShouldBe(60);
        (await Ann.Get($"/channels/{channel}/posts?per_page=200&page=1").Ok("post.list")).Texts("order").Count.ShouldBeLessThan(200);
    }

    [Fact]
    public async Task Nonsense_in_the_query_is_a_bad_request()
    {
        var (channel, _) = await Filled(1);
        await Ann.Get($"/channels/{channel}/posts?since=yesterday").Refused(400, "api.context.invalid_body_param.app_error");
        await Ann.Get($"/channels/{channel}/posts?after=there").Refused(400, "api.context.invalid_body_param.app_error");
    }

    private async Task<(string Channel, List<string> Ids)> Filled(int count)
    {
        var channel = await Server.NewChannelAsync("O");
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add((await Ann.Say(channel, $"Post {i}")).Text("id"));
        return (channel, ids);
    }
}

public sealed class PagingOnStandIn(StandInServer server) : PagingContract(server);

public sealed class PagingOnRealServer(RealServer server) : PagingContract(server);
