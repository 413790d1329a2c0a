using MattermostLearning.Content;
using MattermostLearning.Content.Linting;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class NewFileTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("new-").FullName;

    public static TheoryData<string> Kinds => [.. ShippedKinds.Reader.Kinds.Keys];

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lint_has_nothing_to_say_about_a_new_file_and_nobody_is_offered_it(string kind)
    {
        (await RunAsync("new", kind, "ask-a-customer", "--content", root)).ShouldContain("ask-a-customer.md");
        var report = new Linter(ShippedKinds.Reader).Check([root]);
        LintText.Render(report).ShouldEndWith("1 file: 0 errors, 0 warnings, 0 advice.");
        report.Cards.ShouldHaveSingleItem().Gain.ShouldBeNull();
        var library = MattermostLearning.Content.Library.ContentLibrary.Load(root, ShippedKinds.Reader);
        library.Definitions.ShouldBeEmpty();
        library.Drafts.Keys.ShouldBe(["ask-a-customer"]);
    }

    [Theory]
    [InlineData("ask-a-customer", "challenges/ask-a-customer.md", "Ask a customer")]
    [InlineData("Ask a customer", "challenges/ask-a-customer.md", "Ask a customer")]
    [InlineData("Well-being: 10 minutes", "challenges/well-being-10-minutes.md", "Well-being: 10 minutes")]
    [InlineData("2027", "challenges/2027.md", "2027")]
    [InlineData("no", "challenges/no.md", "No")]
    [InlineData("Say \"yes\" #1", "challenges/say-yes-1.md", "Say \"yes\" #1")]
    [InlineData("Übung", "challenges/übung.md", "Übung")]
    public void A_name_becomes_a_file_and_a_title(string name, string path, string title)
    {
        var kind = ShippedKinds.Reader.Kinds["challenge"].Declaration;
        NewFile.PathOf(kind, name).ShouldBe(path);
        var read = Reading.Read(NewFile.TextOf(kind, name), path);
        read.Diagnostics.ShouldBeEmpty();
        read.Definition().Title.ShouldBe(title);
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_as_it_is()
    {
        await RunAsync("new", "challenge", "ask", "--content", root);
        var file = Path.Combine(root, "challenges/ask.md");
        await File.WriteAllTextAsync(file, "Mine.", TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<CannotStartException>(() => RunAsync("new", "challenge", "ask", "--content", root))).Message.ShouldEndWith("is there already, and is left as it is: choose another name.");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe("Mine.");
    }

    [Fact]
    public void A_disk_that_fills_leaves_no_half_file_and_is_not_a_file_that_is_there()
    {
        var file = Path.Combine(root, "ask.md");
        File.WriteAllText(file, "ha");
        using var full = new FullDisk();
        Should.Throw<CannotStartException>(() => NewVerb.Fill(full, file, "half")).Message.ShouldBe($"{file} cannot be written: No space left on device");
        File.Exists(file).ShouldBeFalse();
    }

    [Theory]
    [InlineData("new challenge", "`new` needs a name: `new challenge ask-a-customer`.")]
    [InlineData("new parade ask", "There is no kind `parade`. There is: challenge, course, prompt-series, quiz.")]
    [InlineData("new challenge ---", "`---` means nothing to `new`. `new --help` lists what does.")]
    [InlineData("new challenge ...", "`...` has neither letter nor digit: a name is needed, such as ask-a-customer.")]
    [InlineData("new challenge README", "`README` cannot be a name: README.md is for people, and is not read as an activity. Choose another, such as ask-a-customer.")]
    [InlineData("new challenge activity", "`activity` cannot be a name: activity.md is the activity of the folder that it stands in. Choose another, such as ask-a-customer.")]
    public async Task What_cannot_be_a_file_is_said(string line, string message) =>
        (await Should.ThrowAsync<UsageException>(() => RunAsync(line.Split(' ')))).Message.ShouldBe(message);

    private static async Task<string> RunAsync(params string[] args)
    {
        await using var text = new StringWriter();
        await CommandLine.RunAsync(args, new Terminal(text, isInteractive: false), new SidecarSetup(), TestContext.Current.CancellationToken);
        return text.ToString();
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }
}
