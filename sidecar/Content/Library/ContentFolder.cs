using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Library;

/// <summary>
/// Finds the content files of a folder tree, in ordinal order of their paths. README.md and names that begin with <c>_</c> or <c>.</c> are
/// for people. A link is followed where it stays inside the folder.
/// </summary>
internal sealed class ContentFolder(string root)
{
    private const int DeepestFolder = 32;

    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    private readonly List<FoundFile> files = [];
    private readonly List<Diagnostic> problems = [];
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private string realRoot = "";

    public IReadOnlyList<FoundFile> Files => files;

    public IReadOnlyList<Diagnostic> Problems => problems;

    /// <summary>Whether the file system refused to show what is there: then a file that was not found may still be there.</summary>
    public bool CouldNotSee(string path) =>
        problems.Any(problem => problem.Code == Codes.Unreadable
            && (problem.Path == root || path == problem.Path || path.StartsWith($"{problem.Path}/", StringComparison.Ordinal)));

    /// <param name="root">The folder.</param>
    /// <param name="under">What stands before each path, where it is not relative to the folder itself.</param>
    public static ContentFolder Scan(string root, string under = "")
    {
        var folder = new ContentFolder(root);
        try
        {
            folder.realRoot = RealPath(folder.root);
            folder.Visit(new DirectoryInfo(folder.root), under, 0);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            folder.problems.Add(ContentFile.Unreadable(folder.root, problem));
        }
        folder.files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return folder;
    }

    private void Visit(DirectoryInfo directory, string path, int depth)
    {
        // A link back to a folder above would otherwise be walked for ever.
        if (depth > DeepestFolder || !visited.Add(RealPath(directory.FullName)))
            return;
        foreach (var entry in directory.EnumerateFileSystemInfos().OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            if (entry.Name[0] is '_' or '.')
                continue;
            var inner = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
            try
            {
                VisitEntry(entry, inner, depth);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                problems.Add(ContentFile.Unreadable(inner, problem));
            }
        }
    }

    private void VisitEntry(FileSystemInfo entry, string path, int depth)
    {
        var isContent = entry.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !entry.Name.Equals("README.md", StringComparison.OrdinalIgnoreCase);
        var real = entry.FullName;
        var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
        if (isLink)
        {
            real = RealPath(entry.FullName);
            if (!IsInside(real))
            {
                if (isContent || Directory.Exists(real))
                    problems.Add(ContentFile.Problem(path, Codes.LinkOutside, "This link leads out of the content folder.", "Put the file itself into the folder."));
                return;
            }
        }
        if (isLink ? Directory.Exists(real) : entry is DirectoryInfo)
            Visit(new DirectoryInfo(real), path, depth + 1);
        else if (isContent)
            files.Add(FoundFile.Of(path, isLink ? new FileInfo(real) : (FileInfo)entry));
    }

    private bool IsInside(string real) =>
        real == realRoot || real.StartsWith(realRoot + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every link in it resolved, also those in the folders above.</summary>
    private static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links < 40; links++)
        {
            var resolved = ResolveOnce(full);
            if (resolved == full)
                return full;
            full = resolved;
        }
        throw new IOException($"Too many links in {path}.");
    }

    private static string ResolveOnce(string full)
    {
        var at = Path.GetPathRoot(full)!;
        var parts = full[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var index = 0; index < parts.Length; index++)
        {
            at = Path.Combine(at, parts[index]);
            if (new FileInfo(at).LinkTarget is { } target)
                return Path.GetFullPath(Path.Combine([Path.GetDirectoryName(at)!, target, .. parts[(index + 1)..]]));
        }
        return full;
    }
}

/// <summary>A content file as the file system shows it, without opening it: as long as that is the same, the file is.</summary>
/// <param name="Path">Relative to the content folder, with forward slashes.</param>
/// <param name="FullPath">With links resolved.</param>
/// <param name="Length">In bytes; -1 where a link leads nowhere.</param>
/// <param name="WrittenAt">In the file system's own time.</param>
internal readonly record struct FoundFile(string Path, string FullPath, long Length, DateTime WrittenAt)
{
    public static FoundFile Of(string path, FileInfo file) =>
        file.Exists ? new FoundFile(path, file.FullName, file.Length, file.LastWriteTimeUtc) : new FoundFile(path, file.FullName, -1, default);

    /// <summary>The same file as it is now.</summary>
    public FoundFile Again() => Of(Path, new FileInfo(FullPath));
}
