using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Tests.Contract.Store;

/// <summary>A document with two indexes, one of which may be left out.</summary>
public sealed record Note(string Id, string Shelf, string? Due, string Text = "") : Document, IStored<Note>
{
    public static DocumentIndex<Note> ByShelf { get; } = new("shelf", note => note.Shelf);

    public static DocumentIndex<Note> ByDue { get; } = new("due", note => note.Due);

    public static DocumentKind<Note> Stored { get; } =
        new("store_note", 1, note => note.Id, StoreJson.Default.Note, [ByShelf, ByDue]);
}

/// <summary>The same notes as a build before had them: with neither index.</summary>
public sealed record NoteThen(string Id, string Shelf, string? Due, string Text = "") : Document, IStored<NoteThen>
{
    public static DocumentKind<NoteThen> Stored { get; } = new("store_note", 1, note => note.Id, StoreJson.Default.NoteThen);
}

public sealed record Tally(string Id, int Count) : Document, IStored<Tally>
{
    public static DocumentKind<Tally> Stored { get; } = new("store_tally", 1, tally => tally.Id, StoreJson.Default.Tally);
}

/// <summary>The same collection through three builds: a name; a list of names; names and a language, which is an index.</summary>
public sealed record PersonThen(string Id, string Name) : Document, IStored<PersonThen>
{
    public static DocumentKind<PersonThen> Stored { get; } = new("store_person", 1, person => person.Id, StoreJson.Default.PersonThen);
}

public sealed record PersonLater(string Id, string[] Names) : Document, IStored<PersonLater>
{
    public static DocumentKind<PersonLater> Stored { get; } = new(
        "store_person", 2, person => person.Id, StoreJson.Default.PersonLater, upgrades: new Dictionary<int, Action<JsonObject>> { [1] = Listed });

    public static void Listed(JsonObject person)
    {
        person["names"] = new JsonArray(person["name"]!.GetValue<string>());
        person.Remove("name");
    }
}

public sealed record PersonNow(string Id, string[] Names, string Language) : Document, IStored<PersonNow>
{
    public static DocumentIndex<PersonNow> ByLanguage { get; } = new("language", person => person.Language);

    public static DocumentKind<PersonNow> Stored { get; } = new(
        "store_person",
        3,
        person => person.Id,
        StoreJson.Default.PersonNow,
        [ByLanguage],
        new Dictionary<int, Action<JsonObject>> { [1] = PersonLater.Listed, [2] = person => person["language"] = "en" });
}

/// <summary>A build that raised the schema and forgot how to get there.</summary>
public sealed record PersonForgotten(string Id) : Document, IStored<PersonForgotten>
{
    public static DocumentKind<PersonForgotten> Stored { get; } = new("store_person", 4, person => person.Id, StoreJson.Default.PersonForgotten);
}

/// <summary>JSON that is no person at all, in their collection.</summary>
public sealed record Scrap(string Id, int Names) : Document, IStored<Scrap>
{
    public static DocumentKind<Scrap> Stored { get; } = new("store_person", 3, scrap => scrap.Id, StoreJson.Default.Scrap);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(NoteThen))]
[JsonSerializable(typeof(Tally))]
[JsonSerializable(typeof(PersonThen))]
[JsonSerializable(typeof(PersonLater))]
[JsonSerializable(typeof(PersonNow))]
[JsonSerializable(typeof(PersonForgotten))]
[JsonSerializable(typeof(Scrap))]
internal sealed partial class StoreJson : JsonSerializerContext;
