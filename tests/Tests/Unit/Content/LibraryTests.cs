using MattermostLearning.Activities.Kinds.Challenge;
using System.Diagnostics;
using System.Text;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Content.Linting;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class LibraryTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("content-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_folder_tree_becomes_a_library()
    {
        Write("challenges/one.md", Reading.Challenge("title: One"));
        Write("challenges/two/activity.md", Reading.Challenge("title: Two"));
        Write("challenges/README.md", "For people.");
        Write("_templates/three.md", "For authors.");
        Write(".git/four.md", "For git.");
        Write("challenges/_five.md", "Not yet.");
        Write("challenges/picture.png", "no text");
        var library = Load();
        library.Diagnostics.ShouldBeEmpty();
        library.Definitions.Keys.ShouldBe(["one", "two"]);
    }

    [Fact]
    public void A_draft_is_read_and_not_offered()
    {
        Write("one.md", Reading.Challenge("draft: yes"));
        Write("two.md", Reading.Challenge("draft: yes\nrounds: six"));
        var library = Load();
        library.Definitions.ShouldBeEmpty();
        library.Drafts.Keys.ShouldBe(["one"]);
        library.Find("one").ShouldBeNull();
        library.Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC104");
    }

    [Fact]
    public void Of_two_files_with_one_slug_the_first_stays()
    {
        Write("b/ask.md", Reading.Challenge("title: Second"));
        Write("a/ask.md", Reading.Challenge("title: First"));
        Write("c/other.md", Reading.Challenge("slug: ask"));
        var library = Load();
        library.Definitions["ask"].Title.ShouldBe("First");
        library.Diagnostics.Select(each => (each.Code, each.Path)).ShouldBe([("MLC006", "b/ask.md"), ("MLC006", "c/other.md")]);
        library.Diagnostics[0].Message.ShouldContain("`a/ask.md`");
    }

    [Fact]
    public void Each_file_that_cannot_be_read_is_one_finding_and_the_others_are_offered()
    {
        Write("good.md", Reading.Challenge(""));
        WriteBytes("latin.md", Encoding.Latin1.GetBytes("---\ntitle: Über\n---\n"));
        WriteBytes("utf16.md", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("---")]);
        WriteBytes("binary.md", [0x50, 0x4B, 0x03, 0x04, 0x00, 0x00]);
        WriteBytes("big.md", [.. Enumerable.Repeat((byte)'x', (1024 * 1024) + 1)]);
        Write("empty.md", "");
        var library = Load();
        library.Definitions.Keys.ShouldBe(["good"]);
        library.Diagnostics.Select(each => (each.Path, each.Code)).ShouldBe(
            [("big.md", "MLC002"), ("binary.md", "MLC003"), ("empty.md", "MLC010"), ("latin.md", "MLC001"), ("utf16.md", "MLC001")]);
        library.Diagnostics.Single(each => each.Path == "latin.md").Message.ShouldContain("line 2");
    }

    [Fact]
    public void A_byte_order_mark_and_line_ends_of_windows_are_no_reason_to_refuse()
    {
        WriteBytes("marked.md", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Reading.Challenge("").Replace("\n", "\r\n", StringComparison.Ordinal))]);
        Load().Definitions.Keys.ShouldBe(["marked"]);
    }

    [Fact]
    public void Links_are_followed_inside_the_folder_only_and_never_in_circles()
    {
        var outside = Directory.CreateTempSubdirectory("outside-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(outside, "secret.md"), Reading.Challenge("title: Secret"));
            Write("real/one.md", Reading.Challenge(""));
            File.CreateSymbolicLink(Path.Combine(root, "two.md"), Path.Combine("real", "one.md"));
            File.CreateSymbolicLink(Path.Combine(root, "secret.md"), Path.Combine(outside, "secret.md"));
            Directory.CreateSymbolicLink(Path.Combine(root, "away"), outside);
            Directory.CreateSymbolicLink(Path.Combine(root, "real", "round"), root);
            File.CreateSymbolicLink(Path.Combine(root, "broken.md"), Path.Combine(root, "nowhere.md"));
            File.CreateSymbolicLink(Path.Combine(root, "self.md"), Path.Combine(root, "self.md"));
            var library = Load();
            library.Definitions.Keys.ShouldBe(["one", "two"]);
            library.Diagnostics.Select(each => (each.Path, each.Code)).ShouldBe(
                [("away", "MLC004"), ("broken.md", "MLC005"), ("secret.md", "MLC004"), ("self.md", "MLC005")]);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public async Task A_pipe_among_the_files_keeps_nobody_waiting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are none in folders there.");
        Write("one.md", Reading.Challenge(""));
        using (var made = Process.Start("mkfifo", Path.Combine(root, "pipe.md")))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        var library = await Task.Run(Load, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);

        library.Definitions.Keys.ShouldBe(["one"]);
        library.Diagnostics.ShouldHaveSingleItem().Path.ShouldBe("pipe.md");
        new Linter(Reading.Challenges).Check([root]).Files.ShouldBe(2);
    }

    [Fact]
    public void A_folder_that_is_itself_a_link_is_read()
    {
        Write("real/one.md", Reading.Challenge(""));
        Directory.CreateSymbolicLink(Path.Combine(root, "current"), Path.Combine(root, "real"));
        ContentLibrary.Load(Path.Combine(root, "current"), Reading.Challenges).Definitions.Keys.ShouldBe(["one"]);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_finding()
    {
        var library = ContentLibrary.Load(Path.Combine(root, "nowhere"), Reading.Challenges);
        library.Definitions.ShouldBeEmpty();
        library.Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC005");
    }

    [Theory]
    [InlineData("ask_de.md", "If it is a translation of `ask.md`, call it `ask.de.md`.")]
    [InlineData("Ask-DE.md", "If it is a translation of `ask.md`, call it `ask.de.md`.")]
    [InlineData("other_de.md", null)]
    [InlineData("ask_xx.md", null)]
    public void A_translation_that_is_called_otherwise_is_asked_about(string name, string? help)
    {
        Write("ask.md", Reading.Challenge("", "Ask somebody."));
        Write(name, "---\nkind: challenge\ntitle: Eine Frage\n---\nFrag jemanden.");
        Load().Diagnostics.Where(each => each.Code == "MLC007").Select(each => (each.Severity, each.Path, each.Help)).ShouldBe(help is null ? [] : new[] { (Severity.Warning, name, (string?)help) });
    }

    [Fact]
    public void A_translation_stands_beside_its_original()
    {
        Write("ask.md", Reading.Challenge("slug: one-question", "Ask somebody.\n\n## Hint after 1 day\nLike this."));
        Write("ask.de.md", "---\ntitle: Eine Frage\n---\nFrag jemanden.\n\n## Hint after 1 day\nSo.");
        Write("lost.de.md", "---\ntitle: Verloren\n---\nWo?");
        Write("broken.md", "no front matter");
        Write("broken.de.md", "---\ntitle: Kaputt\n---\nAch.");
        var library = Load();
        library.Definitions.Keys.ShouldBe(["one-question"]);
        var german = library.Translations[("one-question", "de")];
        german.Settings.Title.ShouldBe("Eine Frage");
        german.Body.ShouldBe("Frag jemanden.");
        german.Sections(ChallengeContent.Hint).ShouldHaveSingleItem().Markdown.ShouldBe("So.");
        library.Diagnostics.Select(each => (each.Path, each.Code)).ShouldBe([("broken.md", "MLC010"), ("lost.de.md", "MLC007")]);
    }

    [Fact]
    public void An_activity_is_found_by_what_people_type()
    {
        Write("one-good-question.md", Reading.Challenge("title: One good question\ntopics: asking\nwas: good-question"));
        Write("show-your-shortcut.md", Reading.Challenge("title: Show your shortcut\ntopics: tools"));
        var library = Load();
        library.Find("one-good-question")!.Slug.ShouldBe("one-good-question");
        library.Find("One Good Question")!.Slug.ShouldBe("one-good-question");
        library.Find("good-question")!.Slug.ShouldBe("one-good-question");
        library.Find("one-god-question").ShouldBeNull();
        library.Suggest("one-god-question").Select(each => each.Slug).ShouldBe(["one-good-question"]);
        library.Suggest("shortcut").Select(each => each.Slug).ShouldBe(["show-your-shortcut"]);
        library.Suggest("tool").Select(each => each.Slug).ShouldBe(["show-your-shortcut"]);
        library.Suggest("zzzzzzz").ShouldBeEmpty();
        library.Suggest("").ShouldBeEmpty();
        library.Suggest("@all \u202E").ShouldBeEmpty();
    }

    [Fact]
    public void The_starter_library_starts_nothing_by_itself()
    {
        var library = ContentLibrary.Load(Path.Combine(Repository.Root, "content"), Reading.Challenges);
        library.Definitions.ShouldNotBeEmpty();
        library.Definitions.Values.ShouldAllBe(each => each.Start == MattermostLearning.Content.StartMode.WhenAsked);
    }

    private ContentLibrary Load() => ContentLibrary.Load(root, Reading.Challenges);

    private void Write(string path, string text) => WriteBytes(path, Encoding.UTF8.GetBytes(text));

    private void WriteBytes(string path, byte[] bytes)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
    }
}
