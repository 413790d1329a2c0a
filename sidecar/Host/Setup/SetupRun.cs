using MattermostLearning.Mattermost;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>One setup: looks, says what it would do, does it, and lets Mattermost call once to see that it works.</summary>
internal sealed class SetupRun
{
    private readonly SetupOptions _options;
    private readonly IReadOnlyDictionary<string, string?> _line;
    private readonly Terminal _terminal;
    private readonly SidecarSetup _setup;
    private readonly Uri _url;
    private readonly Answers _answers;
    private readonly StoredConnection _stored;
    private readonly string _file;
    private readonly string _dataPath;

    private SetupRun(SetupOptions options, IReadOnlyDictionary<string, string?> line, Terminal terminal, SidecarSetup setup)
    {
        (_options, _line, _terminal, _setup) = (options, line, terminal, setup);
        var (configuration, file) = SidecarApp.Configure(line, setup);
        var settings = new SettingsReader(configuration);
        _file = file.FilePath;
        _dataPath = Path.GetDirectoryName(_file)!;
        _url = Answers.UrlOf(options, settings, terminal);
        _stored = StoredConnection.Read(_file).At(_url);
        _answers = new Answers(_url, options, settings, _stored, terminal, setup);
    }

    /// <param name="options">What it was told.</param>
    /// <param name="line">The settings of the command line.</param>
    /// <param name="terminal">Where it speaks and asks.</param>
    /// <param name="setup">What tests put in other than the real thing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UsageException">An option is missing, and nobody is there to be asked.</exception>
    /// <exception cref="CannotStartException">The data folder or `mattermost.json` is not usable.</exception>
    public static async Task<int> RunAsync(
        SetupOptions options, IReadOnlyDictionary<string, string?> line, Terminal terminal, SidecarSetup setup, CancellationToken cancellationToken)
    {
        var run = new SetupRun(options, line, terminal, setup);
        try
        {
            return options.Manual ? await run.ManuallyAsync(cancellationToken) : await run.WithAdminAsync(cancellationToken);
        }
        catch (SetupRefusedException e)
        {
            terminal.Print(e.Message);
            return 1;
        }
        catch (MattermostException e)
        {
            terminal.Print(Trouble.Sentence(run._url, e));
            return 1;
        }
    }

    private async Task<int> WithAdminAsync(CancellationToken cancellationToken)
    {
        _answers.RequireFlags();
        if (_answers.Admin() is not { } given)
            return await ManuallyAsync(cancellationToken);
        var (token, login) = given;
        await using var session = await AdminSession.OpenAsync(_url, token, login, _setup, cancellationToken);
        var wishes = _answers.Wish(await _answers.TeamsAsync(session, cancellationToken));
        var state = await new StateReader(session, _setup).ReadAsync(wishes, _stored, _answers.KnownTokens, cancellationToken);
        _terminal.Print($"Mattermost {state.Version} at {_url}, as @{session.Admin.Username}. Data folder: {_dataPath}.");
        return _options.Remove ? await RemoveAsync(session, state, wishes, cancellationToken) : await ConnectAsync(session, state, wishes, cancellationToken);
    }

    private async Task<int> ConnectAsync(AdminSession session, ServerState state, Wishes wishes, CancellationToken cancellationToken)
    {
        foreach (var team in state.Teams)
        {
            if (!wishes.TakesOver && team.Learn is { } other && wishes.IsOfAnother(other, state.KnownTokens) && _answers.WantsToTakeOver(team.Team.Name, other.Url))
                wishes = wishes with { TakesOver = true };
        }

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
            _terminal.Print(_options.DryRun ? "This would be done:" : "To do:");
            foreach (var step in plan.Steps)
                _terminal.Print($"  - {step}");
        }

        if (_options.DryRun)
            return 0;
        if (plan.Steps.Count > 0)
        {
            if (!IsAgreed("Do this?"))
                return 1;
            RequireFolder();
            await new Applier(session.Client, state, wishes, _file, _terminal).TakeAsync(plan.Steps, cancellationToken);
        }

        SayWhatOverrides();
        await SayWhatNeedsARestartAsync(plan, cancellationToken);
        return state.Teams.Count == 0 || await RoundTrip.RunAsync(session, state, wishes, _answers.Listen, _file, _terminal, _setup, cancellationToken) ? 0 : 1;
    }

    private async Task<int> RemoveAsync(AdminSession session, ServerState state, Wishes wishes, CancellationToken cancellationToken)
    {
        foreach (var unknown in state.UnknownTeams)
            _terminal.Print($"Cannot: there is no team `{unknown}`.");
        if (state.UnknownTeams.Count > 0)
            return 1;
        var remover = new Remover(session.Client, state, wishes, _dataPath, _terminal);
        var todo = remover.Todo;
        _terminal.Print(todo.Count == 0 ? "There is nothing to remove in Mattermost." : _options.DryRun ? "This would be done:" : "To do:");
        foreach (var one in todo)
            _terminal.Print($"  - {one}");
        if (_options.EraseData)
            _terminal.Print($"  - delete what the sidecar keeps in {_dataPath}");
        if (_options.DryRun)
            return 0;
        if ((todo.Count > 0 || _options.EraseData) && !IsAgreed(_options.EraseData ? "Do this? The data do not come back." : "Do this?"))
            return 1;

        if (_options.EraseData)
            Remover.RequireUnused(_dataPath);
        await remover.TakeAsync(cancellationToken);
        foreach (var file in _options.EraseData ? Remover.Erase(_dataPath) : [])
            _terminal.Print($"  deleted: {file}");
        remover.SayWhatStays(_options.EraseData);
        return 0;
    }

    private async Task<int> ManuallyAsync(CancellationToken cancellationToken)
    {
        var wishes = _answers.Wish(_options.Teams.Count > 0 ? _options.Teams : _stored.Teams);
        _terminal.Print("By hand, as a system admin in Mattermost:");
        foreach (var (index, step) in ManualSteps.For(wishes).Index())
            _terminal.Print($"  {index + 1}. {step}");
        var (bot, given) = _answers.ManualTokens();
        var commands = given.Count > 0 ? given : _stored.CommandTokens; // a new token for the bot alone is common
        if (bot is null || commands.Count == 0)
        {
            _terminal.Print("Then: setup --manual --bot-token ... --command-token ... (both are written into mattermost.json in the data folder).");
            return 0;
        }

        if (commands.Append(bot).Any(token => !MattermostId.IsValid(token)))
            throw new SetupRefusedException("A token of Mattermost has 26 letters a-z and digits; one of these has not.");
        string name;
        using var connection = new Connection(_url, bot, _setup);
        try
        {
            var me = await connection.Client.Users.MeAsync(cancellationToken);
            if (!me.IsBot)
                throw new SetupRefusedException($"This is the token of @{me.Username}, who is no bot. It is not kept.");
            name = me.Username;
            _terminal.Print($"The token is that of the bot @{name}.");
        }
        catch (MattermostException e) when (e.IsUnauthorized)
        {
            throw new SetupRefusedException("Mattermost refuses the bot's token. It is not kept.", e);
        }

        RequireFolder();
        (_stored with
        {
            Url = _url.ToString(), CallbackUrl = wishes.CallbackUrl.ToString(), Listen = wishes.Listen ?? _stored.Listen, BotToken = bot, CommandTokens = commands,
            TipsEnabled = _stored.TipsEnabled || wishes.Tips, BotName = name, Teams = [.. _stored.Teams.Union(wishes.Teams)],
        }).Write(_file);
        _terminal.Print($"Written into {_file}. Start the sidecar, type /learn help in Mattermost, and run doctor.");
        SayWhatOverrides();
        return 0;
    }

    /// <summary>Before anything is made whose token could then not be kept.</summary>
    private void RequireFolder()
    {
        SidecarApp.MakeFolder(_dataPath);
        var trial = Path.Combine(_dataPath, $".setup-{Environment.ProcessId}");
        try
        {
            using var file = new FileStream(trial, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The data folder {_dataPath} cannot be written: {e.Message} Run setup as the user that the sidecar runs as, or choose another folder with --Data:Path. Nothing was changed.", e);
        }
    }

    private bool IsAgreed(string question)
    {
        if (_options.Yes || _terminal.Confirm(question))
            return true;
        _terminal.Print("Nothing was changed.");
        return false;
    }

    /// <summary>Tokens and the callback address a running sidecar takes at once; the rest it reads at start.</summary>
    private async Task SayWhatNeedsARestartAsync(Plan plan, CancellationToken cancellationToken)
    {
        if (await new AdminCaller(_dataPath).StatusAsync(cancellationToken) is not { } running)
            return;
        if (running.Listen != _answers.Listen)
            _terminal.Print($"Restart the sidecar that runs: it listens on {running.Listen}, and is to listen on {_answers.Listen}.");
        else if (plan.Steps.OfType<WriteFile>().Any(step => step.NeedsRestart))
            _terminal.Print("Restart the sidecar that runs: it reads tips and the facilitators' channel when it starts.");
    }

    /// <summary>What is set elsewhere counts more than the file that was just written.</summary>
    private void SayWhatOverrides()
    {
        var file = new ConfigurationBuilder().Add(new SetupFile(_file)).Build();
        var (now, _) = SidecarApp.Configure(_line, _setup);
        foreach (var name in new[] { "Mattermost__Url", "Mattermost__BotToken", "Mattermost__CommandTokens", "Mattermost__WebhookTokens", "Sidecar__CallbackUrl", "Sidecar__Listen" })
        {
            var key = name.Replace("__", ":", StringComparison.Ordinal);
            if (file[key] is { } written && now[key]?.TrimEnd('/') != written.TrimEnd('/')) // http://chat:8065 and http://chat:8065/ are one address
                _terminal.Print($"Warning: {name} of the environment or command line hides what was written into {SetupFile.Name}. Take it away.");
        }
    }
}
