using System.Net;
using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;

namespace MattermostLearning.Tests.Unit.Playground;

public sealed class PersonTests
{
    [Fact]
    public async Task What_people_do_reads_as_a_transcript()
    {
        await using var scene = await Scene.OpenAsync();
        scene.Sidecar.Answer("action", new { ephemeral_text = "You are in.", skip_slack_parsing = true });
        scene.Sidecar.Answer("command", new { response_type = "ephemeral", text = "Nothing waits for you.", skip_slack_parsing = true });

        var post = await scene.BotSaysAsync("One good question", Scene.Button("I'm in"));
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        (await scene.Ann.ClickAsync(post, "I'm in")).Text.ShouldBe("You are in.");
        (await scene.Ann.CommandAsync("/learn", "learning")).Text.ShouldBe("Nothing waits for you.");
        scene.Clock.AdvanceTo(Scene.Start.AddDays(1));
        var reply = await scene.Ben.ReplyAsync(post, "I asked\nand learned");
        await scene.Ann.ReactAsync(reply, "tada");
        await scene.Ann.UnreactAsync(reply, "tada");
        await scene.Ben.EditAsync(reply, "I asked.");
        await scene.Ben.DeleteAsync(reply);
        await scene.Ben.MessageAsync("ann", "Psst");
        await scene.Ben.LeaveAsync("learning");

        scene.StandIn.Transcript.ToString().ShouldBe("""
            == Monday 11 January 2027 ==
            09:00  ~learning  @coach (#1)
                   One good question
                   | Will you?
                   [I'm in]
            09:05  ~learning  @ann presses [I'm in] on #1
            09:05  ~learning in thread #1  only @ann sees (#2)
                   You are in.
            09:05  ~learning  only @ann sees (#3)
                   Nothing waits for you.

            == Tuesday 12 January 2027 ==
            09:00  ~learning in thread #1  @ben (#4)
                   I asked
                   and learned
            09:00  ~learning in thread #1  @ann reacts :tada: to #4
            09:00  ~learning in thread #1  @ann takes back :tada: from #4
            09:00  ~learning in thread #1  @ben changes #4 to
                   I asked.
            09:00  ~learning in thread #1  @ben's #4 is deleted
            09:00  @ann + @ben  @ben (#5)
                   Psst
            09:00  ~learning  @ben leaves the channel

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_dialog_stays_open_until_it_is_right()
    {
        await using var scene = await Scene.OpenAsync();
        scene.Sidecar.Answers["/action"] = async body =>
        {
            using var opened = await scene.AsBotAsync(HttpMethod.Post, "/actions/dialogs/open", new
            {
                trigger_id = JsonNode.Parse(body)!["trigger_id"]!.GetValue<string>(), url = Scene.Callback + "dialog",
                dialog = new { title = "A question", callback_id = "ask", state = "s", elements = new[] { new { display_name = "Answer", name = "answer", type = "text" } } },
            });
            opened.StatusCode.ShouldBe(HttpStatusCode.OK);
            return new { };
        };
        var reply = await scene.Ann.ClickAsync(await scene.BotSaysAsync("Ask", Scene.Button("Ask me")), "Ask me");
        reply.Dialog!.Title.ShouldBe("A question");
        reply.Dialog.ElementNames.ShouldBe(["answer"]);

        scene.Sidecar.Answer("dialog", new { errors = new { answer = "Too short" } });
        (await scene.Ann.SubmitAsync(new JsonObject { ["answer"] = "" })).Errors["answer"].ShouldBe("Too short");
        scene.Ann.Dialog.ShouldNotBeNull();
        scene.Sidecar.Answer("dialog", new { });
        (await scene.Ann.SubmitAsync(new JsonObject { ["answer"] = "42" })).IsClosed.ShouldBeTrue();
        scene.Ann.Dialog.ShouldBeNull();
        await Should.ThrowAsync<StandInException>(() => scene.Ann.SubmitAsync([]));
    }

    [Theory]
    [InlineData("5.38.0", 3)]
    [InlineData("9.11.0", 3)]
    [InlineData("10.5.0", 30)]
    public async Task A_trigger_lives_as_long_as_the_version_lets_it(string version, int seconds)
    {
        await using var scene = await Scene.OpenAsync(new StandInOptions { Version = version });
        scene.Sidecar.Answer("action", new { });
        await scene.Ann.ClickAsync(await scene.BotSaysAsync("Ask", Scene.Button("Ask me")), "Ask me");
        var dialog = new { trigger_id = scene.Sidecar.LastTrigger, url = Scene.Callback, dialog = new { title = "x" } };
        scene.Clock.Advance(TimeSpan.FromSeconds(seconds));
        using (var inTime = await scene.AsBotAsync(HttpMethod.Post, "/actions/dialogs/open", dialog))
            inTime.StatusCode.ShouldBe(HttpStatusCode.OK);
        scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var late = await scene.AsBotAsync(HttpMethod.Post, "/actions/dialogs/open", dialog);
        (await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("interactive_message.decode_trigger_id.expired");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_ids()
    {
        await using var one = await Scene.OpenAsync();
        await using var two = await Scene.OpenAsync();
        await using var other = await Scene.OpenAsync(new StandInOptions { Seed = 2 });
        two.Channel.ShouldBe(one.Channel);
        two.BotToken.ShouldBe(one.BotToken);
        other.Channel.ShouldNotBe(one.Channel);
    }

    [Fact]
    public async Task Refusals_say_what_Mattermost_would()
    {
        await using var scene = await Scene.OpenAsync();
        var hidden = scene.StandIn.Seed.AddChannel("acme", "hidden", isPrivate: true, members: "ann");
        (await Should.ThrowAsync<StandInException>(() => scene.Ben.PostAsync(hidden, "Hello"))).ErrorId.ShouldBe("api.context.permissions.app_error");
        Should.Throw<StandInException>(() => scene.StandIn.As("nobody"));
        (await Should.ThrowAsync<StandInException>(() => scene.Ann.CommandAsync("/learn", "learning"))).Status.ShouldBe(500);
    }

    [Fact(Timeout = 300_000)]
    public async Task Ten_thousand_replies_are_paged_through_whole()
    {
        await using var scene = await Scene.OpenAsync();
        var root = await scene.Ann.PostAsync("learning", "Root");
        for (var i = 0; i < 10_000; i++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await scene.Ann.ReplyAsync(root, "Reply");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 0; page <= 50; page++)
        {
            var answer = await scene.Ben.CallAsync("GET", $"/channels/{scene.Channel}/posts?page={page}&per_page=200&skipFetchThreads=true");
            foreach (var id in answer["order"]!.AsArray())
                seen.Add(id!.GetValue<string>()).ShouldBeTrue();
        }

        seen.Count.ShouldBeGreaterThan(10_000);
    }
}
