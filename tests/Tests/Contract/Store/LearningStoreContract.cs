using CsCheck;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Contract.Store;

/// <summary>What every store does. A provider passes by deriving from it and handing over a store.</summary>
public abstract class LearningStoreContract : IAsyncLifetime
{
    private ILearningStore? _store;

    protected ILearningStore Store => _store!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILearningStore> OpenAsync();

    protected abstract Task CloseAsync(ILearningStore store);

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync(Store);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_saved_is_read_back_at_version_1()
    {
        await SaveAsync(new Note("a", "shelf", "2027", "Grüße 🦉 \"quoted\"\n"));

        (await Store.GetAsync<Note>("a", Cancel)).ShouldBe(new Note("a", "shelf", "2027", "Grüße 🦉 \"quoted\"\n") { Version = 1 });
    }

    [Fact]
    public async Task What_was_never_saved_is_null() => (await Store.GetAsync<Note>("nobody", Cancel)).ShouldBeNull();

    [Fact]
    public async Task Each_save_raises_the_version_by_1()
    {
        await SaveAsync(new Tally("t", 1));
        await SaveAsync((await Store.GetAsync<Tally>("t", Cancel))! with { Count = 2 });

        (await Store.GetAsync<Tally>("t", Cancel)).ShouldBe(new Tally("t", 2) { Version = 2 });
    }

    [Fact]
    public async Task A_save_of_an_older_version_is_stale_and_changes_nothing()
    {
        await SaveAsync(new Tally("t", 1));
        var read = (await Store.GetAsync<Tally>("t", Cancel))!;
        await SaveAsync(read with { Count = 2 });

        (await Store.CommitAsync(new ChangeSet().Save(read with { Count = 3 }), Cancel)).ShouldBe(CommitOutcome.Stale);

        (await Store.GetAsync<Tally>("t", Cancel))!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_of_a_mebibyte_is_kept_whole_and_put_in_by_one_of_two_who_try()
    {
        var text = string.Concat(Enumerable.Repeat("Grüße 🦉\n", 1024 * 1024 / 13));
        var offered = new LibraryVersion { Id = "v", Path = "_by-hand/a.md", Text = text, OfferedAt = DateTimeOffset.UnixEpoch, RowId = "row" };
        await SaveAsync(offered);
        await SaveAsync(new LibraryFile { Path = offered.Path });
        (await Store.RangeAsync(LibraryVersion.ByOffer, "", null, 2, Cancel)).ShouldHaveSingleItem().Text.ShouldBe(text);

        var (file, version) = ((await Store.GetAsync<LibraryFile>(offered.Path, Cancel))!, (await Store.GetAsync<LibraryVersion>("v", Cancel))!);
        var outcomes = await Task.WhenAll(new[] { "ann", "ben" }.Select(who => Store.CommitAsync(
            new ChangeSet().Save(file with { CurrentId = "v", Versions = 1 }).Save(version with { PersonId = who, PutAt = DateTimeOffset.UnixEpoch, Number = 1 }), Cancel)));

        outcomes.Order().ShouldBe([CommitOutcome.Committed, CommitOutcome.Stale]);
        var put = (await Store.GetAsync<LibraryVersion>("v", Cancel))!;
        (await Store.FindAsync(LibraryVersion.ByPerson, put.PersonId!, Cancel)).ShouldHaveSingleItem().Text.ShouldBe(text);
        (await Store.RangeAsync(LibraryVersion.ByOffer, "", null, 2, Cancel)).ShouldBeEmpty();
        (await Store.FindAsync(LibraryFile.OfAll, LibraryFile.All, Cancel)).ShouldHaveSingleItem().CurrentId.ShouldBe("v");
    }

    [Fact]
    public async Task A_document_is_made_only_once()
    {
        await SaveAsync(new Tally("t", 1));

        (await Store.CommitAsync(new ChangeSet().Save(new Tally("t", 2)), Cancel)).ShouldBe(CommitOutcome.Stale);

        (await Store.GetAsync<Tally>("t", Cancel))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_set_leaves_nothing_behind()
    {
        await SaveAsync(new Tally("kept", 1), new Tally("contested", 1));
        var set = new ChangeSet()
            .Save(new Tally("new", 1))
            .Delete((await Store.GetAsync<Tally>("kept", Cancel))!)
            .Save(new Note("n", "s", "d"))
            .Save(new Tally("contested", 2));

        (await Store.CommitAsync(set, Cancel)).ShouldBe(CommitOutcome.Stale);

        (await Store.GetAsync<Tally>("new", Cancel)).ShouldBeNull();
        (await Store.GetAsync<Tally>("kept", Cancel)).ShouldNotBeNull();
        (await Store.FindAsync(Note.ByShelf, "s", Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_document_is_gone_from_everywhere_and_may_be_made_again()
    {
        await SaveAsync(new Note("a", "shelf", "2027"));
        await CommitAsync(new ChangeSet().Delete((await Store.GetAsync<Note>("a", Cancel))!));

        (await Store.GetAsync<Note>("a", Cancel)).ShouldBeNull();
        (await Store.FindAsync(Note.ByShelf, "shelf", Cancel)).ShouldBeEmpty();
        await SaveAsync(new Note("a", "shelf", null));
    }

    [Fact]
    public async Task Deleting_what_somebody_changed_or_removed_is_stale()
    {
        await SaveAsync(new Tally("changed", 1), new Tally("removed", 1));
        var changed = (await Store.GetAsync<Tally>("changed", Cancel))!;
        var removed = (await Store.GetAsync<Tally>("removed", Cancel))!;
        await SaveAsync(changed with { Count = 2 });
        await CommitAsync(new ChangeSet().Delete(removed));

        (await Store.CommitAsync(new ChangeSet().Delete(changed), Cancel)).ShouldBe(CommitOutcome.Stale);
        (await Store.CommitAsync(new ChangeSet().Delete(removed), Cancel)).ShouldBe(CommitOutcome.Stale);
        (await Store.CommitAsync(new ChangeSet().Save(removed), Cancel)).ShouldBe(CommitOutcome.Stale);
    }

    [Fact]
    public async Task Within_a_set_the_last_change_of_a_document_counts_and_raises_the_version_once()
    {
        await CommitAsync(new ChangeSet().Save(new Tally("t", 1)).Save(new Tally("t", 2)));
        var read = (await Store.GetAsync<Tally>("t", Cancel))!;
        read.ShouldBe(new Tally("t", 2) { Version = 1 });

        await CommitAsync(new ChangeSet().Delete(read).Save(read with { Count = 5 }));

        (await Store.GetAsync<Tally>("t", Cancel)).ShouldBe(new Tally("t", 5) { Version = 2 });
    }

    [Fact]
    public async Task An_empty_set_is_committed() => (await Store.CommitAsync(new ChangeSet(), Cancel)).ShouldBe(CommitOutcome.Committed);

    [Fact]
    public async Task Ids_that_differ_only_by_case_are_different()
    {
        await SaveAsync(new Note("abc", "s", "k"), new Note("ABC", "S", "K"));

        (await Store.GetAsync<Note>("ABC", Cancel))!.Shelf.ShouldBe("S");
        (await Store.FindAsync(Note.ByShelf, "s", Cancel)).Single().Id.ShouldBe("abc");
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(" leading and trailing ")]
    [InlineData("'; drop--")]
    [InlineData("$._id = @0")]
    [InlineData("\"quoted\" \\ / {}[]")]
    [InlineData("line\nbreak\ttab\u0001")]
    [InlineData("e\u0301 is not \u00e9")]
    [InlineData("🦉𝒜 مرحبا 日本")]
    public async Task Unusual_characters_in_ids_and_keys_are_kept_as_they_are(string text)
    {
        await SaveAsync(new Note(text, text, text), new Note(text + "x", text + "x", null));

        (await Store.GetAsync<Note>(text, Cancel))!.Id.ShouldBe(text);
        (await Store.FindAsync(Note.ByShelf, text, Cancel)).ShouldHaveSingleItem().Id.ShouldBe(text);
        (await Store.RangeAsync(Note.ByDue, text, text + "\u0001", 10, Cancel)).ShouldHaveSingleItem().Id.ShouldBe(text);
    }

    [Fact]
    public async Task Ids_and_keys_that_cannot_be_kept_are_refused()
    {
        foreach (var text in (string[])["nul\0", "half an owl \ud83e"])
        {
            await Should.ThrowAsync<ArgumentException>(() => Store.CommitAsync(new ChangeSet().Save(new Tally(text, 1)), Cancel));
            await Should.ThrowAsync<ArgumentException>(() => Store.CommitAsync(new ChangeSet().Save(new Note("n", text, null)), Cancel));
        }

        await Should.ThrowAsync<ArgumentException>(() => Store.CommitAsync(new ChangeSet().Save(new Tally("", 1)), Cancel));
    }

    [Fact]
    public async Task Ids_and_keys_at_the_limit_are_kept_and_above_it_refused()
    {
        var id = new string('i', 200);
        var key = new string('é', 250);
        await SaveAsync(new Note(id, key, key), new Note("ä" + id[1..], key, key));
        (await Store.FindAsync(Note.ByShelf, key, Cancel)).Count.ShouldBe(2);

        await Should.ThrowAsync<ArgumentException>(() => Store.CommitAsync(new ChangeSet().Save(new Tally(id + "i", 1)), Cancel));
        await Should.ThrowAsync<ArgumentException>(() => Store.CommitAsync(new ChangeSet().Save(new Note("n", key + "x", null)), Cancel));
        (await Store.GetAsync<Note>("n", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_document_without_a_key_is_in_no_range_of_that_index()
    {
        await SaveAsync(new Note("with", "s", ""), new Note("without", "s", null));

        (await Store.RangeAsync(Note.ByDue, "", null, 10, Cancel)).ShouldHaveSingleItem().Id.ShouldBe("with");
        (await Store.FindAsync(Note.ByDue, "", Cancel)).ShouldHaveSingleItem().Id.ShouldBe("with");
        (await Store.FindAsync(Note.ByShelf, "s", Cancel)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_changed_key_moves_the_document()
    {
        await SaveAsync(new Note("a", "old", "1"));
        await SaveAsync((await Store.GetAsync<Note>("a", Cancel))! with { Shelf = "new", Due = null });

        (await Store.FindAsync(Note.ByShelf, "old", Cancel)).ShouldBeEmpty();
        (await Store.FindAsync(Note.ByShelf, "new", Cancel)).ShouldHaveSingleItem();
        (await Store.RangeAsync(Note.ByDue, "", null, 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Found_documents_are_ordered_by_id_and_only_of_exactly_that_key()
    {
        await SaveAsync(
            new Note("b", "k", null), new Note("B", "k", null), new Note("a", "k", null), new Note("ä", "k", null),
            new Note("c", "k\u0001", null), new Note("d", "", null), new Note("e", "K", null), new Note("f", "kk", null));

        (await Store.FindAsync(Note.ByShelf, "k", Cancel)).Select(note => note.Id).ShouldBe(["B", "a", "b", "ä"]);
    }

    [Fact]
    public async Task A_range_includes_its_start_excludes_its_end_and_is_ordered_by_key_and_then_id()
    {
        await SaveAsync(
            new Note("5", "s", "c"), new Note("2", "s", "a"), new Note("1", "s", "b"), new Note("3", "s", "a"),
            new Note("4", "s", "B"), new Note("6", "s", "bb"), new Note("7", "s", "b\u0001"));

        (await IdsAsync("a", "c", 10)).ShouldBe("2 3 1 7 6");
        (await IdsAsync("a", "c", 3)).ShouldBe("2 3 1");
        (await IdsAsync("b", null, 10)).ShouldBe("1 7 6 5");
        (await IdsAsync("", "b", 10)).ShouldBe("4 2 3");
        (await IdsAsync("c", "a", 10)).ShouldBe("");
        (await IdsAsync("a", "a", 10)).ShouldBe("");
        (await IdsAsync("a", "c", 0)).ShouldBe("");
    }

    [Fact]
    public async Task Any_keys_and_bounds_give_what_ordinal_sorting_gives()
    {
        var key = Gen.String[Gen.Char["\u0001 aAbBzéÉ\u0301ß-_\uffee"], 0, 4];
        var bounds = Gen.Select(key, Gen.OneOf(key.Select(k => (string?)k), Gen.Const((string?)null)), Gen.Int[0, 12]);
        var round = 0;
        await Gen.Select(key.Null().Array[0, 12], bounds.Array[5]).AlwaysAsync(
            times: 60,
            async drawn =>
            {
                var (keys, ranges) = drawn;
                var prefix = $"{Interlocked.Increment(ref round)}/";
                var set = new ChangeSet();
                var notes = keys.Select((k, i) => new Note($"{prefix}{i:00}", "s", k is null ? null : prefix + k)).ToList();
                foreach (var note in notes)
                    set.Save(note);
                await CommitAsync(set);
                foreach (var (from, below, limit) in ranges)
                {
                    var until = below is null ? prefix + '\uffff' : prefix + below;
                    var expected = notes
                        .Where(note => note.Due is not null && string.CompareOrdinal(note.Due, prefix + from) >= 0 && string.CompareOrdinal(note.Due, until) < 0)
                        .OrderBy(note => note.Due, StringComparer.Ordinal).ThenBy(note => note.Id, StringComparer.Ordinal).Take(limit).Select(note => note.Id);
                    (await Store.RangeAsync(Note.ByDue, prefix + from, until, limit, Cancel)).Select(note => note.Id).ShouldBe(expected);
                }
            });
    }

    [Fact]
    public async Task Documents_of_one_key_come_in_parts_none_left_out_and_none_twice()
    {
        var set = new ChangeSet().Save(new Note("a0", "s", null)).Save(new Note("z0", "sa", null));
        foreach (var number in Enumerable.Range(0, 450))
            set.Save(new Note($"n{number:000}{(number % 2 == 0 ? "" : "\u0001")}", "s", null));
        await CommitAsync(set);
        var all = (await Store.FindAsync(Note.ByShelf, "s", Cancel)).Select(note => note.Id).ToList();
        all.Count.ShouldBe(451);

        (await Store.FindAsync(Note.ByShelf, "s", "", 3, Cancel)).Select(note => note.Id).ShouldBe(all.Take(3));
        (await Store.FindAsync(Note.ByShelf, "s", all[2], 3, Cancel)).Select(note => note.Id).ShouldBe(all.Skip(3).Take(3));
        (await Store.FindAsync(Note.ByShelf, "s", all[^1], 3, Cancel)).ShouldBeEmpty();
        (await Store.FindAsync(Note.ByShelf, "s", "", 0, Cancel)).ShouldBeEmpty();
        (await Store.EachAsync(Note.ByShelf, "s", Cancel).Select(note => note.Id).ToListAsync(Cancel)).ShouldBe(all);
        (await Store.EachAsync(Note.ByShelf, "nothing", Cancel).ToListAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_index_that_the_kind_does_not_have_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(async () => await Store.FindAsync(new DocumentIndex<Note>("colour", _ => "red"), "red", Cancel));

    [Fact]
    public async Task A_set_of_10_000_documents_is_stored_whole()
    {
        var set = new ChangeSet();
        for (var i = 0; i < 10_000; i++)
            set.Save(new Note($"n{i:00000}", $"s{i % 10}", $"{i:00000}"));
        await CommitAsync(set);

        (await Store.FindAsync(Note.ByShelf, "s3", Cancel)).Count.ShouldBe(1_000);
        (await Store.RangeAsync(Note.ByDue, "05000", "05003", 10, Cancel)).Select(note => note.Id).ShouldBe(["n05000", "n05001", "n05002"]);
    }

    [Fact]
    public async Task Sixty_four_committers_of_one_counter_lose_no_count()
    {
        await SaveAsync(new Tally("shared", 0));
        var stale = 0;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            for (var done = 0; done < 5;)
            {
                await Task.Yield();
                var read = (await Store.GetAsync<Tally>("shared", Cancel))!;
                if (await Store.CommitAsync(new ChangeSet().Save(read with { Count = read.Count + 1 }), Cancel) == CommitOutcome.Committed)
                    done++;
                else
                    Interlocked.Increment(ref stale);
            }
        }));

        TestContext.Current.TestOutputHelper?.WriteLine($"{stale} were stale");
        (await Store.GetAsync<Tally>("shared", Cancel)).ShouldBe(new Tally("shared", 320) { Version = 321 });
    }

    [Fact]
    public async Task What_was_acknowledged_is_seen_by_every_later_read_from_any_thread()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < 50; i++)
                {
                    await SaveAsync(new Note($"{writer}-{i}", $"w{writer}", $"{i:00}"));
                    (await Store.GetAsync<Note>($"{writer}-{i}", Cancel)).ShouldNotBeNull();
                    (await Store.FindAsync(Note.ByShelf, $"w{writer}", Cancel)).Count.ShouldBe(i + 1);
                }
            },
            Cancel)));
    }

    [Fact]
    public async Task A_failing_set_among_good_ones_fails_alone()
    {
        var tasks = Enumerable.Range(0, 40).Select(i => Store.CommitAsync(
            new ChangeSet().Save(new Note($"n{i}", i % 10 == 7 ? new string('x', 501) : "s", null)), Cancel)).ToList();

        foreach (var (i, task) in tasks.Index())
        {
            if (i % 10 == 7)
                await Should.ThrowAsync<ArgumentException>(() => task);
            else
                (await task).ShouldBe(CommitOutcome.Committed);
        }

        (await Store.FindAsync(Note.ByShelf, "s", Cancel)).Count.ShouldBe(36);
    }

    [Fact]
    public async Task A_stale_set_among_good_ones_is_stale_alone()
    {
        await SaveAsync(new Tally("taken", 1));
        var tasks = Enumerable.Range(0, 40).Select(i => Store.CommitAsync(
            i % 10 == 7 ? new ChangeSet().Save(new Tally($"t{i}", i)).Save(new Tally("taken", 2)) : new ChangeSet().Save(new Tally($"t{i}", i)), Cancel)).ToList();
        var outcomes = await Task.WhenAll(tasks);

        outcomes.Count(outcome => outcome == CommitOutcome.Stale).ShouldBe(4);
        for (var i = 0; i < 40; i++)
            (await Store.GetAsync<Tally>($"t{i}", Cancel) is null).ShouldBe(i % 10 == 7);
    }

    [Fact]
    public async Task A_cancelled_call_stores_nothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => Store.CommitAsync(new ChangeSet().Save(new Tally("t", 1)), new CancellationToken(true)));

        (await Store.GetAsync<Tally>("t", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_document_of_an_older_build_is_upgraded_step_by_step_and_found_by_indexes_added_since()
    {
        await SaveAsync(new PersonThen("ada", "Ada"));
        await SaveAsync(new PersonLater("bob", ["Bob", "Robert"]));

        (await Store.FindAsync(PersonNow.ByLanguage, "en", Cancel)).Select(person => person.Id).ShouldBe(["ada", "bob"]);
        var ada = (await Store.GetAsync<PersonNow>("ada", Cancel))!;
        (ada.Names, ada.Language, ada.Version).ShouldSatisfyAllConditions(
            read => read.Names.ShouldBe(["Ada"]), read => read.Language.ShouldBe("en"), read => read.Version.ShouldBe(1));

        await SaveAsync(ada with { Language = "fr" });
        (await Store.FindAsync(PersonNow.ByLanguage, "fr", Cancel)).ShouldHaveSingleItem().Version.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_newer_build_wrote_is_refused_and_kept()
    {
        await SaveAsync(new PersonNow("ada", ["Ada"], "en"));

        var refused = await Should.ThrowAsync<UnreadableDocumentException>(async () => await Store.GetAsync<PersonThen>("ada", Cancel));

        refused.Message.ShouldContain("store_person/ada");
        refused.Message.ShouldContain("newer");
        (await Store.GetAsync<PersonNow>("ada", Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_missing_upgrade_and_damaged_JSON_are_refused()
    {
        await SaveAsync(new PersonNow("ada", ["Ada"], "en"));
        await SaveAsync(new Scrap("scrap", 7));

        (await Should.ThrowAsync<UnreadableDocumentException>(async () => await Store.GetAsync<PersonForgotten>("ada", Cancel)))
            .Message.ShouldContain("no upgrade");
        (await Should.ThrowAsync<UnreadableDocumentException>(async () => await Store.GetAsync<PersonNow>("scrap", Cancel)))
            .Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task A_closed_store_refuses_everything_and_says_so()
    {
        Store.Health.ShouldBe(StoreHealth.Good);
        await SaveAsync(new Tally("t", 1));
        await CloseAsync(Store);

        await Should.ThrowAsync<StoreUnavailableException>(() => Store.CommitAsync(new ChangeSet().Save(new Tally("u", 1)), Cancel));
        await Should.ThrowAsync<StoreUnavailableException>(() => Store.CommitAsync(new ChangeSet(), Cancel));
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Store.GetAsync<Tally>("t", Cancel));
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Store.FindAsync(Note.ByShelf, "s", Cancel));
        Store.Health.IsHealthy.ShouldBeFalse();
    }

    protected Task SaveAsync<T>(params T[] documents) where T : Document, IStored<T> => SaveAsync(Store, documents);

    protected static async Task SaveAsync<T>(ILearningStore store, params T[] documents) where T : Document, IStored<T>
    {
        var set = new ChangeSet();
        foreach (var document in documents)
            set.Save(document);
        (await store.CommitAsync(set, Cancel)).ShouldBe(CommitOutcome.Committed);
    }

    private async Task CommitAsync(ChangeSet set) => (await Store.CommitAsync(set, Cancel)).ShouldBe(CommitOutcome.Committed);

    private async Task<string> IdsAsync(string from, string? below, int limit) =>
        string.Join(' ', (await Store.RangeAsync(Note.ByDue, from, below, limit, Cancel)).Select(note => note.Id));
}
