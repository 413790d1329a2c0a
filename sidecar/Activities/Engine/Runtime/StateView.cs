using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// The store as it will be once the changes gathered so far are committed. Several decisions about one run see each other's
/// changes through it and become one commit.
/// </summary>
internal sealed class StateView(ILearningStore store)
{
    /// <summary>What is new has an id that nothing has had; that nothing has it is checked with the commit. Set once a commit found otherwise: then it is asked for.</summary>
    private bool _asksForNew;

    public ChangeSet Pending { get; private set; } = new();

    /// <summary>Messages under a name that another one has had. They are not sent: a kind that means another message gives it another name, and one that means the same asks its state first.</summary>
    public List<OutboxRow> NamedTwice { get; } = [];

    public async ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken) where T : Document, IStored<T> =>
        Pending.Find<T>(id) is { } change ? change.Document : await store.GetAsync<T>(id, cancellationToken);

    /// <summary>The same without what is gathered here: of what only other runs can have decided nothing is, and looking through it costs more the more there is.</summary>
    public ValueTask<IReadOnlyList<T>> FindOfOthersAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken)
        where T : Document, IStored<T> => store.FindAsync(index, key, cancellationToken);

    public async ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken)
        where T : Document, IStored<T>
    {
        var stored = await store.FindAsync(index, key, cancellationToken);
        var saved = Pending.Saved<T>().Where(document => index.KeyOf(document) == key).ToList();
        if (saved.Count == 0 && stored.All(document => Pending.Find<T>(T.Stored.IdOf(document)) is null))
            return stored;
        return
        [
            .. stored.Where(document => Pending.Find<T>(T.Stored.IdOf(document)) is null).Concat(saved).OrderBy(T.Stored.IdOf, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Takes a decision in, whole: its messages, moments and facts become documents here. What was made for it to decide about comes before it.
    /// </summary>
    public async ValueTask ApplyAsync(Decision decision, IOutboxOrder order, CancellationToken cancellationToken, ChangeSet? before = null)
    {
        // Gathered apart, so that a decision which cannot be taken in leaves nothing of itself behind.
        var taken = new ChangeSet().Include(before ?? new ChangeSet()).Include(decision.Changes);
        foreach (var row in await PiecesAsync(decision.Messages, taken, cancellationToken))
        {
            var existing = taken.Find<OutboxRow>(row.Id)?.Document
                ?? (row.Operation == OutboxOperation.Post ? await GetNewAsync<OutboxRow>(row.Id, cancellationToken) : await GetAsync<OutboxRow>(row.Id, cancellationToken));
            if (existing is null)
                taken.Save(row with { Order = order.Next() });
            else if (row.Operation != OutboxOperation.Post)
                taken.Save(existing.ReplacedBy(row, order));
            else
                NamedTwice.Add(row);
        }

        foreach (var (rowIds, at) in decision.Together)
            await SendTogetherAsync(rowIds, at, taken, cancellationToken);

        foreach (var rowId in decision.Withdrawn)
        {
            if (await GetAsync<OutboxRow>(rowId, cancellationToken) is { } withdrawn)
                taken.Delete(withdrawn);
        }

        foreach (var moment in decision.Moments)
        {
            var existing = await GetAsync<DueTime>(moment.Id, cancellationToken);
            var asked = moment with { Version = existing?.Version ?? 0 };
            // Asked for again as it is known already; unless it has just been told.
            if (asked != existing || taken.Find<DueTime>(moment.Id) is not null)
                taken.Save(asked);
        }

        foreach (var fact in decision.Facts)
        {
            if (await GetNewAsync<LearningEvent>(fact.Id, cancellationToken) is null)
                taken.Save(fact);
        }

        Pending.Include(taken);
    }

    /// <summary>What there is in the place of something new, as a rule nothing.</summary>
    private ValueTask<T?> GetNewAsync<T>(string id, CancellationToken cancellationToken) where T : Document, IStored<T> =>
        _asksForNew ? GetAsync<T>(id, cancellationToken) : new ValueTask<T?>(Pending.Find<T>(id)?.Document);

    private async ValueTask SendTogetherAsync(IReadOnlyList<string> rowIds, DateTimeOffset at, ChangeSet taken, CancellationToken cancellationToken)
    {
        List<OutboxRow> rows = [];
        foreach (var id in rowIds)
        {
            if ((taken.Find<OutboxRow>(id)?.Document ?? await GetAsync<OutboxRow>(id, cancellationToken)) is not { } row)
                return;
            rows.Add(row);
        }

        foreach (var early in rows.Where(row => row.Status == OutboxStatus.Waiting && row.NotBefore > at))
            taken.Save(early with { NotBefore = at });
    }

    /// <summary>The messages, those that are too long for one in pieces.</summary>
    private async ValueTask<IReadOnlyList<OutboxRow>> PiecesAsync(IReadOnlyList<OutboxRow> rows, ChangeSet taken, CancellationToken cancellationToken)
    {
        if (!rows.Any(LongMessage.Is))
            return rows;
        List<OutboxRow> pieces = [];
        foreach (var row in rows)
        {
            if (!LongMessage.Is(row))
                pieces.Add(row);
            else if (row.Operation == OutboxOperation.Post)
                pieces.AddRange(LongMessage.Pieces(row));
            else
                pieces.Add(LongMessage.MainPiece(row, await BeginsThreadAsync(row, taken, cancellationToken)));
        }

        return pieces;
    }

    /// <summary>Whether what is edited stands in a channel by itself.</summary>
    private async ValueTask<bool> BeginsThreadAsync(OutboxRow edit, ChangeSet taken, CancellationToken cancellationToken)
    {
        if (edit.TargetRowId is not { } id)
            return false;
        if ((taken.Find<OutboxRow>(id)?.Document ?? await GetAsync<OutboxRow>(id, cancellationToken)) is { } target)
            return LongMessage.BeginsThread(target);
        // Of rows that are kept no longer, a round's own is known.
        return edit.OccurrenceId is { } round && (await GetAsync<Occurrence>(round, cancellationToken))?.RootRowId == id;
    }

    /// <summary>Forgets what was gathered: somebody else changed a document meanwhile, so everything is decided again.</summary>
    public void StartOver()
    {
        (Pending, _asksForNew) = (new ChangeSet(), true);
        NamedTwice.Clear();
    }
}

/// <summary>Gives rows their place in the order in which they were decided.</summary>
public interface IOutboxOrder
{
    long Next();
}
