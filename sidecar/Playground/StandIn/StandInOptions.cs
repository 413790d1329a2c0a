namespace MattermostLearning.Playground.StandIn;

/// <summary>How a <see cref="MattermostStandIn"/> behaves; the defaults are those of a fresh server with bots and commands switched on.</summary>
public sealed record StandInOptions
{
    /// <summary>The loopback port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Otherwise there is no port, and it is reached by an <see cref="InMemoryLine"/> alone.</summary>
    public bool Listens { get; init; } = true;

    /// <summary>The server version to play. What differs between versions follows it.</summary>
    public string Version { get; init; } = "5.38.0";

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Ids and tokens are drawn from this, so that a run can be repeated.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Runes that a message may hold.</summary>
    public int MaxPostSize { get; init; } = 16383;

    /// <summary>Runes that all props of a post may hold; null takes what the version allows.</summary>
    public int? MaxPropsSize { get; init; }

    /// <summary>How people are shown: <c>username</c>, <c>nickname_full_name</c> or <c>full_name</c>.</summary>
    public string TeammateNameDisplay { get; init; } = "username";

    public bool EnableBotAccountCreation { get; init; } = true;

    public bool EnableCommands { get; init; } = true;

    public bool EnableLatex { get; set; }

    /// <summary>What the server tells administrators about it; calls go out wherever <see cref="CallOutHandler"/> takes them.</summary>
    public string AllowedInternalConnections { get; init; } = "127.0.0.1 localhost";

    /// <summary>How long Mattermost waits for an answer to a command, a click or a dialog.</summary>
    public TimeSpan CallOutTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Carries commands, clicks and dialogs to integrations; null uses the network.</summary>
    public HttpMessageHandler? CallOutHandler { get; init; }

    /// <summary>Requests a second and caller; null switches limiting off, as a fresh server does.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How many requests may come at once before <see cref="RequestsPerSecond"/> bites.</summary>
    public int Burst { get; init; } = 100;
}
