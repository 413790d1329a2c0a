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
    private readonly List<(string Path, string FullPath)> files = [];
    private readonly List<Diagnostic> problems = [];
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private string realRoot = "";

    public IReadOnlyList<(string Path, string FullPath)> Files => files;

    public IReadOnlyList<Diagnostic> Problems => problems;

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
        if (entry.LinkTarget is not null)
        {
            real = RealPath(entry.FullName);
            if (!IsInside(real))
            {
                if (isContent || Directory.Exists(real))
                    problems.Add(ContentFile.Problem(path, Codes.LinkOutside, "This link leads out of the content folder.", "Put the file itself into the folder."));
                return;
            }
        }
        if (Directory.Exists(real))
            Visit(new DirectoryInfo(real), path, depth + 1);
        else if (isContent)
            files.Add((path, real));
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
