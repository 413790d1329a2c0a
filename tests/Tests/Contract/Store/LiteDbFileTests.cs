using LiteDB;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Storage;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.Contract.Store;

/// <summary>The data file: its lock, its rights, damage, backup and restore.</summary>
public sealed class LiteDbFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("learning.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_is_there_after_closing_and_opening()
    {
        await using (var store = Open())
            await SaveAsync(store, new Note("a", "s", "d", "text"));
        File.Exists(Session.LogOf(Path)).ShouldBeFalse();

        await using var again = Open();
        (await again.GetAsync<Note>("a", Cancel)).ShouldBe(new Note("a", "s", "d", "text") { Version = 1 });
        (await again.FindAsync(Note.ByShelf, "s", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_log_that_has_become_long_is_carried_over_once_nobody_has_written_for_a_moment()
    {
        const long longest = 1024 * 1024;
        var time = new VirtualTime(DateTimeOffset.UnixEpoch);
        await using var store = LiteDbStore.Open(new LiteDbOptions { Path = Path, CheckpointAt = longest }, time, NullLogger<LiteDbStore>.Instance);
        for (var number = 0; LengthOfLog() < longest / 2; number++)
            await WriteAsync($"n{number}");
        LengthOfLog().ShouldBeInRange(longest / 2, longest);

        time.Advance(TimeSpan.FromMilliseconds(90));
        await WriteAsync("one more");
        time.Advance(TimeSpan.FromMilliseconds(90));
        await store.ExamineAsync(Cancel);
        LengthOfLog().ShouldBeGreaterThan(longest / 2);

        time.Advance(TimeSpan.FromMilliseconds(10));
        await store.ExamineAsync(Cancel);
        LengthOfLog().ShouldBe(0);
        (await store.GetAsync<Note>("one more", Cancel)).ShouldNotBeNull();

        long LengthOfLog() => new FileInfo(Session.LogOf(Path)).Length;

        async Task WriteAsync(string id)
        {
            await SaveAsync(store, new Note(id, "s", null, new string('x', 20_000)));
            await store.ExamineAsync(Cancel); // stands in the writer's queue behind everything that the commit made it do
        }
    }

    [Fact]
    public async Task Collections_of_the_declared_kinds_are_made_when_it_is_opened()
    {
        await Open(new LiteDbOptions { Path = Path, Kinds = StoreFiles.Kinds() }).DisposeAsync();

        using var database = new LiteDatabase($"Filename={Path};ReadOnly=true;Collation=/Ordinal");
        database.GetCollectionNames().ShouldBe(StoreFiles.Kinds().Select(kind => kind.Name), ignoreOrder: true);
    }

    [Fact]
    public async Task A_second_opener_is_refused_and_told_who_has_it()
    {
        await using var store = Open();

        var refused = Should.Throw<StoreInUseException>(() => Open());

        refused.Message.ShouldContain($"process {Environment.ProcessId} on {Environment.MachineName}, since 20");
        await SaveAsync(store, new Note("a", "s", null));
    }

    [Fact]
    public async Task What_a_dead_process_left_of_its_lock_is_taken_over()
    {
        await File.WriteAllTextAsync(Path + ".lock", "", Cancel);
        await File.WriteAllTextAsync(Path + ".owner", "process 1 on elsewhere, since 2020", Cancel);

        await using var store = Open();

        await SaveAsync(store, new Note("a", "s", null));
    }

    [Fact]
    public async Task Folder_and_files_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        var path = _folder.File("data/learning.db");
        await using var store = Open(new LiteDbOptions { Path = path });
        await SaveAsync(store, new Note("a", "s", null));

        Convert.ToString((int)File.GetUnixFileMode(System.IO.Path.GetDirectoryName(path)!), 8).ShouldBe("700");
        foreach (var file in Directory.GetFiles(System.IO.Path.GetDirectoryName(path)!))
            Convert.ToString((int)File.GetUnixFileMode(file), 8).ShouldBe("600", file);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("zeros")]
    [InlineData("cut off")]
    [InlineData("pages overwritten")]
    [InlineData("log without data")]
    public async Task A_damaged_file_is_refused_with_advice_and_left_as_it_is(string damage)
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(Path, Cancel);
        switch (damage)
        {
            case "garbage":
                new Random(7).NextBytes(bytes);
                break;
            case "zeros":
                Array.Clear(bytes);
                break;
            case "cut off":
                bytes = bytes[..(8192 * 5)];
                break;
            case "pages overwritten":
                new Random(7).NextBytes(bytes.AsSpan(8192, 8192 * 20));
                break;
            case "log without data":
                await File.WriteAllBytesAsync(Session.LogOf(Path), bytes[..8192], Cancel);
                bytes = [];
                break;
        }

        await File.WriteAllBytesAsync(Path, bytes, Cancel);

        var refused = Should.Throw<StoreDamagedException>(() => Open());

        refused.Message.ShouldContain("restore a backup");
        refused.Message.ShouldContain(Path);
        (await File.ReadAllBytesAsync(Path, Cancel)).ShouldBe(bytes);
        Should.Throw<StoreDamagedException>(() => Open()); // and the lock was let go
    }

    [Fact]
    public async Task A_file_that_ignores_case_is_not_ours()
    {
        using (var other = new LiteDatabase($"Filename={Path};Collation=en-US/IgnoreCase"))
            other.GetCollection("c").Insert(new BsonDocument { ["_id"] = "a" });
        var before = await File.ReadAllBytesAsync(Path, Cancel);

        Should.Throw<StoreDamagedException>(() => Open()).Message.ShouldContain("en-US/IgnoreCase");

        (await File.ReadAllBytesAsync(Path, Cancel)).ShouldBe(before);
    }

    [Fact]
    public async Task An_altered_document_is_found_at_its_first_read_and_by_examining()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(Path, Cancel);
        var at = bytes.AsSpan().IndexOf("body of n0123"u8);
        bytes[at] = (byte)'B';
        await File.WriteAllBytesAsync(Path, bytes, Cancel);

        await using var store = Open();

        (await Should.ThrowAsync<UnreadableDocumentException>(async () => await store.GetAsync<Note>("n0123", Cancel))).Message.ShouldContain("checksum");
        (await store.GetAsync<Note>("n0124", Cancel)).ShouldNotBeNull();
        (await store.ExamineAsync(Cancel)).ShouldContain(problem => problem.Contains("store_note/\"n0123\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_set_that_makes_LiteDB_throw_fails_alone()
    {
        await using var store = Open();
        await SaveAsync(store, new Note("before", "s", null));
        var tooLarge = new string('x', 17 * 1024 * 1024);
        var tasks = Enumerable.Range(0, 20).Select(i => store.CommitAsync(
            new ChangeSet().Save(new Note($"a{i}", "s", null)).Save(new Note($"b{i}", "s", null, i == 7 ? tooLarge : "")), Cancel)).ToList();

        foreach (var (i, task) in tasks.Index())
        {
            if (i == 7)
                (await Should.ThrowAsync<StoreUnavailableException>(() => task)).Message.ShouldContain("this change set");
            else
                (await task).ShouldBe(CommitOutcome.Committed);
        }

        (await store.FindAsync(Note.ByShelf, "s", Cancel)).Count.ShouldBe(39);
        store.Health.ShouldBe(StoreHealth.Good);
    }

    [Fact]
    public async Task A_call_is_cancelled_while_it_waits_and_not_once_it_was_begun()
    {
        using var disk = new FaultyDisk();
        await using var store = Open(disk.Options(Path));
        await SaveAsync(store, new Note("first", "s", null));
        disk.Hold();
        using var source = new CancellationTokenSource();
        var begun = store.CommitAsync(new ChangeSet().Save(new Note("begun", "s", null)), source.Token);
        await disk.Held.WaitAsync(Cancel);
        var waiting = store.CommitAsync(new ChangeSet().Save(new Note("waiting", "s", null)), source.Token);

        await source.CancelAsync();
        disk.LetGo();

        (await begun).ShouldBe(CommitOutcome.Committed);
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        (await store.FindAsync(Note.ByShelf, "s", Cancel)).Select(note => note.Id).ShouldBe(["begun", "first"]);
    }

    [Fact]
    public async Task A_backup_of_a_running_store_is_restored_on_a_stopped_one_and_the_file_before_it_kept()
    {
        var backup = _folder.File("backup.db");
        await using (var store = Open())
        {
            await SaveAsync(store, new Note("a", "s", null, "early"));
            var writing = Task.WhenAll(Enumerable.Range(0, 50).Select(i => SaveAsync(store, new Note($"n{i}", "s", null))));
            await store.BackupAsync(backup, Cancel);
            await writing;
            await SaveAsync(store, (await store.GetAsync<Note>("a", Cancel))! with { Text = "late" });
            Should.Throw<StoreInUseException>(() => LiteDbStore.Restore(backup, Path, TimeProvider.System));
        }

        var late = await File.ReadAllBytesAsync(Path, Cancel);
        var aside = LiteDbStore.Restore(backup, Path, TimeProvider.System);

        (await File.ReadAllBytesAsync(aside!, Cancel)).ShouldBe(late);
        await using var restored = Open();
        (await restored.GetAsync<Note>("a", Cancel))!.Text.ShouldBe("early");
        (await restored.ExamineAsync(Cancel)).ShouldBeEmpty();
        Directory.GetFiles(_folder.Path, "*.part").ShouldBeEmpty();
        Directory.GetFiles(_folder.Path, "*restoring*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_nothing_is_changed()
    {
        await FillAsync();
        var present = await File.ReadAllBytesAsync(Path, Cancel);
        var backup = _folder.File("backup.db");
        await File.WriteAllBytesAsync(backup, present[..(8192 * 4)], Cancel);

        Should.Throw<StoreDamagedException>(() => LiteDbStore.Restore(backup, Path, TimeProvider.System));

        (await File.ReadAllBytesAsync(Path, Cancel)).ShouldBe(present);
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_does_no_harm()
    {
        await using var store = Open();
        await SaveAsync(store, new Note("a", "s", null));

        await Should.ThrowAsync<StoreUnavailableException>(() => store.BackupAsync(_folder.File("no/such/folder.db"), Cancel));

        await SaveAsync(store, new Note("b", "s", null));
        store.Health.ShouldBe(StoreHealth.Good);
    }

    private static async Task SaveAsync(LiteDbStore store, Note note) =>
        (await store.CommitAsync(new ChangeSet().Save(note), Cancel)).ShouldBe(CommitOutcome.Committed);

    private async Task FillAsync()
    {
        await using var store = Open();
        var set = new ChangeSet();
        for (var i = 0; i < 1_000; i++)
            set.Save(new Note($"n{i:0000}", $"s{i % 7}", $"{i:0000}", $"body of n{i:0000}, long enough to fill some pages of the file"));
        await store.CommitAsync(set, Cancel);
    }

    private LiteDbStore Open(LiteDbOptions? options = null) =>
        LiteDbStore.Open(options ?? new LiteDbOptions { Path = Path }, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
}
