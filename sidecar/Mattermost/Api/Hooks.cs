using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

/// <summary>A listener for words in public channels, also where the bot is no member.</summary>
public sealed record OutgoingHook : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>A secret: it comes with every request that the hook makes.</summary>
    public string Token { get; init => field = value ?? ""; } = "";

    public string TeamId { get; init => field = value ?? ""; } = "";

    /// <summary>Empty for every public channel of the team.</summary>
    public string ChannelId { get; init => field = value ?? ""; } = "";

    /// <summary>In whose name answers are posted.</summary>
    public string CreatorId { get; init => field = value ?? ""; } = "";

    public string DisplayName { get; init => field = value ?? ""; } = "";

    public IReadOnlyList<string> TriggerWords { get; init => field = value ?? []; } = [];

    public int TriggerWhen { get; init; }

    public IReadOnlyList<string> CallbackUrls { get; init => field = value ?? []; } = [];

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }

    public long DeleteAt { get; init; }
}

public sealed record OutgoingHookSpec
{
    /// <summary>An update repeats the id that stands in its path.</summary>
    [JsonInclude]
    internal string? Id { get; init; }

    public required string TeamId { get; init; }

    /// <summary>Null for every public channel of the team; then there must be trigger words.</summary>
    public string? ChannelId { get; init; }

    /// <summary>An update that does not repeat it takes it away.</summary>
    public string? Token { get; init; }

    /// <summary>The bot, so that answers come from it; only an admin may name somebody else.</summary>
    public string? CreatorId { get; init; }

    public required string DisplayName { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Matched with upper and lower case as written.</summary>
    public IReadOnlyList<string> TriggerWords { get; init; } = [];

    /// <summary>0 when the first word is a trigger word, 1 when it begins with one.</summary>
    public int TriggerWhen { get; init; }

    public required IReadOnlyList<string> CallbackUrls { get; init; }

    public string ContentType { get; } = "application/json";
}

public sealed record IncomingHook : MattermostObject
{
    /// <summary>A secret: whoever knows it can post.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    public string TeamId { get; init => field = value ?? ""; } = "";

    public string ChannelId { get; init => field = value ?? ""; } = "";

    public string UserId { get; init => field = value ?? ""; } = "";

    public string DisplayName { get; init => field = value ?? ""; } = "";

    public string Description { get; init => field = value ?? ""; } = "";

    public bool ChannelLocked { get; init; }

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }

    public long DeleteAt { get; init; }
}

public sealed record IncomingHookSpec
{
    /// <summary>An update repeats the id that stands in its path.</summary>
    [JsonInclude]
    internal string? Id { get; init; }

    public required string ChannelId { get; init; }

    public required string DisplayName { get; init; }

    public string Description { get; init; } = "";

    public bool ChannelLocked { get; init; }
}

public interface IHooksApi
{
    /// <summary>The outgoing webhooks of a team; with their tokens for those who may manage them.</summary>
    IAsyncEnumerable<OutgoingHook> OutgoingAsync(string teamId, CancellationToken cancellationToken);

    Task<OutgoingHook> CreateOutgoingAsync(OutgoingHookSpec spec, CancellationToken cancellationToken);

    Task<OutgoingHook> UpdateOutgoingAsync(string hookId, OutgoingHookSpec spec, CancellationToken cancellationToken);

    Task DeleteOutgoingAsync(string hookId, CancellationToken cancellationToken);

    IAsyncEnumerable<IncomingHook> IncomingAsync(string teamId, CancellationToken cancellationToken);

    Task<IncomingHook> CreateIncomingAsync(IncomingHookSpec spec, CancellationToken cancellationToken);

    Task<IncomingHook> UpdateIncomingAsync(string hookId, IncomingHookSpec spec, CancellationToken cancellationToken);

    Task DeleteIncomingAsync(string hookId, CancellationToken cancellationToken);
}

internal sealed class HooksApi(MattermostTransport http) : IHooksApi
{
    public IAsyncEnumerable<OutgoingHook> OutgoingAsync(string teamId, CancellationToken cancellationToken)
    {
        MattermostId.Require(teamId);
        return Paging.EachAsync(
            (page, cancel) => http.GetAsync(
                $"hooks/outgoing?team_id={teamId}&page={page}&per_page={Paging.PerPage}", Json.ListOutgoingHook, cancel),
            cancellationToken);
    }

    public Task<OutgoingHook> CreateOutgoingAsync(OutgoingHookSpec spec, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, "hooks/outgoing", Checked(spec), Json.OutgoingHookSpec, Json.OutgoingHook, cancellationToken);

    public Task<OutgoingHook> UpdateOutgoingAsync(string hookId, OutgoingHookSpec spec, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Put,
        $"hooks/outgoing/{MattermostId.Require(hookId)}",
        Checked(spec) with { Id = hookId },
        Json.OutgoingHookSpec,
        Json.OutgoingHook,
        cancellationToken);

    public Task DeleteOutgoingAsync(string hookId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Delete, $"hooks/outgoing/{MattermostId.Require(hookId)}", cancellationToken);

    public IAsyncEnumerable<IncomingHook> IncomingAsync(string teamId, CancellationToken cancellationToken)
    {
        MattermostId.Require(teamId);
        return Paging.EachAsync(
            (page, cancel) => http.GetAsync(
                $"hooks/incoming?team_id={teamId}&page={page}&per_page={Paging.PerPage}", Json.ListIncomingHook, cancel),
            cancellationToken);
    }

    public Task<IncomingHook> CreateIncomingAsync(IncomingHookSpec spec, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, "hooks/incoming", Checked(spec), Json.IncomingHookSpec, Json.IncomingHook, cancellationToken);

    public Task<IncomingHook> UpdateIncomingAsync(string hookId, IncomingHookSpec spec, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Put,
        $"hooks/incoming/{MattermostId.Require(hookId)}",
        Checked(spec) with { Id = hookId },
        Json.IncomingHookSpec,
        Json.IncomingHook,
        cancellationToken);

    public Task DeleteIncomingAsync(string hookId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Delete, $"hooks/incoming/{MattermostId.Require(hookId)}", cancellationToken);

    private static OutgoingHookSpec Checked(OutgoingHookSpec spec)
    {
        MattermostId.Require(spec.TeamId);
        if (spec.ChannelId is not null) MattermostId.Require(spec.ChannelId);
        if (spec.CreatorId is not null) MattermostId.Require(spec.CreatorId);
        if (spec.ChannelId is null && spec.TriggerWords.Count == 0)
            throw new ArgumentException("An outgoing webhook needs a channel or trigger words.", nameof(spec));
        if (spec.CallbackUrls.Count == 0 || !spec.CallbackUrls.All(Messages.MessageValidator.IsWebAddress))
            throw new ArgumentException("Callback URLs are absolute http or https addresses, at least one.", nameof(spec));
        return spec;
    }

    private static IncomingHookSpec Checked(IncomingHookSpec spec)
    {
        MattermostId.Require(spec.ChannelId);
        return spec;
    }

    private static MattermostJson Json => MattermostJson.Wire;
}
