using LiteDB;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>
/// The collections and indexes that the file has, and those that this build keeps. An index that is added to stored documents is made empty, and they enter it
/// some at a time: in one transaction LiteDB would hold the pages of all of them in memory and in its log.
/// </summary>
internal sealed partial class Session
{
    /// <summary>
    /// Names indexes that hold only some of the documents, and how far those that are being filled have come; the others this build does not keep. They are left where
    /// they are, since LiteDB has to hold every index of the collection in memory to drop one. A build that declares a marked index fills it before anybody reads by it.
    /// </summary>
    private const string Marks = "indexes_to_fill";

    private const int MostAtOnce = 500;
    private const int MostCharactersAtOnce = 4 * 1024 * 1024;

    /// <summary>What LiteDB finds the entries of each index by, as it stands in the file.</summary>
    private volatile Dictionary<(string Collection, string Index), string> _entries = [];

    /// <summary>Makes the kinds' collections and indexes; nothing has to be filled in a collection that was not there.</summary>
    /// <param name="kinds">Whose; no two of them share a collection.</param>
    /// <param name="isFirst">No other declaration of this collection is in use: indexes that this one does not declare are no longer kept.</param>
    /// <returns>What has to be filled before anybody reads by it.</returns>
    public IReadOnlyList<IndexFilling> Prepare(IReadOnlyCollection<DocumentKind> kinds, Func<DocumentKind, bool> isFirst)
    {
        var present = Indexes().ToLookup(one => one.Collection, one => one.Index, StringComparer.Ordinal);
        var marks = Documents(Marks).ToDictionary(mark => mark["_id"].AsString, mark => mark["j"].AsString, StringComparer.Ordinal);
        var changes = kinds.Select(kind => IndexChange.Of(kind, present[kind.Name], marks, isFirst(kind))).ToList();
        if (changes.Exists(change => !change.Exists || change.NoLongerKept.Count > 0))
        {
            Begin();
            foreach (var change in changes)
            {
                if (!change.Exists)
                    Make(change.Kind);
                Mark(change.Kind, change.NoLongerKept, "");
            }

            CommitAndSettle();
        }

        KnowEntries();
        return [.. changes.Where(change => change.ToFill.Count > 0).Select(change => new IndexFilling(change.Kind, change.Missing, change.ToFill) { Last = change.Filled })];
    }

    /// <summary>Makes those indexes that are missing, empty, and finds out how many documents there are; walks the collection.</summary>
    public void BeginToFill(IndexFilling filling)
    {
        Confined(filling.Kind.Name, () =>
        {
            if (filling.Missing.Count > 0)
            {
                Begin();
                Mark(filling.Kind, filling.Missing, "");
                foreach (var field in filling.Missing)
                    MakeIndex(filling.Kind.Name, field);
                CommitAndSettle();
            }

            using var reader = _engine.Query(filling.Kind.Name, new Query { Select = BsonExpression.Create("{_id:$._id}") });
            while (reader.Read())
            {
                filling.Count++;
                if (string.CompareOrdinal(reader.Current["_id"].AsString, filling.Last) <= 0)
                    filling.Seen++;
            }
        });
        KnowEntries();
    }

    /// <summary>Lets the next documents enter, in one transaction that is on the disk on return.</summary>
    /// <param name="filling">Knows which are next.</param>
    /// <param name="onUnreadable">Told of each document that cannot be entered.</param>
    /// <returns>False when it is done and the indexes are whole.</returns>
    public bool FillNext(IndexFilling filling, Action<UnreadableDocumentException> onUnreadable)
    {
        var kind = filling.Kind;
        var next = After(kind.Name, filling.Last);
        var changed = next.Where(document => HasChanged(document)).ToList();
        var fields = filling.Indexes.Select(i => Field(kind.IndexNames[i]));
        Begin();
        if (next.Count > 0)
        {
            _engine.Update(kind.Name, changed);
            Mark(kind, fields, filling.Last = next[^1]["_id"].AsString);
        }
        else
        {
            _engine.Delete(Marks, [.. fields.Select(field => (BsonValue)MarkOf(kind, field))]);
        }

        CommitAndSettle();
        filling.Seen += next.Count;
        return next.Count > 0;

        // Not those that have their keys: they entered when an earlier build kept the index.
        bool HasChanged(BsonDocument document)
        {
            try
            {
                var id = document["_id"].AsString;
                var keys = kind.KeysOf(id, document["s"].AsInt32, document["j"].AsString);
                var isChanged = false;
                foreach (var i in filling.Indexes)
                {
                    var field = Field(kind.IndexNames[i]);
                    var entry = keys[i] is { } key ? new BsonValue(EntryOf(key, id)) : BsonValue.Null;
                    if (document[field] == entry)
                        continue;
                    isChanged = true;
                    document.Remove(field);
                    if (!entry.IsNull)
                        document[field] = entry;
                }

                return isChanged;
            }
            catch (UnreadableDocumentException e)
            {
                onUnreadable(e);
                return false;
            }
        }
    }

    private void Make(DocumentKind kind)
    {
        // LiteDB makes a collection with its first document or index.
        var placeholder = new BsonDocument { ["_id"] = " " };
        _engine.Insert(kind.Name, [placeholder], BsonAutoId.ObjectId);
        _engine.Delete(kind.Name, [placeholder["_id"]]);
        foreach (var index in kind.IndexNames)
            MakeIndex(kind.Name, Field(index));
    }

    /// <summary>
    /// LiteDB gives a document without the field an entry, null, in an index by the field itself; that is how earlier builds made theirs. It gives it none in an
    /// index by what is made of the field: here, the text itself, since no entry has two U+0000 in it. So the index is empty even though documents are stored.
    /// </summary>
    private void MakeIndex(string collection, string field) =>
        _engine.EnsureIndex(collection, field, BsonExpression.Create($"SPLIT($.{field},\"\\u0000\\u0000\")"), false);

    /// <summary>
    /// Goes through a whole collection at once with little memory: LiteDB lets all transactions together hold 100,000 pages, each its share of them and whatever
    /// nobody else has a claim to. So readers wait, and their shares and all others are claimed.
    /// </summary>
    private void Confined(string collection, Action run)
    {
        var claims = new List<IDisposable>();
        for (var i = 0; i < MostReaders; i++)
            _readers.Wait();
        try
        {
            while (claims.Count < MostTransactions - 2)
                claims.Add(_engine.Query(collection, new Query()));
            run();
        }
        finally
        {
            foreach (var claim in claims)
                claim.Dispose();
            _readers.Release(MostReaders);
        }
    }

    private List<BsonDocument> After(string collection, string id)
    {
        var documents = new List<BsonDocument>();
        var characters = 0;
        using var reader = _engine.Query(collection, new Query { Where = { BsonExpression.Create("$._id > @0", id) }, OrderBy = BsonExpression.Create("$._id") });
        while (documents.Count < MostAtOnce && characters < MostCharactersAtOnce && reader.Read())
        {
            documents.Add(reader.Current.AsDocument);
            characters += documents[^1]["j"].AsString.Length;
        }

        return documents;
    }

    private void KnowEntries() => _entries = Indexes().ToDictionary(one => (one.Collection, one.Index), one => one.Entries);

    private void Mark(DocumentKind kind, IEnumerable<string> fields, string filled)
    {
        foreach (var id in fields.Select(field => MarkOf(kind, field)))
            _engine.Upsert(Marks, [new BsonDocument { ["_id"] = id, ["v"] = 1L, ["s"] = 1, ["c"] = Checksum(id, 1, filled), ["j"] = filled }], BsonAutoId.ObjectId);
    }

    private static string MarkOf(DocumentKind kind, string field) => $"{kind.Name} {field}";

    /// <summary>What a collection lacks, and has too much, for the kind that is to be kept in it.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="Exists">The collection is there.</param>
    /// <param name="Missing">Fields without an index in it.</param>
    /// <param name="ToFill">Which of the kind's indexes do not hold all documents: those missing, and those marked.</param>
    /// <param name="Filled">The id up to which all of them do.</param>
    /// <param name="NoLongerKept">Indexes in it that this build will not keep up to date.</param>
    private sealed record IndexChange(DocumentKind Kind, bool Exists, List<string> Missing, List<int> ToFill, string Filled, List<string> NoLongerKept)
    {
        public static IndexChange Of(DocumentKind kind, IEnumerable<string> indexes, Dictionary<string, string> marks, bool isFirst)
        {
            var present = indexes.ToHashSet(StringComparer.Ordinal);
            var declared = kind.IndexNames.Select(Field).ToList();
            var toFill = present.Count == 0 ? [] : Enumerable.Range(0, declared.Count).Where(i => FilledOf(declared[i]) is not null).ToList();
            return new IndexChange(
                kind,
                present.Count > 0,
                [.. declared.Where(field => !present.Contains(field))],
                toFill,
                toFill.Select(i => FilledOf(declared[i])!).Order(StringComparer.Ordinal).FirstOrDefault(""),
                isFirst ? [.. present.Where(field => field != "_id" && !declared.Contains(field) && FilledOf(field) != "")] : []);

            // Null where it holds all.
            string? FilledOf(string field) => present.Contains(field) ? marks.GetValueOrDefault(MarkOf(kind, field)) : "";
        }
    }
}

/// <summary>How far a collection has been gone through for indexes that do not hold all of its documents.</summary>
/// <param name="Kind">What is kept in it.</param>
/// <param name="Missing">Fields without an index yet.</param>
/// <param name="Indexes">All that are to be filled, these among them: where they stand in the kind's.</param>
internal sealed record IndexFilling(DocumentKind Kind, IReadOnlyList<string> Missing, IReadOnlyList<int> Indexes)
{
    public IEnumerable<string> Names => Indexes.Select(i => Kind.IndexNames[i]);

    public int Count { get; set; }

    public int Seen { get; set; }

    /// <summary>The id of the last document that was gone through.</summary>
    public required string Last { get; set; }
}
