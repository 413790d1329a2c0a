using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>What the checks work with, and what the earlier ones found out for the later.</summary>
internal sealed class Examination(IConfiguration configuration, SidecarSetup setup, MattermostSettings mattermost, SidecarSettings sidecar, string dataPath, string contentPath, string? adminToken, bool isDeep)
{
    public IConfiguration Configuration => configuration;

    public SidecarSetup Setup => setup;

    public MattermostSettings Mattermost => mattermost;

    public SidecarSettings Sidecar => sidecar;

    public string DataPath => dataPath;

    public string ContentPath => contentPath;

    public string? AdminToken => adminToken;

    /// <summary>The bot that setup made; null where it did not.</summary>
    public string? BotName => new SettingsReader(configuration).Text("Setup__BotName");

    /// <summary>Also what takes long: the whole store is read, and `/learn` is called in every team.</summary>
    public bool IsDeep => isDeep;

    /// <summary>What the sidecar that runs on the data folder tells; null where none does.</summary>
    public RunningStatus? Running { get; set; }

    /// <summary>Mattermost answers at its address.</summary>
    public bool IsReachable { get; set; }

    /// <summary>Why nothing can be asked of Mattermost; null where it can.</summary>
    public string? Unreachable => mattermost.Url is null ? "Mattermost__Url is not set." : IsReachable ? null : $"{mattermost.Url} does not answer as Mattermost does.";

    /// <summary>Null until its token is known to work.</summary>
    public User? Bot { get; set; }

    public IReadOnlyList<Team> Teams { get; set; } = [];

    public Connection AsBot() => new(mattermost.Url!, mattermost.BotToken, setup);

    public Connection AsAdmin() => new(mattermost.Url!, adminToken, setup);

    public string CommandUrl => sidecar.CallbackUrl.ToString().TrimEnd('/') + "/mattermost/command";
}
