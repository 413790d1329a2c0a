using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>What the facilitators were told of a content file that is not mended yet, so that they are told once, whatever restarts meanwhile.</summary>
public sealed record ContentAlert : Document, IStored<ContentAlert>
{
    /// <summary>Made from the path, which may be longer than a key.</summary>
    public required string Id { get; init; }

    /// <summary>Relative to the content folder, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>The errors that were told: made from what each says, wherever in the file it stands by now.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>The one key of <see cref="OfAll"/>.</summary>
    public const string All = "all";

    public static DocumentIndex<ContentAlert> OfAll { get; } = new("all", _ => All);

    public static DocumentKind<ContentAlert> Stored { get; } = new("content_alerts", 1, one => one.Id, LearningJson.Default.ContentAlert, [OfAll]);
}
