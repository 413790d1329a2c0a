using System.Diagnostics;
using System.Text;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Running;

/// <summary>
/// A copy of a repository's branch, made with the git of this machine: what git keeps stands in the data folder, and the files, nothing else, in the content folder.
/// </summary>
/// <remarks>
/// Nothing that a repository holds is run: no hooks, no filters, no submodules, no transports but the plain ones. What the address has of secrets goes to git in its environment,
/// so that it is seen in no list of processes, no file and no log.
/// </remarks>
internal sealed class GitCopy(GitSettings settings, string dataPath, string contentPath, string program = "git")
{
    public const string FolderName = "content.git";

    private const string Here = "refs/heads/content";
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(2);
    private const int LongestProblem = 300;

    /// <summary>With what git ends whenever ssh failed, which has said why before.</summary>
    private const string Unread = "fatal: Could not read from remote repository.";

    private readonly string _git = Path.Combine(dataPath, FolderName);

    /// <summary>Whether there is one already.</summary>
    public bool IsThere => Directory.Exists(_git);

    /// <summary>Brings the content folder to what the branch holds now.</summary>
    /// <returns>The commit.</returns>
    /// <exception cref="GitException">Why not; what was there before is still there.</exception>
    public async Task<string> PullAsync(CancellationToken cancellationToken)
    {
        if (IsThere)
            FreeLocks();
        else
            await BeginAsync(cancellationToken);
        var from = settings.Branch is { } branch ? $"refs/heads/{branch}" : "HEAD";
        await RunAsync(["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--end-of-options", settings.Address, $"+{from}:{Here}"], cancellationToken);
        // A file whose text is the same is left alone; one that somebody has changed by hand is the repository's again.
        await RunAsync(["--work-tree", contentPath, "read-tree", "--reset", "-u", Here], cancellationToken);
        return (await RunAsync(["rev-parse", "--short=10", Here], cancellationToken)).Trim();
    }

    /// <summary>Nobody else works in there, so a lock is what a git left that was killed; the next one would wait for it for ever.</summary>
    private void FreeLocks()
    {
        foreach (var left in Directory.EnumerateFiles(_git, "*.lock", SearchOption.AllDirectories))
            File.Delete(left);
    }

    /// <summary>The files of a folder that somebody else has filled are not ours to replace.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(contentPath) && Directory.EnumerateFileSystemEntries(contentPath).Any())
            throw new GitException($"{contentPath} is not empty. Content__Path has to name a folder for the repository alone.");
        Directory.CreateDirectory(contentPath);
        try
        {
            await RunAsync(["init", "--quiet", "--bare", "--template=", "--end-of-options", _git], cancellationToken, isInside: false);
        }
        catch
        {
            if (IsThere)
                Directory.Delete(_git, recursive: true);
            throw;
        }
    }

    private async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, bool isInside = true)
    {
        using var process = new Process { StartInfo = Start(isInside ? ["--git-dir", _git, .. arguments] : arguments) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new GitException("There is no git on this machine that could be started. Install it: apt-get install git.", e);
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(LongestCall, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(either.Token);
            var complained = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? await said : throw new GitException(Problem(await complained));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GitException($"git did not end within {LongestCall.TotalMinutes:0} minutes.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = dataPath,
        };
        List<(string Key, string Value)> configuration =
        [
            ("core.hooksPath", "/dev/null"), ("core.fsmonitor", "false"), ("core.autocrlf", "false"), ("core.symlinks", "false"), ("gc.auto", "0"), ("submodule.recurse", "false"),
            ("transfer.fsckObjects", "true"), ("protocol.allow", "never"), ("protocol.https.allow", "always"), ("protocol.http.allow", "always"), ("protocol.ssh.allow", "always"),
            ("protocol.file.allow", "always"), ("credential.helper", ""), ("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "30"), ("advice.detachedHead", "false"),
        ];
        if (settings.Credentials is { } credentials)
        {
            // Wherever the server sends us on to, the secret is not for that.
            configuration.Add(("http.followRedirects", "false"));
            configuration.Add(("http.extraHeader", $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}"));
        }

        foreach (var (key, value) in start.Environment.Where(one => one.Key.StartsWith("GIT_", StringComparison.Ordinal) && one.Key != "GIT_SSH_COMMAND" && one.Key != "GIT_SSL_CAINFO").ToList())
            start.Environment.Remove(key);
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null"; // what somebody set up for themselves, filters among it, is not for this
        start.Environment["LC_ALL"] = "C";
        start.Environment.TryAdd("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        start.Environment["GIT_CONFIG_COUNT"] = configuration.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (number, (key, value)) in configuration.Index())
        {
            start.Environment[$"GIT_CONFIG_KEY_{number}"] = key;
            start.Environment[$"GIT_CONFIG_VALUE_{number}"] = value;
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>The last thing that git said, without what is nobody's business.</summary>
    private string Problem(string complained)
    {
        var lines = complained.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var told = lines.LastOrDefault(line => line != Unread && (line.StartsWith("fatal:", StringComparison.Ordinal) || line.StartsWith("error:", StringComparison.Ordinal)))
            ?? lines.TakeWhile(line => line != Unread).LastOrDefault() ?? lines.LastOrDefault() ?? "git failed, and did not say why.";
        // Nobody is there to be asked: so git says it when no name was given, and when the one that was given is refused.
        if (told.Contains("could not read Username", StringComparison.Ordinal))
            return settings.Credentials is null ? $"The server asks for a name and a token, as in {GitSettings.Url}=https://name:token@..." : $"The server refuses the name and the token of {GitSettings.Url}.";
        foreach (var secret in (settings.Credentials ?? "").Split(':', 2).Append(settings.Credentials ?? "").Where(part => part.Length > 3))
            told = told.Replace(secret, "...", StringComparison.Ordinal).Replace(Uri.EscapeDataString(secret), "...", StringComparison.Ordinal);
        told = string.Concat(told.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return told.Length <= LongestProblem ? told : $"{told[..LongestProblem]}...";
    }
}

/// <summary>Why a repository could not be read, for whoever runs the sidecar. Holds no secret.</summary>
internal sealed class GitException(string message, Exception? inner = null) : Exception(message, inner);
