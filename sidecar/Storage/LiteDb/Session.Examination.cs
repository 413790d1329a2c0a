using System.Numerics;
using System.Runtime.InteropServices;
using LiteDB;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>Whether the file is whole: a glance at every opening, all of it when somebody asks.</summary>
internal sealed partial class Session
{
    /// <summary>Whether the document is still the one that was written.</summary>
    public static bool IsIntact(BsonDocument document) =>
        document["j"].IsString && document["c"].IsInt32
        && document["c"].AsInt32 == Checksum(document["_id"].AsString, document["s"].AsInt32, document["j"].AsString);

    /// <summary>Walks every index and reads every document; costs as much as is stored.</summary>
    public IEnumerable<string> Examine()
    {
        foreach (var (collection, index, entries) in Indexes())
        {
            string? problem = null;
            try
            {
                foreach (var document in Documents(collection, entries))
                {
                    if (!IsIntact(document))
                        problem = $"{collection}/{document["_id"]} was altered outside the sidecar or damaged";
                }
            }
            catch (Exception e) when (e is LiteException or IOException or InvalidCastException or ArgumentException)
            {
                problem = $"index {index} of {collection} cannot be walked: {e.Message}";
            }

            if (problem is not null)
                yield return problem;
        }
    }

    /// <summary>What of these kinds this build could not read, because a newer one wrote it; null when there is nothing.</summary>
    public string? Newer(IReadOnlyCollection<DocumentKind> kinds)
    {
        var readable = kinds.ToDictionary(kind => kind.Name, kind => kind.Schema, StringComparer.Ordinal);
        foreach (var (collection, _, _) in Indexes().Where(one => one.Index == "_id" && readable.ContainsKey(one.Collection)))
        {
            if (Documents(collection).FirstOrDefault(document => document["s"].AsInt32 > readable[collection]) is { } newer)
                return $"it was written by a newer version ({collection} of schema {newer["s"].AsInt32}; this build reads up to {readable[collection]})";
        }

        return null;
    }

    private void Check(string path)
    {
        var collation = _engine.Pragma("COLLATION").AsString;
        if (collation != Collation)
            throw new StoreDamagedException(Advice(path, $"it orders text by '{collation}' and not by '{Collation}', so it was not made by this sidecar"));

        if (_engine.Pragma("CHECKPOINT").AsInt32 != 0)
        {
            // LiteDB would carry the log over within a commit, before it is on the disk.
            _engine.Pragma("CHECKPOINT", 0);
            Checkpoint();
        }

        using (var reader = _engine.Query("$database", new Query()))
        {
            reader.Read();
            var pages = reader.Current["lastPageID"].AsInt32 + 1L;
            if (pages * PageSize > _dataFile.Length + _log.Length)
                throw new StoreDamagedException(Advice(path, $"it is cut off: {pages} pages were written, {_dataFile.Length / PageSize} are there"));
        }

        // Both ends of every index, and a stretch from each: enough to see a file that does not hold together, and quick for a large one.
        foreach (var (collection, _, entries) in Indexes())
        {
            foreach (var order in (ReadOnlySpan<int>)[Query.Ascending, Query.Descending])
            {
                foreach (var document in Documents(collection, entries, order, 50))
                    _ = document["_id"];
            }
        }

        KnowEntries();
    }

    private static int Checksum(string id, int schema, string json)
    {
        var crc = (uint)schema;
        foreach (var text in (ReadOnlySpan<string>)[id, json])
        {
            var bytes = MemoryMarshal.AsBytes(text.AsSpan());
            for (; bytes.Length >= 8; bytes = bytes[8..])
                crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(bytes));
            foreach (var one in bytes)
                crc = BitOperations.Crc32C(crc, one);
        }

        return (int)crc;
    }

    private List<(string Collection, string Index, string Entries)> Indexes()
    {
        var indexes = new List<(string, string, string)>();
        using var reader = _engine.Query("$indexes", new Query());
        while (reader.Read())
            indexes.Add((reader.Current["collection"].AsString, reader.Current["name"].AsString, reader.Current["expression"].AsString));
        return indexes;
    }
}
