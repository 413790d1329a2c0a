using MattermostLearning.Content.Linting;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;

namespace MattermostLearning.Tests.Unit.Host;

public sealed class ExchangeVerbTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("exchange-").FullName;

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests/Tests/Unit/Exchange/Samples"), "*.gift").Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task What_is_written_is_clean_and_what_is_not_is_said(string sample)
    {
        var (_, text) = await RunAsync("import", "gift", sample, "--content", root);
        var report = new Linter(ShippedKinds.Reader).Check([root]);
        report.Count(MattermostLearning.Content.Diagnostics.Severity.Error).ShouldBe(0, LintText.Render(report));
        report.Count(MattermostLearning.Content.Diagnostics.Severity.Warning).ShouldBe(0, LintText.Render(report));
        text.ShouldContain("Written: ");
    }

    [Theory]
    [InlineData("gift", "$CATEGORY: Fruit\n\nIs it? {T}\n\n$CATEGORY: Tools\n\nIs it so? {F}\n", "fruit.md tools.md")]
    [InlineData("gift", "$CATEGORY: Fruit\n\nIs it? {T}\n", "questions.md")]
    [InlineData("csv", "question,right,quiz\nA?,a,Fruit\nB?,b,Tools\n", "fruit.md tools.md")]
    [InlineData("markdown", "1. A?\n   Answer: a\n", "questions.md")]
    public async Task Each_list_of_questions_becomes_a_quiz(string format, string text, string files)
    {
        var (code, _) = await RunAsync("import", format, await FileAsync("questions.txt", text), "--content", root);
        code.ShouldBe(0);
        Directory.GetFiles(Path.Combine(root, "quizzes")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(files.Split(' '));
    }

    [Fact]
    public async Task If_something_stays_behind_the_rest_is_written_and_the_exit_code_says_so()
    {
        var (code, text) = await RunAsync("import", "gift", await FileAsync("questions.gift", "Is it? {T}\n\nTell. {}\n"), "--content", root);
        code.ShouldBe(1);
        text.ShouldContain("questions.gift:3:1: error MLC451: An essay has no answer that a quiz could know.");
        text.ShouldEndWith("1 thing stays behind, and 0 come otherwise, as said above.\n");
        File.Exists(Path.Combine(root, "quizzes/questions.md")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_as_it_is_and_nothing_else_is_written()
    {
        var gift = await FileAsync("questions.gift", "$CATEGORY: Fruit\n\nIs it? {T}\n\n$CATEGORY: Tools\n\nIs it so? {F}\n");
        await FileAsync("quizzes/tools.md", "Mine.");
        (await Should.ThrowAsync<CannotStartException>(() => RunAsync("import", "gift", gift, "--content", root))).Message.ShouldContain("is there already");
        Directory.GetFiles(Path.Combine(root, "quizzes")).Length.ShouldBe(1);
        (await File.ReadAllTextAsync(Path.Combine(root, "quizzes/tools.md"))).ShouldBe("Mine.");
    }

    [Fact]
    public async Task A_quiz_goes_to_GIFT_and_comes_back()
    {
        var gift = Path.Combine(root, "feedback.gift");
        var (code, text) = await RunAsync("export", "gift", Path.Combine(Repository.Root, "content/quizzes/giving-feedback.md"), "--to", gift);
        code.ShouldBe(0);
        text.ShouldContain("The wrap-up stays behind.");
        (await Should.ThrowAsync<CannotStartException>(() => RunAsync("export", "gift", Path.Combine(Repository.Root, "content/quizzes/giving-feedback.md"), "--to", gift))).Message.ShouldContain("is there already");
        (await RunAsync("import", "gift", gift, "--content", root)).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("import", "`import` needs a format, gift, csv, markdown: `import gift questions.gift`.")]
    [InlineData("import qti questions.xml", "`qti` is no format: gift, csv, markdown are.")]
    [InlineData("import gift questions.gift --language german", "`german` is no language: `--language` takes two letters, such as en or de.")]
    [InlineData("export csv quiz.md", "`csv` is no format: gift is.")]
    public async Task A_slip_is_told(string line, string message) =>
        (await Should.ThrowAsync<UsageException>(() => RunAsync(line.Split(' ')))).Message.ShouldBe(message);

    private async Task<string> FileAsync(string name, string text)
    {
        var file = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private static async Task<(int Code, string Text)> RunAsync(params string[] args)
    {
        await using var text = new StringWriter();
        var code = await CommandLine.RunAsync(args, new Terminal(text, isInteractive: false), new SidecarSetup(), TestContext.Current.CancellationToken);
        return (code, text.ToString());
    }
}
