using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MattermostLearning.Activities.Engine.Store;

/// <summary>What a provider needs to know of a document type without knowing the type.</summary>
public abstract class DocumentKind
{
    private protected DocumentKind(string name, int schema)
    {
        Name = name;
        Schema = schema;
    }

    /// <summary>The collection's name: lower case letters and underscores.</summary>
    public string Name { get; }

    /// <summary>The number written beside each document. Raise it with an upgrade step when the shape changes.</summary>
    public int Schema { get; }

    /// <summary>Names of the indexes, in the order in which <see cref="StoredDocument.Keys"/> carries their keys.</summary>
    public abstract IReadOnlyList<string> IndexNames { get; }

    /// <summary>A document of this kind as a provider keeps it.</summary>
    public abstract StoredDocument Write(Document document);

    /// <summary>The keys of a document that is already stored, for an index that was added after it was written.</summary>
    /// <exception cref="UnreadableDocumentException">As for reading it.</exception>
    public abstract IReadOnlyList<string?> KeysOf(string id, int schema, string json);
}

/// <summary>
/// How one document type is keyed, indexed, serialised (once, to JSON) and upgraded on read.
/// </summary>
public sealed class DocumentKind<T> : DocumentKind where T : Document, IStored<T>
{
    private readonly Func<T, string> _id;
    private readonly JsonTypeInfo<T> _json;
    private readonly DocumentIndex<T>[] _indexes;
    private readonly IReadOnlyDictionary<int, Action<JsonObject>> _upgrades;

    /// <param name="name">The collection's name.</param>
    /// <param name="schema">The current schema number, from 1.</param>
    /// <param name="id">The document's key: 1 to 200 characters and at most 400 bytes, well-formed, without U+0000.</param>
    /// <param name="json">Source-generated serialisation.</param>
    /// <param name="indexes">What the engine looks documents up by.</param>
    /// <param name="upgrades">For each older schema number n, the step that makes n into n + 1, in place.</param>
    public DocumentKind(
        string name,
        int schema,
        Func<T, string> id,
        JsonTypeInfo<T> json,
        IEnumerable<DocumentIndex<T>>? indexes = null,
        IReadOnlyDictionary<int, Action<JsonObject>>? upgrades = null)
        : base(name, schema)
    {
        _id = id;
        _json = json;
        _indexes = [.. indexes ?? []];
        _upgrades = upgrades ?? new Dictionary<int, Action<JsonObject>>();
        IndexNames = [.. _indexes.Select(index => index.Name)];
    }

    public override IReadOnlyList<string> IndexNames { get; }

    public override IReadOnlyList<string?> KeysOf(string id, int schema, string json) => KeysOf(Read(id, schema, json, 0));

    /// <summary>What a document is found by, in the order of <see cref="IndexNames"/>.</summary>
    public IReadOnlyList<string?> KeysOf(T document) => Array.ConvertAll(_indexes, index => index.KeyOf(document));

    public string IdOf(T document) => _id(document);

    public override StoredDocument Write(Document document) => Write((T)document);

    /// <summary>The only place where a document becomes JSON.</summary>
    public StoredDocument Write(T document) => new(
        _id(document),
        Schema,
        JsonSerializer.Serialize(document, _json),
        KeysOf(document));

    /// <summary>Reads a stored document, upgrading it step by step when an older build wrote it.</summary>
    /// <exception cref="UnreadableDocumentException">The schema is newer than this build, an upgrade step is missing, or the JSON is damaged.</exception>
    public T Read(string id, int schema, string json, long version)
    {
        if (schema > Schema)
            throw new UnreadableDocumentException(Name, id, $"it was written by a newer version (schema {schema}; this build reads up to {Schema})");
        try
        {
            T? document;
            if (schema == Schema)
            {
                document = JsonSerializer.Deserialize(json, _json);
            }
            else
            {
                var node = JsonNode.Parse(json)!.AsObject();
                for (var from = schema; from < Schema; from++)
                {
                    if (!_upgrades.TryGetValue(from, out var upgrade))
                        throw new UnreadableDocumentException(Name, id, $"there is no upgrade from schema {from}");
                    upgrade(node);
                }

                document = node.Deserialize(_json);
            }

            Document read = document ?? throw new UnreadableDocumentException(Name, id, "it is empty");
            return (T)(read with { Version = version });
        }
        catch (JsonException e)
        {
            throw new UnreadableDocumentException(Name, id, "its JSON is damaged", e);
        }
    }
}

/// <summary>A key that documents are looked up by. A document whose key is null is not in the index.</summary>
/// <param name="Name">Lower case letters and underscores, unique within the document type.</param>
/// <param name="KeyOf">The key: compared ordinally, at most 500 bytes, well-formed, without U+0000. Instants are written with <see cref="InstantKey"/>.</param>
public sealed record DocumentIndex<T>(string Name, Func<T, string?> KeyOf) where T : Document, IStored<T>;

/// <summary>A document as a provider keeps it: the JSON, and beside it the few fields it is found by.</summary>
/// <param name="Id">The document's key within its collection.</param>
/// <param name="Schema">The schema number of the JSON.</param>
/// <param name="Json">The whole document.</param>
/// <param name="Keys">One key (or null) for each of the kind's indexes, in order.</param>
public sealed record StoredDocument(string Id, int Schema, string Json, IReadOnlyList<string?> Keys);

/// <summary>Instants as index keys: fixed width, so that their order as text is their order in time.</summary>
public static class InstantKey
{
    public static string Of(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A stored document that this build cannot read. The store keeps it as it is; nothing is overwritten.</summary>
public sealed class UnreadableDocumentException(string collection, string id, string reason, Exception? inner = null)
    : Exception($"The stored document {collection}/{id} cannot be read: {reason}.", inner)
{
    public string Collection { get; } = collection;
    public string DocumentId { get; } = id;
}
