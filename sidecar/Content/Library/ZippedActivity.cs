using System.Collections.Immutable;
using System.IO.Compression;

namespace MattermostLearning.Content.Library;

/// <summary>One activity in a zip, with the pictures and attachments that stand beside it.</summary>
/// <param name="Name">Of its file; `activity.md` takes the zip's.</param>
/// <param name="Text">The bytes of that file.</param>
/// <param name="Files">What stands beside it, by name: a picture in a folder has that before it.</param>
public sealed record ZippedActivity(string Name, ReadOnlyMemory<byte> Text, ImmutableArray<ZippedFile> Files)
{
    public const int LongestFile = 5 * 1024 * 1024;
    public const int MostFiles = 30;
    private const long MostBytes = 20L * 1024 * 1024;
    private const string Markdown = ".md";

    /// <param name="zipName">As its owner named it.</param>
    /// <param name="bytes">The whole zip.</param>
    public static (ZippedActivity? Activity, ZipProblem? Problem) Read(string zipName, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            return Read(zipName, zip);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            return (null, ZipProblem.Unreadable);
        }
    }

    private static (ZippedActivity?, ZipProblem?) Read(string zipName, ZipArchive zip)
    {
        var entries = zip.Entries.Where(entry => !entry.FullName.EndsWith('/') && !IsForMachines(entry.FullName)).ToList();
        if (zip.Entries.Any(entry => entry.FullName.Split('/').Contains("..")))
            return (null, ZipProblem.Unreadable);
        if (entries.Count > MostFiles)
            return (null, ZipProblem.TooMuch);
        var files = new List<ZippedFile>();
        var left = MostBytes;
        foreach (var entry in entries)
        {
            // What an entry says of its length is whatever its maker wrote: it is read, and no further than it may be.
            var most = (int)Math.Min(LongestFile, left);
            var content = new byte[Math.Min(most, Math.Max(entry.Length, 0)) + 1];
            using var open = entry.Open();
            var length = open.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (length == content.Length)
                return (null, ZipProblem.TooMuch);
            left -= length;
            files.Add(new ZippedFile(entry.FullName, content.AsMemory(0, length)));
        }

        if (files.Where(file => file.Name.EndsWith(Markdown, StringComparison.OrdinalIgnoreCase)).ToList() is not [var activity])
            return (null, files.Any(file => file.Name.EndsWith(Markdown, StringComparison.OrdinalIgnoreCase)) ? ZipProblem.SeveralActivities : ZipProblem.NoActivity);
        var folder = activity.Name[..(activity.Name.LastIndexOf('/') + 1)];
        var name = activity.Name[folder.Length..];
        return (
            new ZippedActivity(
                name.Equals("activity.md", StringComparison.OrdinalIgnoreCase) ? $"{Path.GetFileNameWithoutExtension(zipName)}{Markdown}" : name,
                activity.Content,
                [.. files.Where(file => file != activity && file.Name.StartsWith(folder, StringComparison.Ordinal)).Select(file => file with { Name = file.Name[folder.Length..] })]),
            null);
    }

    /// <summary>What file managers leave in a zip, and what is for people.</summary>
    private static bool IsForMachines(string path) =>
        path.StartsWith("__MACOSX/", StringComparison.Ordinal) || path.Split('/').Any(part => part.Length > 0 && part[0] is '.' or '_')
        || path.EndsWith("README.md", StringComparison.OrdinalIgnoreCase);
}

public sealed record ZippedFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>Why nothing can be made of a zip.</summary>
public enum ZipProblem
{
    Unreadable,

    /// <summary>Too many files, or too large ones.</summary>
    TooMuch,
    NoActivity,
    SeveralActivities,
}
