using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>All checks, in the order in which a person would put things right. None changes anything, and none opens a store that is in use.</summary>
internal static class Checkup
{
    /// <summary>In which they are told; those of the same check as they were found.</summary>
    private static readonly string[] Order =
    [
        "settings", "data folder", "address", "TLS", "version", "token", "teams", "owner", "command", "callback", "WebSocket", "sidecar", "clock", "SiteURL", "rate limits",
        "facilitators", "repository", "content", "store", "time zones", "disk",
    ];

    /// <summary>In which they are made: what one finds out, later ones use.</summary>
    private static readonly Func<Examination, CancellationToken, Task<IReadOnlyList<Finding>>>[] Checks =
    [
        MachineChecks.SettingsAsync,
        MachineChecks.FoldersAsync,
        RunningCheck.RunAsync,
        AddressCheck.RunAsync,
        BotChecks.RunAsync,
        CommandCheck.RunAsync,
        CallbackCheck.RunAsync,
        SocketCheck.RunAsync,
        FacilitatorsCheck.RunAsync,
        MachineChecks.RepositoryAsync,
        MachineChecks.ContentAsync,
        MachineChecks.ZonesAsync,
    ];

    /// <param name="settings">Those of the command line.</param>
    /// <param name="adminToken">A system admin's, for this run; null takes that of MATTERMOST_ADMIN_TOKEN, if there is one.</param>
    /// <param name="isDeep">Also what takes long.</param>
    /// <param name="setup">What tests put in other than the real thing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Report> RunAsync(IReadOnlyDictionary<string, string?> settings, string? adminToken, bool isDeep, SidecarSetup setup, CancellationToken cancellationToken)
    {
        IConfiguration configuration;
        try
        {
            (configuration, _) = SidecarApp.Configure(settings, setup);
        }
        catch (CannotStartException e)
        {
            return new Report([Finding.Fail("settings", e.Message, $"Put {SetupFile.Name} right, or run setup again.")]);
        }

        var reader = new SettingsReader(configuration);
        var admin = adminToken ?? setup.Variable("MATTERMOST_ADMIN_TOKEN");
        var examination = new Examination(
            configuration, setup, MattermostSettings.Read(reader, mayBeMissing: true), SidecarSettings.Read(reader), DataSettings.Read(reader).Path, ContentSettings.Read(reader).Path,
            string.IsNullOrEmpty(admin) ? null : admin, isDeep);
        var findings = new List<Finding>();
        foreach (var check in Checks)
            findings.AddRange(await check(examination, cancellationToken));
        return new Report([.. findings.OrderBy(finding => Array.IndexOf(Order, finding.Check))]);
    }
}
