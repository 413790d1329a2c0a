using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>How the embedded store is opened.</summary>
public sealed record LiteDbOptions
{
    /// <summary>The data file; beside it stand its write-ahead log (<c>-log</c>) and its lock.</summary>
    public required string Path { get; init; }

    /// <summary>What will be kept in it, made ready in one write when it is opened; another kind is made ready when it is first used.</summary>
    public IReadOnlyCollection<DocumentKind> Kinds { get; init; } = [];

    /// <summary>Lets reads wait for the writer and for each other: a way out, should reading in parallel ever prove wrong on some machine.</summary>
    public bool SerialiseReads { get; init; }

    /// <summary>Change sets that may share one write to the disk.</summary>
    public int LargestBatch { get; init; } = 512;

    /// <summary>Change sets that may wait before their callers do.</summary>
    public int LongestQueue { get; init; } = 4096;

    /// <summary>Length in bytes from which the write-ahead log is carried over into the data file at once; from half of it on that is done when nobody has written for a moment.</summary>
    public long CheckpointAt { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long to wait before a disk that refused is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Opens the files; the fault tests put a failing disk here.</summary>
    internal Func<string, IDiskFile> OpenFile { get; init; } = DiskFile.Open;
}
