using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class GroupMessagesContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task It_is_named_by_its_people_and_belongs_to_no_team()
    {
        var group = await Bot.Post("/channels/group", new[] { Ann.Id, Ben.Id }).Created("channel");
        group.Text("team_id").ShouldBe("");
        group.Text("name").Length.ShouldBe(40);
        group.Text("display_name").ShouldBe(string.Join(", ", new[] { Ann.Name, Ben.Name, Bot.Name }.Order(StringComparer.Ordinal)));
        (await Bot.Get($"/channels/{group.Text("id")}/members").Ok("channel.member.list")).Items().Select(m => m.Text("user_id")).ShouldBe([Ann.Id, Ben.Id, Bot.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Nobody_is_added_removed_or_leaves_and_nobody_archives_it()
    {
        var id = await GroupAsync();
        await Ben.Post($"/channels/{id}/members", new { user_id = Lead.Id }).Refused(400, "api.channel.add_user_to_channel.type.app_error");
        await Ben.Delete($"/channels/{id}/members/{Ann.Id}").Refused(400, "api.channel.remove_channel_member.type.app_error");
        await Ben.Delete($"/channels/{id}/members/{Ben.Id}").Refused(400, "api.channel.remove_channel_member.type.app_error");
        await Admin.Delete($"/channels/{id}").Refused(400, "api.channel.delete_channel.type.invalid");
    }

    [Fact]
    public async Task Nobody_else_sees_it()
    {
        var id = await GroupAsync();
        var post = await Bot.Say(id, "Hello you two");
        await Lead.Get($"/channels/{id}").Forbidden();
        await Lead.Get($"/channels/{id}/posts").Forbidden();
        await Lead.Get($"/posts/{post.Text("id")}").Forbidden();
        await Lead.Post("/posts", new { channel_id = id, message = "Me, too" }).Forbidden();
        (await Ben.Get($"/channels/{id}/posts").Ok("post.list")).Texts("order").ShouldContain(post.Text("id"));
    }

    [Fact]
    public async Task Eight_are_the_most_and_everybody_must_be_somebody()
    {
        List<string> people = [];
        for (var i = 0; i < 8; i++)
            people.Add((await Server.NewPersonAsync($"crowd{i}")).Id);
        await Bot.Post("/channels/group", people).Refused(400, "api.channel.create_group.bad_size.app_error");
        await Bot.Post("/channels/group", people.Take(7)).Created("channel");
        await Bot.Post("/channels/group", new[] { Ann.Id, Ben.Id, new string('a', 26) }).Refused(400, "api.channel.create_group.bad_user.app_error");
        await Bot.Post("/channels/group", new[] { Ann.Id, "nobody" }).Refused(400, "api.context.invalid_body_param.app_error");
    }

    [Fact]
    public async Task Those_in_it_are_told_that_it_was_made_and_of_its_posts()
    {
        var (one, two) = (await Server.NewPersonAsync("told1"), await Server.NewPersonAsync("told2"));
        await using var listener = await Listener.OpenAsync(one);
        var id = (await Bot.Post("/channels/group", new[] { one.Id, two.Id }).Created("channel")).Text("id");
        var added = await listener.NextAsync("group_added", _ => true);
        added["broadcast"]!.Text("channel_id").ShouldBe(id);
        added["data"]!.Text("teammate_ids").ShouldContain(two.Id);
        await two.Say(id, "Hello");
        var posted = await listener.NextAsync("posted", e => e["data"]!.Text("post").Contains("Hello", StringComparison.Ordinal));
        posted["data"]!.Text("channel_type").ShouldBe("G");
        posted["data"]!.Text("team_id").ShouldBe("");
    }

    private async Task<string> GroupAsync() => (await Bot.Post("/channels/group", new[] { Ann.Id, Ben.Id }).Created("channel")).Text("id");
}

public sealed class GroupMessagesOnStandIn(StandInServer server) : GroupMessagesContract(server);

public sealed class GroupMessagesOnRealServer(RealServer server) : GroupMessagesContract(server);
