using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>The text of a file that a run or a round was made from. It is parsed again when it is needed, so no second form of it can drift.</summary>
public sealed record StoredDefinition : Document, IStored<StoredDefinition>
{
    public required string Hash { get; init; }
    public required string Path { get; init; }
    public required string Text { get; init; }

    /// <summary>What it says in other languages; null where nothing does.</summary>
    public IReadOnlyList<StoredTranslation>? Translations { get; init; }

    public static StoredDefinition Of(ActivityDefinition definition)
    {
        List<StoredTranslation> translations = [.. definition.Translations.Select(each => new StoredTranslation(each.Document.Path, each.Document.Source.Text))];
        return new() { Hash = definition.Hash, Path = definition.Path, Text = definition.SourceText, Translations = translations.Count > 0 ? translations : null };
    }

    /// <summary>Reads it again; without a definition where this build can no longer read it. A translation that it can no longer read is left out.</summary>
    public ReadResult Read(ContentReader reader)
    {
        var read = reader.Read(Path, Text);
        return read.Definition is not { } original || Translations is null ? read
            : read with { Definition = original.With([.. Translations.Select(each => reader.Read(each.Path, each.Text, original).Definition).OfType<ActivityDefinition>()], Hash) };
    }

    /// <summary>All of them, in the order of their hashes.</summary>
    public static DocumentIndex<StoredDefinition> ByHash { get; } = new("hash", one => one.Hash);

    public static DocumentKind<StoredDefinition> Stored { get; } =
        new("definitions", 1, one => one.Hash, LearningJson.Default.StoredDefinition, [ByHash]);
}

public sealed record StoredTranslation(string Path, string Text);
