using System.Collections.Immutable;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Library;

/// <summary>
/// A content folder that is looked at again and again. A look costs one question to the file system for each file; opened and read are only
/// those that changed, and only when they have rested: whoever saves a file may be seen halfway. For one thread at a time.
/// </summary>
/// <param name="root">The folder.</param>
/// <param name="reader">Knows the kinds.</param>
/// <param name="time">Tells how long a file has rested.</param>
/// <param name="under">What stands before each path, where it is not relative to the folder itself.</param>
public sealed class LibraryFolder(string root, ContentReader reader, TimeProvider time, string under = "")
{
    /// <summary>Longer than any file system takes two moments for one.</summary>
    private static readonly TimeSpan CoarsestClock = TimeSpan.FromSeconds(3);

    /// <summary>A library with fewer files is read before several threads have begun.</summary>
    private const int FewestForSeveral = 500;

    private readonly SortedDictionary<string, KnownFile> files = new(StringComparer.Ordinal);

    /// <summary>What looks other than it did when it was opened, and since when it looks like that; null is gone.</summary>
    private readonly Dictionary<string, (FoundFile? Found, long Since)> unrested = new(StringComparer.Ordinal);

    private ImmutableArray<Diagnostic> problems = [];

    /// <summary>A file that looks the same for this long is not being written.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>As it was at the last look.</summary>
    public ContentLibrary Library { get; private set; } = ContentLibrary.Empty;

    /// <summary>Something is about to change: look again after <see cref="Rest"/>.</summary>
    public bool IsRestless => unrested.Count > 0;

    /// <summary>Reads everything as it is. What cannot be read becomes a finding; nothing is thrown for it, not even for a folder that is not there.</summary>
    public ContentLibrary Load()
    {
        var folder = ContentFolder.Scan(root, under);
        files.Clear();
        unrested.Clear();
        foreach (var found in folder.Files)
            files[found.Path] = new KnownFile(found.Path);
        if (folder.Files.Count >= FewestForSeveral)
            ReadSideBySide(folder.Files);
        else
            ReadOneByOne(folder.Files);
        problems = [.. folder.Problems];
        return Library = LibraryLoad.Run(files.Values, problems, reader);
    }

    /// <summary>Looks whether anything has changed, and reads that.</summary>
    /// <returns>Null where the library is what it was.</returns>
    public LibraryChange? Look()
    {
        var folder = ContentFolder.Scan(root, under);
        var now = time.GetTimestamp();
        var seen = new HashSet<string>(folder.Files.Count, StringComparer.Ordinal);
        var read = ImmutableArray.CreateBuilder<string>();
        foreach (var found in folder.Files)
        {
            seen.Add(found.Path);
            if (IsDue(found, now) && Open(found, now))
                read.Add(found.Path);
        }

        var missing = files.Keys.Where(path => !seen.Contains(path) && !folder.CouldNotSee(path)).ToList();
        var gone = missing.Where(path => HasRested(path, null, now)).ToImmutableArray();
        foreach (var path in gone)
            files.Remove(path);
        foreach (var path in unrested.Keys.Where(path => !seen.Contains(path) && (!files.ContainsKey(path) || folder.CouldNotSee(path))).ToList())
            unrested.Remove(path);

        if (read.Count == 0 && gone.Length == 0 && problems.SequenceEqual(folder.Problems))
            return null;
        problems = [.. folder.Problems];
        Library = LibraryLoad.Run(files.Values, problems, reader);
        return new LibraryChange(Library, read.ToImmutable(), gone);
    }

    private void ReadOneByOne(IReadOnlyList<FoundFile> found)
    {
        foreach (var each in found)
            Read(each);
    }

    /// <summary>What an original says depends on nothing but itself; the library is made of all of them in their order, whichever was read first.</summary>
    /// <remarks>Apart from the other, so that a small library does without what makes threads of a loop.</remarks>
    private void ReadSideBySide(IReadOnlyList<FoundFile> found) =>
        Parallel.For(0, found.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, at => Read(found[at]));

    private void Read(FoundFile found)
    {
        var file = files[found.Path];
        file.Open(found);
        if (!file.Name.IsTranslation)
            file.Read(reader, original: null);
    }

    private bool IsDue(FoundFile found, long now)
    {
        if (files.GetValueOrDefault(found.Path) is not { } known || known.Found != found)
            return HasRested(found.Path, found, now);
        unrested.Remove(found.Path);
        return known.LooksAgainAt <= now;
    }

    private bool HasRested(string path, FoundFile? found, long now)
    {
        if (unrested.TryGetValue(path, out var before) && before.Found == found)
            return time.GetElapsedTime(before.Since, now) >= Rest;
        unrested[path] = (found, now);
        return false;
    }

    private bool Open(FoundFile found, long now)
    {
        var file = files.GetValueOrDefault(found.Path) ?? new KnownFile(found.Path);
        var isSecondLook = file.Found == found;
        var holdsOther = file.Open(found, out var after);
        if (after != found)
        {
            unrested[found.Path] = (after, now);
            return false;
        }

        files[found.Path] = file;
        unrested.Remove(found.Path);
        file.LooksAgainAt = isSecondLook ? null : now + (long)(CoarsestClock.TotalSeconds * time.TimestampFrequency);
        return holdsOther;
    }
}

/// <summary>A library that is other than it was.</summary>
/// <param name="Library">All of it.</param>
/// <param name="Read">The files that are new or hold something else, by path.</param>
/// <param name="Gone">The files that are there no longer.</param>
public sealed record LibraryChange(ContentLibrary Library, ImmutableArray<string> Read, ImmutableArray<string> Gone);
