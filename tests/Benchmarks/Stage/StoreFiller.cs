using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Storage.LiteDb;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>Puts many documents into a store by its own port, some hundreds a commit.</summary>
internal sealed class StoreFiller(LiteDbStore store)
{
    private const int InOneCommit = 500;

    private ChangeSet _changes = new();
    private int _pending;

    public async Task SaveAsync<T>(T document) where T : Document, IStored<T>
    {
        _changes.Save(document);
        if (++_pending >= InOneCommit)
            await FlushAsync();
    }

    public async Task FlushAsync()
    {
        if (_pending == 0)
            return;
        MeasurementException.Unless(await store.CommitAsync(_changes) == CommitOutcome.Committed, "A store could not be filled.");
        (_changes, _pending) = (new ChangeSet(), 0);
    }
}
