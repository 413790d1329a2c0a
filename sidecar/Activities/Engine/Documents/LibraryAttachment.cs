using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>A picture or an attachment that was handed in together with a file. It is kept as long as that version is.</summary>
public sealed record LibraryAttachment : Document, IStored<LibraryAttachment>
{
    public required string Id { get; init; }
    public required string VersionId { get; init; }

    /// <summary>As the file names it.</summary>
    public required string Name { get; init; }

    public required ReadOnlyMemory<byte> Content { get; init; }

    public static string IdOf(string versionId, string name) => OutboxRow.IdOf(versionId, name);

    public static DocumentIndex<LibraryAttachment> ByVersion { get; } = new("version", one => one.VersionId);

    public static DocumentKind<LibraryAttachment> Stored { get; } =
        new("library_attachments", 1, one => one.Id, LearningJson.Default.LibraryAttachment, [ByVersion]);
}
