using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Content.Library;

/// <summary>One content file: what it held when it was last read, what came of that, and what of it was good last.</summary>
internal sealed class KnownFile(string path)
{
    private Diagnostic? problem;
    private string? text;
    private (ActivityDefinition? Original, ReadResult Result)? read;
    private string? lastGoodText;

    public string Path { get; } = path;

    public DocumentName Name { get; } = DocumentName.FromPath(path);

    /// <summary>How it looked when it was last opened.</summary>
    public FoundFile Found { get; private set; }

    /// <summary>
    /// When it is opened once more although it looks the same: some file systems tell two moments apart only when they are seconds from
    /// each other, and a second save within that looks like the first.
    /// </summary>
    public long? LooksAgainAt { get; set; }

    /// <summary>What the library last had of it.</summary>
    public ActivityDefinition? LastGood { get; set; }

    /// <summary>What stands beside one that is in no folder; null for one that is.</summary>
    private IReadOnlySet<string>? beside;

    /// <summary>One that is in no folder.</summary>
    public static KnownFile Of(string path, string text, IReadOnlySet<string> beside)
    {
        var file = new KnownFile(path) { beside = beside };
        file.Take(default, text, null);
        return file;
    }

    /// <summary>Opens the file.</summary>
    /// <returns>Whether it holds something else than before.</returns>
    public bool Open(FoundFile found)
    {
        var (newText, newProblem) = ContentFile.Read(found);
        return Take(found, newText, newProblem);
    }

    /// <summary>The same; nothing of it counts where it was written to meanwhile.</summary>
    /// <param name="found">How it looked before.</param>
    /// <param name="after">How it looks now.</param>
    public bool Open(FoundFile found, out FoundFile after)
    {
        var (newText, newProblem) = ContentFile.Read(found);
        after = found.Again();
        return after == found && Take(found, newText, newProblem);
    }

    /// <param name="reader">Knows the kinds.</param>
    /// <param name="original">For a translation: what it translates.</param>
    public ReadResult Read(ContentReader reader, ActivityDefinition? original)
    {
        if (read is { } known && ReferenceEquals(known.Original, original))
            return known.Result;
        var result = text is null ? new ReadResult(null, null, ImmutableArray.Create(problem!)) : reader.Read(Path, Name, text, original);
        result = result.With(BesideLinks.Missing(result, IsBeside));
        read = (original, result);
        if (result.Definition is not null)
            lastGoodText = text;
        return result;
    }

    /// <summary>A translation as it was before it had an error, where that still fits its original; null where it does not.</summary>
    public ReadResult? ReadLastGood(ContentReader reader, ActivityDefinition original) =>
        lastGoodText is { } good && reader.Read(Path, Name, good, original) is { Definition: not null } result ? result : null;

    private bool IsBeside(string name) =>
        beside?.Contains(name) ?? File.Exists(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Found.FullPath) ?? "", name));

    private bool Take(FoundFile found, string? newText, Diagnostic? newProblem)
    {
        Found = found;
        if (newText == text && newProblem == problem)
            return false;
        (text, problem, read) = (newText, newProblem, null);
        return true;
    }
}
