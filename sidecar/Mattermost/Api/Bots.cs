using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public sealed record Bot : MattermostObject
{
    public string UserId { get; init => field = value ?? ""; } = "";

    public string Username { get; init => field = value ?? ""; } = "";

    public string DisplayName { get; init => field = value ?? ""; } = "";

    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>When the owner is deactivated, the server disables the bot too, by default.</summary>
    public string OwnerId { get; init => field = value ?? ""; } = "";

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }

    /// <summary>When it was disabled; 0 while it works.</summary>
    public long DeleteAt { get; init; }

    [JsonIgnore]
    public bool IsEnabled => DeleteAt == 0;
}

public sealed record NewBot
{
    public required string Username { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }
}

/// <summary>What to change of a bot; null stays.</summary>
public sealed record BotPatch
{
    public string? Username { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }
}

/// <summary>Bots are made and changed by system admins; the running sidecar is a plain bot and calls none of this.</summary>
public interface IBotsApi
{
    Task<Bot> CreateAsync(NewBot bot, CancellationToken cancellationToken);

    Task<Bot> GetAsync(string botUserId, CancellationToken cancellationToken);

    IAsyncEnumerable<Bot> AllAsync(bool includeDisabled, CancellationToken cancellationToken);

    Task<Bot> PatchAsync(string botUserId, BotPatch patch, CancellationToken cancellationToken);

    Task<Bot> EnableAsync(string botUserId, CancellationToken cancellationToken);

    Task<Bot> DisableAsync(string botUserId, CancellationToken cancellationToken);

    /// <summary>Gives the bot to another owner.</summary>
    Task<Bot> AssignAsync(string botUserId, string ownerId, CancellationToken cancellationToken);
}

internal sealed class BotsApi(MattermostTransport http) : IBotsApi
{
    public Task<Bot> CreateAsync(NewBot bot, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, "bots", bot, Json.NewBot, Json.Bot, cancellationToken);

    public Task<Bot> GetAsync(string botUserId, CancellationToken cancellationToken) =>
        http.GetAsync($"{Path(botUserId)}?include_deleted=true", Json.Bot, cancellationToken);

    public IAsyncEnumerable<Bot> AllAsync(bool includeDisabled, CancellationToken cancellationToken) => Paging.EachAsync(
        (page, cancel) => http.GetAsync(
            $"bots?page={page}&per_page={Paging.PerPage}&include_deleted={(includeDisabled ? "true" : "false")}", Json.ListBot, cancel),
        cancellationToken);

    public Task<Bot> PatchAsync(string botUserId, BotPatch patch, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Put, Path(botUserId), patch, Json.BotPatch, Json.Bot, cancellationToken);

    public Task<Bot> EnableAsync(string botUserId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, $"{Path(botUserId)}/enable", Json.Bot, cancellationToken);

    public Task<Bot> DisableAsync(string botUserId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, $"{Path(botUserId)}/disable", Json.Bot, cancellationToken);

    public Task<Bot> AssignAsync(string botUserId, string ownerId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, $"{Path(botUserId)}/assign/{MattermostId.Require(ownerId)}", Json.Bot, cancellationToken);

    private static string Path(string botUserId) => $"bots/{MattermostId.Require(botUserId)}";

    private static MattermostJson Json => MattermostJson.Wire;
}
