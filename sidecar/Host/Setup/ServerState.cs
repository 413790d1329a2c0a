using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>What there is already: on the server, and in `mattermost.json`.</summary>
internal sealed record ServerState(Version? Version, User Admin, StoredConnection Stored, IReadOnlyList<TeamState> Teams)
{
    public bool BotsMayBeMade { get; init; } = true;

    public bool HasCommands { get; init; } = true;

    public bool HasOutgoingHooks { get; init; } = true;

    public bool HasIncomingHooks { get; init; } = true;

    public Bot? Bot { get; init; }

    /// <summary>Somebody gave it a picture.</summary>
    public bool BotHasPicture { get; init; }

    /// <summary>Tokens of commands that this sidecar takes, wherever they are set.</summary>
    public IReadOnlySet<string> KnownTokens { get; init; } = new HashSet<string>();

    /// <summary>Null where there is no bot yet, or its owner cannot be seen.</summary>
    public User? BotOwner { get; init; }

    /// <summary>The bot's name belongs to a person.</summary>
    public bool NameIsTaken { get; init; }

    /// <summary>The stored token is the bot's, and Mattermost takes it. That of a bot that is switched off cannot be tried, and counts as none.</summary>
    public bool TokenWorks { get; init; }

    /// <summary>Without their secrets.</summary>
    public IReadOnlyList<AccessToken> BotTokens { get; init; } = [];

    /// <summary>Teams that were asked for and are not there.</summary>
    public IReadOnlyList<string> UnknownTeams { get; init; } = [];
}

internal sealed record TeamState(Team Team)
{
    public bool HasBot { get; init; }

    /// <summary>The team's `/learn`, whosever it is.</summary>
    public Command? Learn { get; init; }

    /// <summary>Who made it; null where that cannot be seen.</summary>
    public User? LearnOwner { get; init; }

    public OutgoingHook? Tips { get; init; }

    /// <summary>The incoming webhook that an earlier setup made and wrote down.</summary>
    public IncomingHook? Alerts { get; init; }

    public ChannelState? Learning { get; init; }

    public ChannelState? Facilitators { get; init; }
}

internal sealed record ChannelState(Channel Channel, bool HasBot);
