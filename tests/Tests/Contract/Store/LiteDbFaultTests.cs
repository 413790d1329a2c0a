using System.Diagnostics;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Storage.LiteDb;
using MattermostLearning.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.Contract.Store;

/// <summary>A disk that refuses: nothing is acknowledged falsely, health says why, and the store goes on by itself.</summary>
public sealed class LiteDbFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyDisk _disk = new();

    private string Path => _folder.File("learning.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("full at once", "No space left")]
    [InlineData("full in the middle of a page", "No space left")]
    [InlineData("full after some pages", "No space left")]
    [InlineData("read-only", "Read-only")]
    [InlineData("cannot flush", "Input/output")]
    public async Task A_disk_that_refuses_gets_no_false_acknowledgement_and_the_store_goes_on_afterwards(string fault, string reason)
    {
        await using (var store = Open())
        {
            await SaveAsync(store, new Note("before", "s", null));
            Break(fault);

            var tasks = Enumerable.Range(0, 30).Select(i => store.CommitAsync(
                new ChangeSet().Save(new Note($"a{i}", "t", null, new string('x', 3000))).Save(new Note($"b{i}", "t", null)), Cancel)).ToList();
            var acknowledged = new List<int>();
            foreach (var (i, task) in tasks.Index())
            {
                if (await RefusedAsync(task) is not { } problem)
                    acknowledged.Add(i);
                else
                    problem.ShouldContain(reason);
            }

            acknowledged.Count.ShouldBeLessThan(30);
            store.Health.IsHealthy.ShouldBeFalse();
            store.Health.Problem!.ShouldContain(reason);
            if (fault != "read-only" && fault != "cannot flush")
                (await store.GetAsync<Note>("before", Cancel)).ShouldNotBeNull();

            Mend();
            await SaveAsync(store, new Note("after", "s", null));
            store.Health.ShouldBe(StoreHealth.Good);
            (await store.FindAsync(Note.ByShelf, "t", Cancel)).Select(note => note.Id)
                .ShouldBe(acknowledged.SelectMany(i => (string[])[$"a{i}", $"b{i}"]).Order(StringComparer.Ordinal));
        }

        await using var again = Open();
        (await again.FindAsync(Note.ByShelf, "s", Cancel)).Select(note => note.Id).ShouldBe(["after", "before"]);
        (await again.ExamineAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_recovers_without_a_commit_coming_in()
    {
        var time = new HandTime();
        await using var store = LiteDbStore.Open(
            _disk.Options(Path) with { RetryAfter = TimeSpan.FromSeconds(1) }, time, NullLogger<LiteDbStore>.Instance);
        await SaveAsync(store, new Note("before", "s", null));
        _disk.IsReadOnly = true;
        (await RefusedAsync(store.CommitAsync(new ChangeSet().Save(new Note("a", "s", null)), Cancel))).ShouldNotBeNull();
        _disk.IsReadOnly = false;
        store.Health.IsHealthy.ShouldBeFalse();

        time.Advance(TimeSpan.FromSeconds(2));
        await store.ExamineAsync(Cancel); // stands behind the retry in the writer's queue

        store.Health.ShouldBe(StoreHealth.Good);
    }

    [Fact]
    public async Task A_data_file_that_cannot_grow_loses_nothing_of_what_the_log_holds()
    {
        await using (var store = LiteDbStore.Open(
            _disk.Options(Path) with { CheckpointAt = 64 * 1024 }, TimeProvider.System, NullLogger<LiteDbStore>.Instance))
        {
            var acknowledged = new List<string>();
            var random = new Random(11);
            for (var i = 0; i < 300; i++)
            {
                if (i % 10 == 0)
                    _disk.BytesLeft = random.Next(200_000);
                if (i % 10 == 8)
                    Mend();
                if (await RefusedAsync(store.CommitAsync(new ChangeSet().Save(new Note($"n{i:000}", "s", null, new string('x', 2000))), Cancel)) is null)
                    acknowledged.Add($"n{i:000}");
            }

            Mend();
            await SaveAsync(store, new Note("zz", "s", null));
            (await store.FindAsync(Note.ByShelf, "s", Cancel)).Select(note => note.Id).ShouldBe([.. acknowledged, "zz"]);
            acknowledged.Count.ShouldBeInRange(60, 299);
        }

        await using var again = Open();
        (await again.ExamineAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_system_that_is_really_full_is_survived()
    {
        var mount = _folder.File("small");
        Directory.CreateDirectory(mount);
        if (!OperatingSystem.IsLinux() || await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount) != 0)
            Assert.Skip("Mounting a small tmpfs needs Linux and the right to mount; the same is tested with a faulty stream.");
        try
        {
            await using var store = LiteDbStore.Open(
                new LiteDbOptions { Path = System.IO.Path.Combine(mount, "learning.db"), RetryAfter = TimeSpan.Zero },
                TimeProvider.System,
                NullLogger<LiteDbStore>.Instance);
            var acknowledged = 0;
            string? problem = null;
            while (problem is null)
            {
                problem = await RefusedAsync(store.CommitAsync(new ChangeSet().Save(new Note($"n{acknowledged:0000}", "s", null, new string('x', 20_000))), Cancel));
                if (problem is null)
                    acknowledged++;
            }

            store.Health.IsHealthy.ShouldBeFalse();
            (await store.FindAsync(Note.ByShelf, "s", Cancel)).Count.ShouldBe(acknowledged);

            (await RunAsync("mount", "-o", "remount,size=20m", mount)).ShouldBe(0);
            await SaveAsync(store, new Note("after", "s", null));
            store.Health.ShouldBe(StoreHealth.Good);
            (await store.FindAsync(Note.ByShelf, "s", Cancel)).Count.ShouldBe(acknowledged + 1);
            (await store.ExamineAsync(Cancel)).ShouldBeEmpty();
        }
        finally
        {
            await RunAsync("umount", mount);
        }
    }

    public static TheoryData<int> Seeds => [.. Trials.Seeds(1)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_killed_process_loses_nothing_acknowledged_and_tears_no_set(int seed)
    {
        var random = new Random(seed);
        var acknowledged = new HashSet<int>();
        for (var trial = 0; trial < 5 * Trials.Scale; trial++)
        {
            using (var child = StoreChild.Start(Path))
            {
                var killAfter = random.Next(1, 400);
                while (killAfter-- > 0 && await child.StandardOutput.ReadLineAsync(Cancel) is { } line)
                    acknowledged.Add(int.Parse(line, null));
                child.Kill();
                while (await child.StandardOutput.ReadLineAsync(Cancel) is { } line)
                    acknowledged.Add(int.Parse(line, null));

                await child.WaitForExitAsync(Cancel);
            }

            await using var store = Open();
            (await store.ExamineAsync(Cancel)).ShouldBeEmpty($"seed {seed}, trial {trial}");
            var halves = await store.FindAsync(Note.ByShelf, "left", Cancel);
            var others = await store.FindAsync(Note.ByShelf, "right", Cancel);
            halves.Select(note => note.Text).ShouldBe(others.Select(note => note.Text), $"a torn set: seed {seed}, trial {trial}");
            acknowledged.Except(halves.Select(note => int.Parse(note.Text, null))).ShouldBeEmpty($"seed {seed}, trial {trial}");
        }

        acknowledged.Count.ShouldBeGreaterThan(5);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {5 * Trials.Scale} kills, {acknowledged.Count} pairs acknowledged, none lost, none torn");
    }

    private static async Task SaveAsync(LiteDbStore store, Note note) =>
        (await store.CommitAsync(new ChangeSet().Save(note), Cancel)).ShouldBe(CommitOutcome.Committed);

    private static async Task<string?> RefusedAsync(Task<CommitOutcome> commit)
    {
        try
        {
            (await commit).ShouldBe(CommitOutcome.Committed);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
    }

    private static async Task<int> RunAsync(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync(Cancel);
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private void Break(string fault)
    {
        switch (fault)
        {
            case "full at once":
                _disk.BytesLeft = 0;
                break;
            case "full in the middle of a page":
                _disk.BytesLeft = 8192 * 4 + 77;
                break;
            case "full after some pages":
                _disk.BytesLeft = 8192 * 9;
                break;
            case "read-only":
                _disk.IsReadOnly = true;
                break;
            default:
                _disk.FlushFails = true;
                break;
        }
    }

    private void Mend()
    {
        _disk.BytesLeft = long.MaxValue;
        _disk.IsReadOnly = false;
        _disk.FlushFails = false;
    }

    private LiteDbStore Open() => LiteDbStore.Open(_disk.Options(Path), TimeProvider.System, NullLogger<LiteDbStore>.Instance);

    /// <summary>A clock that stands still until it is moved.</summary>
    private sealed class HandTime : TimeProvider
    {
        private readonly Lock _gate = new();
        private readonly List<HandTimer> _timers = [];
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new HandTimer(() => callback(state));
            timer.Change(dueTime, period);
            lock (_gate)
                _timers.Add(timer);
            return timer;
        }

        public void Advance(TimeSpan by)
        {
            Interlocked.Add(ref _now, by.Ticks);
            lock (_gate)
                _timers.ForEach(timer => timer.Fire());
        }

        private sealed class HandTimer(Action callback) : ITimer
        {
            private volatile bool _isOn;

            public void Fire()
            {
                if (_isOn)
                    callback();
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => _isOn = dueTime != Timeout.InfiniteTimeSpan;

            public void Dispose() => _isOn = false;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
