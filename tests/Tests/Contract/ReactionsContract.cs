using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class ReactionsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_reaction_shows_on_the_post_until_it_is_taken_back()
    {
        var channel = await Server.NewChannelAsync("O");
        var post = await Ann.Say(channel, "Nice");
        var id = post.Text("id");
        await React(Ann, id, "+1").Ok("reaction");
        var read = await Ann.Get($"/posts/{id}").Ok("post");
        read.Flag("has_reactions").ShouldBeTrue();
        read["metadata"]!["reactions"]![0]!.Text("emoji_name").ShouldBe("+1");
        read.Number("update_at").ShouldBeGreaterThan(post.Number("update_at"));

        await Ann.Delete($"/users/{Ann.Id}/posts/{id}/reactions/+1").Ok("status");
        (await Ann.Get($"/posts/{id}/reactions").Ok("reaction.list")).Items().ShouldBeEmpty();
        (await Ann.Get($"/posts/{id}").Ok("post")).Has("has_reactions").ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_reaction_twice_is_one()
    {
        var channel = await Server.NewChannelAsync("O");
        var id = (await Ann.Say(channel, "Nice")).Text("id");
        await React(Ann, id, "tada").Ok("reaction");
        await React(Ann, id, "tada").Ok("reaction");
        (await Ann.Get($"/posts/{id}/reactions").Ok("reaction.list")).Items().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Taking_back_what_is_not_there_is_no_error()
    {
        var channel = await Server.NewChannelAsync("O");
        var id = (await Ann.Say(channel, "Nice")).Text("id");
        await Ann.Delete($"/users/{Ann.Id}/posts/{id}/reactions/tada").Ok("status");
    }

    [Fact]
    public async Task Reactions_of_many_posts_come_at_once()
    {
        var channel = await Server.NewChannelAsync("O");
        var one = (await Ann.Say(channel, "One")).Text("id");
        var two = (await Ann.Say(channel, "Two")).Text("id");
        await React(Ann, one, "tada").Ok("reaction");
        var all = await Ann.Post("/posts/ids/reactions", new[] { one, two }).Ok("reaction.bulk");
        all[one]!.Items().Count.ShouldBe(1);
        all[two]!.Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task One_reacts_for_oneself_in_channels_that_one_is_in()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        var id = (await Ann.Say(channel, "Nice")).Text("id");
        await Ann.Post("/reactions", new { user_id = Ben.Id, post_id = id, emoji_name = "+1" }).Refused(403, "api.reaction.save_reaction.user_id.app_error");
        await React(Bot, id, "+1").Forbidden();
        await React(Ben, id, "+1").Ok("reaction");
        await Ann.Delete($"/users/{Ben.Id}/posts/{id}/reactions/+1").Forbidden();
        await Bot.Get($"/posts/{id}/reactions").Forbidden();
    }

    [Fact]
    public async Task Admins_of_the_team_react_even_where_they_cannot_read()
    {
        var channel = await Server.NewChannelAsync("P");
        var id = (await Ann.Say(channel, "Nice")).Text("id");
        await React(Lead, id, "+1").Ok("reaction");
        await Lead.Get($"/posts/{id}/reactions").Forbidden();
    }

    [Fact]
    public async Task Nonsense_is_refused()
    {
        var channel = await Server.NewChannelAsync("O");
        var id = (await Ann.Say(channel, "Nice")).Text("id");
        await React(Ann, id, "").Refused(400, "api.reaction.save_reaction.invalid.app_error");
        await React(Ann, id, "no spaces").Refused(400, "model.reaction.is_valid.emoji_name.app_error");
    }

    private static Task<Got> React(Client who, string postId, string emoji) =>
        who.Post("/reactions", new { user_id = who.Id, post_id = postId, emoji_name = emoji });
}

public sealed class ReactionsOnStandIn(StandInServer server) : ReactionsContract(server);

public sealed class ReactionsOnRealServer(RealServer server) : ReactionsContract(server);
