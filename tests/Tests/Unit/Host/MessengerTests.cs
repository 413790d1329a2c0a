using System.Net;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Messages;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar.Adapters;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.Unit.Host;

public sealed class MessengerTests : IDisposable
{
    private const string ChannelId = "channelchannelchannelchann";
    private const string RowId = "rowrowrowrowrowrowrowrowro";
    private readonly Folder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(400, "api.post.create_post.root_id.app_error", DeliveryFailure.Refused)]
    [InlineData(403, "api.context.permissions.app_error", DeliveryFailure.Refused)]
    [InlineData(404, "app.channel.get.existing.app_error", DeliveryFailure.Refused)]
    [InlineData(413, "api.post.too_large", DeliveryFailure.Refused)]
    [InlineData(401, "api.context.session_expired.app_error", DeliveryFailure.TokenRefused)]
    [InlineData(500, "app.post.save.app_error", DeliveryFailure.Unclear)]
    [InlineData(502, "", DeliveryFailure.Unclear)]
    [InlineData(503, "", DeliveryFailure.Unclear)]
    [InlineData(500, "api.post.deduplicate_create_post.pending", DeliveryFailure.Unclear)]
    [InlineData(408, "", DeliveryFailure.Unclear)]
    public async Task What_became_of_a_post_follows_from_the_answer(int status, string errorId, DeliveryFailure expected)
    {
        var failure = await PostingFailsAsync(_ => Task.FromResult(Answers.Error((HttpStatusCode)status, errorId)));
        failure.Kind.ShouldBe(expected);
    }

    [Theory]
    [InlineData(404, DeliveryFailure.TryLater)]
    [InlineData(403, DeliveryFailure.TryLater)]
    [InlineData(302, DeliveryFailure.TryLater)]
    [InlineData(413, DeliveryFailure.Refused)]
    [InlineData(200, DeliveryFailure.Unclear)]
    public async Task A_page_of_a_proxy_says_little_about_the_post(int status, DeliveryFailure expected)
    {
        var failure = await PostingFailsAsync(_ => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent("<html>Maintenance</html>", System.Text.Encoding.UTF8, "text/html"),
        }));
        failure.Kind.ShouldBe(expected);
    }

    [Fact]
    public async Task A_post_that_is_still_being_saved_is_asked_for_again_in_a_moment() =>
        (await PostingFailsAsync(_ => Task.FromResult(Answers.Error(HttpStatusCode.InternalServerError, "api.post.deduplicate_create_post.pending"))))
            .RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Without_a_connection_nothing_was_sent() =>
        (await PostingFailsAsync(_ => throw new HttpRequestException(HttpRequestError.ConnectionError))).Kind.ShouldBe(DeliveryFailure.TryLater);

    [Fact]
    public async Task A_connection_that_breaks_leaves_it_unclear() =>
        (await PostingFailsAsync(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded))).Kind.ShouldBe(DeliveryFailure.Unclear);

    [Fact]
    public void A_pause_that_was_asked_for_is_kept()
    {
        var failure = MattermostMessenger.Translate(new MattermostException("slow down")
        {
            Status = HttpStatusCode.TooManyRequests, IsTransient = true, RetryAfter = TimeSpan.FromSeconds(7),
        });
        failure.Kind.ShouldBe(DeliveryFailure.TryLater);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task What_Mattermost_could_never_take_is_refused_before_it_is_sent()
    {
        var answers = new Answers(_ => throw new InvalidOperationException("nothing should be sent"));
        await using var app = Sidecars.Build(Sidecars.Settings(_folder), setup => setup.Transport = () => answers);
        var messenger = app.Services.GetRequiredService<IMessenger>();
        (await Should.ThrowAsync<DeliveryException>(() => messenger.PostAsync(ChannelId, null, RowId, PostContent.Text(new string('a', 20_000)), Cancel))).Kind.ShouldBe(DeliveryFailure.Refused);
        (await Should.ThrowAsync<DeliveryException>(() => messenger.PostAsync("../evil", null, RowId, PostContent.Text("a"), Cancel))).Kind.ShouldBe(DeliveryFailure.Refused);
        answers.Count.ShouldBe(0);
    }

    [Fact]
    public async Task However_many_want_to_be_sent_only_some_are_with_Mattermost_at_a_time()
    {
        const int Most = 16;
        var (present, peak, gate, everyPlaceIsTaken) = (0, 0, new Lock(), new TaskCompletionSource());
        var answers = new Answers(async _ =>
        {
            lock (gate)
                peak = Math.Max(peak, ++present);
            if (peak >= Most)
                everyPlaceIsTaken.TrySetResult();
            await everyPlaceIsTaken.Task;
            lock (gate)
                present--;
            return Answers.Json($$"""{"id":"{{RowId}}"}""");
        });
        await using var app = Sidecars.Build(Sidecars.Settings(_folder), setup => setup.Transport = () => answers);
        var messenger = app.Services.GetRequiredService<IMessenger>();

        await Task.WhenAll(Enumerable.Range(0, 5 * Most).Select(_ => messenger.PostAsync(ChannelId, null, RowId, PostContent.Text("Hello"), Cancel)));

        answers.Count.ShouldBe(5 * Most);
        peak.ShouldBe(Most);
    }

    [Fact]
    public async Task A_post_is_found_by_its_row_also_when_somebody_deleted_it()
    {
        await using var world = await World.StartAsync(_folder);
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var postId = await world.Messenger.PostAsync(world.ChannelId, null, RowId, PostContent.Text("Hello"), Cancel);
        (await world.Messenger.PostAsync(world.ChannelId, null, RowId, PostContent.Text("Hello"), Cancel)).ShouldBe(postId);

        (await world.Messenger.RowOfAsync(postId, Cancel)).ShouldBe(RowId);
        (await world.Messenger.FindByRowAsync(world.ChannelId, RowId, since, Cancel)).ShouldBe(postId);
        (await world.Messenger.FindByRowAsync(world.ChannelId, "otherotherotherotherothero", since, Cancel)).ShouldBeNull();

        await world.Mattermost.As("root").DeleteAsync(world.Mattermost.As("root").Look(postId));
        (await world.Messenger.FindByRowAsync(world.ChannelId, RowId, since, Cancel)).ShouldBe(postId);
        (await world.Messenger.RowOfAsync(postId, Cancel)).ShouldBeNull();
        (await world.Messenger.ReadThreadAsync(postId, Cancel)).ShouldBeNull();
        await world.Messenger.ReactAsync(postId, "+1", Cancel);
    }

    [Fact]
    public async Task Somebody_elses_post_never_passes_for_ours()
    {
        await using var world = await World.StartAsync(_folder);
        var theirs = await world.Mattermost.As("ann").PostAsync("learning", "mine");
        (await world.Messenger.RowOfAsync(theirs.Id, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_thread_is_read_with_reactions_and_without_bots()
    {
        await using var world = await World.StartAsync(_folder);
        var (ann, bob) = (world.Mattermost.As("ann"), world.Mattermost.As("bob"));
        var rootId = await world.Messenger.PostAsync(world.ChannelId, null, RowId, PostContent.Text("Go"), Cancel);
        var root = ann.Look(rootId);
        await world.Messenger.PostAsync(world.ChannelId, rootId, "hinthinthinthinthinthinthi", PostContent.Text("A hint"), Cancel);
        var first = await ann.ReplyAsync(root, "one");
        var gone = await ann.ReplyAsync(root, "two");
        await ann.DeleteAsync(gone);
        await bob.ReactAsync(first, "heart");
        await world.Messenger.ReactAsync(first.Id, "seedling", Cancel);

        var thread = (await world.Messenger.ReadThreadAsync(rootId, Cancel)).ShouldNotBeNull();

        thread.Replies.Select(reply => (reply.PostId, reply.PersonId)).ShouldBe([(first.Id, ann.Id)]);
        thread.Reactions.ShouldContain(new ThreadReaction(first.Id, bob.Id, "heart"));
        (await world.Messenger.MembersAmongAsync(world.ChannelId, [ann.Id, bob.Id, "nobodynobodynobodynobodyno"], Cancel)).ShouldBe([ann.Id, bob.Id], ignoreOrder: true);
    }

    private async Task<DeliveryException> PostingFailsAsync(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer)
    {
        await using var app = Sidecars.Build(Sidecars.Settings(_folder), setup => setup.Transport = () => new Answers(answer));
        var messenger = app.Services.GetRequiredService<IMessenger>();
        return await Should.ThrowAsync<DeliveryException>(() => messenger.PostAsync(ChannelId, null, RowId, PostContent.Text("Hello"), Cancel));
    }

    private sealed class World(MattermostStandIn mattermost, Microsoft.AspNetCore.Builder.WebApplication app, string channelId) : IAsyncDisposable
    {
        public MattermostStandIn Mattermost => mattermost;

        public IMessenger Messenger { get; } = app.Services.GetRequiredService<IMessenger>();

        public string ChannelId => channelId;

        public static async Task<World> StartAsync(Folder folder)
        {
            var mattermost = await MattermostStandIn.StartAsync(cancellationToken: Cancel);
            mattermost.Seed.AddUser("root", roles: "system_admin system_user");
            mattermost.Seed.AddTeam("acme");
            mattermost.Seed.AddUser("ann", teams: ["acme"]);
            mattermost.Seed.AddUser("bob", teams: ["acme"]);
            var (_, token) = mattermost.Seed.AddBot("learnbot", "Learning", "acme");
            var channelId = mattermost.Seed.AddChannel("acme", "learning", members: ["ann", "bob", "learnbot"]);
            var settings = Sidecars.Settings(folder, ("Mattermost__Url", mattermost.Address.ToString()), ("Mattermost__BotToken", token));
            return new World(mattermost, Sidecars.Build(settings), channelId);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            await mattermost.DisposeAsync();
        }
    }
}
