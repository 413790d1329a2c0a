using LiteDB;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Storage.LiteDb;
using MattermostLearning.TestKit;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Tests.Contract.Store;

/// <summary>Indexes that a build has and the one before had not, in a store with documents in it.</summary>
public sealed class LiteDbIndexTests : IDisposable
{
    private const int Many = 2_000;
    private const int PageSize = 8192;

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyDisk _disk = new();
    private readonly RecordedLog _log = new();

    private string Path => _folder.File("learning.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Every_document_is_found_by_an_index_added_since_and_those_without_a_key_are_not()
    {
        await FillAsync();

        await using (var store = Open())
        {
            await ShouldHoldAllAsync(store);
            await SaveAsync(store, new Note("new", "s1", null));
            (await store.FindAsync(Note.ByShelf, "s1", Cancel)).Count.ShouldBe((Many / 7) + 2);
        }

        await using var again = Open();
        (await again.FindAsync(Note.ByShelf, "s1", Cancel)).Count.ShouldBe((Many / 7) + 2);
        (await again.ExamineAsync(Cancel)).ShouldBeEmpty();
        _log.Lines.Count(line => line.Contains("are filled: shelf, due", StringComparison.Ordinal)).ShouldBe(1);
        Marks().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_index_added_since_is_read_by_without_going_through_the_collection()
    {
        await FillAsync();
        await using var store = Open();
        await ReadyAsync(store);
        var before = _disk.Reads;

        (await store.FindAsync(Note.ByShelf, "s1", "n1990", 1, Cancel)).ShouldHaveSingleItem().Id.ShouldBe("n1996");
        (await store.RangeAsync(Note.ByDue, "1990", null, 2, Cancel)).Select(note => note.Id).ShouldBe(["n1990", "n1992"]);

        (_disk.Reads - before).ShouldBeLessThan(new FileInfo(Path).Length / PageSize / 3);
    }

    [Fact]
    public async Task Wherever_it_was_interrupted_all_documents_are_found_once_the_store_is_opened_again()
    {
        await FillAsync();
        var (file, halves) = (await File.ReadAllBytesAsync(Path, Cancel), 0);
        const long plenty = 1L << 40;
        _disk.BytesLeft = plenty;
        await using (var store = Open())
            await ReadyAsync(store);
        var pages = (plenty - _disk.BytesLeft) / PageSize;
        for (var i = 0; i < 20; i++)
        {
            await File.WriteAllBytesAsync(Path, file, Cancel);
            _disk.BytesLeft = (pages * i / 20 * PageSize) + (i % 2 * 3000); // every other one in the middle of a page
            await using (var store = Open())
                await Should.ThrowAsync<StoreUnavailableException>(() => ReadyAsync(store));
            if (Marks().Count > 0 && WithKey() is > 0 and < Many)
                halves++;

            _disk.BytesLeft = long.MaxValue;
            await using (var store = Open())
            {
                await ShouldHoldAllAsync(store);
                (await store.ExamineAsync(Cancel)).ShouldBeEmpty($"page {i}/20 of {pages}");
            }

            Marks().ShouldBeEmpty();
            File.Delete(Session.LogOf(Path));
        }

        halves.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Whoever_closes_the_store_meanwhile_does_not_wait_for_the_end()
    {
        await FillAsync();
        _disk.Hold();
        var store = Open();
        await _disk.Held.WaitAsync(Cancel);

        var closed = store.DisposeAsync();
        _disk.LetGo();
        await closed;

        Marks().ShouldNotBeEmpty();
        await using var again = Open();
        await ShouldHoldAllAsync(again);
    }

    [Fact]
    public async Task A_disk_that_is_full_in_the_middle_of_it_is_waited_for()
    {
        await FillAsync();
        _disk.BytesLeft = 100 * PageSize;
        await using var store = Open();
        (await Should.ThrowAsync<StoreUnavailableException>(async () => await store.FindAsync(Note.ByShelf, "s1", Cancel))).Message.ShouldContain("No space left");

        _disk.BytesLeft = long.MaxValue;

        await ShouldHoldAllAsync(store);
        store.Health.ShouldBe(StoreHealth.Good);
    }

    [Fact]
    public async Task What_a_build_wrote_that_does_not_know_an_index_stands_in_it_when_a_later_one_does()
    {
        await FillAsync();
        await using (var store = Open())
            await ReadyAsync(store);
        await using (var without = Open([NoteThen.Stored]))
        {
            await SaveAsync(without, (await without.GetAsync<NoteThen>("n0001", Cancel))! with { Shelf = "other" });
            await SaveAsync(without, (await without.GetAsync<NoteThen>("n0002", Cancel))! with { Due = null });
            await SaveAsync(without, new NoteThen("new", "other", "9999"));
            (await without.CommitAsync(new ChangeSet().Delete((await without.GetAsync<NoteThen>("n0003", Cancel))!), Cancel)).ShouldBe(CommitOutcome.Committed);
        }

        Marks().ShouldBe(["store_note k_due", "store_note k_shelf"], ignoreOrder: true);
        await using var with = Open();

        (await with.FindAsync(Note.ByShelf, "other", Cancel)).Select(note => note.Id).ShouldBe(["n0001", "new"]);
        (await with.FindAsync(Note.ByShelf, "s1", Cancel)).ShouldNotContain(note => note.Id == "n0001");
        (await with.RangeAsync(Note.ByDue, "", null, 3, Cancel)).Select(note => note.Id).ShouldBe(["n0000", "n0004", "n0006"]);
        (await with.RangeAsync(Note.ByDue, "9", null, 3, Cancel)).ShouldHaveSingleItem().Id.ShouldBe("new");
        (await with.ExamineAsync(Cancel)).ShouldBeEmpty();
        Marks().ShouldBeEmpty();
    }

    [Fact]
    public async Task Indexes_that_an_earlier_build_made_are_kept_as_they_are()
    {
        await using (var store = Open())
            await SaveAsync(store, [.. Enumerable.Range(0, Many).Select(Numbered)]);
        string[] made = ["$._id", "$.k_due", "$.k_shelf"];
        using (var database = new LiteDatabase($"Filename={Path};Collation=/Ordinal"))
        {
            foreach (var name in made[1..])
            {
                database.GetCollection("store_note").DropIndex(name[2..]);
                database.GetCollection("store_note").EnsureIndex(name[2..], name);
            }
        }

        await using (var store = Open())
        {
            await ShouldHoldAllAsync(store);
            await SaveAsync(store, new Note("new", "other", null));
            (await store.FindAsync(Note.ByShelf, "other", Cancel)).ShouldHaveSingleItem();
            (await store.ExamineAsync(Cancel)).ShouldBeEmpty();
        }

        _log.Lines.ShouldBeEmpty();
        using var after = new LiteDatabase($"Filename={Path};ReadOnly=true;Collation=/Ordinal");
        after.GetCollection("$indexes").FindAll().Select(index => index["expression"].AsString).ShouldBe(made, ignoreOrder: true);
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_reported_once_and_the_others_enter()
    {
        await using (var store = Open([]))
        {
            await SaveAsync(store, new PersonThen("ada", "Ada"), new PersonThen("bob", "Bob"));
            await SaveAsync(store, new PersonForgotten("cyd"));
        }

        await using (var store = Open([PersonNow.Stored]))
            (await store.FindAsync(PersonNow.ByLanguage, "en", Cancel)).Select(person => person.Id).ShouldBe(["ada", "bob"]);
        await using (var again = Open([PersonNow.Stored]))
            (await again.FindAsync(PersonNow.ByLanguage, "en", Cancel)).Count.ShouldBe(2);

        _log.Problems.ShouldHaveSingleItem().ShouldContain("store_person/cyd");
    }

    [Fact]
    public async Task Whoever_waits_for_it_reads_every_ten_seconds_how_far_it_is()
    {
        await FillAsync();

        await using (var store = LiteDbStore.Open(Options([Note.Stored]), new SlowTime(TimeSpan.FromSeconds(4)), Logger()))
            await ShouldHoldAllAsync(store);

        _log.Lines.Where(line => line.Contains("store_note", StringComparison.Ordinal)).ShouldBe(
        [
            "Information LiteDbStore: New indexes of store_note are being filled: shelf, due",
            "Information LiteDbStore: New indexes of store_note are being filled: 1500 of 2000 documents",
            "Information LiteDbStore: New indexes of store_note are filled: shelf, due",
        ]);
        _log.Fields.ShouldContain(new KeyValuePair<string, object?>("Seen", 1500));
    }

    [Fact]
    public async Task After_an_interruption_it_goes_on_where_it_was()
    {
        await FillAsync();
        _disk.BytesLeft = 200 * PageSize;
        await using (var store = Open())
            await Should.ThrowAsync<StoreUnavailableException>(() => ReadyAsync(store));
        _disk.BytesLeft = long.MaxValue;
        var entered = WithKey();
        entered.ShouldBeInRange(500, Many - 500);

        await using (var store = LiteDbStore.Open(Options([Note.Stored]), new SlowTime(TimeSpan.FromSeconds(10)), Logger()))
            await ShouldHoldAllAsync(store);

        _log.Lines.First(line => line.Contains(" of 2000 documents", StringComparison.Ordinal)).ShouldContain($": {entered + 500} of 2000 documents");
    }

    private static Note Numbered(int i) => new($"n{i:0000}", $"s{i % 7}", i % 2 == 0 ? $"{i:0000}" : null, new string('x', 300));

    /// <summary>What is asked waits until all is ready.</summary>
    private static async Task ReadyAsync(LiteDbStore store) => await store.GetAsync<Note>("none", Cancel);

    private static async Task ShouldHoldAllAsync(LiteDbStore store)
    {
        var all = Enumerable.Range(0, Many).Select(Numbered).ToList();
        foreach (var shelf in all.GroupBy(note => note.Shelf))
            (await store.FindAsync(Note.ByShelf, shelf.Key, Cancel)).Select(note => note.Id).ShouldBe(shelf.Select(note => note.Id));
        (await store.RangeAsync(Note.ByDue, "", null, int.MaxValue, Cancel)).Select(note => note.Id)
            .ShouldBe(all.Where(note => note.Due is not null).Select(note => note.Id));
    }

    private async Task FillAsync()
    {
        await using var store = Open([NoteThen.Stored]);
        await SaveAsync(store, [.. Enumerable.Range(0, Many).Select(Numbered).Select(note => new NoteThen(note.Id, note.Shelf, note.Due, note.Text))]);
    }

    private static async Task SaveAsync<T>(LiteDbStore store, params T[] documents) where T : Document, IStored<T>
    {
        var set = new ChangeSet();
        foreach (var document in documents)
            set.Save(document);
        (await store.CommitAsync(set, Cancel)).ShouldBe(CommitOutcome.Committed);
    }

    private LiteDbOptions Options(IReadOnlyCollection<DocumentKind> kinds) => _disk.Options(Path) with { Kinds = kinds, CheckpointAt = 64 * 1024 };

    private LiteDbStore Open(IReadOnlyCollection<DocumentKind>? kinds = null) => LiteDbStore.Open(Options(kinds ?? [Note.Stored]), TimeProvider.System, Logger());

    private ILogger<LiteDbStore> Logger() => LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<LiteDbStore>();

    private List<string> Marks() => Raw("indexes_to_fill", marks => marks.FindAll().Select(mark => mark["_id"].AsString).ToList());

    private int WithKey() => Raw("store_note", notes => notes.FindAll().Count(note => note.ContainsKey("k_shelf")));

    /// <summary>What stands in the files, looked at in copies of them.</summary>
    private T Raw<T>(string collection, Func<ILiteCollection<BsonDocument>, T> look)
    {
        var copy = _folder.File("copy.db");
        foreach (var (from, to) in new[] { (Path, copy), (Session.LogOf(Path), Session.LogOf(copy)) })
        {
            File.Delete(to);
            if (File.Exists(from))
                File.Copy(from, to);
        }

        using var database = new LiteDatabase($"Filename={copy};Collation=/Ordinal");
        return look(database.GetCollection(collection));
    }

    /// <summary>A clock that has gone on whenever somebody looks.</summary>
    private sealed class SlowTime(TimeSpan each) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, each.Ticks);
    }
}
