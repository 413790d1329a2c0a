using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>The text of a file that a run or a round was made from. It is parsed again when it is needed, so no second form of it can drift.</summary>
public sealed record StoredDefinition : Document, IStored<StoredDefinition>
{
    public required string Hash { get; init; }
    public required string Path { get; init; }
    public required string Text { get; init; }

    public static StoredDefinition Of(ActivityDefinition definition) => new() { Hash = definition.Hash, Path = definition.Path, Text = definition.SourceText };

    /// <summary>All of them, in the order of their hashes.</summary>
    public static DocumentIndex<StoredDefinition> ByHash { get; } = new("hash", one => one.Hash);

    public static DocumentKind<StoredDefinition> Stored { get; } =
        new("definitions", 1, one => one.Hash, LearningJson.Default.StoredDefinition, [ByHash]);
}
