using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Playground.Time;
using MattermostLearning.Storage.InMemory;

namespace MattermostLearning.Tests.Unit.Engine;

/// <summary>A name is one message's. What is decided under it once more is not sent, and that does not stay a secret.</summary>
public sealed class RowNameTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2027, 1, 11, 9, 0, 0, TimeSpan.Zero);

    private readonly InMemoryStore _store = new();
    private readonly LearningLedger _ledger;

    public RowNameTests() => _ledger = new LearningLedger(_store, new VirtualTime(Monday));

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_message_under_a_name_that_there_has_been_is_not_sent_and_is_told()
    {
        (await DecideAsync(Post("A first thought."))).ShouldBeEmpty();
        (await DecideAsync(Post("A second thought."))).ShouldHaveSingleItem().Draft!.Text.ShouldBe("A second thought.");
        (await _store.GetAsync<OutboxRow>("one", Cancel))!.Draft!.Text.ShouldBe("A first thought.");
    }

    [Fact]
    public async Task Two_of_one_name_in_one_commit_are_told_too() =>
        (await DecideAsync(Post("A first thought."), Post("A second thought."))).ShouldHaveSingleItem().Draft!.Text.ShouldBe("A second thought.");

    [Fact]
    public async Task An_edit_goes_out_anew_under_its_name()
    {
        var edit = Post("A second thought.") with { Operation = OutboxOperation.Edit, TargetRowId = "another" };
        (await DecideAsync(edit with { Draft = "A first thought." })).ShouldBeEmpty();
        (await DecideAsync(edit)).ShouldBeEmpty();
        (await _store.GetAsync<OutboxRow>("one", Cancel))!.Draft!.Text.ShouldBe("A second thought.");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>As the runtime does it: what finds that something changed meanwhile is decided again.</summary>
    private async Task<IReadOnlyList<OutboxRow>> DecideAsync(params IEnumerable<OutboxRow> rows)
    {
        var view = new StateView(_store);
        while (true)
        {
            foreach (var row in rows)
                await view.ApplyAsync(new Decision().Send(row), _ledger, Cancel);
            if (view.Pending.IsEmpty || await _ledger.CommitAsync(view.Pending, Cancel) == CommitOutcome.Committed)
                return view.NamedTwice;
            view.StartOver();
        }
    }

    private static OutboxRow Post(string text) => new() { Id = "one", Conversation = "all", NotBefore = Monday, Draft = text };
}
