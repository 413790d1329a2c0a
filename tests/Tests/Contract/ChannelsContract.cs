using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class ChannelsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_public_channel_can_be_found_by_people_of_the_team()
    {
        var id = await Server.NewChannelAsync("O");
        var channel = await Ben.Get($"/channels/{id}").Ok("channel");
        channel.Text("type").ShouldBe("O");
        (await Ben.Get($"/teams/{Server.TeamId}/channels/name/{channel.Text("name")}").Ok("channel")).Text("id").ShouldBe(id);
        (await Ben.Get($"/teams/name/{Server.TeamName}/channels/name/{channel.Text("name")}").Ok("channel")).Text("id").ShouldBe(id);
        (await Bot.Get($"/channels/{id}").Ok("channel")).Text("id").ShouldBe(id);
        await Outsider.Get($"/channels/{id}").Forbidden();
    }

    [Fact]
    public async Task A_private_channel_does_not_exist_for_others()
    {
        var id = await Server.NewChannelAsync("P");
        var channel = await Ann.Get($"/channels/{id}").Ok("channel");
        await Ben.Get($"/channels/{id}").Forbidden();
        await Ben.Get($"/teams/{Server.TeamId}/channels/name/{channel.Text("name")}").Refused(404, "app.channel.get_by_name.missing.app_error");
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_said_to_be_missing()
    {
        await Ann.Get($"/channels/{new string('a', 26)}").Refused(404, "app.channel.get.existing.app_error");
        await Ann.Get($"/teams/{Server.TeamId}/channels/name/nowhere").Refused(404, "app.channel.get_by_name.missing.app_error");
    }

    [Fact]
    public async Task A_name_is_taken_once_a_team()
    {
        var id = await Server.NewChannelAsync("O");
        var name = (await Ann.Get($"/channels/{id}").Ok("channel")).Text("name");
        await Ann.Post("/channels", new { team_id = Server.TeamId, name, display_name = "Again", type = "O" }).Refused(400, "store.sql_channel.save_channel.exists.app_error");
    }

    [Fact]
    public async Task The_public_channels_of_a_team_are_listed()
    {
        var id = await Server.NewChannelAsync("O");
        var hidden = await Server.NewChannelAsync("P");
        var names = (await Ben.Get($"/teams/{Server.TeamId}/channels?per_page=200").Ok("channel.list")).Items().Select(c => c.Text("id")).ToList();
        names.ShouldContain(id);
        names.ShouldNotContain(hidden);
    }

    [Fact]
    public async Task Some_channels_of_a_team_are_told_where_they_are_public()
    {
        var (id, hidden, archived) = (await Server.NewChannelAsync("O"), await Server.NewChannelAsync("P", Bot), await Server.NewChannelAsync("O"));
        await Ann.Delete($"/channels/{archived}").Ok("status");
        var path = $"/teams/{Server.TeamId}/channels/ids";
        foreach (var asker in new[] { Ben, Bot })
            (await asker.Post(path, new[] { id, hidden, archived, new string('a', 26) }).Ok("channel.list")).Items().Select(c => c.Text("id")).ShouldBe([id]);
        await Bot.Post(path, new[] { hidden, archived }).Refused(404, "app.channel.get_channels_by_ids.not_found.app_error");
        await Bot.Post(path, Array.Empty<string>()).Refused(400, "api.context.invalid_body_param.app_error");
        await Bot.Post(path, new[] { "nowhere" }).Refused(400, "api.context.invalid_body_param.app_error");
        await Outsider.Post(path, new[] { id }).Forbidden();
    }

    [Fact]
    public async Task My_channels_are_those_of_the_team_and_my_direct_messages()
    {
        var id = await Server.NewChannelAsync("P");
        var direct = (await Ann.Post("/channels/direct", new[] { Ann.Id, Ben.Id }).Created("channel")).Text("id");
        var mine = (await Ann.Get($"/users/me/teams/{Server.TeamId}/channels").Ok("channel.list")).Items().Select(c => c.Text("id")).ToList();
        mine.ShouldContain(id);
        mine.ShouldContain(direct);
        await Ben.Get($"/users/{Ann.Id}/teams/{Server.TeamId}/channels").Forbidden();
    }

    [Fact]
    public async Task A_direct_message_is_one_whoever_opens_it()
    {
        var one = await Ann.Post("/channels/direct", new[] { Ann.Id, Ben.Id }).Created("channel");
        var two = await Ben.Post("/channels/direct", new[] { Ben.Id, Ann.Id }).Created("channel");
        two.Text("id").ShouldBe(one.Text("id"));
        one.Text("type").ShouldBe("D");
        one.Text("team_id").ShouldBe("");
        one.Text("name").ShouldBe(string.Join("__", new[] { Ann.Id, Ben.Id }.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_direct_message_needs_two_and_oneself()
    {
        await Bot.Post("/channels/direct", new[] { Ann.Id, Ben.Id }).Forbidden();
        await Bot.Post("/channels/direct", new[] { Bot.Id }).Refused(400, "api.context.invalid_body_param.app_error");
        await Bot.Post("/channels/direct", new[] { Bot.Id, Ann.Id }).Created("channel");
    }

    [Fact]
    public async Task A_group_message_holds_three_to_eight()
    {
        var group = await Bot.Post("/channels/group", new[] { Ann.Id, Ben.Id }).Created("channel");
        group.Text("type").ShouldBe("G");
        (await Bot.Post("/channels/group", new[] { Ben.Id, Ann.Id, Bot.Id }).Created("channel")).Text("id").ShouldBe(group.Text("id"));
        await Bot.Post("/channels/group", new[] { Ann.Id }).Refused(400, "api.channel.create_group.bad_size.app_error");
    }

    [Fact]
    public async Task An_archived_channel_takes_no_posts_until_it_is_restored()
    {
        var id = await Server.NewChannelAsync("O");
        var name = (await Ann.Get($"/channels/{id}").Ok("channel")).Text("name");
        var post = await Ann.Say(id, "Before");
        await Ann.Delete($"/channels/{id}").Ok("status");
        (await Ann.Get($"/channels/{id}").Ok("channel")).Number("delete_at").ShouldBeGreaterThan(0);
        await Ann.Post("/posts", new { channel_id = id, message = "After" }).Refused(400, "api.post.create_post.can_not_post_to_deleted.error");
        await Ann.Put($"/posts/{post.Text("id")}/patch", new { message = "After" }).Refused(400, "api.post.patch_post.can_not_update_post_in_deleted.error");
        await Ann.Get($"/teams/{Server.TeamId}/channels/name/{name}").Refused(404, "app.channel.get_by_name.missing.app_error");
        await Ann.Get($"/teams/{Server.TeamId}/channels/name/{name}?include_deleted=true").Ok("channel");
        await Ann.Post($"/channels/{id}/restore").Forbidden();
        await Admin.Post($"/channels/{id}/restore").Ok("channel");
        await Ann.Say(id, "After");
    }

    [Fact]
    public async Task The_default_channel_cannot_be_archived()
    {
        var square = await Ann.Get($"/teams/{Server.TeamId}/channels/name/town-square").Ok("channel");
        await Admin.Delete($"/channels/{square.Text("id")}").Refused(400, "api.channel.delete_channel.cannot.app_error");
    }

    [Fact]
    public async Task A_channel_can_become_private()
    {
        var id = await Server.NewChannelAsync("O");
        await Ben.Put($"/channels/{id}/privacy", new { privacy = "P" }).Forbidden();
        (await Admin.Put($"/channels/{id}/privacy", new { privacy = "P" }).Ok("channel")).Text("type").ShouldBe("P");
        await Ben.Get($"/channels/{id}").Forbidden();
    }

    [Fact]
    public async Task A_patch_changes_what_it_names()
    {
        var id = await Server.NewChannelAsync("O");
        var patched = await Ann.Put($"/channels/{id}/patch", new { header = "Read me" }).Ok("channel");
        patched.Text("header").ShouldBe("Read me");
        patched.Text("display_name").ShouldBe("A room");
    }

    [Fact]
    public async Task Statistics_count_the_members()
    {
        var id = await Server.NewChannelAsync("O", Ben, Bot);
        (await Ann.Get($"/channels/{id}/stats").Ok("channel.stats")).Number("member_count").ShouldBe(3);
        await Lead.Get($"/channels/{id}/stats").Forbidden();
    }
}

public sealed class ChannelsOnStandIn(StandInServer server) : ChannelsContract(server);

public sealed class ChannelsOnRealServer(RealServer server) : ChannelsContract(server);
