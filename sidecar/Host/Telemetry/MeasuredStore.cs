using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Engine.Telemetry;

namespace MattermostLearning.Sidecar.Telemetry;

/// <summary>Any store, with its commits measured and traced.</summary>
internal sealed class MeasuredStore(ILearningStore store, SidecarMetrics metrics, LearningTelemetry telemetry, TimeProvider time) : ILearningStore
{
    public StoreHealth Health => store.Health;

    public async Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken = default)
    {
        using var span = telemetry.Source.StartActivity("commit");
        var began = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var committed = await store.CommitAsync(changes, cancellationToken);
            outcome = committed == CommitOutcome.Committed ? "committed" : "stale";
            return committed;
        }
        catch (Exception e)
        {
            telemetry.Failed(e);
            throw;
        }
        finally
        {
            span?.SetTag(LearningTelemetry.Outcome, outcome);
            metrics.Committed(outcome, time.GetElapsedTime(began));
        }
    }

    public ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken = default) where T : Document, IStored<T> =>
        store.GetAsync<T>(id, cancellationToken);

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken = default)
        where T : Document, IStored<T> => store.FindAsync(index, key, cancellationToken);

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, string afterId, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T> => store.FindAsync(index, key, afterId, limit, cancellationToken);

    public ValueTask<IReadOnlyList<T>> RangeAsync<T>(DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T> => store.RangeAsync(index, from, below, limit, cancellationToken);
}
