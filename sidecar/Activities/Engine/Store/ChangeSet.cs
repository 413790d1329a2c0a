namespace MattermostLearning.Activities.Engine.Store;

/// <summary>
/// Everything that one or more decisions change, committed as a whole or not at all. It is plain data: building one touches no store.
/// A later change of the same document replaces the earlier one and keeps the version that was first read.
/// </summary>
public sealed class ChangeSet
{
    private readonly Dictionary<(string Kind, string Id), Change> _changes = [];
    private readonly List<(string Kind, string Id)> _order = [];

    public IEnumerable<Change> Changes => _order.Select(key => _changes[key]);

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>Stores a document if its version is still the one that was read (or, at version 0, if no such document exists).</summary>
    public ChangeSet Save<T>(T document) where T : Document, IStored<T> =>
        Set(new Change<T>(T.Stored, T.Stored.IdOf(document), document, document.Version));

    /// <summary>Removes a document if its version is still the one that was read.</summary>
    public ChangeSet Delete<T>(T document) where T : Document, IStored<T> =>
        Set(new Change<T>(T.Stored, T.Stored.IdOf(document), null, document.Version));

    /// <summary>Takes over all changes of another set, in order.</summary>
    public ChangeSet Include(ChangeSet other)
    {
        foreach (var change in other.Changes)
            Set(change);
        return this;
    }

    public IEnumerable<T> Saved<T>() where T : Document, IStored<T> =>
        Changes.OfType<Change<T>>().Select(change => change.Document).OfType<T>();

    /// <summary>The pending change of one document, or null when this set does not touch it.</summary>
    public Change<T>? Find<T>(string id) where T : Document, IStored<T> =>
        _changes.GetValueOrDefault((T.Stored.Name, id)) as Change<T>;

    private ChangeSet Set(Change change)
    {
        var key = (change.Kind.Name, change.Id);
        if (_changes.TryGetValue(key, out var earlier))
        {
            // Made and taken back within one set: nothing to do, and nothing to check.
            if (earlier.ExpectedVersion == 0 && change.IsDelete)
            {
                _changes.Remove(key);
                _order.Remove(key);
                return this;
            }

            change = change.Expecting(earlier.ExpectedVersion);
        }
        else
        {
            _order.Add(key);
        }

        _changes[key] = change;
        return this;
    }
}

/// <summary>One document to be stored or removed.</summary>
public abstract record Change(DocumentKind Kind, string Id, long ExpectedVersion)
{
    public abstract bool IsDelete { get; }

    /// <summary>The document as it is to be kept; null for a removal.</summary>
    public abstract StoredDocument? Write();

    /// <summary>The document as it is read once this is committed; null for a removal.</summary>
    public abstract Document? Committed { get; }

    internal abstract Change Expecting(long version);
}

/// <inheritdoc cref="Change"/>
public sealed record Change<T>(DocumentKind<T> Of, string Id, T? Document, long ExpectedVersion) : Change(Of, Id, ExpectedVersion)
    where T : Document, IStored<T>
{
    public override bool IsDelete => Document is null;

    public override Document? Committed => Document is null ? null : (Document as Document) with { Version = ExpectedVersion + 1 };

    public override StoredDocument? Write() => Document is null ? null : Of.Write(Document);

    internal override Change Expecting(long version) => this with { ExpectedVersion = version };
}
