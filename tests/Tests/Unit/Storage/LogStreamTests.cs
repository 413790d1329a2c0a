using MattermostLearning.Storage.LiteDb;

namespace MattermostLearning.Tests.Unit.Storage;

public sealed class LogStreamTests : IDisposable
{
    private readonly File _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Settling_counts_confirmed_pages_and_flushes_once()
    {
        var log = new LogStream(_file);
        Write(log, confirmed: false);
        Write(log, confirmed: true);

        log.Flush();
        _file.Flushes.ShouldBe(0);
        log.Settle(1, Alive);

        (log.Confirmed, log.Length, _file.Flushes).ShouldBe((1, 16384, 1));
    }

    [Fact]
    public void The_first_failure_is_kept_not_thrown_and_nothing_is_written_after_it()
    {
        var log = new LogStream(_file);
        Write(log, confirmed: false);
        _file.Refuses = true;
        Write(log, confirmed: true);
        _file.Refuses = false;
        Write(log, confirmed: true);

        Should.Throw<IOException>(() => log.Settle(1, Alive)).Message.ShouldBe("No space left on device");
        (log.Confirmed, log.Length, _file.Length, _file.Flushes).ShouldBe((0, 24576, 8192, 0));
        Should.Throw<IOException>(() => Read(log, 16384));
    }

    [Fact]
    public void A_data_file_is_not_written_unless_it_was_opened_for_it()
    {
        var data = new DataStream(_file);
        data.Write(new byte[8192], 0, 8192);
        data.SetLength(8192);
        _file.Length.ShouldBe(0);

        data.IsOpenForWriting = true;
        data.Position = 0;
        data.Write(new byte[8192], 0, 8192);
        _file.Length.ShouldBe(8192);
    }

    private static void Alive()
    {
    }

    private static void Write(LogStream log, bool confirmed)
    {
        var page = new byte[8192];
        page[18] = confirmed ? (byte)1 : (byte)0;
        log.Write(page, 0, page.Length);
    }

    private static void Read(LogStream log, long position)
    {
        log.Position = position;
        _ = log.Read(new byte[8192], 0, 8192);
    }

    private sealed class File : IDiskFile
    {
        public bool Refuses { get; set; }

        public int Flushes { get; private set; }

        public long Length { get; set; }

        public int Read(Span<byte> into, long position) => (int)Math.Clamp(Length - position, 0, into.Length);

        public void Write(ReadOnlySpan<byte> bytes, long position)
        {
            if (Refuses)
                throw new IOException("No space left on device");
            Length = Math.Max(Length, position + bytes.Length);
        }

        public void Flush() => Flushes++;

        public void Dispose()
        {
        }
    }
}
