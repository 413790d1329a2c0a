using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>Looks at the server as the admin, and changes nothing.</summary>
internal sealed class StateReader(AdminSession session, SidecarSetup setup)
{
    private readonly MattermostClient _client = session.Client;

    /// <exception cref="MattermostException">The server does not tell.</exception>
    public async Task<ServerState> ReadAsync(Wishes wishes, StoredConnection stored, IReadOnlySet<string> knownTokens, CancellationToken cancellationToken)
    {
        var config = await _client.System.ClientConfigAsync(cancellationToken);
        var account = await OrNullAsync(_client.Users.GetByUsernameAsync(wishes.BotName, cancellationToken));
        var bot = account is { IsBot: true } ? await _client.Bots.GetAsync(account.Id, cancellationToken) : null;
        var hasCommands = config["EnableCommands"] != "false";
        var hasHooks = config["EnableOutgoingWebhooks"] != "false";
        var hasIncoming = config["EnableIncomingWebhooks"] != "false";
        var teams = new List<TeamState>();
        var unknown = new List<string>();
        foreach (var name in wishes.Teams)
        {
            if (await OrNullAsync(_client.Teams.GetByNameAsync(name, cancellationToken)) is { IsArchived: false } team)
                teams.Add(await TeamAsync(team, bot?.UserId, wishes, (hasCommands, hasHooks, hasIncoming), stored, cancellationToken));
            else
                unknown.Add(name);
        }

        return new ServerState(_client.ServerVersion ?? ServerVersions.Parse(config.Version), session.Admin, stored, teams)
        {
            BotsMayBeMade = config["EnableBotAccountCreation"] != "false",
            HasCommands = hasCommands,
            HasOutgoingHooks = hasHooks,
            HasIncomingHooks = hasIncoming,
            BotHasPicture = account is { LastPictureUpdate: > 0 },
            KnownTokens = knownTokens,
            Bot = bot,
            BotOwner = bot is { OwnerId.Length: > 0 } && MattermostId.IsValid(bot.OwnerId) ? await OrNullAsync(_client.Users.GetAsync(bot.OwnerId, cancellationToken)) : null,
            NameIsTaken = account is { IsBot: false },
            TokenWorks = bot is not null && stored.BotToken is { } botToken && await WorksAsync(bot, botToken, wishes.Url, cancellationToken),
            BotTokens = bot is null ? [] : await _client.Tokens.OfUserAsync(bot.UserId, cancellationToken).ToListAsync(cancellationToken),
            UnknownTeams = unknown,
        };
    }

    private async Task<TeamState> TeamAsync(
        Team team, string? botId, Wishes wishes, (bool Commands, bool Outgoing, bool Incoming) has, StoredConnection stored, CancellationToken cancellationToken)
    {
        var learn = has.Commands ? (await _client.Commands.ListAsync(team.Id, cancellationToken)).FirstOrDefault(command => command.Trigger == Wishes.Trigger) : null;
        return new TeamState(team)
        {
            HasBot = botId is not null && await OrNullAsync(_client.Teams.MemberAsync(team.Id, botId, cancellationToken)) is { DeleteAt: 0 },
            Learn = learn,
            LearnOwner = learn is not null && MattermostId.IsValid(learn.CreatorId) ? await OrNullAsync(_client.Users.GetAsync(learn.CreatorId, cancellationToken)) : null,
            Tips = has.Outgoing ? await TipsAsync(team, wishes, stored, cancellationToken) : null,
            Alerts = has.Incoming && stored.AlertWebhook is { } url
                ? await _client.Hooks.IncomingAsync(team.Id, cancellationToken).FirstOrDefaultAsync(hook => url.EndsWith($"/{hook.Id}", StringComparison.Ordinal), cancellationToken)
                : null,
            Learning = await ChannelAsync(team, wishes.LearningChannel, botId, cancellationToken),
            Facilitators = await ChannelAsync(team, wishes.FacilitatorsChannel, botId, cancellationToken),
        };
    }

    /// <summary>One that leads here already goes before one that would have to be repaired.</summary>
    private async Task<OutgoingHook?> TipsAsync(Team team, Wishes wishes, StoredConnection stored, CancellationToken cancellationToken)
    {
        var ours = await _client.Hooks.OutgoingAsync(team.Id, cancellationToken).Where(hook => IsOurs(hook, wishes, stored)).ToListAsync(cancellationToken);
        return ours.Find(hook => hook.CallbackUrls.Contains(wishes.WebhookUrl)) ?? ours.FirstOrDefault();
    }

    /// <summary>That of another sidecar is none of ours.</summary>
    private static bool IsOurs(OutgoingHook hook, Wishes wishes, StoredConnection stored) =>
        hook.CallbackUrls.Any(Wishes.IsOurWebhook) && (hook.CallbackUrls.Contains(wishes.WebhookUrl) || stored.WebhookTokens.Contains(hook.Token) || wishes.TakesOver);

    private async Task<ChannelState?> ChannelAsync(Team team, string? name, string? botId, CancellationToken cancellationToken) =>
        name is not null && await OrNullAsync(_client.Channels.GetByNameAsync(team.Id, name, cancellationToken)) is { } channel
            ? new ChannelState(channel, botId is not null && await OrNullAsync(_client.Channels.MemberAsync(channel.Id, botId, cancellationToken)) is not null)
            : null;

    /// <summary>While the bot is switched off its token cannot be tried, so a new one is made.</summary>
    private async Task<bool> WorksAsync(Bot bot, string token, Uri url, CancellationToken cancellationToken)
    {
        using var asBot = new Connection(url, token, setup);
        try
        {
            return (await asBot.Client.Users.MeAsync(cancellationToken)).Id == bot.UserId;
        }
        catch (MattermostException e) when (e.IsUnauthorized)
        {
            return false;
        }
    }

    private static async Task<T?> OrNullAsync<T>(Task<T> asking) where T : class
    {
        try
        {
            return await asking;
        }
        catch (MattermostException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
