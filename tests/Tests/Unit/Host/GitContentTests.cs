using System.Diagnostics;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar.Doctor;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Running;
using MattermostLearning.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Tests.Unit.Host;

/// <summary>Content out of a repository, with the git of this machine; skipped where there is none.</summary>
public sealed class GitContentTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly string _repository;
    private readonly string _data;
    private readonly string _content;

    public GitContentTests()
    {
        (_repository, _data, _content) = (_folder.Make("repository"), _folder.Make("data"), Path.Combine(_folder.Path, "content"));
        if (!HasGit())
            return;
        Git("init", "--quiet", "--initial-branch=main");
        Commit("one.md", "one");
    }

    public void Dispose()
    {
        // Git's own files are read-only.
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        _folder.Dispose();
    }

    [Fact]
    public async Task The_folder_follows_the_branch_and_holds_nothing_but_its_files()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        var copy = Copy();
        var first = await PullAsync(copy);
        Held().ShouldBe(["one.md"]);

        Commit("deep/two.md", "two");
        File.Delete(Path.Combine(_repository, "one.md"));
        Commit("three.md", "three");
        // What was changed by hand is the repository's again; what somebody put beside it is left alone.
        File.WriteAllText(Path.Combine(_content, "one.md"), "by hand");
        File.WriteAllText(Path.Combine(_content, "beside.md"), "by hand");
        (await PullAsync(copy)).ShouldNotBe(first);
        Held().ShouldBe(["beside.md", "deep/two.md", "three.md"]);
        File.WriteAllText(Path.Combine(_content, "three.md"), "by hand");
        File.Delete(Path.Combine(_content, "deep/two.md"));
        await PullAsync(copy);
        Held().ShouldBe(["beside.md", "deep/two.md", "three.md"]);
        File.ReadAllText(Path.Combine(_content, "three.md")).ShouldBe("three");
    }

    [Fact]
    public async Task A_file_whose_text_is_the_same_is_not_touched()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        var copy = Copy();
        await PullAsync(copy);
        var written = File.GetLastWriteTimeUtc(Path.Combine(_content, "one.md"));
        Commit("two.md", "two");
        await PullAsync(copy);
        await PullAsync(copy);
        Held().ShouldBe(["one.md", "two.md"]);
        File.GetLastWriteTimeUtc(Path.Combine(_content, "one.md")).ShouldBe(written);
    }

    [Fact]
    public async Task Locks_of_a_git_that_was_killed_stop_nothing()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        await PullAsync(Copy());
        File.WriteAllText(Path.Combine(_data, GitCopy.FolderName, "index.lock"), "");
        File.WriteAllText(Path.Combine(_data, GitCopy.FolderName, "refs/heads/content.lock"), "");
        Commit("two.md", "two");
        await PullAsync(Copy());
        Held().ShouldBe(["one.md", "two.md"]);
    }

    [Fact]
    public async Task Where_its_state_cannot_be_written_the_content_comes_all_the_same()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        // A folder of the name of the file that is written first.
        Directory.CreateDirectory(Path.Combine(_data, "content.git.json.new"));
        var (time, log) = (new VirtualTime(new DateTimeOffset(2027, 1, 11, 9, 0, 0, TimeSpan.Zero)), new RecordedLog());
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(log));
        using var pull = new ContentPull(Copy(), Settings(), _data, time, logging.CreateLogger<ContentPull>());
        await pull.StartAsync(TestContext.Current.CancellationToken);
        Commit("two.md", "two");
        await UntilAsync(time, Settings().Every, () => Held().Count() == 2);
        pull.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await pull.StopAsync(TestContext.Current.CancellationToken);
        log.Problems.ShouldAllBe(line => line.Contains("not up to date"));
    }

    [Fact]
    public async Task A_branch_of_its_own_can_be_named_and_one_that_is_not_there_is_told()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        Git("checkout", "--quiet", "-b", "live/autumn");
        Commit("autumn.md", "autumn");
        Git("checkout", "--quiet", "main");
        await PullAsync(Copy(branch: "live/autumn"));
        Held().ShouldBe(["autumn.md", "one.md"]);
        (await Should.ThrowAsync<GitException>(() => PullAsync(Copy(branch: "gone")))).Message.ShouldContain("refs/heads/gone");
        Held().ShouldBe(["autumn.md", "one.md"]);
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        _folder.Write("content/mine.md", "mine");
        (await Should.ThrowAsync<GitException>(() => PullAsync(Copy()))).Message.ShouldContain("is not empty");
        Held().ShouldBe(["mine.md"]);
        Directory.Exists(Path.Combine(_data, GitCopy.FolderName)).ShouldBeFalse();
    }

    [Fact]
    public async Task Hooks_and_links_of_a_repository_do_nothing()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        File.CreateSymbolicLink(Path.Combine(_repository, "passwd.md"), "/etc/passwd");
        Commit("two.md", "two");
        var copy = Copy();
        await PullAsync(copy);
        new FileInfo(Path.Combine(_content, "passwd.md")).LinkTarget.ShouldBeNull();
        Directory.Exists(Path.Combine(_data, GitCopy.FolderName, "hooks")).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_git_or_without_the_repository_it_is_said_once_and_what_is_there_stays()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        (await Should.ThrowAsync<GitException>(() => PullAsync(Copy(program: "there-is-no-such-git")))).Message.ShouldStartWith("There is no git on this machine");

        var (time, log) = (new VirtualTime(new DateTimeOffset(2027, 1, 11, 9, 0, 0, TimeSpan.Zero)), new RecordedLog());
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(log));
        var settings = Settings();
        using var pull = new ContentPull(Copy(), settings, _data, time, logging.CreateLogger<ContentPull>());
        await pull.StartAsync(TestContext.Current.CancellationToken);
        Held().ShouldBe(["one.md"]);
        PullState.Read(_data).ShouldNotBeNull().Problem.ShouldBeNull();

        Directory.Move(_repository, $"{_repository}-away");
        await UntilAsync(time, settings.Every, () => PullState.Read(_data)?.Problem is not null);
        Held().ShouldBe(["one.md"]);
        PullState.Read(_data)!.Commit.ShouldNotBeNull();
        Directory.Move($"{_repository}-away", _repository);
        Commit("two.md", "two");
        await UntilAsync(time, settings.Every, () => PullState.Read(_data)?.Problem is null);
        Held().ShouldBe(["one.md", "two.md"]);
        await pull.StopAsync(TestContext.Current.CancellationToken);
        log.Problems.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("https://git.example.org/a/b.git", "https://git.example.org/a/b.git")]
    [InlineData("ssh://git@git.example.org:2222/a/b.git", "ssh://git@git.example.org:2222/a/b.git")]
    [InlineData("git@git.example.org:a/b.git", "git@git.example.org:a/b.git")]
    [InlineData("file:///srv/content.git", "file:///srv/content.git")]
    [InlineData("https://bot:s3cret-word@git.example.org/a/b.git", "https://git.example.org/a/b.git")]
    public void An_address_is_taken_without_its_secret(string url, string address)
    {
        var read = Read((GitSettings.Url, url), (GitSettings.Often, "10 minutes"), (GitSettings.BranchName, "main")).Settings.ShouldNotBeNull();
        (read.Address, read.Branch, read.Every).ShouldBe((address, "main", TimeSpan.FromMinutes(10)));
        read.Credentials.ShouldBe(url.Contains("s3cret", StringComparison.Ordinal) ? "bot:s3cret-word" : null);
        read.ToString().ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("ext::sh -c touch% owned")]
    [InlineData("fd::17")]
    [InlineData("--upload-pack=touch owned")]
    [InlineData("ssh://-oProxyCommand=touch/a")]
    [InlineData("ssh://-oProxyCommand=x@host/a")]
    [InlineData("-oProxyCommand=x@host:a/b")]
    [InlineData("git@-oProxyCommand=x:a/b")]
    [InlineData("git@host:-oProxyCommand=x")]
    [InlineData("file://host/share")]
    [InlineData("git://git.example.org/a.git")]
    [InlineData("https://git.example.org")]
    [InlineData("/srv/content.git")]
    [InlineData("https://git.example.org/a.git\n--upload-pack=x")]
    public void Anything_else_is_refused(string url)
    {
        var (settings, failures) = Read((GitSettings.Url, url));
        settings.ShouldBeNull();
        failures.ShouldHaveSingleItem().Setting.ShouldBe(GitSettings.Url);
    }

    [Theory]
    [InlineData("-main")]
    [InlineData("--upload-pack=x")]
    [InlineData("a..b")]
    [InlineData("main:refs/heads/other")]
    [InlineData("+main")]
    [InlineData("a b")]
    public void A_branch_is_a_branch(string branch) =>
        Read((GitSettings.Url, "https://git.example.org/a.git"), (GitSettings.BranchName, branch)).Failures.ShouldHaveSingleItem().Setting.ShouldBe(GitSettings.BranchName);

    [Fact]
    public async Task A_secret_stands_in_no_message_and_on_no_disk()
    {
        Assert.SkipUnless(HasGit(), "There is no git here.");
        // Nobody listens there.
        var copy = new GitCopy(Read((GitSettings.Url, "http://bot:s3cret-word@127.0.0.1:9/a/b.git")).Settings!, _data, _content);
        var told = await Should.ThrowAsync<GitException>(() => PullAsync(copy));
        told.Message.ShouldNotContain("s3cret");
        Directory.EnumerateFiles(_data, "*", SearchOption.AllDirectories).Select(File.ReadAllText).ShouldAllBe(text => !text.Contains("s3cret"));
    }

    [Fact]
    public async Task Doctor_says_what_became_of_it()
    {
        new PullState("file:///srv/a", "abcdef0123", new DateTimeOffset(2027, 1, 11, 9, 0, 0, TimeSpan.Zero), null).Write(_data);
        (await ToldAsync()).ShouldBe((Verdict.Ok, "file:///srv/a was abcdef0123 at 2027-01-11 09:00 UTC; asked every 5 min"));
        new PullState("file:///srv/a", "abcdef0123", new DateTimeOffset(2027, 1, 11, 9, 5, 0, TimeSpan.Zero), "fatal: no such thing").Write(_data);
        (await ToldAsync()).ShouldBe((Verdict.Warning, "file:///srv/a could not be read at 2027-01-11 09:05 UTC, and the content is still abcdef0123: fatal: no such thing"));

        async Task<(Verdict, string)> ToldAsync()
        {
            var report = await Checkup.RunAsync(
                Sidecars.Settings(_folder, ("Data__Path", _data), (GitSettings.Url, "file:///srv/a")).ToDictionary(one => one.Key.Replace("__", ":", StringComparison.Ordinal), one => one.Value),
                null, false, new MattermostLearning.Sidecar.SidecarSetup { Environment = new Dictionary<string, string?>() }, TestContext.Current.CancellationToken);
            var finding = report.Findings.Single(one => one.Check == "repository");
            return (finding.Verdict, finding.Seen);
        }
    }

    [Theory]
    [InlineData("git@host: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.", "git@host: Permission denied (publickey).")]
    [InlineData("fatal: '/a.git' does not appear to be a git repository\nfatal: Could not read from remote repository.", "fatal: '/a.git' does not appear to be a git repository")]
    [InlineData("fatal: could not read Username for 'https://host': terminal prompts disabled", "The server asks for a name and a token, as in Content__Git__Url=https://name:token@...")]
    [InlineData("fatal: could not read Username for 'https://host': terminal prompts disabled", "The server refuses the name and the token of Content__Git__Url.", "deploy:s3cret")]
    public async Task Why_it_was_not_read_is_said_to_whoever_can_mend_it(string complained, string told, string? credentials = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A script in the place of git is for a shell.");
        if (OperatingSystem.IsWindows())
            return; // for the analyser, which does not know that skipping ends it
        var program = Path.Combine(_folder.Path, "git.sh");
        File.WriteAllText(program, $"#!/bin/sh\ncat >&2 <<'END'\n{complained}\nEND\nexit 128\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        (await Should.ThrowAsync<GitException>(() => PullAsync(new GitCopy(Settings() with { Credentials = credentials }, _data, _content, program)))).Message.ShouldBe(told);
    }

    private static async Task UntilAsync(VirtualTime time, TimeSpan step, Func<bool> isSo)
    {
        for (var look = 0; look < 2_000 && !isSo(); look++)
        {
            time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        isSo().ShouldBeTrue();
    }

    private static (GitSettings? Settings, IReadOnlyList<SettingFailure> Failures) Read(params (string Name, string Value)[] values)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values.Select(one => KeyValuePair.Create(one.Name.Replace("__", ":", StringComparison.Ordinal), (string?)one.Value))).Build());
        return (GitSettings.Read(reader), reader.Failures);
    }

    private GitSettings Settings(string? branch = null) => new($"file://{_repository}", null, branch, TimeSpan.FromMinutes(5));

    private GitCopy Copy(string? branch = null, string program = "git") => new(Settings(branch), _data, _content, program);

    private static Task<string> PullAsync(GitCopy copy) => copy.PullAsync(TestContext.Current.CancellationToken);

    private IEnumerable<string> Held() =>
        Directory.EnumerateFiles(_content, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_content, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private void Commit(string name, string text)
    {
        _folder.Write($"repository/{name}", text);
        Git("add", "--all");
        Git("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "commit", "--quiet", "-m", name);
    }

    private void Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _repository, RedirectStandardError = true })!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, process.StandardError.ReadToEnd());
    }

    private static bool HasGit()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("git", ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
