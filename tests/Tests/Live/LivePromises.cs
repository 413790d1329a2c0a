using System.Net;
using System.Text.Json.Nodes;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Tests.Contract.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.Live;

/// <summary>
/// Nothing lost and nothing twice, in real time: the real sidecar, people who click and write through Mattermost's own API, and a line that is
/// cut. On the stand-in always, on a real server when one is given.
/// </summary>
public abstract class LivePromises(ContractServer server) : IAsyncLifetime
{
    private static readonly string[] Emoji = ["tada", "bulb", "+1"];

    private LiveStage? _stage;

    private LiveStage Stage => _stage!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await server.ReadyAsync();
        _stage = await LiveStage.OpenAsync(server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stage is not null)
            await _stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_happens_twice()
    {
        await ClicksAsync();
        await RepliesAsync();
        await FanOutAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{(await Stage.StoredAsync()).Replies.Count} replies stand, {Stage.Sessions.Count * 4 + 2} clicks");
    }

    /// <summary>Double clicks, two devices at once, out and in again, and a button of an earlier answer.</summary>
    private async Task ClicksAsync()
    {
        var opening = await Stage.OpeningAsync();
        var clicks = await Task.WhenAll(Stage.Sessions.SelectMany(one => (Client[])[one.Phone, one.Phone, one.Desk, one.Desk]).Select(who => LiveStage.PressAsync(who, opening, "I'm in")));
        clicks.ShouldAllBe(click => click.Status == HttpStatusCode.OK);
        await EachIsInOnceAsync();

        var (ann, annsDesk) = Stage.Sessions[0];
        JsonNode? earlier = null;
        await LiveSidecar.UntilAsync("what can be chosen is in the direct messages", async () => (earlier = (await Stage.DirectAsync(ann)).SingleOrDefault(post => LiveStage.Action(post, "Leave") is not null)) is not null);
        (await Stage.TypeAsync(annsDesk, "leave")).Status.ShouldBe(HttpStatusCode.OK);
        (await ParticipationOfAsync(ann)).IsIn.ShouldBeFalse();
        (await LiveStage.PressAsync(ann, opening, "I'm in")).Status.ShouldBe(HttpStatusCode.OK);
        (await LiveStage.PressAsync(annsDesk, earlier!, "Leave")).Status.ShouldBe(HttpStatusCode.OK);
        (await ParticipationOfAsync(ann)).IsIn.ShouldBeTrue("the button belongs to an earlier answer");
        await EachIsInOnceAsync();

        await LiveSidecar.UntilAsync("everything is sent", Stage.IsEverythingSentAsync);
        (await Stage.OpeningAsync())["props"]!.ToJsonString().ShouldContain($"and {Stage.Sessions.Count - 3} more");
        // One answer to each joining: Ann joined twice.
        foreach (var (phone, _) in Stage.Sessions)
            (await Stage.DirectAsync(phone)).Count(post => LiveStage.Action(post, "Leave") is not null).ShouldBe(phone == ann ? 2 : 1, phone.Name);
    }

    private async Task EachIsInOnceAsync()
    {
        var round = await Stage.RoundAsync();
        round.Joined.ShouldBe(Stage.Sessions.Count);
        (await Stage.Sidecar.Store.FindAsync(Participation.ByOccurrence, round.Id)).Where(one => one.IsIn).Select(one => one.PersonId).Order(StringComparer.Ordinal)
            .ShouldBe(Stage.Sessions.Select(one => one.Phone.Id).Order(StringComparer.Ordinal));
    }

    private async Task<Participation> ParticipationOfAsync(Client who) =>
        (await Stage.Sidecar.Store.GetAsync<Participation>(Participation.IdOf((await Stage.RoundAsync()).Id, who.Id))).ShouldNotBeNull();

    /// <summary>Replies and reactions, some taken back, while it listens, while its WebSocket is cut, and while it is not there at all.</summary>
    private async Task RepliesAsync()
    {
        var dice = new Random(1);
        var sidecar = Stage.Sidecar;
        await WriteAsync(dice);
        sidecar.CutSockets();
        await WriteAsync(dice);
        sidecar.LetSocketsBe();
        await WriteAsync(dice);
        await ShownIsStoredAsync();

        await sidecar.StopAsync();
        await WriteAsync(dice);
        await sidecar.StartAsync();
        await WriteAsync(dice);
        sidecar.CutSockets();
        await WriteAsync(dice);
        await sidecar.KillAsync();
        await WriteAsync(dice);
        sidecar.LetSocketsBe();
        await sidecar.StartAsync();
        await ShownIsStoredAsync();
    }

    private async Task WriteAsync(Random dice)
    {
        for (var step = 0; step < 15; step++)
        {
            var (who, reactor) = (Stage.Sessions[dice.Next(Stage.Sessions.Count)].Desk, Stage.Sessions[dice.Next(Stage.Sessions.Count)].Phone);
            var reply = await who.Say(Stage.ChannelId, $"Reply {step}", Stage.OpeningId);
            var emoji = Emoji[dice.Next(Emoji.Length)];
            await reactor.Post("/reactions", new { user_id = reactor.Id, post_id = reply.Text("id"), emoji_name = emoji }).Ok("reaction");
            if (step % 5 == 1)
                await who.Delete($"/posts/{reply.Text("id")}").Ok("status");
            else if (step % 5 == 2)
                await reactor.Delete($"/users/{reactor.Id}/posts/{reply.Text("id")}/reactions/{Uri.EscapeDataString(emoji)}").Ok("status");
        }
    }

    private async Task ShownIsStoredAsync()
    {
        var shown = await Stage.ShownAsync();
        await LiveSidecar.UntilAsync("what is stored is what Mattermost shows", async () =>
            await Stage.StoredAsync() is var stored && stored.Replies.SequenceEqual(shown.Replies) && stored.Reactions.SequenceEqual(shown.Reactions));
        shown.Replies.Count.ShouldBeGreaterThan(20);
    }

    /// <summary>The process dies of the answers to two posts in the middle, and comes back each time.</summary>
    private async Task FanOutAsync()
    {
        // Told of before the rows are there, so that the first post counts.
        DieOfPost(20);
        var expected = await EnqueueAsync();
        foreach (var posts in (int[])[20, 25])
        {
            await LiveSidecar.UntilAsync($"it has died of post {posts}", () => Task.FromResult(Stage.Sidecar.IsDead));
            await Stage.Sidecar.KillAsync();
            Stage.Sidecar.LetSocketsBe();
            if (posts == 20)
                DieOfPost(25);
            await Stage.Sidecar.StartAsync();
        }

        await LiveSidecar.UntilAsync("everything is sent", Stage.IsEverythingSentAsync);
        var inChannel = (await LiveStage.PostsAsync(server.Ann, Stage.ChannelId)).Select(post => post.Text("message")).ToList();
        foreach (var (who, conversation, texts) in expected)
        {
            var stands = who is null ? inChannel : [.. (await Stage.DirectAsync(who)).Select(post => post.Text("message"))];
            stands.Where(text => text.StartsWith($"{conversation}: ", StringComparison.Ordinal)).ShouldBe(texts);
        }
    }

    private void DieOfPost(int number)
    {
        var answered = 0;
        Stage.Sidecar.DiesOf = request =>
            request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/posts", StringComparison.Ordinal) && Interlocked.Increment(ref answered) == number;
    }

    private async Task<List<(Client? Who, string Conversation, List<string> Texts)>> EnqueueAsync()
    {
        var ledger = Stage.Sidecar.Services.GetRequiredService<LearningLedger>();
        var changes = new ChangeSet();
        var expected = new List<(Client?, string, List<string>)>();
        for (var thread = 1; thread <= 3; thread++)
        {
            var conversation = $"thread {thread}";
            var root = Row(conversation, "opening") with { ChannelId = Stage.ChannelId, Draft = $"{conversation}: opening" };
            changes.Save(root);
            for (var reply = 1; reply <= 12; reply++)
                changes.Save(Row(conversation, $"reply {reply}") with { ChannelId = Stage.ChannelId, RootRowId = root.Id, Draft = $"{conversation}: reply {reply}" });
            expected.Add((null, conversation, [$"{conversation}: opening", .. Enumerable.Range(1, 12).Select(reply => $"{conversation}: reply {reply}")]));
        }

        foreach (var (phone, _) in Stage.Sessions)
        {
            for (var message = 1; message <= 3; message++)
                changes.Save(Row(phone.Name, $"{message}") with { PersonId = phone.Id, Purpose = MessagePurpose.Asked, Draft = $"{phone.Name}: message {message}" });
            expected.Add((phone, phone.Name, [.. Enumerable.Range(1, 3).Select(message => $"{phone.Name}: message {message}")]));
        }

        (await ledger.CommitAsync(changes, TestContext.Current.CancellationToken)).ShouldBe(CommitOutcome.Committed);
        return expected;

        OutboxRow Row(string conversation, string name) => new()
        {
            // The server keeps what earlier runs sent: names are this run's.
            Id = OutboxRow.IdOf(Stage.OpeningId + conversation, name), Conversation = Stage.OpeningId + conversation, Order = ledger.Next(),
            NotBefore = TimeProvider.System.GetUtcNow(), Purpose = MessagePurpose.Announce,
        };
    }
}

public sealed class LivePromisesOnStandIn(StandInServer server) : LivePromises(server);

public sealed class LivePromisesOnRealServer(RealServer server) : LivePromises(server);
