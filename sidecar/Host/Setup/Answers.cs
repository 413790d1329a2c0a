using System.Diagnostics.CodeAnalysis;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>What setup needs to know: from its options, from settings and variables, and else from the person at the terminal, if there is one.</summary>
internal sealed class Answers(Uri url, SetupOptions options, SettingsReader settings, StoredConnection stored, Terminal terminal, SidecarSetup setup)
{
    private string? _listen = options.Listen ?? settings.Text("Sidecar__Listen");

    /// <summary>Where the sidecar listens, or would.</summary>
    public string Listen => _listen ?? SidecarSettings.DefaultListen;

    /// <summary>Tokens of `/learn` that count here: of an earlier setup, or set by hand.</summary>
    public IReadOnlySet<string> KnownTokens => stored.CommandTokens.Concat(settings.List("Mattermost__CommandTokens")).ToHashSet(StringComparer.Ordinal);

    /// <summary>Where Mattermost is.</summary>
    public static Uri UrlOf(SetupOptions options, SettingsReader settings, Terminal terminal)
    {
        var text = options.Url ?? settings.Text("Mattermost__Url")
            ?? (terminal.IsInteractive ? terminal.Ask("Where is Mattermost (https://chat.example.org)?") : throw new UsageException("Nobody is here to be asked, and setup needs --url."));
        return Address(text, "--url");
    }

    /// <summary>All that is missing at once, before anything is sent.</summary>
    public void RequireFlags()
    {
        if (terminal.IsInteractive)
            return;
        List<string> missing = [];
        if ((options.AdminToken ?? setup.Variable("MATTERMOST_ADMIN_TOKEN")) is null && (options.AdminUser is null || setup.Variable("MATTERMOST_ADMIN_PASSWORD") is null))
            missing.Add("--admin-token (or MATTERMOST_ADMIN_TOKEN, or --admin-user with MATTERMOST_ADMIN_PASSWORD)");
        if (options.Teams.Count == 0 && stored.Teams.Count == 0)
            missing.Add("--team");
        if (!options.Yes && !options.DryRun)
            missing.Add("--yes or --dry-run");
        if (missing.Count > 0)
            throw new UsageException($"Nobody is here to be asked, and setup needs {string.Join("; ", missing)}.");
    }

    /// <returns>Null when somebody at the terminal has neither: then the steps are theirs.</returns>
    public (string? Token, (string Name, string Password)? Login)? Admin()
    {
        if (options.AdminUser is not { } name)
        {
            if ((options.AdminToken ?? setup.Variable("MATTERMOST_ADMIN_TOKEN") ?? Secret("A system admin's access token (empty to sign in instead): ")) is { } token)
                return (token, null);
            name = terminal.Ask("A system admin's username (empty for the steps by hand):");
            if (name.Length == 0)
                return null;
        }

        return (null, (name, setup.Variable("MATTERMOST_ADMIN_PASSWORD") ?? terminal.AskSecret("Password (used once, kept nowhere):")));
    }

    /// <summary>The teams to work in: those that are named, else those of earlier setups, which somebody at the terminal may add to.</summary>
    public async Task<IReadOnlyList<string>> TeamsAsync(AdminSession session, CancellationToken cancellationToken)
    {
        if (options.Teams.Count > 0)
            return options.Teams;
        var all = await session.Client.Teams.AllAsync(cancellationToken).Where(team => !team.IsArchived).Select(team => team.Name).Order(StringComparer.Ordinal).ToListAsync(cancellationToken);
        List<string> earlier = [.. stored.Teams.Where(all.Contains)];
        if (options.Remove ? stored.Teams.Count > 0 : earlier.Count > 0 && !IsAsking)
            return earlier;
        return all.Count switch
        {
            0 => throw new SetupRefusedException("There is no team yet. Make one in Mattermost first."),
            1 => all,
            _ => terminal.Choose("Which teams?", all, earlier),
        };
    }

    /// <param name="teams">To work in.</param>
    public Wishes Wish(IReadOnlyList<string> teams)
    {
        var callback = CallbackUrl();
        return new Wishes(
            url, callback, Named(options.BotName?.TrimStart('@').ToLowerInvariant(), "--bot-name") ?? stored.BotName ?? Wishes.DefaultBotName, [.. teams.Select(team => Named(team.ToLowerInvariant(), "--team"))])
        {
            Listen = ListenAddress(callback),
            TakesOver = options.TakeOver,
            Tips = WantsTips(),
            TipWords = TipsSection.Read(settings).Words,
            LearningChannel = Named(Channel(options.LearningChannel ?? stored.LearningChannel, "learning", "Make a public channel ~learning, with the bot in it?"), "--learning-channel"),
            FacilitatorsChannel = Named(
                Channel(options.FacilitatorsChannel ?? EarlierFacilitators(teams), stored.FacilitatorsChannel is null ? "facilitators" : null,
                    "Make a private channel ~facilitators, whose members may run activities and are told what goes wrong? Nobody but you and the bot is added."),
                "--facilitators-channel"),
        };
    }

    /// <summary>Whether a command that leads to another sidecar is to lead here.</summary>
    public bool WantsToTakeOver(string team, string url) =>
        IsAsking && terminal.Confirm($"/{Wishes.Trigger} in the team {team} leads to another sidecar: {url}. Shall it lead here instead? That one hears nothing more then.", otherwise: false);

    /// <summary>What came of the steps that were taken by hand; null where it was left out.</summary>
    public (string? Bot, IReadOnlyList<string> Commands) ManualTokens()
    {
        var bot = options.BotToken ?? setup.Variable("MATTERMOST_BOT_TOKEN") ?? Secret("The bot's token (empty to stop here): ");
        return (bot, options.CommandTokens.Count > 0 ? options.CommandTokens
            : Listed(setup.Variable("MATTERMOST_COMMAND_TOKENS") ?? (bot is null ? null : Secret("The token of /learn, several separated by commas: "))));
    }

    /// <summary>Off until an admin says yes: with the flag, at the prompt, or in an earlier setup.</summary>
    private bool WantsTips() =>
        options.Tips || stored.TipsEnabled
        || (IsAsking && terminal.Confirm("Keep messages in public channels that begin with #til as shared tips? It needs an outgoing webhook (docs/tips.md).", otherwise: false));

    /// <summary>Somebody is there, and has not said yes to everything already.</summary>
    private bool IsAsking => terminal.IsInteractive && !options.Yes && !options.Remove && !options.DryRun;

    /// <param name="named">By its option.</param>
    /// <param name="usual">Asked for where it was not; null asks nothing.</param>
    /// <param name="question">Whether to make that.</param>
    private string? Channel(string? named, string? usual, string question) =>
        named?.TrimStart('~').ToLowerInvariant() ?? (usual is not null && IsAsking && terminal.Confirm(question) ? usual : null);

    /// <summary>Where it is in the first of these teams: there it is made good, and nowhere else.</summary>
    private string? EarlierFacilitators(IReadOnlyList<string> teams) =>
        stored.FacilitatorsChannel?.Split('/') is [var team, var channel] && teams is [var first, ..] && first == team ? channel : null;

    /// <summary>What the sidecar is started with later, so that nobody has to say it twice; null where nobody said anything.</summary>
    private string? ListenAddress(Uri callback)
    {
        if (_listen is null && IsAsking && !callback.IsLoopback)
            _listen = terminal.Ask("Where is the sidecar to listen (a proxy on this machine: http://127.0.0.1:8090)?", "http://0.0.0.0:8090");
        return _listen is null || SidecarSettings.Binding(_listen) is not null
            ? _listen
            : throw new UsageException("--listen is no address to listen on, such as http://0.0.0.0:8090: http only, without a path.");
    }

    private Uri CallbackUrl()
    {
        var text = options.CallbackUrl ?? settings.Text("Sidecar__CallbackUrl");
        if (text is null && terminal.IsInteractive)
            text = terminal.Ask("How does Mattermost's server reach the sidecar?", Listen);
        if (text is null && !(Uri.TryCreate(Listen, UriKind.Absolute, out var here) && here.IsLoopback))
            throw new UsageException("Nobody is here to be asked, and setup needs --callback-url: how Mattermost's server reaches the sidecar.");
        return Address(text ?? Listen, "--callback-url");
    }

    private string? Secret(string question) => terminal.IsInteractive && terminal.AskSecret(question) is { Length: > 0 } answer ? answer : null;

    /// <summary>As in an address.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    private static string? Named(string? name, string option) =>
        name is null || (name.Length is > 1 and <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            ? name
            : throw new UsageException($"{option} takes a name as it stands in addresses: 2 to 64 letters a-z, digits, - and _.");

    private static Uri Address(string text, string option) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
            ? address
            : throw new UsageException($"{option} is no http or https address such as https://chat.example.org, without a password in it.");

    private static string[] Listed(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
