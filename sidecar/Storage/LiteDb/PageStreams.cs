namespace MattermostLearning.Storage.LiteDb;

/// <summary>A file as LiteDB wants it: a stream. LiteDB sets the position under a lock before each read and write. Closing it closes nothing: the files belong to the session.</summary>
internal abstract class PageStream(IDiskFile file) : Stream
{
    protected IDiskFile File { get; } = file;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => File.Length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = File.Read(buffer.AsSpan(offset, count), Position);
        Position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
}

/// <summary>
/// The data file. It is written at a checkpoint and never else: LiteDB would mark a file that it finds damaged, and a damaged file is to stay as it is.
/// </summary>
internal sealed class DataStream(IDiskFile file) : PageStream(file)
{
    public bool IsOpenForWriting { get; set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (IsOpenForWriting)
            File.Write(buffer.AsSpan(offset, count), Position);
        Position += count;
    }

    public override void SetLength(long value)
    {
        if (IsOpenForWriting)
            File.Length = value;
    }

    public override void Flush()
    {
        if (IsOpenForWriting)
            File.Flush();
    }
}

/// <summary>
/// The write-ahead log. LiteDB's Commit only hands pages to a background queue and returns before any of them is written, and
/// an exception in that queue can make it wait for itself for ever. So nothing is thrown into it: the first failure is kept, what comes
/// after it is dropped, and the store's writer, which waits here for the page that confirms its transaction, finds out and gives the session up.
/// </summary>
internal sealed class LogStream(IDiskFile file) : PageStream(file)
{
    private const int ConfirmedAt = 18; // BasePage.P_IS_CONFIRMED of LiteDB's file format 8

    private readonly Lock _lengthGate = new();
    private readonly object _progress = new();
    private long _length = file.Length;
    private long _confirmed;
    private Exception? _failure;

    public override long Length
    {
        get
        {
            lock (_lengthGate)
                return _length;
        }
    }

    public Exception? Failure
    {
        get
        {
            lock (_progress)
                return _failure;
        }
    }

    /// <summary>Transactions whose last page was written.</summary>
    public long Confirmed
    {
        get
        {
            lock (_progress)
                return _confirmed;
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        var failure = Failure;
        try
        {
            if (failure is null)
                File.Write(buffer.AsSpan(offset, count), Position);
        }
        catch (Exception e)
        {
            failure = e;
        }

        Position += count;
        lock (_lengthGate)
            _length = Math.Max(_length, Position);
        lock (_progress)
        {
            _failure ??= failure;
            if (_failure is null && buffer[offset + ConfirmedAt] != 0)
                _confirmed++;
            Monitor.PulseAll(_progress);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        return read == count ? read : throw new IOException("The end of the write-ahead log is missing.");
    }

    public override void SetLength(long value)
    {
        File.Length = value;
        lock (_lengthGate)
            _length = value;
    }

    /// <summary>Does nothing: <see cref="Settle"/> brings a whole batch to the disk, once.</summary>
    public override void Flush()
    {
    }

    /// <summary>Waits until this many transactions were written, and brings them to the disk.</summary>
    /// <exception cref="IOException">The disk refused, now or earlier.</exception>
    public void Settle(long confirmed, Action checkAlive)
    {
        lock (_progress)
        {
            while (_confirmed < confirmed && _failure is null)
            {
                if (!Monitor.Wait(_progress, TimeSpan.FromSeconds(1)))
                    checkAlive();
            }

            if (_failure is not null)
                throw new IOException(_failure.Message, _failure);
        }

        try
        {
            File.Flush();
        }
        catch (Exception e)
        {
            lock (_progress)
                _failure ??= e;
            throw new IOException(e.Message, e);
        }
    }
}
