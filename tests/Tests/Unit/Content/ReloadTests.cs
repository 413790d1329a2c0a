using System.Text;
using MattermostLearning.Content.Library;
using MattermostLearning.Tests.Unit.Mattermost;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>A content folder while people work in it: what a look at it finds.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("content-").FullName;
    private readonly ManualTime time = new();
    private readonly LibraryFolder folder;

    public ReloadTests()
    {
        Write("one.md", Reading.Challenge("title: One"));
        Write("two.md", Reading.Challenge("title: Two"));
        folder = new LibraryFolder(root, Reading.Challenges, time);
        folder.Load();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Where_nothing_changed_there_is_nothing_to_take_over()
    {
        Look().ShouldBeNull();
        folder.IsRestless.ShouldBeFalse();
    }

    [Fact]
    public void A_changed_file_is_read_when_it_has_rested()
    {
        Write("one.md", Reading.Challenge("title: One, better"));
        folder.Look().ShouldBeNull("it may be half written");
        folder.IsRestless.ShouldBeTrue();
        time.Advance(LibraryFolder.Rest / 2);
        folder.Look().ShouldBeNull();
        Write("one.md", Reading.Challenge("title: One, better still"));
        folder.Look().ShouldBeNull("it is written to again");
        time.Advance(LibraryFolder.Rest);

        var change = folder.Look()!;

        change.Read.ShouldBe(["one.md"]);
        change.Gone.ShouldBeEmpty();
        Titles().ShouldBe(["One, better still", "Two"]);
        folder.IsRestless.ShouldBeFalse();
        Look().ShouldBeNull();
    }

    [Fact]
    public void New_files_come_and_deleted_ones_go()
    {
        Write("new/three.md", Reading.Challenge("title: Three"));
        Delete("two.md");

        var change = Look()!;

        change.Read.ShouldBe(["new/three.md"]);
        change.Gone.ShouldBe(["two.md"]);
        Titles().ShouldBe(["One", "Three"]);
    }

    [Fact]
    public void A_file_that_breaks_goes_on_as_it_was_and_the_finding_says_where()
    {
        Write("one.md", Reading.Challenge("title: Other\nrounds: six"));

        Look()!.Read.ShouldBe(["one.md"]);

        Titles().ShouldBe(["One", "Two"]);
        var finding = folder.Library.Diagnostics.ShouldHaveSingleItem();
        (finding.Path, finding.Code, finding.Line).ShouldBe(("one.md", "MLC104", 6));

        Write("one.md", Reading.Challenge("title: Other\nrounds: 6"));
        Look().ShouldNotBeNull();
        Titles().ShouldBe(["Other", "Two"]);
        folder.Library.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_was_broken_from_the_beginning_has_nothing_to_go_back_to()
    {
        Write("three.md", Reading.Challenge("title: Three\nrounds: six"));
        Look().ShouldNotBeNull();
        Titles().ShouldBe(["One", "Two"]);
        folder.Library.HasErrors.ShouldBeTrue();
    }

    [Fact]
    public void A_broken_file_that_is_deleted_goes_for_good()
    {
        Write("one.md", "nothing of use");
        Look().ShouldNotBeNull();
        Delete("one.md");
        Look()!.Gone.ShouldBe(["one.md"]);
        Titles().ShouldBe(["Two"]);
        folder.Library.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void A_moved_file_has_its_slug_all_along()
    {
        Directory.CreateDirectory(Path.Combine(root, "challenges"));
        File.Move(Path.Combine(root, "two.md"), Path.Combine(root, "challenges", "two.md"));
        Look().ShouldNotBeNull();
        folder.Library.Definitions["two"].Path.ShouldBe("challenges/two.md");
        folder.Library.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void A_slug_that_another_file_has_taken_is_not_fallen_back_on()
    {
        Write("one.md", "nothing of use");
        Write("three.md", Reading.Challenge("title: Three\nslug: one"));
        Look().ShouldNotBeNull();
        folder.Library.Definitions["one"].Title.ShouldBe("Three");
    }

    [Fact]
    public void A_translation_that_breaks_goes_on_as_it_was_and_so_does_one_whose_original_breaks()
    {
        Write("one.de.md", "---\ntitle: Eins\n---\nFrag jemanden.");
        Look().ShouldNotBeNull();
        Write("one.de.md", "no front matter");
        Look().ShouldNotBeNull();
        German().ShouldBe("Eins");

        Write("one.de.md", "---\ntitle: Nummer eins\n---\nFrag jemanden.");
        Write("one.md", "no front matter");
        Look().ShouldNotBeNull();
        German().ShouldBe("Nummer eins");
        Titles().ShouldBe(["One", "Two"]);

        string German() => folder.Library.Translations[("one", "de")].Settings.Title!;
    }

    [Fact]
    public void A_folder_that_cannot_be_seen_for_a_while_is_as_it_was_last_seen()
    {
        Directory.Move(root, root + "-away");
        Look().ShouldNotBeNull().Gone.ShouldBeEmpty();
        Titles().ShouldBe(["One", "Two"]);
        folder.Library.Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC005");

        Directory.Move(root + "-away", root);
        Look().ShouldNotBeNull();
        Titles().ShouldBe(["One", "Two"]);
        folder.Library.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void Two_saves_that_the_file_system_cannot_tell_apart_are_both_seen()
    {
        var coarse = new DateTime(2030, 1, 7, 9, 0, 0, DateTimeKind.Utc);
        Write("one.md", Reading.Challenge("title: Uno"), coarse);
        Look().ShouldNotBeNull();
        Write("one.md", Reading.Challenge("title: Eno"), coarse);
        Look().ShouldBeNull("it looks the same: as long, and written at the same moment");
        time.Advance(TimeSpan.FromSeconds(3));

        Look()!.Read.ShouldBe(["one.md"]);

        Titles().ShouldBe(["Eno", "Two"]);
    }

    [Fact]
    public void A_file_that_is_saved_without_a_change_is_no_change()
    {
        Write("one.md", Reading.Challenge("title: One"), new DateTime(2030, 1, 7, 9, 0, 0, DateTimeKind.Utc));
        Look().ShouldBeNull();
        folder.IsRestless.ShouldBeFalse();
    }

    [Fact]
    public void A_file_without_a_change_is_not_opened_again()
    {
        Write("one.md", Reading.Challenge("title: Uno"));
        Look().ShouldNotBeNull();
        time.Advance(TimeSpan.FromSeconds(3));
        Look().ShouldBeNull();
        var written = File.GetLastWriteTimeUtc(Path.Combine(root, "one.md"));
        Write("one.md", Reading.Challenge("title: Eno"), written);
        time.Advance(TimeSpan.FromMinutes(1));
        Look().ShouldBeNull("only whoever opens it sees the difference");
        Titles().ShouldBe(["Two", "Uno"]);
    }

    /// <summary>Two looks, so far apart that what has changed has rested.</summary>
    private LibraryChange? Look()
    {
        var first = folder.Look();
        time.Advance(LibraryFolder.Rest);
        return folder.Look() ?? first;
    }

    private IEnumerable<string> Titles() => folder.Library.Definitions.Values.Select(one => one.Title).Order(StringComparer.Ordinal);

    private void Delete(string path) => File.Delete(Path.Combine(root, path));

    private void Write(string path, string text, DateTime? writtenAt = null)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (writtenAt is { } at)
            File.SetLastWriteTimeUtc(full, at);
    }
}
