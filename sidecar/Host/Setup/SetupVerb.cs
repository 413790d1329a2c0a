using System.Diagnostics.CodeAnalysis;
using MattermostLearning.Mattermost;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>`setup`: looks, says what it would do, does it, and lets Mattermost call once to see that it works.</summary>
internal sealed class SetupVerb
{
    private readonly CommandLine _line;
    private readonly Terminal _terminal;
    private readonly SidecarSetup _setup;
    private readonly IConfigurationRoot _configuration;
    private readonly SettingsReader _reader;
    private readonly string _dataPath;
    private readonly string _file;

    private SetupVerb(CommandLine line, Terminal terminal, SidecarSetup setup)
    {
        (_line, _terminal, _setup) = (line, terminal, setup);
        (_configuration, var file) = SidecarApp.Configure(line, setup);
        _reader = new SettingsReader(_configuration);
        _file = file.FilePath;
        _dataPath = Path.GetDirectoryName(_file)!;
    }

    /// <exception cref="UsageException">An option is missing, and nobody is there to be asked.</exception>
    /// <exception cref="CannotStartException">The data folder or `mattermost.json` is not usable.</exception>
    public static async Task<int> RunAsync(CommandLine line, Terminal terminal, SidecarSetup setup, CancellationToken cancellationToken)
    {
        var verb = new SetupVerb(line, terminal, setup);
        var url = verb.Url();
        try
        {
            return line.Has("manual") ? await verb.ManuallyAsync(url, cancellationToken) : await verb.WithAdminAsync(url, cancellationToken);
        }
        catch (SetupRefusedException e)
        {
            terminal.Print(e.Message);
            return 1;
        }
        catch (MattermostException e)
        {
            terminal.Print(Trouble.Sentence(url, e));
            return 1;
        }
    }

    private async Task<int> WithAdminAsync(Uri url, CancellationToken cancellationToken)
    {
        RequireFlags();
        var (token, login) = Admin();
        await using var session = await AdminSession.OpenAsync(url, token, login, _setup, cancellationToken);
        var wishes = Wish(url, await TeamsAsync(session, cancellationToken));
        var stored = StoredConnection.Read(_file);
        var state = await new StateReader(session, _setup).ReadAsync(wishes, stored, stored.BotToken, cancellationToken);
        _terminal.Print($"Mattermost {state.Version} at {url}, as @{session.Admin.Username}. Data folder: {_dataPath}.");
        if (_line.Has("remove"))
            return await RemoveAsync(session, state, wishes, cancellationToken);

        var plan = Planner.Make(state, wishes);
        foreach (var obstacle in plan.Obstacles)
            _terminal.Print($"Cannot: {obstacle}");
        if (plan.Obstacles.Count > 0)
            return 1;
        foreach (var warning in plan.Warnings)
            _terminal.Print($"Warning: {warning}");
        if (plan.Steps.Count == 0)
        {
            _terminal.Print("Nothing to change: everything is as it should be.");
        }
        else
        {
            _terminal.Print(_line.Has("dry-run") ? "This would be done:" : "To do:");
            foreach (var step in plan.Steps)
                _terminal.Print($"  - {step}");
        }

        if (_line.Has("dry-run"))
            return 0;
        if (plan.Steps.Count > 0)
        {
            if (!_line.Has("yes") && !_terminal.Confirm("Do this?"))
            {
                _terminal.Print("Nothing was changed.");
                return 1;
            }

            SidecarApp.MakeFolder(_dataPath);
            await new Applier(session.Client, state, wishes, _file, _terminal).TakeAsync(plan.Steps, cancellationToken);
        }

        SayWhatOverrides();
        return state.Teams.Count == 0 || await RoundTripAsync(session, state, wishes, cancellationToken) ? 0 : 1;
    }

    private async Task<bool> RoundTripAsync(AdminSession session, ServerState state, Wishes wishes, CancellationToken cancellationToken)
    {
        var square = await session.Client.Channels.GetByNameAsync(state.Teams[0].Team.Id, "town-square", cancellationToken);
        var probe = await CallbackProbe.RunAsync(session.Client, square.Id, Listen(), StoredConnection.Read(_file).CommandTokens, _setup.ProbeListens, cancellationToken);
        switch (probe)
        {
            case { Arrival: Arrival.Arrived, ByRunningSidecar: true }:
                _terminal.Print($"/learn help was answered by the sidecar: \"{probe.Seen}\". Type /learn in Mattermost.");
                return true;
            case { Arrival: Arrival.Arrived }:
                _terminal.Print($"/learn help arrived here: Mattermost reaches {wishes.CallbackUrl}. The sidecar does not run yet; start it with `run` and type /learn in Mattermost.");
                return true;
            case { Arrival: Arrival.WrongToken, ByRunningSidecar: true }:
                _terminal.Print($"The sidecar at {Listen()} answered, and does not know the command's token. Does it use another data folder than {_dataPath}, or Mattermost__CommandTokens of its environment?");
                return false;
            case { Arrival: Arrival.WrongToken }:
                _terminal.Print("/learn help arrived here with a token that is not in mattermost.json. Run setup again; if that does not help, look for a second /learn.");
                return false;
            case { Arrival: Arrival.SomebodyElse }:
                _terminal.Print($"Something else answers at {wishes.CallbackUrl}: \"{probe.Seen}\". It should lead to {Listen()} of this machine; check --callback-url and the proxy.");
                return false;
            default:
                _terminal.Print($"Everything is set up, but /learn help does not arrive here. {await CallbackAdvice.AfterFailureAsync(wishes.CallbackUrl, session.Client, cancellationToken)}");
                return false;
        }
    }

    private async Task<int> RemoveAsync(AdminSession session, ServerState state, Wishes wishes, CancellationToken cancellationToken)
    {
        foreach (var unknown in state.UnknownTeams)
            _terminal.Print($"Cannot: there is no team `{unknown}`.");
        if (state.UnknownTeams.Count > 0)
            return 1;
        var remover = new Remover(session.Client, state, wishes, _dataPath, _terminal);
        var todo = remover.Todo;
        var erases = _line.Has("erase-data");
        _terminal.Print(todo.Count == 0 ? "There is nothing to remove in Mattermost." : _line.Has("dry-run") ? "This would be done:" : "To do:");
        foreach (var one in todo)
            _terminal.Print($"  - {one}");
        if (erases)
            _terminal.Print($"  - delete what the sidecar keeps in {_dataPath}");
        if (_line.Has("dry-run"))
            return 0;
        if ((todo.Count > 0 || erases) && !_line.Has("yes") && !_terminal.Confirm(erases ? "Do this? The data do not come back." : "Do this?"))
        {
            _terminal.Print("Nothing was changed.");
            return 1;
        }

        if (erases)
            Remover.RequireUnused(_dataPath);
        await remover.TakeAsync(cancellationToken);
        foreach (var file in erases ? Remover.Erase(_dataPath) : [])
            _terminal.Print($"  deleted: {file}");
        remover.SayWhatStays(erases);
        return 0;
    }

    private async Task<int> ManuallyAsync(Uri url, CancellationToken cancellationToken)
    {
        var wishes = Wish(url, Listed(_line.Option("team")));
        _terminal.Print("By hand, as a system admin in Mattermost:");
        foreach (var (index, step) in ManualSteps.For(wishes).Index())
            _terminal.Print($"  {index + 1}. {step}");
        var bot = _line.Option("bot-token") ?? Variable("MATTERMOST_BOT_TOKEN") ?? Asked("The bot's token (empty to stop here): ");
        var commands = Listed(_line.Option("command-token") ?? Variable("MATTERMOST_COMMAND_TOKENS") ?? (bot is null ? null : Asked("The token of /learn, several separated by commas: ")));
        if (bot is null || commands.Length == 0)
        {
            _terminal.Print("Then: setup --manual --bot-token ... --command-token ... (both are written into mattermost.json in the data folder).");
            return 0;
        }

        if (commands.Append(bot).Any(token => !MattermostId.IsValid(token)))
            throw new SetupRefusedException("A token of Mattermost has 26 letters a-z and digits; one of these has not.");
        using var connection = new Connection(url, bot, _setup);
        try
        {
            var me = await connection.Client.Users.MeAsync(cancellationToken);
            if (!me.IsBot)
                throw new SetupRefusedException($"This is the token of @{me.Username}, who is no bot. It is not kept.");
            _terminal.Print($"The token is that of the bot @{me.Username}.");
        }
        catch (MattermostException e) when (e.IsUnauthorized)
        {
            throw new SetupRefusedException("Mattermost refuses the bot's token. It is not kept.", e);
        }

        SidecarApp.MakeFolder(_dataPath);
        var stored = StoredConnection.Read(_file);
        new StoredConnection
        {
            Url = url.ToString(), CallbackUrl = wishes.CallbackUrl.ToString(), BotToken = bot, CommandTokens = commands, WebhookTokens = stored.WebhookTokens,
            TipsEnabled = stored.TipsEnabled || wishes.Tips, FacilitatorsChannel = stored.FacilitatorsChannel,
        }.Write(_file);
        _terminal.Print($"Written into {_file}. Start the sidecar, type /learn help in Mattermost, and run doctor.");
        SayWhatOverrides();
        return 0;
    }

    private Wishes Wish(Uri url, IReadOnlyList<string> teams) =>
        new(url, CallbackUrl(), Named(_line.Option("bot-name")?.TrimStart('@').ToLowerInvariant(), "--bot-name") ?? Wishes.DefaultBotName, [.. teams.Select(team => Named(team.ToLowerInvariant(), "--team"))])
        {
            Tips = WantsTips(),
            TipWords = TipsSection.Read(_reader).Words,
            LearningChannel = Named(_line.Option("learning-channel")?.TrimStart('~').ToLowerInvariant(), "--learning-channel"),
            FacilitatorsChannel = Named(_line.Option("facilitators-channel")?.TrimStart('~').ToLowerInvariant(), "--facilitators-channel"),
        };

    /// <summary>Off until an admin says yes: with the flag, at the prompt, or in an earlier setup.</summary>
    private bool WantsTips() =>
        _line.Has("tips") || StoredConnection.Read(_file).TipsEnabled
        || (_terminal.IsInteractive && !_line.Has("yes") && !_line.Has("remove") && !_line.Has("dry-run")
            && _terminal.Confirm("Keep messages in public channels that begin with #til as shared tips? It needs an outgoing webhook (docs/tips.md).", otherwise: false));

    /// <summary>All that is missing at once, before anything is sent.</summary>
    private void RequireFlags()
    {
        if (_terminal.IsInteractive)
            return;
        List<string> missing = [];
        if (_line.Option("admin-token") is null && Variable("MATTERMOST_ADMIN_TOKEN") is null && (_line.Option("admin-user") is null || Variable("MATTERMOST_ADMIN_PASSWORD") is null))
            missing.Add("--admin-token (or MATTERMOST_ADMIN_TOKEN, or --admin-user with MATTERMOST_ADMIN_PASSWORD)");
        if (_line.Option("team") is null)
            missing.Add("--team");
        if (!_line.Has("yes") && !_line.Has("dry-run"))
            missing.Add("--yes or --dry-run");
        if (missing.Count > 0)
            throw new UsageException($"Nobody is here to be asked, and setup needs {string.Join("; ", missing)}.");
    }

    private (string? Token, (string Name, string Password)? Login) Admin()
    {
        if (_line.Option("admin-user") is not { } name)
        {
            if ((_line.Option("admin-token") ?? Variable("MATTERMOST_ADMIN_TOKEN") ?? Asked("A system admin's access token (empty to sign in instead): ", secret: true)) is { } token)
                return (token, null);
            name = _terminal.Ask("A system admin's username:");
        }

        return (null, (name, Variable("MATTERMOST_ADMIN_PASSWORD") ?? _terminal.AskSecret("Password (used once, kept nowhere):")));
    }

    private async Task<IReadOnlyList<string>> TeamsAsync(AdminSession session, CancellationToken cancellationToken)
    {
        if (_line.Option("team") is { } given)
            return Listed(given);
        var all = await session.Client.Teams.AllAsync(cancellationToken).Where(team => !team.IsArchived).Select(team => team.Name).ToListAsync(cancellationToken);
        return all.Count switch
        {
            0 => throw new SetupRefusedException("There is no team yet. Make one in Mattermost first."),
            1 => all,
            _ => _terminal.Choose("Which teams?", all),
        };
    }

    private Uri Url()
    {
        var text = _line.Option("url") ?? _reader.Text("Mattermost__Url")
            ?? (_terminal.IsInteractive ? _terminal.Ask("Where is Mattermost (https://chat.example.org)?") : throw new UsageException("Nobody is here to be asked, and setup needs --url."));
        return Address(text, "--url");
    }

    private Uri CallbackUrl()
    {
        var listen = Listen();
        var text = _line.Option("callback-url") ?? _reader.Text("Sidecar__CallbackUrl");
        if (text is null && _terminal.IsInteractive)
            text = _terminal.Ask("How does Mattermost's server reach the sidecar?", listen);
        if (text is null && !(Uri.TryCreate(listen, UriKind.Absolute, out var here) && here.IsLoopback))
            throw new UsageException("Nobody is here to be asked, and setup needs --callback-url: how Mattermost's server reaches the sidecar.");
        return Address(text ?? listen, "--callback-url");
    }

    private string Listen() => _reader.Text("Sidecar__Listen") ?? SidecarSettings.DefaultListen;

    /// <summary>What is set elsewhere counts more than the file that was just written.</summary>
    private void SayWhatOverrides()
    {
        var file = new ConfigurationBuilder().Add(new SetupFile(_file)).Build();
        var (now, _) = SidecarApp.Configure(_line, _setup);
        foreach (var name in new[] { "Mattermost__Url", "Mattermost__BotToken", "Mattermost__CommandTokens", "Mattermost__WebhookTokens", "Sidecar__CallbackUrl" })
        {
            var key = name.Replace("__", ":", StringComparison.Ordinal);
            if (file[key] is { } written && now[key] != written)
                _terminal.Print($"Warning: {name} of the environment or command line hides what was written into {SetupFile.Name}. Take it away.");
        }
    }

    private string? Asked(string question, bool secret = true) =>
        _terminal.IsInteractive && (secret ? _terminal.AskSecret(question) : _terminal.Ask(question)) is { Length: > 0 } answer ? answer : null;

    private string? Variable(string name) =>
        (_setup.Environment is { } environment ? environment.GetValueOrDefault(name) : Environment.GetEnvironmentVariable(name)) is { Length: > 0 } value ? value : null;

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

    private static string[] Listed(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
