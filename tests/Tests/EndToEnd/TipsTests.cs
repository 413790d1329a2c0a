using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Community.Tips;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>Whoever begins a message with `#til` in a public channel shares a tip.</summary>
public sealed class TipsTests
{
    private static readonly DateTimeOffset Start = new(2027, 3, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly Uri Webhook = new("http://sidecar.test/mattermost/webhook");

    [Fact]
    public async Task A_first_tip_where_the_bot_is_no_member_is_kept_and_answered_with_one_line_in_its_thread()
    {
        await using var world = await TownAsync();

        var post = await SayAsync(world, "ann", "kitchen", "#til Ctrl+Shift+T brings a closed tab back");

        var line = Answers(world, post).ShouldHaveSingleItem();
        line.UserId.ShouldBe(world.As("learning").Id);
        line.Message.ShouldBe("Kept as a tip, thank you. `/learn tips` finds it again. To take it back, delete your message, or take `#til` out of it.");
        (await TipsAsync(world)).ShouldHaveSingleItem().PostId.ShouldBe(post.Id);
        (await FindAsync(world, "bilal")).ShouldBe($"""
            **Tips**
            - **Ann Berg** in ~kitchen: Ctrl+Shift+T brings a closed tab back [Read it]({world.Mattermost.Address}_redirect/pl/{post.Id})
            """.Replace("_redirect", "acme", StringComparison.Ordinal));
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("#til one")]
    [InlineData("#TIL: two")]
    [InlineData("  #Til\nthree")]
    public async Task The_word_counts_in_every_writing(string message)
    {
        await using var world = await TownAsync();
        await SayAsync(world, "ann", "kitchen", message);
        (await TipsAsync(world)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("#tilt is a game")]
    [InlineData("#til-2027")]
    [InlineData("today: #til")]
    public async Task Another_word_is_no_tip(string message)
    {
        await using var world = await TownAsync();
        await SayAsync(world, "ann", "kitchen", message);
        await SayAsync(world, "ann", "learning", message);
        (await TipsAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_bot_is_a_member_webhook_and_WebSocket_tell_and_one_line_is_said_and_later_tips_get_a_mark()
    {
        await using var world = await TownAsync();

        var first = await SayAsync(world, "ann", "learning", "#til one");
        var second = await SayAsync(world, "ann", "learning", "#TIL two");
        var third = await SayAsync(world, "ann", "kitchen", "#til three");

        Answers(world, first).Count.ShouldBe(1);
        Answers(world, second).ShouldBeEmpty();
        Answers(world, third).ShouldBeEmpty("she knows, and the bot cannot react where it is no member");
        (await MarksAsync(world, first)).ShouldBeEmpty();
        (await MarksAsync(world, second)).ShouldBe([TipKeeper.Emoji]);
        (await TipsAsync(world)).Count.ShouldBe(3);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_tells_first_stores_it_and_the_other_changes_nothing(bool webhookFirst)
    {
        await using var world = await TownAsync();
        var post = await world.LetAsync(world.As("ann").PostAsync("learning", "good morning"));
        await world.LetAsync(world.As("ann").EditAsync(post, "#til one")); // Mattermost tells nobody, so the test does, in its order
        var keeper = world.Services.GetRequiredService<TipKeeper>();
        var seen = new TipSeen(post.Id, post.ChannelId, (await TeamAsync(world)), world.As("ann").Id, Start);

        for (var again = 0; again < 2; again++)
        {
            if (webhookFirst)
                (await keeper.CalledAsync(seen, "#til one", CancellationToken.None)).ShouldBeNull("the outbox says it");
            await keeper.HeardAsync(seen, null, "#til one", CancellationToken.None);
            if (!webhookFirst)
                (await keeper.CalledAsync(seen, "#til one", CancellationToken.None)).ShouldBeNull();
            await world.SettleAsync();
        }

        Answers(world, post).Count.ShouldBe(1);
        (await MarksAsync(world, post)).ShouldBeEmpty();
        (await TipsAsync(world)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Both_at_the_same_moment_are_one_tip_and_one_line()
    {
        await using var world = await TownAsync();
        var post = await world.LetAsync(world.As("ann").PostAsync("learning", "good morning"));
        await world.LetAsync(world.As("ann").EditAsync(post, "#til one"));
        var keeper = world.Services.GetRequiredService<TipKeeper>();
        var seen = new TipSeen(post.Id, post.ChannelId, await TeamAsync(world), world.As("ann").Id, Start);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0
            ? keeper.HeardAsync(seen, null, "#til one", CancellationToken.None)
            : keeper.CalledAsync(seen, "#til one", CancellationToken.None)));
        await world.SettleAsync();

        Answers(world, post).Count.ShouldBe(1);
        (await TipsAsync(world)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_webhook_that_comes_twice_is_answered_once()
    {
        await using var world = await TownAsync();
        var post = await world.LetAsync(world.As("ann").PostAsync("kitchen", "good morning"));
        await world.LetAsync(world.As("ann").EditAsync(post, "#til one"));
        var body = new JsonObject
        {
            ["token"] = world.WebhookToken, ["team_id"] = await TeamAsync(world), ["channel_id"] = post.ChannelId, ["user_id"] = world.As("ann").Id, ["post_id"] = post.Id, ["text"] = "#til one",
        };

        var first = await CallAsync(world, body);
        var second = await CallAsync(world, body);

        first["response_type"]!.GetValue<string>().ShouldBe("comment");
        first["text"]!.GetValue<string>().ShouldStartWith("Kept as a tip");
        first["username"]!.GetValue<string>().ShouldBe("learning");
        second["text"].ShouldBeNull();
    }

    [Fact]
    public async Task What_a_webhook_says_counts_only_as_far_as_Mattermost_says_it_too()
    {
        await using var world = await TownAsync();
        var post = await world.LetAsync(world.As("ann").PostAsync("kitchen", "good morning"));
        var body = new JsonObject
        {
            ["token"] = world.WebhookToken, ["team_id"] = await TeamAsync(world), ["channel_id"] = post.ChannelId, ["user_id"] = world.As("ann").Id, ["post_id"] = post.Id, ["text"] = "#til forged",
        };

        (await CallAsync(world, body))["text"].ShouldBeNull();
        body["post_id"] = new string('a', 26);
        (await CallAsync(world, body))["text"].ShouldBeNull();

        (await TipsAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Inside_a_thread_it_works_too_and_the_line_waits_where_a_comment_cannot_stand()
    {
        await using var world = await TownAsync();
        var root = await SayAsync(world, "bilal", "kitchen", "How do I get a closed tab back?");
        var there = await SayAsync(world, "bilal", "learning", "And a closed window?");

        var reply = await world.LetAsync(world.As("ann").ReplyAsync(root, "#til Ctrl+Shift+T"));
        Answers(world, root).Select(post => post.Id).ShouldBe([reply.Id]);
        var next = await world.LetAsync(world.As("ann").ReplyAsync(there, "#til the same keys"));

        Answers(world, there).Select(post => post.Id == next.Id ? "the tip" : post.Message.Split('.')[0]).ShouldBe(["the tip", "Kept as a tip, thank you"]);
        (await TipsAsync(world)).Count.ShouldBe(2);
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bots_webhooks_private_channels_and_direct_messages_share_no_tips()
    {
        await using var world = await TownAsync();
        await world.LetAsync(world.As("build.bot").PostAsync("learning", "#til the build is green"));
        await world.LetAsync(world.As("build.bot").PostAsync("off-topic", "#til the build is green"));
        var hook = await world.As("ada.admin").CallAsync("POST", "/hooks/incoming", new JsonObject { ["channel_id"] = world.Mattermost.Seed.ChannelId("acme", "learning") });
        using var http = new HttpClient();
        using var content = new StringContent("""{"text":"#til from outside"}""", Encoding.UTF8, "application/json");
        await world.LetAsync(http.PostAsync(new Uri(world.Mattermost.Address, $"hooks/{hook["id"]}"), content, TestContext.Current.CancellationToken));
        await SayAsync(world, "ann", "secret", "#til between us");
        await world.LetAsync(world.As("ann").MessageAsync("learning", "#til only you"));

        (await TipsAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deleted_is_gone_edited_is_new_and_without_the_word_it_is_no_tip_any_more()
    {
        await using var world = await TownAsync();
        var deleted = await SayAsync(world, "ann", "kitchen", "#til first");
        var edited = await SayAsync(world, "ann", "kitchen", "#til second");
        var taken = await SayAsync(world, "ann", "kitchen", "#til third");
        var heard = await SayAsync(world, "ann", "learning", "#til fourth");

        await world.LetAsync(world.As("ann").DeleteAsync(deleted));
        await world.LetAsync(world.As("ann").EditAsync(edited, "#til second, corrected"));
        await world.LetAsync(world.As("ann").EditAsync(taken, "third"));
        await world.LetAsync(world.As("ann").DeleteAsync(heard));
        (await TipsAsync(world)).Select(tip => tip.PostId).ShouldNotContain(heard.Id, "the bot heard that it was deleted");

        var answer = await FindAsync(world, "bilal");
        answer.ShouldContain("second, corrected");
        answer.Split('\n').Length.ShouldBe(2);
        (await TipsAsync(world)).Select(tip => tip.PostId).ShouldBe([edited.Id]);
    }

    [Fact]
    public async Task Everybody_finds_only_what_they_may_read_in_Mattermost_now()
    {
        await using var world = await TownAsync();
        await SayAsync(world, "ann", "learning", "#til everybody may read this");
        await SayAsync(world, "ann", "kitchen", "#til this, too");
        var moved = await SayAsync(world, "ann", "project", "#til soon a secret");

        (await FindAsync(world, "bilal")).Split('\n').Length.ShouldBe(4);
        await world.LetAsync(world.As("ada.admin").CallAsync("PUT", $"/channels/{moved.ChannelId}/privacy", new JsonObject { ["privacy"] = "P" }));
        (await FindAsync(world, "bilal")).ShouldNotContain("secret");
        (await FindAsync(world, "bilal")).Split('\n').Length.ShouldBe(3);
        (await FindAsync(world, "gus.guest", "learning")).ShouldContain("everybody may read this");
        (await FindAsync(world, "gus.guest", "learning")).ShouldNotContain("this, too", customMessage: "a guest reads only where they are");
        (await FindAsync(world, "olga", "lobby")).ShouldStartWith("There are no tips here yet that you can read.");
        world.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_are_looked_for_in_what_stands_there_now_and_older_ones_come_by_pages()
    {
        await using var world = await TownAsync();
        for (var i = 1; i <= 12; i++)
        {
            await world.AdvanceAsync(TimeSpan.FromMinutes(1));
            await SayAsync(world, "ann", "kitchen", $"#til {(i % 2 == 0 ? "spreadsheet" : "browser")} number {i} @all **bold**");
        }

        var found = await FindAsync(world, "bilal", "off-topic", "SPREADsheet");
        found.Split('\n')[0].ShouldBe("**Tips with `SPREADsheet`**");
        found.ShouldContain("spreadsheet number 12");
        found.ShouldNotContain("browser");
        found.ShouldNotContain("@all");
        found.ShouldEndWith("_Older ones: `/learn tips SPREADsheet page 2`_");
        var rest = await FindAsync(world, "bilal", "off-topic", "SPREADsheet page 2");
        rest.Split('\n').Length.ShouldBe(2);
        rest.ShouldContain("spreadsheet number 2 ");
        (await FindAsync(world, "bilal", "off-topic", "page 3")).ShouldContain("browser number 1 ");
        (await FindAsync(world, "bilal", "off-topic", "page 9")).ShouldBe("There are no more tips than that.");
        (await FindAsync(world, "bilal", "off-topic", "`@here` nothing")).ShouldStartWith("I found no tip with `'@\u2060here' nothing`");
    }

    [Fact]
    public async Task Off_until_the_administrator_says_yes()
    {
        await using var world = await TownAsync(isOn: false);
        var post = await SayAsync(world, "ann", "kitchen", "#til one");
        await SayAsync(world, "ann", "learning", "#til two");
        Answers(world, post).ShouldBeEmpty();
        (await TipsAsync(world)).ShouldBeEmpty();
        (await FindAsync(world, "ann")).ShouldBe("Tips are switched off here. Whoever looks after me can switch them on.");
    }

    [Fact]
    public async Task Privacy_names_tips_and_being_forgotten_takes_them_out()
    {
        await using var world = await TownAsync();
        await SayAsync(world, "ann", "learning", "#til zanzibar");
        await SayAsync(world, "bilal", "kitchen", "#til two");

        (await world.LetAsync(world.As("ann").CommandAsync("/learn privacy", "off-topic"))).Text.ShouldContain("- 1 tip: where and when, never its text");
        Everything(world).ShouldNotContain("zanzibar");
        await world.LetAsync(world.As("ann").CommandAsync("/learn privacy forget yes", "off-topic"));

        (await TipsAsync(world)).ShouldHaveSingleItem().PersonId.ShouldBe(world.As("bilal").Id);
        Everything(world).ShouldNotContain(world.As("ann").Id);
    }

    [Fact]
    public async Task Tips_go_with_the_retention()
    {
        await using var world = await TownAsync(retentionDays: "30");
        await SayAsync(world, "ann", "kitchen", "#til one");
        await world.AdvanceAsync(TimeSpan.FromDays(29));
        await SayAsync(world, "ann", "kitchen", "#til two");
        await world.AdvanceAsync(TimeSpan.FromDays(2));
        (await TipsAsync(world)).Count.ShouldBe(1);
    }

    private static async Task<SidecarWorld> TownAsync(bool isOn = true, string? retentionDays = null)
    {
        var settings = new Dictionary<string, string?> { ["Tips__Enabled"] = isOn ? "true" : null, ["Privacy__RetentionDays"] = retentionDays };
        var world = await SidecarWorld.StartAsync(Start, "ada.admin", Settle, new Dictionary<string, string>(), AddCallers, settings);
        await world.LetAsync(world.As("ann").AddAsync("learning", "learning"));
        await world.LetAsync(world.As("ann").AddAsync("secret", "learning"));
        return world;
    }

    private static void AddCallers(SidecarWorld world)
    {
        world.WebhookToken = world.Mattermost.Seed.AddOutgoingHook(SidecarWorld.Team, "learning", Webhook, new TipWords(true, ["#til"]).Triggers);
        world.Set("Mattermost__WebhookTokens", world.WebhookToken);
        var command = world.Mattermost.Seed.AddCommand("other", "learn", new Uri("http://sidecar.test/mattermost/command"));
        world.Set("Mattermost__CommandTokens", $"{world.CommandToken},{command}");
    }

    private static void Settle(Seed seed)
    {
        seed.AddUser("ada.admin", "Ada Admin", roles: "system_admin system_user", teams: SidecarWorld.Team);
        seed.AddUser("ann", "Ann Berg", "Europe/Berlin", teams: SidecarWorld.Team);
        seed.AddUser("bilal", "Bilal Khan", teams: SidecarWorld.Team);
        seed.AddUser("gus.guest", "Gus Guest", roles: "system_guest", teams: SidecarWorld.Team);
        seed.AddBot("build.bot", "Build", SidecarWorld.Team);
        seed.AddTeam("other");
        seed.AddUser("olga", "Olga Else", teams: "other");
        seed.AddChannel("other", "lobby", members: ["olga"]);
        seed.AddChannel(SidecarWorld.Team, "learning", members: ["ann", "bilal", "gus.guest", "build.bot", "ada.admin"]);
        seed.AddChannel(SidecarWorld.Team, "kitchen", members: ["ann", "bilal"]);
        seed.AddChannel(SidecarWorld.Team, "project", members: ["ann"]);
        seed.AddChannel(SidecarWorld.Team, "secret", isPrivate: true, members: ["ann", "bilal"]);
    }

    private static Task<SeenPost> SayAsync(SidecarWorld world, string userName, string channel, string message) =>
        world.LetAsync(world.As(userName).PostAsync(channel, message));

    private static async Task<string> FindAsync(SidecarWorld world, string userName, string channel = "off-topic", string words = "") =>
        (await world.LetAsync(world.As(userName).CommandAsync($"/learn tips {words}".TrimEnd(), channel))).Text;

    private static List<SeenPost> Answers(SidecarWorld world, SeenPost post) => [.. world.As("ann").Read(post.ChannelId).Where(one => one.RootId == post.Id)];

    private static async Task<List<string>> MarksAsync(SidecarWorld world, SeenPost post) =>
        [.. ((await world.As("ann").CallAsync("GET", $"/posts/{post.Id}"))["metadata"]?["reactions"] as JsonArray ?? []).Select(one => one!["emoji_name"]!.GetValue<string>())];

    private static async Task<IReadOnlyList<Tip>> TipsAsync(SidecarWorld world) => await world.Store.RangeAsync(Tip.ByInstant, "", null, 100, CancellationToken.None);

    /// <summary>Calls the sidecar as Mattermost does.</summary>
    private static async Task<JsonNode> CallAsync(SidecarWorld world, JsonObject body)
    {
        using var http = new HttpClient { BaseAddress = world.SidecarAddress };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/mattermost/webhook", content, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer.Length == 0 ? new JsonObject() : JsonNode.Parse(answer)!;
    }

    private static string Everything(SidecarWorld world) =>
        string.Join('\n', world.Store.Everything().SelectMany(kind => kind.Value.Select(one => $"{kind.Key}/{one.Key}: {one.Value}")));

    private static async Task<string> TeamAsync(SidecarWorld world) => (await world.As("ann").CallAsync("GET", "/teams/name/acme"))["id"]!.GetValue<string>();
}
