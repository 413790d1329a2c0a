using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>Making ready what is kept: on the writer's thread, and before anybody reads or writes documents of the kind.</summary>
public sealed partial class LiteDbStore
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    private Task<bool> PrepareAsync(IReadOnlyCollection<DocumentKind> kinds, CancellationToken cancellationToken) => OnWriterAsync(
        session =>
        {
            Prepare(session, kinds);
            return true;
        },
        cancellationToken);

    private void Prepare(Session session, IReadOnlyCollection<DocumentKind> kinds)
    {
        kinds = [.. kinds.Where(kind => !_prepared.ContainsKey(kind))];
        if (kinds.Count == 0)
            return;
        foreach (var filling in session.Prepare(kinds, isFirst: kind => !_collections.Contains(kind.Name)))
            Fill(session, filling);
        foreach (var kind in kinds)
        {
            _collections.Add(kind.Name);
            _prepared[kind] = true;
        }
    }

    /// <summary>Where it is interrupted, the next opening goes on.</summary>
    private void Fill(Session session, IndexFilling filling)
    {
        var (collection, indexes) = (filling.Kind.Name, string.Join(", ", filling.Names));
        GiveUpWhereClosing();
        _logger.LogInformation("New indexes of {Collection} are being filled: {Indexes}", collection, indexes);
        session.BeginToFill(filling);
        var reported = _time.GetTimestamp();
        while (session.FillNext(filling, unreadable => _logger.LogError(unreadable, "A document is left out of a new index of {Collection}", unreadable.Collection)))
        {
            GiveUpWhereClosing();
            if (session.IsLongerThan(_options.CheckpointAt))
                session.Checkpoint();
            if (_time.GetElapsedTime(reported) < ReportEvery)
                continue;
            _logger.LogInformation("New indexes of {Collection} are being filled: {Seen} of {Count} documents", collection, filling.Seen, filling.Count);
            reported = _time.GetTimestamp();
        }

        _logger.LogInformation("New indexes of {Collection} are filled: {Indexes}", collection, indexes);
    }

    private void GiveUpWhereClosing()
    {
        if (_isClosing)
            throw new StoreUnavailableException(ClosedMessage);
    }
}
