using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// The one way to commit: after a commit it wakes whoever has work to do because of it. What was committed is what wakes; a
/// crash in between loses nothing, since everybody reads the store at start.
/// </summary>
public sealed class LearningLedger(ILearningStore store, TimeProvider time) : IOutboxOrder
{
    private long _lastOrder;

    /// <summary>Rows that were just committed and wait to be sent.</summary>
    public event Action<IReadOnlyList<OutboxRow>>? MessagesWaiting;

    /// <summary>The earliest moment that was just committed.</summary>
    public event Action<DateTimeOffset>? MomentAdded;

    /// <summary>Runs that were just committed.</summary>
    public event Action<IReadOnlyList<Run>>? RunsChanged;

    public ILearningStore Store => store;

    public async Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        var outcome = await store.CommitAsync(changes, cancellationToken);
        if (outcome == CommitOutcome.Committed)
            Announce(changes);
        return outcome;
    }

    /// <summary>Strictly rising, also when the clock is set back, and later than all that earlier processes gave.</summary>
    public long Next()
    {
        var now = time.GetUtcNow().UtcTicks;
        while (true)
        {
            var last = Interlocked.Read(ref _lastOrder);
            var next = Math.Max(last + 1, now);
            if (Interlocked.CompareExchange(ref _lastOrder, next, last) == last)
                return next;
        }
    }

    internal void ContinueAfter(long order)
    {
        while (Interlocked.Read(ref _lastOrder) is var last && last < order)
            Interlocked.CompareExchange(ref _lastOrder, order, last);
    }

    private void Announce(ChangeSet changes)
    {
        // Versions in the set are those that were read; who needs the stored ones reads again.
        if (changes.Saved<OutboxRow>().Where(row => row.Status == OutboxStatus.Waiting).ToList() is { Count: > 0 } rows)
            MessagesWaiting?.Invoke(rows);
        if (changes.Saved<DueTime>().Select(moment => (DateTimeOffset?)moment.At).Min() is { } earliest)
            MomentAdded?.Invoke(earliest);
        if (changes.Saved<Run>().ToList() is { Count: > 0 } runs)
            RunsChanged?.Invoke(runs);
    }
}
