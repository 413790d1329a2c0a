using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>A closed round has been kept as long as it may be. It goes in its run's own order of events, so that no late reply falls between.</summary>
internal sealed record RoundExpired : ActivityEvent;

/// <summary>Takes a closed round out of the store with all that belongs to it, in several commits where that is much; the round itself goes last.</summary>
internal static class ExpiredRound
{
    public static async ValueTask RemoveAsync(StateView view, string occurrenceId, int mostAtOnce, CancellationToken cancellationToken)
    {
        if (await view.GetAsync<Occurrence>(occurrenceId, cancellationToken) is not { Status: not OccurrenceStatus.Open } round)
            return;
        // Mattermost is still to get something of it.
        if ((await view.FindAsync(OutboxRow.ByOccurrence, occurrenceId, cancellationToken)).Any(row => row.Status == OutboxStatus.Waiting))
            return;
        var left = mostAtOnce;
        left = await RemoveAsync(view, DueTime.ByOccurrence, occurrenceId, left, cancellationToken);
        left = await RemoveAsync(view, Reaction.ByOccurrence, occurrenceId, left, cancellationToken);
        left = await RemoveAsync(view, Contribution.ByOccurrence, occurrenceId, left, cancellationToken);
        left = await RemoveAsync(view, Participation.ByOccurrence, occurrenceId, left, cancellationToken);
        left = await RemoveAsync(view, OutboxRow.ByOccurrence, occurrenceId, left, cancellationToken);
        left = await RemoveAsync(view, PostedMessage.ByOccurrence, occurrenceId, left, cancellationToken);
        if (left > 0)
            view.Pending.Delete(round);
    }

    /// <summary>How many more may go in this commit; 0 when some had to stay.</summary>
    private static async ValueTask<int> RemoveAsync<T>(
        StateView view, DocumentIndex<T> index, string occurrenceId, int most, CancellationToken cancellationToken)
        where T : Document, IStored<T>
    {
        if (most == 0)
            return 0;
        var found = await view.FindAsync(index, occurrenceId, cancellationToken);
        foreach (var document in found.Take(most))
            view.Pending.Delete(document);
        return Math.Max(0, most - found.Count);
    }
}
