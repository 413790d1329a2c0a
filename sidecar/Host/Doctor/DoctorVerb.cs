using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>`doctor`: looks at everything, changes nothing, and opens no store.</summary>
internal static class DoctorVerb
{
    private static readonly Func<Examination, CancellationToken, Task<IReadOnlyList<Finding>>>[] Checks =
    [
        MachineChecks.SettingsAsync,
        MachineChecks.FoldersAsync,
        AddressCheck.RunAsync,
        BotChecks.RunAsync,
        CommandCheck.RunAsync,
        CallbackCheck.RunAsync,
        SocketCheck.RunAsync,
        MachineChecks.ContentAsync,
        MachineChecks.ZonesAsync,
        RunningCheck.RunAsync,
    ];

    public static async Task<int> RunAsync(CommandLine line, Terminal terminal, SidecarSetup setup, CancellationToken cancellationToken)
    {
        var report = await ExamineAsync(line, setup, cancellationToken);
        terminal.Print(line.Has("json") ? Rendering.Json(report) : Rendering.Text(report));
        return report.ExitCode;
    }

    public static async Task<Report> ExamineAsync(CommandLine line, SidecarSetup setup, CancellationToken cancellationToken)
    {
        IConfiguration configuration;
        try
        {
            (configuration, _) = SidecarApp.Configure(line, setup);
        }
        catch (CannotStartException e)
        {
            return new Report([Finding.Fail("settings", e.Message, $"Put {SetupFile.Name} right, or run setup again.")]);
        }

        var reader = new SettingsReader(configuration);
        var admin = line.Option("admin-token") ?? (setup.Environment is { } environment
            ? environment.GetValueOrDefault("MATTERMOST_ADMIN_TOKEN")
            : Environment.GetEnvironmentVariable("MATTERMOST_ADMIN_TOKEN"));
        var examination = new Examination(
            configuration, setup, MattermostSettings.Read(reader, mayBeMissing: true), SidecarSettings.Read(reader), DataSettings.Read(reader).Path, ContentSettings.Read(reader).Path,
            string.IsNullOrEmpty(admin) ? null : admin);
        var findings = new List<Finding>();
        foreach (var check in Checks)
            findings.AddRange(await check(examination, cancellationToken));
        return new Report(findings);
    }
}
