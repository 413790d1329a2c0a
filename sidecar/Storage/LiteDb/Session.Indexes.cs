using LiteDB;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>The collections and indexes that the file has, and those that this build keeps.</summary>
internal sealed partial class Session
{
    /// <summary>Makes the kinds' collections and indexes, all in one transaction. Documents that were stored before an index was added are entered into it.</summary>
    /// <param name="kinds">Whose; no two of them share a collection.</param>
    /// <param name="isFirst">No other declaration of this collection is in use: indexes that this one does not declare are dropped.</param>
    /// <param name="onUnreadable">Told of each document that cannot be entered.</param>
    public void Prepare(IReadOnlyCollection<DocumentKind> kinds, Func<DocumentKind, bool> isFirst, Action<UnreadableDocumentException> onUnreadable)
    {
        var present = Indexes().ToLookup(one => one.Collection, one => one.Index, StringComparer.Ordinal);
        var changes = kinds.Select(kind => IndexChange.Of(kind, present[kind.Name], isFirst(kind))).Where(change => change.IsNeeded).ToList();
        if (changes.Count == 0)
            return;
        Begin();
        foreach (var change in changes)
            Apply(change, onUnreadable);
        CommitAndSettle();
    }

    private void Apply(IndexChange change, Action<UnreadableDocumentException> onUnreadable)
    {
        var kind = change.Kind;
        // This build does not keep them up to date; a build that declares one again finds it missing and fills it anew.
        foreach (var name in change.Undeclared)
            _engine.DropIndex(kind.Name, name);
        if (!change.Exists)
        {
            // LiteDB makes a collection with its first document or index.
            var placeholder = new BsonDocument { ["_id"] = " " };
            _engine.Insert(kind.Name, [placeholder], BsonAutoId.ObjectId);
            _engine.Delete(kind.Name, [placeholder["_id"]]);
        }
        else
        {
            Enter(kind, change.Missing, onUnreadable);
        }

        foreach (var i in change.Missing)
            _engine.EnsureIndex(kind.Name, Field(kind.IndexNames[i]), BsonExpression.Create("$." + Field(kind.IndexNames[i])), false);
    }

    /// <summary>Writes the keys of the missing indexes into the documents that were stored before.</summary>
    private void Enter(DocumentKind kind, List<int> missing, Action<UnreadableDocumentException> onUnreadable)
    {
        foreach (var id in Documents(kind.Name).Select(document => document["_id"].AsString).ToList())
        {
            var document = Find(kind.Name, id)!;
            try
            {
                var keys = kind.KeysOf(id, document["s"].AsInt32, document["j"].AsString);
                foreach (var i in missing.Where(i => keys[i] is not null))
                    document[Field(kind.IndexNames[i])] = keys[i] + '\0' + id;
                _engine.Update(kind.Name, [document]);
            }
            catch (UnreadableDocumentException e)
            {
                onUnreadable(e);
            }
        }
    }

    /// <summary>What a collection lacks, and has too much, for the kind that is to be kept in it.</summary>
    private sealed record IndexChange(DocumentKind Kind, bool Exists, List<int> Missing, List<string> Undeclared)
    {
        public bool IsNeeded => !Exists || Missing.Count > 0 || Undeclared.Count > 0;

        public static IndexChange Of(DocumentKind kind, IEnumerable<string> indexes, bool isFirst)
        {
            var present = indexes.ToHashSet(StringComparer.OrdinalIgnoreCase);
            return new IndexChange(
                kind,
                present.Count > 0,
                [.. Enumerable.Range(0, kind.IndexNames.Count).Where(i => !present.Contains(Field(kind.IndexNames[i])))],
                isFirst ? [.. present.Where(name => name != "_id" && !kind.IndexNames.Any(index => Field(index) == name))] : []);
        }
    }
}
