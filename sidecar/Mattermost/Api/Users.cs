using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public sealed record User : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    public long CreateAt { get; init; }

    public long UpdateAt { get; init; }

    /// <summary>When the account was deactivated; 0 while it is active.</summary>
    public long DeleteAt { get; init; }

    public string Username { get; init => field = value ?? ""; } = "";

    public string Nickname { get; init => field = value ?? ""; } = "";

    public string FirstName { get; init => field = value ?? ""; } = "";

    public string LastName { get; init => field = value ?? ""; } = "";

    /// <summary>Empty where the server hides it.</summary>
    public string Email { get; init => field = value ?? ""; } = "";

    /// <summary>Role names with spaces between them, such as <c>system_user system_admin</c>.</summary>
    public string Roles { get; init => field = value ?? ""; } = "";

    /// <summary>The language that the person chose, such as <c>de</c> or <c>pt-BR</c>.</summary>
    public string Locale { get; init => field = value ?? ""; } = "";

    public UserTimezone? Timezone { get; init; }

    public bool IsBot { get; init; }

    /// <summary>When a picture was given to the account; 0 while it has the one that the server draws.</summary>
    public long LastPictureUpdate { get; init; }

    [JsonIgnore]
    public bool IsActive => DeleteAt == 0;

    [JsonIgnore]
    public bool IsSystemAdmin => HasRole(Roles, "system_admin");

    [JsonIgnore]
    public bool IsGuest => HasRole(Roles, "system_guest");

    [JsonIgnore]
    public DateTimeOffset? CreatedAt => Time(CreateAt);

    [JsonIgnore]
    public DateTimeOffset? DeletedAt => Time(DeleteAt);

    /// <summary>The IANA name of the zone the person lives in, or null when they never opened a client that tells.</summary>
    [JsonIgnore]
    public string? Zone => Timezone?.Zone;
}

/// <summary>The server keeps all three as strings.</summary>
public sealed record UserTimezone : MattermostObject
{
    [JsonPropertyName("useAutomaticTimezone")]
    public string UseAutomatic { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("automaticTimezone")]
    public string Automatic { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("manualTimezone")]
    public string Manual { get; init => field = value ?? ""; } = "";

    /// <summary>The IANA name that is in force.</summary>
    [JsonIgnore]
    public string? Zone
    {
        get
        {
            var chosen = string.Equals(UseAutomatic, "false", StringComparison.OrdinalIgnoreCase) ? Manual : Automatic;
            return chosen.Length > 0 ? chosen : null;
        }
    }
}

/// <summary>A token in use: of a sign-in, or an access token.</summary>
public sealed record UserSession : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>0 for one that does not end. An access token without an end has one in about a century.</summary>
    public long ExpiresAt { get; init; }

    public IReadOnlyDictionary<string, string> Props { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [JsonIgnore]
    public bool IsOfAccessToken => Props.GetValueOrDefault("type") == "UserAccessToken";
}

/// <summary>A new account; only an admin, or anybody where the server is open, may create one.</summary>
public sealed record NewUser
{
    public required string Username { get; init; }

    public required string Email { get; init; }

    public required string Password { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Nickname { get; init; }

    public string? Locale { get; init; }

    public override string ToString() => $"NewUser {{ Username = {Username} }}";
}

public interface IUsersApi
{
    Task<User> MeAsync(CancellationToken cancellationToken);

    Task<User> GetAsync(string userId, CancellationToken cancellationToken);

    /// <summary>The people with these ids, fetched 200 at a time; unknown ids are missing from the answer.</summary>
    Task<IReadOnlyList<User>> GetManyAsync(IEnumerable<string> userIds, CancellationToken cancellationToken);

    Task<User> GetByUsernameAsync(string username, CancellationToken cancellationToken);

    Task<IReadOnlyList<User>> GetByUsernamesAsync(IEnumerable<string> usernames, CancellationToken cancellationToken);

    /// <summary>Active people whose name begins so, among those in the team, and in the channel when one is given.</summary>
    Task<IReadOnlyList<User>> AutocompleteAsync(string teamId, string? channelId, string name, CancellationToken cancellationToken);

    Task<User> CreateAsync(NewUser user, CancellationToken cancellationToken);

    /// <summary>One's own; of others, for admins.</summary>
    Task<IReadOnlyList<UserSession>> SessionsAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Gives the account a picture: PNG, JPEG or BMP, best a square.</summary>
    Task SetPictureAsync(string userId, ReadOnlyMemory<byte> image, CancellationToken cancellationToken);

    /// <summary>Switches a bot's or a person's account on or off.</summary>
    Task SetActiveAsync(string userId, bool active, CancellationToken cancellationToken);
}

internal sealed class UsersApi(MattermostTransport http) : IUsersApi
{
    public Task<User> MeAsync(CancellationToken cancellationToken) =>
        http.GetAsync("users/me", Json.User, cancellationToken);

    public Task<User> GetAsync(string userId, CancellationToken cancellationToken) =>
        http.GetAsync($"users/{MattermostId.Require(userId)}", Json.User, cancellationToken);

    public async Task<IReadOnlyList<User>> GetManyAsync(IEnumerable<string> userIds, CancellationToken cancellationToken)
    {
        var found = new List<User>();
        foreach (var ids in Paging.Chunks(userIds).ToList())
            found.AddRange(await http.QueryAsync("users/ids", ids, Json.StringArray, Json.ListUser, cancellationToken));
        return found;
    }

    public Task<User> GetByUsernameAsync(string username, CancellationToken cancellationToken) =>
        http.GetAsync($"users/username/{PathText.Require(username)}", Json.User, cancellationToken);

    public async Task<IReadOnlyList<User>> GetByUsernamesAsync(IEnumerable<string> usernames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(usernames);
        var found = new List<User>();
        foreach (var names in usernames.Distinct(StringComparer.Ordinal).Chunk(Paging.PerPage))
            found.AddRange(await http.QueryAsync("users/usernames", names, Json.StringArray, Json.ListUser, cancellationToken));
        return found;
    }

    public async Task<IReadOnlyList<User>> AutocompleteAsync(
        string teamId, string? channelId, string name, CancellationToken cancellationToken)
    {
        var channel = channelId is null ? "" : "&in_channel=" + MattermostId.Require(channelId);
        var path = $"users/autocomplete?in_team={MattermostId.Require(teamId)}{channel}&name={Uri.EscapeDataString(name)}&limit=25";
        return (await http.GetAsync(path, Json.UserAutocomplete, cancellationToken)).Users;
    }

    public Task<User> CreateAsync(NewUser user, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, "users", user, Json.NewUser, Json.User, cancellationToken);

    public async Task<IReadOnlyList<UserSession>> SessionsAsync(string userId, CancellationToken cancellationToken) =>
        await http.GetAsync($"users/{MattermostId.Require(userId)}/sessions", Json.ListUserSession, cancellationToken);

    public async Task SetPictureAsync(string userId, ReadOnlyMemory<byte> image, CancellationToken cancellationToken)
    {
        using var file = new ReadOnlyMemoryContent(image);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var form = new MultipartFormDataContent { { file, "image", "picture.png" } };
        await http.SendAsync(HttpMethod.Post, $"users/{MattermostId.Require(userId)}/image", form, Json.JsonElement, cancellationToken);
    }

    public Task SetActiveAsync(string userId, bool active, CancellationToken cancellationToken) =>
        http.SendAsync(
            HttpMethod.Put, $"users/{MattermostId.Require(userId)}/active", new ActiveWire(active), Json.ActiveWire, cancellationToken);

    private static MattermostJson Json => MattermostJson.Wire;
}

internal sealed record UserAutocomplete
{
    public List<User> Users { get; init => field = value ?? []; } = [];
}

internal sealed record ActiveWire(bool Active);
