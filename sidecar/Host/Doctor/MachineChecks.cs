using System.Globalization;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Running;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>What this machine holds: settings, folders, content, time zones.</summary>
internal static class MachineChecks
{
    private const long Little = 200L * 1024 * 1024;
    private const long TooLittle = 20L * 1024 * 1024;

    public static Task<IReadOnlyList<Finding>> SettingsAsync(Examination examination, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        try
        {
            Settings.Read(examination.Configuration);
        }
        catch (InvalidSettingsException e)
        {
            findings.AddRange(e.Failures.Select(failure => Finding.Fail(
                "settings", $"{failure.Setting} {failure.Problem}.", failure.IsWrittenBySetup ? $"Run `setup`: it writes this. By hand: {failure.Good}" : $"A good value: {failure.Good}")));
        }

        if (examination.Mattermost.Missing is { } missing && findings.Count == 0)
            findings.Add(Finding.Fail("settings", $"Waiting for setup; missing: {missing}.", "Run `setup`: it writes them into mattermost.json, and the sidecar takes them at once."));
        findings.AddRange(Settings.Unknown(examination.Configuration).Select(name => Finding.Warn("settings", $"There is no setting {name}.", "Is it a slip of the pen? `--help` lists them.")));
        if (findings.Count == 0)
            findings.Add(Finding.Ok("settings", "complete"));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    /// <summary>Tried with a file of its own: the store is not touched.</summary>
    public static Task<IReadOnlyList<Finding>> FoldersAsync(Examination examination, CancellationToken cancellationToken)
    {
        var path = examination.DataPath;
        List<Finding> findings = [];
        if (!Directory.Exists(path))
        {
            findings.Add(Finding.Warn("data folder", $"{path} is not there yet.", "It is made at the first start; is Data__Path the folder that the sidecar uses?"));
            return Task.FromResult<IReadOnlyList<Finding>>(findings);
        }

        try
        {
            var trial = Path.Combine(path, $".doctor-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
            using (new FileStream(trial, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose }))
                findings.Add(Finding.Ok("data folder", $"{path} is writable"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Add(Finding.Fail("data folder", $"{path} cannot be written: {e.Message}", $"Give it to the user that the sidecar runs as: chown {Environment.UserName} {path}"));
        }

        var file = Path.Combine(path, SetupFile.Name);
        if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            findings.Add(Finding.Warn("data folder", $"others may read or write {file}, which holds tokens.", $"chmod 600 {file}"));
        findings.Add(Disk(path, new DriveInfo(path).AvailableFreeSpace));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    internal static Finding Disk(string path, long free)
    {
        var seen = string.Create(CultureInfo.InvariantCulture, $"{free / 1024 / 1024:N0} MiB free for {path}");
        return free < TooLittle ? Finding.Fail("disk", seen, "Make room: nothing can be stored.")
            : free < Little ? Finding.Warn("disk", seen, "Make room before it is full.")
            : Finding.Ok("disk", seen);
    }

    /// <summary>What the sidecar wrote down of its latest attempt; nothing is asked of the repository.</summary>
    public static Task<IReadOnlyList<Finding>> RepositoryAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (GitSettings.Read(new SettingsReader(examination.Configuration)) is not { } git)
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        return Task.FromResult<IReadOnlyList<Finding>>([PullState.Read(examination.DataPath) switch
        {
            null => Finding.Skip("repository", $"{git.Address} has not been asked yet.", "It is at the start of the sidecar."),
            var state when state.Address != git.Address => Finding.Warn("repository", $"The content is of {state.Address}, and the settings name {git.Address}.", "Restart the sidecar: it takes the other one at its start."),
            { Problem: { } problem } state => Finding.Warn(
                "repository", string.Create(CultureInfo.InvariantCulture, $"{git.Address} could not be read at {state.At:yyyy-MM-dd HH:mm} UTC, and {(state.Commit is { } commit ? $"the content is still {commit}" : "nothing of it is there")}: {problem}"),
                "The sidecar goes on trying. Try by hand, as the user that it runs as: git ls-remote " + git.Address),
            { } state => Finding.Ok("repository", string.Create(CultureInfo.InvariantCulture, $"{git.Address} was {state.Commit} at {state.At:yyyy-MM-dd HH:mm} UTC; asked every {git.Every.TotalMinutes:0} min")),
        }]);
    }

    public static Task<IReadOnlyList<Finding>> ContentAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(examination.ContentPath))
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.Fail("content", $"{examination.ContentPath} is not there.", "Make the folder, or name another with Content__Path; relative paths count from where the sidecar is started.")]);
        var library = ContentLibrary.Load(examination.ContentPath, ShippedKinds.Reader);
        var errors = library.Diagnostics.Where(one => one.Severity == Severity.Error).ToList();
        IReadOnlyList<Finding> findings =
        [
            .. errors.Take(10).Select(one => Finding.Warn("content", $"{one.Path}:{one.Line}: {one.Message}", "This file is not offered until it is mended.")),
            .. errors.Count > 10 ? new[] { Finding.Warn("content", $"{errors.Count - 10} more errors.", "Mend these first.") } : [],
            .. library.Definitions.Count == 0
                ? new[] { Finding.Warn("content", $"Nothing is offered from {examination.ContentPath}.", "Add a Markdown file, or set Content__Path.") }
                : [Finding.Ok("content", $"{library.Definitions.Count} offered from {examination.ContentPath}")],
        ];
        return Task.FromResult(findings);
    }

    public static Task<IReadOnlyList<Finding>> ZonesAsync(Examination examination, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
    [
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out _) && TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out _)
            ? Finding.Ok("time zones", "known here")
            : Finding.Fail("time zones", "This machine knows no time zones.", "Install the package tzdata."),
    ]);
}
