using Microsoft.Win32.SafeHandles;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>One file as the operating system has it, by position.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; set; }

    int Read(Span<byte> into, long position);

    void Write(ReadOnlySpan<byte> bytes, long position);

    /// <summary>Returns when everything written is on the disk itself.</summary>
    void Flush();
}

/// <inheritdoc cref="IDiskFile"/>
internal sealed class DiskFile : IDiskFile
{
    private readonly SafeFileHandle _handle;

    private DiskFile(SafeFileHandle handle) => _handle = handle;

    public long Length
    {
        get => RandomAccess.GetLength(_handle);
        set => RandomAccess.SetLength(_handle, value);
    }

    /// <summary>Opens or makes the file, for its owner alone.</summary>
    public static IDiskFile Open(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            using var made = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }

        return new DiskFile(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, FileOptions.RandomAccess));
    }

    public int Read(Span<byte> into, long position)
    {
        var read = 0;
        while (read < into.Length && RandomAccess.Read(_handle, into[read..], position + read) is var some and > 0)
            read += some;
        return read;
    }

    public void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_handle, bytes, position);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
