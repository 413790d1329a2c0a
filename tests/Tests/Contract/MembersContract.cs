using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class MembersContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task Anybody_of_the_team_joins_a_public_channel()
    {
        var id = await Server.NewChannelAsync("O");
        await Ben.Post($"/channels/{id}/members", new { user_id = Ben.Id }).Created("channel.member");
        await Bot.Post($"/channels/{id}/members", new { user_id = Bot.Id }).Created("channel.member");
        await Outsider.Post($"/channels/{id}/members", new { user_id = Outsider.Id }).Forbidden();
    }

    [Fact]
    public async Task Nobody_joins_a_private_channel_alone()
    {
        var id = await Server.NewChannelAsync("P");
        await Ben.Post($"/channels/{id}/members", new { user_id = Ben.Id }).Forbidden();
        await Ann.Post($"/channels/{id}/members", new { user_id = Ben.Id }).Created("channel.member");
        await Ben.Say(id, "Thanks");
    }

    [Fact]
    public async Task Only_members_add_others_and_only_people_of_the_team()
    {
        var id = await Server.NewChannelAsync("O");
        await Ben.Post($"/channels/{id}/members", new { user_id = Lead.Id }).Forbidden();
        await Ann.Post($"/channels/{id}/members", new { user_id = Outsider.Id }).Refused(404, "app.team.get_member.missing.app_error");
        await Ann.Post($"/channels/{id}/members", new { user_id = "nobody" }).Refused(400, "api.context.invalid_body_param.app_error");
    }

    [Fact]
    public async Task A_bot_that_is_in_a_public_channel_adds_people_of_the_team()
    {
        var id = await Server.NewChannelAsync("O", Bot);
        await Bot.Post($"/channels/{id}/members", new { user_id = Ben.Id }).Created("channel.member");
        await Ben.Say(id, "Thanks");
        await Bot.Post($"/channels/{id}/members", new { user_id = Outsider.Id }).Refused(404, "app.team.get_member.missing.app_error");
    }

    [Fact]
    public async Task Joining_twice_is_no_error()
    {
        var id = await Server.NewChannelAsync("O");
        await Ben.Post($"/channels/{id}/members", new { user_id = Ben.Id }).Created("channel.member");
        await Ben.Post($"/channels/{id}/members", new { user_id = Ben.Id }).Created("channel.member");
    }

    [Fact]
    public async Task Members_are_listed_to_members()
    {
        var id = await Server.NewChannelAsync("O", Ben);
        var listed = (await Ben.Get($"/channels/{id}/members").Ok("channel.member.list")).Items();
        listed.Select(m => m.Text("user_id")).ShouldBe([Ann.Id, Ben.Id], ignoreOrder: true);
        (await Ben.Get($"/channels/{id}/members/{Ann.Id}").Ok("channel.member")).Flag("scheme_admin").ShouldBeTrue();
        (await Ben.Get($"/channels/{id}/members/me").Ok("channel.member")).Text("roles").ShouldBe("channel_user");
        await Ben.Get($"/channels/{id}/members/{Lead.Id}").Refused(404, "app.channel.get_member.missing.app_error");
        await Bot.Get($"/channels/{id}/members").Forbidden();
        await Bot.Get($"/channels/{id}/members/{Ann.Id}").Forbidden();
        (await Ben.Post($"/channels/{id}/members/ids", new[] { Ann.Id, Lead.Id }).Ok("channel.member.list")).Items().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Leaving_and_being_removed_end_the_membership()
    {
        var id = await Server.NewChannelAsync("O", Ben, Lead);
        await Ben.Delete($"/channels/{id}/members/{Ben.Id}").Ok("status");
        await Ben.Post("/posts", new { channel_id = id, message = "Still here?" }).Forbidden();
        await Ann.Delete($"/channels/{id}/members/{Lead.Id}").Ok("status");
        await Ann.Delete($"/channels/{id}/members/{Lead.Id}").Refused(404, "app.channel.get_member.missing.app_error");
        await Ben.Delete($"/channels/{id}/members/{Ann.Id}").Forbidden();
    }

    [Fact]
    public async Task Nobody_leaves_the_default_channel_or_a_direct_message()
    {
        var square = (await Ann.Get($"/teams/{Server.TeamId}/channels/name/town-square").Ok("channel")).Text("id");
        await Ann.Delete($"/channels/{square}/members/{Ann.Id}").Refused(400, "api.channel.remove.default.app_error");
        var direct = (await Ann.Post("/channels/direct", new[] { Ann.Id, Ben.Id }).Created("channel")).Text("id");
        await Ann.Delete($"/channels/{direct}/members/{Ann.Id}").Refused(400, "api.channel.remove_channel_member.type.app_error");
        await Ann.Post($"/channels/{direct}/members", new { user_id = Lead.Id }).Refused(400, "api.channel.add_user_to_channel.type.app_error");
    }

    [Fact]
    public async Task A_team_shows_its_members_to_its_members()
    {
        (await Bot.Get($"/teams/{Server.TeamId}").Ok("team")).Text("name").ShouldBe(Server.TeamName);
        await Bot.Get($"/teams/name/{Server.TeamName}").Ok("team");
        (await Bot.Get("/users/me/teams").Ok("team.list")).Items().Select(t => t.Text("id")).ShouldBe([Server.TeamId]);
        (await Bot.Get("/users/me/teams/members").Ok("team.member.list")).Items().Count.ShouldBe(1);
        (await Bot.Get($"/teams/{Server.TeamId}/members/{Lead.Id}").Ok("team.member")).Flag("scheme_admin").ShouldBeTrue();
        (await Bot.Get($"/teams/{Server.TeamId}/members?per_page=200").Ok("team.member.list")).Items().Select(m => m.Text("user_id")).ShouldContain(Ann.Id);
        (await Bot.Post($"/teams/{Server.TeamId}/members/ids", new[] { Ann.Id, Outsider.Id }).Ok("team.member.list")).Items().Count.ShouldBe(1);
        await Bot.Get($"/teams/{Server.TeamId}/members/{Outsider.Id}").Refused(404, "app.team.get_member.missing.app_error");
        await Outsider.Get($"/teams/{Server.TeamId}").Forbidden();
        await Outsider.Get($"/teams/{Server.TeamId}/members").Forbidden();
        await Bot.Get($"/users/{Ann.Id}/teams").Forbidden();
    }

    [Fact]
    public async Task Everybody_of_the_team_is_in_its_default_channels()
    {
        var names = (await Bot.Get($"/users/me/teams/{Server.TeamId}/channels").Ok("channel.list")).Items().Select(c => c.Text("name")).ToList();
        names.ShouldContain("town-square");
        names.ShouldContain("off-topic");
    }
}

public sealed class MembersOnStandIn(StandInServer server) : MembersContract(server);

public sealed class MembersOnRealServer(RealServer server) : MembersContract(server);
