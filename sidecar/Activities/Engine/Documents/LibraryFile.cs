using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>A file that facilitators put into the library by hand: which of its versions is in it now.</summary>
public sealed record LibraryFile : Document, IStored<LibraryFile>
{
    /// <summary>As of a <see cref="Content.Library.LooseFile"/>; the same name is the same file.</summary>
    public required string Path { get; init; }

    /// <summary>Null: it was taken out again.</summary>
    public string? CurrentId { get; init; }

    /// <summary>The number of the latest version.</summary>
    public int Versions { get; init; }

    /// <summary>The one key of <see cref="OfAll"/>.</summary>
    public const string All = "all";

    public static DocumentIndex<LibraryFile> OfAll { get; } = new("all", _ => All);

    public static DocumentKind<LibraryFile> Stored { get; } = new("library_files", 1, one => one.Path, LearningJson.Default.LibraryFile, [OfAll]);
}

/// <summary>What one file said when somebody handed it in. It is content, not somebody's words; who put it in is an id, and is not needed for it to work.</summary>
public sealed record LibraryVersion : Document, IStored<LibraryVersion>
{
    /// <summary>Made from the message that brought it and the file's own id.</summary>
    public required string Id { get; init; }

    public required string Path { get; init; }
    public required string Text { get; init; }

    /// <summary>The names of the pictures and attachments that were handed in with it; null where there were none.</summary>
    public IReadOnlyList<string>? Attachments { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>The outbox row of the message that offers it...</summary>
    public required string RowId { get; init; }

    /// <summary>...and the message itself, once it was put in: rows are not kept for long.</summary>
    public string? PostId { get; init; }

    /// <summary>From 1, in the order in which versions of this file were put in; 0 for one that never was.</summary>
    public int Number { get; init; }

    /// <summary>When it was put in; null while it is only offered, or was taken back.</summary>
    public DateTimeOffset? PutAt { get; init; }

    /// <summary>Who put it in.</summary>
    public string? PersonId { get; init; }

    /// <summary>The version that it took the place of, and that comes back when it is undone.</summary>
    public string? ReplacesId { get; init; }

    public static DocumentIndex<LibraryVersion> ByPerson { get; } = new("person", one => one.PersonId);

    /// <summary>Those that are only offered, by age.</summary>
    public static DocumentIndex<LibraryVersion> ByOffer { get; } = new("offer", one => one.PutAt is null ? InstantKey.Of(one.OfferedAt) : null);

    public static DocumentKind<LibraryVersion> Stored { get; } =
        new("library_versions", 1, one => one.Id, LearningJson.Default.LibraryVersion, [ByPerson, ByOffer]);
}
