using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Engine.Telemetry;
using MattermostLearning.Activities.Words;
using MattermostLearning.Playground.Time;
using MattermostLearning.Storage.InMemory;
using MattermostLearning.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Step = MattermostLearning.TestKit.ScriptedMessenger.Step;

namespace MattermostLearning.Tests.Unit.Engine;

/// <summary>A row of the outbox stands as exactly one visible message, whatever Mattermost does.</summary>
public sealed class OutboxTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2027, 1, 11, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private readonly VirtualTime _time = new(Start);
    private readonly InMemoryStore _store = new();
    private readonly FixedDirectory _directory = new();
    private readonly LearningTelemetry _telemetry = Telemetries.Unheard();
    private readonly ScriptedMessenger _messenger;
    private readonly LearningLedger _ledger;
    private readonly VirtualTimeDriver _driver;
    private OutboxDispatcher _outbox;

    public OutboxTests()
    {
        _messenger = new ScriptedMessenger(_time);
        _ledger = new LearningLedger(_store, _time);
        _outbox = NewDispatcher();
        _driver = new VirtualTimeDriver(_time, [new RestProbe("outbox", now => _outbox.IsAtRestAsync(now), () => _outbox.NextMoment)]);
    }

    public static TheoryData<string, Step[], string[]> Outcomes => new()
    {
        { "taken at once", [], ["post hello"] },
        { "the reply is lost: the post is found", [Step.TakeAndLoseTheReply], ["post hello", "look for the row"] },
        { "the request is lost: it is repeated", [Step.LoseTheRequest, Step.LoseTheRequest], ["post hello", "look for the row", "post hello", "look for the row", "post hello"] },
        { "rate limited: it waits as long as it was told", [Step.TryLater], ["post hello", "post hello"] },
        { "the token is refused: it waits for another", [Step.RefuseTheToken], ["post hello", "post hello"] },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task A_row_becomes_one_post(string because, Step[] script, string[] calls)
    {
        _messenger.Next(script);
        await RunAsync(Row("hello"));
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(10));
        _messenger.Posts.ShouldHaveSingleItem(because);
        _messenger.Calls.ToArray().ShouldBeEquivalentTo(calls, because);
        (await StatusOfAsync("hello")).ShouldBe(OutboxStatus.Sent);
    }

    [Fact]
    public async Task After_the_memory_of_Mattermost_has_faded_the_channel_is_searched_before_anything_is_sent_again()
    {
        _messenger.Next(Step.TakeAndLoseTheReply, Step.LoseTheRequest, Step.LoseTheRequest, Step.LoseTheRequest, Step.LoseTheRequest, Step.LoseTheRequest);
        await RunAsync(Row("hello"));
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(10));
        _messenger.Calls.ShouldContain("look for the row");
        _messenger.Posts.ShouldHaveSingleItem();
        (await StatusOfAsync("hello")).ShouldBe(OutboxStatus.Sent);
    }

    [Fact]
    public async Task Files_go_along_with_their_one_post_and_are_kept_no_longer()
    {
        _messenger.Next(Step.Take, Step.TakeAndLoseTheReply);
        await RunAsync(Row("hello") with { Files = [new OutboxFile("mine.txt", "text/plain", "all of it")] });
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(10));
        _messenger.Posts.ShouldHaveSingleItem().Content.FileIds.ShouldBe(["file-mine.txt"]);
        _messenger.Calls.ToArray().ShouldBe(["upload mine.txt", "post hello", "look for the row"]);
        (await _store.GetAsync<OutboxRow>(Row("hello").Id, Stop))!.Files.ShouldBeNull();
    }

    [Fact]
    public async Task An_attempt_of_unknown_outcome_is_not_forgotten_because_later_ones_were_refused()
    {
        _messenger.Next([Step.TakeAndLoseTheReply, .. Enumerable.Repeat(Step.TryLater, 6), Step.RefuseTheToken, Step.RefuseTheToken]);
        await RunAsync(Row("hello"));
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(10));
        _messenger.Posts.ShouldHaveSingleItem();
        (await StatusOfAsync("hello")).ShouldBe(OutboxStatus.Sent);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_is_set_after_an_attempt_of_unknown_outcome_doubles_nothing(int hours)
    {
        _messenger.Next(Step.TakeAndLoseTheReply);
        await RunAsync(Row("hello"));
        await _driver.SettleAsync();
        _time.Step(TimeSpan.FromHours(hours));
        // What waits for a moment by the clock waits until the clock shows it; a minute at a time, since a clock that was set fires nothing.
        for (var minute = 0; minute < 150; minute++)
            _time.Advance(TimeSpan.FromMinutes(1));
        await _driver.AdvanceAsync(TimeSpan.FromHours(2));
        _messenger.Posts.ShouldHaveSingleItem();
        (await StatusOfAsync("hello")).ShouldBe(OutboxStatus.Sent);
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_sending_leaves_one_post()
    {
        // The post stands in Mattermost, and the process ended before it could write that down.
        var row = Row("hello") with { AttemptedAt = Start };
        await _ledger.Store.CommitAsync(new ChangeSet().Save(row), Stop);
        await _messenger.PostAsync("channel", null, row.Id, new() { Message = "hello" }, Stop);
        _time.Advance(TimeSpan.FromMinutes(5));
        await _outbox.StartAsync(Stop);
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(10));
        _messenger.Posts.ShouldHaveSingleItem();
        (await StatusOfAsync("hello")).ShouldBe(OutboxStatus.Sent);
    }

    [Fact]
    public async Task An_attempt_that_left_nothing_is_not_made_up_for_when_its_time_has_passed_meanwhile()
    {
        var row = Row("hello") with { AttemptedAt = Start, ExpiresAt = Start.AddMinutes(15) };
        await _ledger.Store.CommitAsync(new ChangeSet().Save(row), Stop);
        _time.Advance(TimeSpan.FromHours(1));
        await _outbox.StartAsync(Stop);
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(10));
        _messenger.Posts.ShouldBeEmpty();
        (await StatusOfAsync("hello")).ShouldBe(OutboxStatus.Cancelled);
    }

    [Fact]
    public async Task Rows_of_one_conversation_go_in_order_and_do_not_hold_up_others()
    {
        _messenger.Next(Step.TryLater);
        await RunAsync(Row("one"));
        await _driver.SettleAsync();
        await CommitAsync(Row("two"), Row("elsewhere", conversation: "other"));
        await _driver.SettleAsync();
        _messenger.Posts.Select(post => post.Content.Message).ShouldBe(["elsewhere"]);
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(1));
        _messenger.Posts.Select(post => post.Content.Message).ShouldBe(["elsewhere", "one", "two"]);
    }

    [Fact]
    public async Task A_reply_waits_for_its_root_and_falls_with_it()
    {
        _messenger.Next(Step.Refuse);
        var root = Row("root");
        await RunAsync(Row("reply", conversation: "thread") with { RootRowId = root.Id }, root);
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(1));
        _messenger.Posts.ShouldBeEmpty();
        (await StatusOfAsync("root")).ShouldBe(OutboxStatus.Refused);
        (await StatusOfAsync("reply")).ShouldBe(OutboxStatus.Cancelled);
    }

    [Fact]
    public async Task Many_changes_of_one_post_become_one_edit_with_the_last_content()
    {
        var root = Row("root");
        await RunAsync(root);
        await _driver.SettleAsync();
        foreach (var text in new[] { "a", "ab", "abc" })
        {
            var existing = await _store.GetAsync<OutboxRow>(Edit(root, "").Id, Stop);
            await CommitAsync(existing is null ? Edit(root, text) : existing.ReplacedBy(Edit(root, text), _ledger));
        }

        await _driver.AdvanceAsync(TimeSpan.FromSeconds(5));
        _messenger.Calls.ShouldBe(["post root", "edit abc"]);
        _messenger.Posts[0].Content.Message.ShouldBe("abc");
    }

    [Fact]
    public async Task What_is_pointless_by_now_is_not_sent()
    {
        _messenger.Next(Step.TryLater);
        await RunAsync(Row("late") with { ExpiresAt = Start.AddSeconds(3) });
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(1));
        _messenger.Posts.ShouldBeEmpty();
        (await StatusOfAsync("late")).ShouldBe(OutboxStatus.Cancelled);
    }

    [Theory]
    [InlineData(MessagePurpose.Nudge, 0)]
    [InlineData(MessagePurpose.Report, 0)]
    [InlineData(MessagePurpose.Answer, 1)]
    [InlineData(MessagePurpose.Asked, 1)]
    public async Task What_nobody_asked_for_waits_while_its_reader_is_out_of_office(MessagePurpose purpose, int sentAtOnce)
    {
        _directory.OutOfOffice.Add("ann");
        await RunAsync(Direct("hello", purpose));
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(30));
        _messenger.Posts.Count.ShouldBe(sentAtOnce);
        _outbox.HasUnsettledPosts.ShouldBeFalse("what was not tried cannot stand anywhere");
        _directory.OutOfOffice.Clear();
        await _driver.AdvanceAsync(RowDelivery.AskAgain);
        _messenger.Posts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_nobody_asked_for_waits_while_Mattermost_does_not_say_how_its_reader_is()
    {
        _directory.IsSilent = true;
        await RunAsync(Direct("hello", MessagePurpose.Nudge));
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(30));
        _messenger.Posts.ShouldBeEmpty();
        _directory.IsSilent = false;
        await _driver.AdvanceAsync(RowDelivery.AskAgain);
        _messenger.Posts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whom_Mattermost_no_longer_knows_is_spoken_of_in_the_language_of_the_reader()
    {
        _directory.With("ann", "Ann Berg");
        _directory.People["ann"] = _directory.People["ann"] with { Locale = "de" };
        await RunAsync(Direct($"Host: {Token.Person("nobody")}", MessagePurpose.Answer), Row($"Host: {Token.Person("nobody")}", "channel"));
        await _driver.SettleAsync();
        _messenger.Posts.Select(post => post.Content.Message).ShouldBe(["Host: jemand, den es hier nicht mehr gibt", "Host: somebody who has left"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_waited_until_it_was_pointless_is_dropped()
    {
        _directory.OutOfOffice.Add("ann");
        await RunAsync(Direct("hello", MessagePurpose.Nudge) with { ExpiresAt = Start.AddHours(1) });
        await _driver.AdvanceAsync(TimeSpan.FromHours(1));
        (await _store.GetAsync<OutboxRow>(Direct("hello", MessagePurpose.Nudge).Id, Stop))!.Status.ShouldBe(OutboxStatus.Cancelled);
        _messenger.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_follows_an_answer_comes_after_it_and_what_is_one_comes_at_once()
    {
        _outbox.Dispose();
        _outbox = NewDispatcher(new OutboxSettings(FollowUpAfter: TimeSpan.FromMilliseconds(250)));
        await RunAsync(Row("hello"), Direct("next question", MessagePurpose.Answer), Direct("lesson", MessagePurpose.Asked) with { Conversation = "unprompted" });
        await _driver.SettleAsync();
        _messenger.Posts.Select(post => post.Content.Message).ShouldBe(["hello", "lesson"], ignoreOrder: true);
        await CommitAsync(Edit(Row("hello"), "answered") with { NotBefore = Start });
        await _driver.SettleAsync();
        _messenger.Calls.ShouldContain("edit answered");
        await _driver.AdvanceAsync(TimeSpan.FromMilliseconds(249));
        _messenger.Posts.Count.ShouldBe(2);
        await _driver.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        _messenger.Posts.Select(post => post.Content.Message).ShouldContain("next question");
    }

    [Fact]
    public async Task A_restart_sends_what_was_waiting_and_nothing_again()
    {
        await RunAsync(Row("one"));
        await _driver.SettleAsync();
        await _outbox.StopAsync(Stop);
        _outbox = NewDispatcher();
        await CommitAsync(Row("two"));
        await _outbox.StartAsync(Stop);
        await _driver.AdvanceAsync(TimeSpan.FromMinutes(1));
        _messenger.Posts.Select(post => post.Content.Message).ShouldBe(["one", "two"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _outbox.StopAsync(Stop);
        _outbox.Dispose();
        _telemetry.Dispose();
        await _store.DisposeAsync();
    }

    private OutboxDispatcher NewDispatcher(OutboxSettings? settings = null)
    {
        var directory = _directory;
        var sealer = new Sealer([SealingKey.Of(new byte[32])]);
        var renderer = new DraftRenderer(directory, sealer, new PostedMessages(_store), new CallbackAddress(new Uri("http://127.0.0.1:1")));
        var definitions = new Definitions(_ledger.Store, []);
        var scenes = new SceneSetter(definitions, new Surroundings(directory), directory, Catalogue.Shipped, RunCalendar.WithoutHolidays);
        var opener = new RoundOpener(definitions, scenes, _ledger, RunCalendar.WithoutHolidays, NullLogger<RoundOpener>.Instance);
        var runtime = new ActivityRuntime(_ledger, definitions, scenes, opener, _telemetry, [], _time, NullLogger<ActivityRuntime>.Instance);
        var alerts = new DeliveryAlerts(_ledger, runtime, new Facilitators(new FacilitatorSettings([], null, false), directory, NullLogger<Facilitators>.Instance), new Listeners(_ledger.Store, directory, Catalogue.Shipped), _time);
        var delivery = new RowDelivery(_ledger, renderer, new Addressee(directory, new Listeners(_ledger.Store, directory, Catalogue.Shipped), definitions, Catalogue.Shipped), _messenger, alerts, _telemetry, _time, NullLogger<RowDelivery>.Instance);
        return new OutboxDispatcher(_ledger, delivery, settings ?? new OutboxSettings(), new Naps(TimeSpan.FromHours(1)), new StopTime(TimeProvider.System), _time, NullLogger<OutboxDispatcher>.Instance);
    }

    private async Task RunAsync(params OutboxRow[] rows)
    {
        await _outbox.StartAsync(Stop);
        await CommitAsync(rows);
    }

    private async Task CommitAsync(params OutboxRow[] rows)
    {
        var changes = new ChangeSet();
        foreach (var row in rows)
            changes.Save(row.Order == 0 ? row with { Order = _ledger.Next() } : row);
        (await _ledger.CommitAsync(changes, Stop)).ShouldBe(CommitOutcome.Committed);
    }

    private async Task<OutboxStatus?> StatusOfAsync(string text) => (await _store.GetAsync<OutboxRow>(Row(text).Id, Stop))?.Status;

    private OutboxRow Row(string text, string conversation = "conversation") => new()
    {
        Id = OutboxRow.IdOf("test", text),
        Conversation = conversation,
        ChannelId = "channel",
        NotBefore = _time.Now,
        Draft = text,
    };

    private OutboxRow Direct(string text, MessagePurpose purpose) => Row(text) with { Id = OutboxRow.IdOf("test/direct", text), Conversation = "direct", ChannelId = null, PersonId = "ann", Purpose = purpose };

    private OutboxRow Edit(OutboxRow target, string text) => new()
    {
        Id = OutboxRow.IdOf("test", "edit"),
        Conversation = "edits",
        Operation = OutboxOperation.Edit,
        TargetRowId = target.Id,
        NotBefore = _time.Now + TimeSpan.FromSeconds(1),
        Draft = text,
    };
}
