using MattermostLearning.Storage.LiteDb;

namespace MattermostLearning.Tests.Contract.Store;

/// <summary>A disk below LiteDB that refuses when told to: bytes run out, flushing fails, everything is read-only, or it is slow.</summary>
internal sealed class FaultyDisk : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private long _bytesLeft = long.MaxValue;
    private long _reads;

    /// <summary>Ends when a write stands before a held disk.</summary>
    private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _isHeld;

    public Task Held => _held.Task;

    /// <summary>Pages that were read, of the data file and of its log.</summary>
    public long Reads => Interlocked.Read(ref _reads);

    public bool FlushFails { get; set; }

    public bool IsReadOnly { get; set; }

    /// <summary>Writes go on until so many bytes were written; the last of them may be half of a page.</summary>
    public long BytesLeft
    {
        get => Interlocked.Read(ref _bytesLeft);
        set => Interlocked.Exchange(ref _bytesLeft, value);
    }

    public LiteDbOptions Options(string path) => new() { Path = path, RetryAfter = TimeSpan.Zero, OpenFile = opened => new Faulty(this, DiskFile.Open(opened)) };

    public void Hold()
    {
        _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate.Wait();
        _isHeld = true;
    }

    public void LetGo()
    {
        _isHeld = false;
        _gate.Release();
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Faulty(FaultyDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length
        {
            get => file.Length;
            set
            {
                if (disk.IsReadOnly)
                    throw new IOException("Read-only file system");
                file.Length = value;
            }
        }

        public int Read(Span<byte> into, long position)
        {
            Interlocked.Increment(ref disk._reads);
            return file.Read(into, position);
        }

        public void Write(ReadOnlySpan<byte> bytes, long position)
        {
            if (disk._isHeld)
            {
                disk._held.TrySetResult();
                disk._gate.Wait();
                disk._gate.Release();
            }

            if (disk.IsReadOnly)
                throw new IOException("Read-only file system");
            var left = disk.BytesLeft;
            if (left < bytes.Length)
            {
                file.Write(bytes[..(int)left], position);
                disk.BytesLeft = 0;
                throw new IOException("No space left on device");
            }

            if (left != long.MaxValue)
                disk.BytesLeft = left - bytes.Length;
            file.Write(bytes, position);
        }

        public void Flush()
        {
            if (disk.FlushFails)
                throw new IOException("Input/output error");
            file.Flush();
        }

        public void Dispose() => file.Dispose();
    }
}
