using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;

namespace MattermostLearning.Tests.Unit.Host;

/// <summary>`lint --server`: channels and people, as the bot sees them.</summary>
public sealed class ServerLintTests : IAsyncLifetime, IDisposable
{
    private readonly Folder _folder = new();
    private MattermostStandIn _mattermost = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _mattermost = await MattermostStandIn.StartAsync(new StandInOptions { Listens = false }, TestContext.Current.CancellationToken);
        var seed = _mattermost.Seed;
        seed.AddTeam("acme", "Acme");
        seed.AddUser("root", "Root Admin", roles: "system_admin system_user", teams: "acme");
        seed.AddUser("hana.lead", "Hana Lead", teams: "acme");
        seed.AddUser("gone", "Gone Away", teams: "acme");
        (_, _token) = seed.AddBot("learning", "Learning", "acme");
        seed.AddChannel("acme", "learning", "Learning", members: ["hana.lead", "learning"]);
        seed.AddChannel("acme", "new-here", "New Here", members: ["hana.lead", "learning"]);
        seed.AddChannel("acme", "sales", "Sales", members: ["hana.lead"]);
        seed.AddChannel("acme", "board", "Board", isPrivate: true, "hana.lead");
        await _mattermost.As("root").CallAsync("DELETE", $"/users/{_mattermost.As("gone").Id}");
    }

    public ValueTask DisposeAsync() => _mattermost.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("channel: learning\nhost: hana.lead", "Ask ~new-here, @hana.lead or `@nobody` (a@b.org), @channel.", null)]
    [InlineData("channel: New Here", "Ask.", null)]
    [InlineData("channel: lerning", "Ask.", "6:10: error MLC701: @learning sees no channel ~lerning in the team `acme`.")]
    [InlineData("channel: learning, sales", "Ask.", "6:20: error MLC702: @learning is not in ~sales.")]
    [InlineData("channel: board", "Ask.", "6:10: error MLC701: @learning sees no channel ~board in the team `acme`.")]
    [InlineData("channel: other/learning", "Ask.", "6:16: error MLC701: @learning is in no team `other`.")]
    [InlineData("host: hana.leed", "Ask.", "6:7: error MLC703: Mattermost knows nobody by the name @hana.leed.")]
    [InlineData("host: gone", "Ask.", "6:7: error MLC703: The account of @gone is switched off.")]
    [InlineData("", "Ask @nobody.", "MLC703: Mattermost knows nobody by the name @nobody.")]
    [InlineData("", "Tell it in ~nowhere.", "MLC701: @learning sees no channel ~nowhere in the team `acme`.")]
    public async Task What_is_not_there_is_told_at_its_place(string keys, string body, string? finding)
    {
        Write(keys, body);
        var (code, text) = await LintAsync("--server");
        text.ShouldNotContain("not looked for");
        if (finding is null)
            text.ShouldNotContain("MLC7");
        else
            text.ShouldContain(finding);
        code.ShouldBe(finding?.Contains("error", StringComparison.Ordinal) == true ? 1 : 0, text);
    }

    [Fact]
    public async Task Offline_there_is_one_note()
    {
        Write("channel: nowhere\nhost: nobody", "Ask @nobody and ~nowhere.");
        var (code, text) = await LintAsync();
        code.ShouldBe(0);
        text.ShouldNotContain("MLC7");
        text.Split("Channels and people were not looked for: `lint --server` asks").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_no_mistake_of_a_file()
    {
        Write("channel: nowhere", "Ask.");
        _mattermost.Faults.IsDown = true;
        var (code, text) = await LintAsync("--server");
        code.ShouldBe(0, text);
        text.ShouldContain("Channels and people were not looked for: http://");
    }

    [Theory]
    [InlineData(false, "5.38.0", "```latex", "$x^2$")]
    [InlineData(true, "5.38.0", "$x^2$")]
    [InlineData(true, "9.11.0")]
    public async Task A_formula_is_warned_of_where_the_server_does_not_show_it(bool shows, string version, params string[] warned)
    {
        await _mattermost.DisposeAsync();
        _mattermost = await MattermostStandIn.StartAsync(new StandInOptions { Listens = false, EnableLatex = shows, Version = version }, TestContext.Current.CancellationToken);
        _mattermost.Seed.AddTeam("acme", "Acme");
        (_, _token) = _mattermost.Seed.AddBot("learning", "Learning", "acme");
        Write("", "Ask what $x^2$ is.\n\n```latex\na + b\n```");

        var (_, text) = await LintAsync("--server");

        text.Split("warning MLC307").Length.ShouldBe(1 + warned.Length, text);
        foreach (var line in warned)
            text.ShouldContain(line);
    }

    [Fact]
    public async Task Without_settings_it_says_which()
    {
        Write("channel: nowhere", "Ask.");
        _token = "";
        (await Should.ThrowAsync<UsageException>(() => LintAsync("--server"))).Message.ShouldContain("needs Mattermost__Url and Mattermost__BotToken");
        (await Should.ThrowAsync<UsageException>(() => LintAsync("--Mattermost:Url=http://a.example"))).Message.ShouldContain("with `--server` only");
    }

    private void Write(string keys, string body) =>
        _folder.Write("content/challenges/a.md", $"---\nkind: challenge\ntitle: A\nschedule: every Monday at 09:00\ntime-zone: Europe/London\n{keys}\n---\n{body}\n\n## Wrap-up\nWhom will you ask next?\n".Replace("\n\n---", "\n---", StringComparison.Ordinal));

    private async Task<(int Code, string Text)> LintAsync(params string[] more)
    {
        var said = new StringWriter();
        var setup = new SidecarSetup
        {
            Environment = new Dictionary<string, string?> { ["Mattermost__Url"] = _mattermost.Address.ToString(), ["Mattermost__BotToken"] = _token, ["Data__Path"] = Path.Combine(_folder.Path, "data") },
            Transport = new InMemoryLine(_mattermost).Requests,
        };
        var code = await CommandLine.RunAsync(["lint", Path.Combine(_folder.Path, "content"), .. more], new Terminal(said, isInteractive: false), setup, TestContext.Current.CancellationToken);
        return (code, said.ToString());
    }
}
