namespace MattermostLearning.Activities.Engine.Store;

/// <summary>
/// What one or more decisions change, committed as a whole or not at all. It is plain data: building one touches no store.
/// A later change of the same document replaces the earlier one and keeps the version that was first read.
/// </summary>
public sealed class ChangeSet
{
    /// <summary>Among so few one is found sooner by looking through them.</summary>
    private const int Few = 8;

    private readonly List<Place> _order = [];

    /// <summary>The same by kind, and by id; null while there are few.</summary>
    private Dictionary<string, OfOneKind>? _kinds;

    public IEnumerable<Change> Changes => _order.Select(place => place.Change);

    public bool IsEmpty => _order.Count == 0;

    /// <summary>Stores a document if its version is still the one that was read (or, at version 0, if no such document exists).</summary>
    public ChangeSet Save<T>(T document) where T : Document, IStored<T> =>
        Set(new Change<T>(T.Stored, T.Stored.IdOf(document), document, document.Version));

    /// <summary>Removes a document if its version is still the one that was read.</summary>
    public ChangeSet Delete<T>(T document) where T : Document, IStored<T> =>
        Set(new Change<T>(T.Stored, T.Stored.IdOf(document), null, document.Version));

    /// <summary>Takes over all changes of another set, in order.</summary>
    public ChangeSet Include(ChangeSet other)
    {
        foreach (var place in other._order)
            Set(place.Change);
        return this;
    }

    /// <summary>What becomes of the documents of one kind that are saved, in order. Costs what there is of that kind.</summary>
    public IEnumerable<T> Saved<T>() where T : Document, IStored<T>
    {
        var places = _kinds is null ? _order : _kinds.TryGetValue(T.Stored.Name, out var kind) ? kind.Order : [];
        foreach (var place in places)
        {
            if (place.Change is Change<T> { Document: { } document })
                yield return document;
        }
    }

    /// <summary>The pending change of one document, or null when this set does not touch it.</summary>
    public Change<T>? Find<T>(string id) where T : Document, IStored<T> => Find(T.Stored.Name, id)?.Change as Change<T>;

    private ChangeSet Set(Change change)
    {
        if (Find(change.Kind.Name, change.Id) is not { } place)
        {
            Add(new Place(change));
        }
        else if (place.Change.ExpectedVersion == 0 && change.IsDelete)
        {
            // Made and taken back within one set: nothing to do, and nothing to check.
            _order.Remove(place);
            if (_kinds?[change.Kind.Name] is { } kind)
            {
                kind.ById.Remove(change.Id);
                kind.Order.Remove(place);
            }
        }
        else
        {
            place.Change = change.Expecting(place.Change.ExpectedVersion);
        }

        return this;
    }

    private Place? Find(string kind, string id) => _kinds is null
        ? _order.Find(place => place.Change.Id == id && place.Change.Kind.Name == kind)
        : _kinds.GetValueOrDefault(kind)?.ById.GetValueOrDefault(id);

    private void Add(Place place)
    {
        _order.Add(place);
        if (_kinds is not null)
        {
            Sort(place);
        }
        else if (_order.Count > Few)
        {
            _kinds = new Dictionary<string, OfOneKind>(StringComparer.Ordinal);
            _order.ForEach(Sort);
        }
    }

    private void Sort(Place place)
    {
        var name = place.Change.Kind.Name;
        if (!_kinds!.TryGetValue(name, out var kind))
            _kinds[name] = kind = new OfOneKind();
        kind.ById[place.Change.Id] = place;
        kind.Order.Add(place);
    }

    private sealed class OfOneKind
    {
        public Dictionary<string, Place> ById { get; } = new(StringComparer.Ordinal);

        public List<Place> Order { get; } = [];
    }

    /// <summary>Where a document's change stands among the others, whatever it is replaced by.</summary>
    private sealed class Place(Change change)
    {
        public Change Change { get; set; } = change;
    }
}

/// <summary>One document to be stored or removed.</summary>
public abstract record Change(DocumentKind Kind, string Id, long ExpectedVersion)
{
    public abstract bool IsDelete { get; }

    /// <summary>The document as it is to be kept; null for a removal.</summary>
    public abstract StoredDocument? Write();

    /// <summary>What it is found by once this is committed, one key (or null) for each of the kind's indexes; none for a removal.</summary>
    public abstract IReadOnlyList<string?> Keys { get; }

    /// <summary>The document as it is read once this is committed; null for a removal.</summary>
    public abstract Document? Committed { get; }

    internal abstract Change Expecting(long version);
}

/// <inheritdoc cref="Change"/>
public sealed record Change<T>(DocumentKind<T> Of, string Id, T? Document, long ExpectedVersion) : Change(Of, Id, ExpectedVersion)
    where T : Document, IStored<T>
{
    public override bool IsDelete => Document is null;

    public override IReadOnlyList<string?> Keys => Document is null ? [] : Of.KeysOf(Document);

    public override Document? Committed => Document is null ? null : (Document as Document) with { Version = ExpectedVersion + 1 };

    public override StoredDocument? Write() => Document is null ? null : Of.Write(Document);

    internal override Change Expecting(long version) => version == ExpectedVersion ? this : this with { ExpectedVersion = version };
}
