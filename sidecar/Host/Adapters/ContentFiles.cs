using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content.Library;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>Reads what stands beside a content file: from the content folder and nowhere else on the disk, or from what was handed in with it.</summary>
internal sealed class ContentFiles(ContentSettings settings, ILearningStore store, ILogger<ContentFiles> logger) : IAuthoredFiles
{
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(AuthoredFile file, CancellationToken cancellationToken)
    {
        var content = file.DefinitionPath.StartsWith($"{LooseFile.Folder}/", StringComparison.Ordinal)
            ? await HandedInAsync(file, cancellationToken)
            : await FromFolderAsync(file, cancellationToken);
        if (content is null)
            logger.LogWarning("{Name}, which {Path} names, is not beside it, and goes with no message", file.Name, file.DefinitionPath);
        return content;
    }

    /// <summary>Of the version that is in use, unless one is named, whatever the message was made from: a picture is seldom taken away.</summary>
    private async Task<ReadOnlyMemory<byte>?> HandedInAsync(AuthoredFile file, CancellationToken cancellationToken) =>
        (file.VersionId ?? (await store.GetAsync<LibraryFile>(file.DefinitionPath, cancellationToken))?.CurrentId) is { } id
        && await store.GetAsync<LibraryAttachment>(LibraryAttachment.IdOf(id, file.Name), cancellationToken) is { } attachment
            ? attachment.Content
            : null;

    private async Task<ReadOnlyMemory<byte>?> FromFolderAsync(AuthoredFile file, CancellationToken cancellationToken)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.Path));
        var path = Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(file.DefinitionPath) ?? "", file.Name));
        try
        {
            var found = new FileInfo(path);
            if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !found.Exists || found.Length > ZippedActivity.LongestFile || IsLinked(path, file.Name))
                return null;
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("{Path} cannot be read: {Reason}", path, e.Message);
            return null;
        }
    }

    /// <summary>A link may lead anywhere, that of a folder as well.</summary>
    private static bool IsLinked(string path, string name) =>
        Enumerable.Range(0, name.Split('/').Length).Select(up => Enumerable.Range(0, up).Aggregate(path, (at, _) => Path.GetDirectoryName(at)!)).Any(at => new FileInfo(at).LinkTarget is not null);
}
