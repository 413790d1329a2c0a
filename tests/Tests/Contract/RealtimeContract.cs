using System.Text.Json.Nodes;
using MattermostLearning.Tests.Contract.Support;

namespace MattermostLearning.Tests.Contract;

public abstract class RealtimeContract(ContractServer server) : MattermostContract(server)
{
    [Fact]
    public async Task Hello_names_the_connection_and_the_version_and_events_are_counted()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        await using var listener = await Listener.OpenAsync(Ben);
        listener.ConnectionId.Length.ShouldBe(26);
        listener.Passed[0]["data"]!.Text("server_version").Split('.').Length.ShouldBeGreaterThanOrEqualTo(6);
        await Ann.Say(channel, "One");
        await Ann.Say(channel, "Two");
        await listener.NextAsync("posted", e => Post(e).Text("message") == "Two");
        listener.Passed.Where(e => e["seq"] is not null).Select(e => e.Number("seq")).ShouldBe(Enumerable.Range(0, listener.Passed.Count).Select(i => (long)i));
    }

    [Fact]
    public async Task A_post_is_told_to_the_members_its_author_included()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        await using var ann = await Listener.OpenAsync(Ann);
        await using var ben = await Listener.OpenAsync(Ben);
        await using var bot = await Listener.OpenAsync(Bot);
        var post = await Ann.Say(channel, $"Hello @{Ben.Name}");
        foreach (var listener in new[] { ann, ben })
        {
            var told = await listener.NextAsync("posted", e => Post(e).Text("id") == post.Text("id"));
            Shapes.Check(Server, "post", Post(told));
            told["data"]!.Text("channel_type").ShouldBe("O");
            told["data"]!.Text("sender_name").ShouldBe("@" + Ann.Name);
            told["data"]!.Text("team_id").ShouldBe(Server.TeamId);
            told["data"]!.Text("mentions").ShouldBe($"[\"{Ben.Id}\"]");
            told["broadcast"]!.Text("channel_id").ShouldBe(channel);
        }

        // What the bot hears next is the end of the line that it is in, so it heard nothing before.
        var other = await Server.NewChannelAsync("O", Bot);
        await Ann.Say(other, "For the bot");
        await bot.NextAsync("posted", e => Post(e).Text("message") == "For the bot");
        bot.Passed.ShouldNotContain(e => e.ToJsonString().Contains(post.Text("id"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Edits_deletions_and_reactions_are_told()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        await using var listener = await Listener.OpenAsync(Ben);
        var id = (await Ann.Say(channel, "Before")).Text("id");
        await Ann.Put($"/posts/{id}/patch", new { message = "After" }).Ok("post.edited");
        var edited = Post(await listener.NextAsync("post_edited", e => Post(e).Text("id") == id));
        Shapes.Check(Server, "post.edited", edited);
        edited.Text("message").ShouldBe("After");

        await Ann.Post("/reactions", new { user_id = Ann.Id, post_id = id, emoji_name = "tada" }).Ok("reaction");
        var added = await listener.NextAsync("reaction_added");
        var reaction = JsonNode.Parse(added["data"]!.Text("reaction"))!;
        Shapes.Check(Server, "reaction", reaction);
        reaction.Text("emoji_name").ShouldBe("tada");
        await Ann.Delete($"/users/{Ann.Id}/posts/{id}/reactions/tada").Ok("status");
        JsonNode.Parse((await listener.NextAsync("reaction_removed"))["data"]!.Text("reaction"))!.Text("post_id").ShouldBe(id);

        await Ann.Delete($"/posts/{id}").Ok("status");
        var deleted = await listener.NextAsync("post_deleted");
        Post(deleted).Text("id").ShouldBe(id);
        deleted["data"]!.Has("delete_by").ShouldBeFalse();
    }

    [Fact]
    public async Task Joining_and_leaving_are_told_to_those_there_and_to_the_one_who_went()
    {
        var channel = await Server.NewChannelAsync("O");
        await using var ann = await Listener.OpenAsync(Ann);
        await using var ben = await Listener.OpenAsync(Ben);
        await Ann.Post($"/channels/{channel}/members", new { user_id = Ben.Id }).Created("channel.member");
        foreach (var listener in new[] { ann, ben })
            (await listener.NextAsync("user_added", e => e["broadcast"]!.Text("channel_id") == channel))["data"]!.Text("user_id").ShouldBe(Ben.Id);
        Post(await ann.NextAsync("posted", e => Post(e).Text("channel_id") == channel)).Text("type").ShouldBe("system_add_to_channel");
        await Ann.Delete($"/channels/{channel}/members/{Ben.Id}").Ok("status");
        (await ann.NextAsync("user_removed", e => e["broadcast"]!.Text("channel_id") == channel))["data"]!.Text("user_id").ShouldBe(Ben.Id);
        (await ben.NextAsync("user_removed", e => e["broadcast"]!.Text("user_id") == Ben.Id))["data"]!.Text("channel_id").ShouldBe(channel);
    }

    [Fact]
    public async Task What_becomes_of_a_channel_is_told()
    {
        await using var listener = await Listener.OpenAsync(Ann);
        var channel = await Server.NewChannelAsync("O");
        await listener.NextAsync("channel_created", e => e["data"]!.Text("channel_id") == channel);
        await Ann.Put($"/channels/{channel}/patch", new { header = "New" }).Ok("channel");
        JsonNode.Parse((await listener.NextAsync("channel_updated", e => e["broadcast"]!.Text("channel_id") == channel))["data"]!.Text("channel"))!.Text("header").ShouldBe("New");
        await Admin.Put($"/channels/{channel}/privacy", new { privacy = "P" }).Ok("channel");
        await listener.NextAsync("channel_converted", e => e["data"]!.Text("channel_id") == channel);
        await Ann.Delete($"/channels/{channel}").Ok("status");
        (await listener.NextAsync("channel_deleted", e => e["data"]!.Text("channel_id") == channel))["data"]!.Number("delete_at").ShouldBeGreaterThan(0);
        await Admin.Post($"/channels/{channel}/restore").Ok("channel");
        await listener.NextAsync("channel_restored", e => e["data"]!.Text("channel_id") == channel);
    }

    [Fact]
    public async Task A_new_direct_message_is_told_to_both()
    {
        var fresh = await Server.NewPersonAsync("fresh");
        await using var listener = await Listener.OpenAsync(fresh);
        var direct = (await Bot.Post("/channels/direct", new[] { Bot.Id, fresh.Id }).Created("channel")).Text("id");
        (await listener.NextAsync("direct_added"))["broadcast"]!.Text("channel_id").ShouldBe(direct);
        await Bot.Say(direct, "Hello");
        var told = await listener.NextAsync("posted", e => Post(e).Text("channel_id") == direct);
        told["data"]!.Text("channel_type").ShouldBe("D");
        told["data"]!.Text("channel_display_name").ShouldBe("@" + Bot.Name);
        told["data"]!.Text("team_id").ShouldBe("");
    }

    [Fact]
    public async Task Changes_of_people_and_their_status_are_told()
    {
        var changing = await Server.NewPersonAsync("changing");
        await using var listener = await Listener.OpenAsync(Bot);
        await changing.Put($"/users/{changing.Id}/patch", new { locale = "fr" }).Ok("user.self");
        (await listener.NextAsync("user_updated", e => e["data"]!["user"]!.Text("id") == changing.Id))["data"]!["user"]!.Text("locale").ShouldBe("fr");
        var added = await Server.NewPersonAsync("added");
        await listener.NextAsync("new_user", e => e["data"]!.Text("user_id") == added.Id);
        await using var own = await Listener.OpenAsync(changing);
        await changing.Put($"/users/{changing.Id}/status", new { user_id = changing.Id, status = "dnd" }).Ok("status.user");
        await own.NextAsync("status_change", e => e["data"]!.Text("status") == "dnd");
    }

    [Fact]
    public async Task A_browser_signs_in_by_its_first_message()
    {
        await using var listener = await Listener.ConnectAsync(Ann, "", withToken: false);
        await listener.SendAsync(new { seq = 1, action = "authentication_challenge", data = new { token = Ann.Token } });
        // In either order, and what happens elsewhere meanwhile may come between.
        bool isAnswered = false, isGreeted = false;
        while (!isAnswered || !isGreeted)
        {
            var frame = await listener.AnyAsync("answer", _ => true);
            isAnswered |= frame.Text("status") == "OK" && frame.Number("seq_reply") == 1;
            isGreeted |= frame.Text("event") == "hello";
        }
    }

    [Fact]
    public async Task A_lost_connection_is_taken_up_where_it_broke()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        var lost = await Listener.OpenAsync(Ben);
        await Ann.Say(channel, "Heard");
        var last = (await lost.NextAsync("posted", e => Post(e).Text("message") == "Heard")).Number("seq");
        await lost.CutAsync();
        await Ann.Say(channel, "Missed one");
        await Ann.Say(channel, "Missed two");

        await using var back = await Resumed(Ben, lost.ConnectionId, last + 1);
        await back.NextAsync("posted", e => Post(e).Text("message") == "Missed one");
        await back.NextAsync("posted", e => Post(e).Text("message") == "Missed two");
        back.Passed.ShouldNotContain(e => e.Text("event") == "hello");
        back.Passed.Select(e => e.Number("seq")).ShouldBe(Enumerable.Range(0, back.Passed.Count).Select(i => last + 1 + i));
    }

    [Fact]
    public async Task A_connection_that_nobody_knows_starts_over_with_another_id()
    {
        await using var listener = await Listener.ConnectAsync(Ben, $"connection_id={new string('a', 26)}&sequence_number=5", withToken: true);
        var hello = await listener.NextAsync("hello");
        hello["data"]!.Text("connection_id").ShouldNotBe(new string('a', 26));
        hello.Number("seq").ShouldBe(0);
    }

    [Fact]
    public async Task Asking_for_what_is_no_longer_kept_starts_over_with_another_id()
    {
        var channel = await Server.NewChannelAsync("O", Ben);
        var lost = await Listener.OpenAsync(Ben);
        for (var i = 0; i < 140; i++)
            await Ann.Say(channel, $"Post {i}");
        await lost.NextAsync("posted", e => Post(e).Text("message") == "Post 139");
        await lost.CutAsync();

        await using var back = await Listener.ConnectAsync(Ben, $"connection_id={lost.ConnectionId}&sequence_number=3", withToken: true);
        var hello = await back.NextAsync("hello");
        hello["data"]!.Text("connection_id").ShouldNotBe(lost.ConnectionId);
        hello.Number("seq").ShouldBe(0);
    }

    /// <summary>A server takes a moment to notice that a socket is gone; until then it gives a new connection, and one asks again.</summary>
    private static async Task<Listener> Resumed(Client client, string connectionId, long sequence)
    {
        for (var attempt = 0; ; attempt++)
        {
            var listener = await Listener.ConnectAsync(client, $"connection_id={connectionId}&sequence_number={sequence}", withToken: true);
            if (await listener.ContinuesAsync() || attempt == 100)
                return listener;
            await listener.DisposeAsync();
        }
    }

    private static JsonNode Post(JsonNode told) => told["data"]!["post"] is { } post ? JsonNode.Parse(post.GetValue<string>())! : new JsonObject();
}

public sealed class RealtimeOnStandIn(StandInServer server) : RealtimeContract(server);

public sealed class RealtimeOnRealServer(RealServer server) : RealtimeContract(server);
