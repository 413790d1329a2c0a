using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

/// <summary>
/// What guests may do: nothing in the team, and what members do in the channels that they were added to. Making somebody a guest of a
/// team's member needs a licence; an account that gets the guest's role before it joins the team is one without.
/// </summary>
public abstract class GuestsContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task A_guest_is_a_guest_of_team_and_channel()
    {
        var guest = await NewGuestAsync("roles");
        var channel = await Server.NewChannelAsync("O");
        (await Bot.Get($"/users/{guest.Id}").Ok("user")).Text("roles").ShouldBe("system_guest");
        (await Admin.Get($"/teams/{Server.TeamId}/members/{guest.Id}").Ok("team.member")).Flag("scheme_guest").ShouldBeTrue();
        var member = await Ann.Post($"/channels/{channel}/members", new { user_id = guest.Id }).Created("channel.member");
        member.Text("roles").ShouldBe("channel_guest");
        (await guest.Get($"/channels/{channel}/stats").Ok("channel.stats")).Number("guest_count").ShouldBe(1);
    }

    [Fact]
    public async Task Public_channels_do_not_exist_for_a_guest_who_is_not_in_them()
    {
        var guest = await NewGuestAsync("public");
        var channel = await Server.NewChannelAsync("O");
        var name = (await Ann.Get($"/channels/{channel}").Ok("channel")).Text("name");
        var post = await Ann.Say(channel, "For people of the team");
        await guest.Get($"/channels/{channel}").Forbidden();
        await guest.Get($"/teams/{Server.TeamId}/channels/name/{name}").Forbidden();
        await guest.Get($"/teams/{Server.TeamId}/channels").Forbidden();
        await guest.Get($"/channels/{channel}/posts").Forbidden();
        await guest.Get($"/posts/{post.Text("id")}").Forbidden();
        await guest.Get($"/posts/{post.Text("id")}/thread").Forbidden();
        await guest.Post($"/channels/{channel}/members", new { user_id = guest.Id }).Forbidden();
    }

    [Fact]
    public async Task In_a_channel_a_guest_reads_writes_and_reacts_until_they_leave()
    {
        var guest = await NewGuestAsync("inside");
        var channel = await Server.NewChannelAsync("P", guest);
        var post = await Ann.Say(channel, "Welcome");
        await guest.Say(channel, "Thank you", post.Text("id"));
        await guest.Post("/reactions", new { user_id = guest.Id, post_id = post.Text("id"), emoji_name = "tada" }).Ok("reaction");
        (await guest.Get($"/channels/{channel}/posts").Ok("post.list")).Texts("order").ShouldContain(post.Text("id"));
        await guest.Delete($"/channels/{channel}/members/{guest.Id}").Ok("status");
        await guest.Get($"/posts/{post.Text("id")}").Forbidden();
    }

    [Fact]
    public async Task A_guest_manages_nothing()
    {
        var guest = await NewGuestAsync("manage");
        var channel = await Server.NewChannelAsync("O", guest);
        await guest.Post("/channels", new { team_id = Server.TeamId, name = Server.NewName("room"), display_name = "Mine", type = "P" }).Forbidden();
        await guest.Put($"/channels/{channel}/patch", new { header = "Mine" }).Forbidden();
        await guest.Post($"/channels/{channel}/members", new { user_id = Ben.Id }).Forbidden();
        await guest.Post($"/teams/{Server.TeamId}/members", new { team_id = Server.TeamId, user_id = Outsider.Id }).Forbidden();
        await guest.Post("/hooks/outgoing", new { team_id = Server.TeamId, trigger_words = new[] { "x" }, callback_urls = new[] { "http://127.0.0.1:1/" } }).Forbidden();
    }

    [Fact]
    public async Task A_guest_sees_and_writes_to_people_who_share_a_channel_with_them()
    {
        var guest = await NewGuestAsync("people");
        await Server.NewChannelAsync("O", guest);
        var stranger = await Server.NewPersonAsync("stranger");
        (await guest.Get($"/users/{Ann.Id}").Ok("user")).Text("id").ShouldBe(Ann.Id);
        await guest.Get($"/users/{stranger.Id}").Forbidden();
        (await guest.Post("/users/ids", new[] { Ann.Id, stranger.Id }).Ok("user.list")).Items().Select(u => u.Text("id")).ShouldBe([Ann.Id]);
        await guest.Post("/channels/direct", new[] { guest.Id, Ann.Id }).Created("channel");
        await guest.Post("/channels/direct", new[] { guest.Id, stranger.Id }).Forbidden();
    }

    [Fact]
    public async Task A_guest_types_commands_and_the_integration_is_told_who_it_was()
    {
        var guest = await NewGuestAsync("command");
        var channel = await Server.NewChannelAsync("O", guest);
        var inbox = Server.Receiver.Open(new { text = "Hello", response_type = "ephemeral" });
        var trigger = (await Lead.Post("/commands", new { team_id = Server.TeamId, trigger = Server.NewName("cmd"), method = "P", url = inbox.Url }).Created("command")).Text("trigger");
        await guest.Post("/commands/execute", new { channel_id = channel, command = "/" + trigger }).Ok("command.answer");
        (await inbox.NextAsync()).Form["user_id"].ShouldBe(guest.Id);
    }

    [Fact]
    public async Task Somebody_in_no_channel_of_the_team_is_told_that_none_was_found()
    {
        var guest = await NewGuestAsync("alone");
        await guest.Get($"/users/me/teams/{Server.TeamId}/channels").Refused(404, "app.channel.get_channels.not_found.app_error");
    }

    private async Task<Client> NewGuestAsync(string name)
    {
        var guest = await Server.NewPersonAsync("guest" + name, isInTeam: false);
        await Admin.Put($"/users/{guest.Id}/roles", new { roles = "system_guest" }).Ok("status");
        await Admin.Post($"/teams/{Server.TeamId}/members", new { team_id = Server.TeamId, user_id = guest.Id }).Created("team.member");
        return guest;
    }
}

public sealed class GuestsOnStandIn(StandInServer server) : GuestsContract(server);

public sealed class GuestsOnRealServer(RealServer server) : GuestsContract(server);
