using LiteDB;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>
/// LiteDB by itself, given the very documents that many decisions about one round left, with the same indexes, as fast as one thread can: everything of
/// some of them in one transaction, nothing read, nothing checked, nobody answered, and no waiting for the disk.
/// </summary>
internal sealed class RawLiteDb
{
    private readonly List<List<(string Collection, BsonDocument Document)>> _batches;
    private readonly Dictionary<string, IReadOnlyList<string>> _indexes;
    private readonly int _decisions;

    private RawLiteDb(List<List<(string Collection, BsonDocument Document)>> batches, Dictionary<string, IReadOnlyList<string>> indexes, int decisions) =>
        (_batches, _indexes, _decisions) = (batches, indexes, decisions);

    public double DocumentsPerDecision => (double)_batches.Sum(batch => batch.Count) / _decisions;

    /// <param name="storeFile">What a killed sidecar left.</param>
    /// <param name="roundId">The round, of each of whose people something was decided once.</param>
    /// <param name="inOneBatch">Decisions whose documents share a transaction.</param>
    public static async Task<RawLiteDb> TakeAsync(string storeFile, string roundId, int inOneBatch)
    {
        await using var store = LiteDbStore.Open(new LiteDbOptions { Path = storeFile }, Clock.Time, NullLogger<LiteDbStore>.Instance);
        Dictionary<string, IReadOnlyList<string>> indexes = [];
        var parts = await store.FindAsync(Participation.ByOccurrence, roundId);
        List<List<(string, BsonDocument)>> batches = [];
        foreach (var some in parts.Chunk(inOneBatch))
        {
            List<(string, BsonDocument)> batch = [];
            foreach (var part in some)
            {
                Add(part);
                foreach (var fact in await store.FindAsync(LearningEvent.ByPerson, part.PersonId))
                    Add(fact);
                foreach (var due in await store.FindAsync(DueTime.ByPerson, part.PersonId))
                    Add(due);
                foreach (var row in await store.FindAsync(OutboxRow.ByPerson, part.PersonId))
                    Add(row);
            }

            // Where the round's post shows what was decided, all of them change that together.
            if (await store.GetAsync<OutboxRow>(OutboxRow.IdOf(roundId, "edit")) is { } edit)
            {
                Add((await store.GetAsync<Occurrence>(roundId))!);
                Add(edit);
            }

            batches.Add(batch);

            void Add<T>(T document) where T : Activities.Engine.Store.Document, IStored<T>
            {
                indexes[T.Stored.Name] = T.Stored.IndexNames;
                batch.Add((T.Stored.Name, Written(T.Stored, T.Stored.Write(document), document.Version)));
            }
        }

        return new RawLiteDb(batches, indexes, parts.Count);
    }

    public double PerSecond(string folder)
    {
        using var database = new LiteDatabase(new ConnectionString { Filename = Path.Combine(folder, "raw.db"), Collation = new Collation("/Ordinal") });
        foreach (var (collection, indexes) in _indexes)
        {
            foreach (var index in indexes)
                database.GetCollection(collection).EnsureIndex(Field(index), BsonExpression.Create("$." + Field(index)));
        }

        var began = Clock.Stamp();
        foreach (var batch in _batches)
        {
            database.BeginTrans();
            foreach (var same in batch.GroupBy(one => one.Collection))
                database.GetCollection(same.Key).Upsert(same.Select(one => one.Document));
            database.Commit();
        }

        var elapsed = Clock.Since(began);
        var stored = _indexes.Keys.Sum(collection => database.GetCollection(collection).LongCount());
        var distinct = _batches.SelectMany(batch => batch).Select(one => (one.Collection, one.Document["_id"].AsString)).Distinct().Count();
        MeasurementException.Unless(stored == distinct, $"LiteDB alone holds {stored} of {distinct} documents.");
        return _decisions / elapsed.TotalSeconds;
    }

    /// <summary>As the store writes it: its key, version, schema, checksum, index keys and JSON.</summary>
    private static BsonDocument Written(DocumentKind kind, StoredDocument stored, long version)
    {
        var document = new BsonDocument { ["_id"] = stored.Id, ["v"] = version, ["s"] = stored.Schema, ["c"] = stored.Json.Length };
        foreach (var (number, name) in kind.IndexNames.Index())
        {
            if (stored.Keys[number] is { } key)
                document[Field(name)] = $"{key}\0{stored.Id}";
        }

        document["j"] = stored.Json;
        return document;
    }

    private static string Field(string index) => "k_" + index;
}
