using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public sealed record Team : MattermostObject
{
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The part of the address: /name/channels/...</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    public string DisplayName { get; init => field = value ?? ""; } = "";

    /// <summary>O for open, I for invitation only.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    public long CreateAt { get; init; }

    public long DeleteAt { get; init; }

    [JsonIgnore]
    public bool IsArchived => DeleteAt != 0;

    [JsonIgnore]
    public DateTimeOffset? CreatedAt => Time(CreateAt);
}

public sealed record TeamMember : MattermostObject
{
    public string TeamId { get; init => field = value ?? ""; } = "";

    public string UserId { get; init => field = value ?? ""; } = "";

    /// <summary>Role names with spaces between them.</summary>
    public string Roles { get; init => field = value ?? ""; } = "";

    /// <summary>When the person left; 0 while they are in.</summary>
    public long DeleteAt { get; init; }

    public bool SchemeAdmin { get; init; }

    public bool SchemeGuest { get; init; }

    [JsonIgnore]
    public bool IsAdmin => SchemeAdmin || HasRole(Roles, "team_admin");

    [JsonIgnore]
    public bool IsGuest => SchemeGuest || HasRole(Roles, "team_guest");
}

public sealed record NewTeam
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>O for open, I for invitation only.</summary>
    public string Type { get; init; } = "O";
}

public interface ITeamsApi
{
    Task<Team> GetAsync(string teamId, CancellationToken cancellationToken);

    Task<Team> GetByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>The teams that the token's account is in.</summary>
    Task<IReadOnlyList<Team>> MineAsync(CancellationToken cancellationToken);

    /// <summary>The teams that somebody is in; only an admin may ask for others.</summary>
    Task<IReadOnlyList<Team>> OfUserAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Every team that the account may see: for an admin, all.</summary>
    IAsyncEnumerable<Team> AllAsync(CancellationToken cancellationToken);

    Task<TeamMember> MemberAsync(string teamId, string userId, CancellationToken cancellationToken);

    IAsyncEnumerable<TeamMember> MembersAsync(string teamId, CancellationToken cancellationToken);

    /// <summary>Adds somebody; adding a member again changes nothing.</summary>
    Task<TeamMember> AddMemberAsync(string teamId, string userId, CancellationToken cancellationToken);

    Task<Team> CreateAsync(NewTeam team, CancellationToken cancellationToken);
}

internal sealed class TeamsApi(MattermostTransport http) : ITeamsApi
{
    public Task<Team> GetAsync(string teamId, CancellationToken cancellationToken) =>
        http.GetAsync($"teams/{MattermostId.Require(teamId)}", Json.Team, cancellationToken);

    public Task<Team> GetByNameAsync(string name, CancellationToken cancellationToken) =>
        http.GetAsync($"teams/name/{PathText.Require(name)}", Json.Team, cancellationToken);

    public async Task<IReadOnlyList<Team>> MineAsync(CancellationToken cancellationToken) =>
        await http.GetAsync("users/me/teams", Json.ListTeam, cancellationToken);

    public async Task<IReadOnlyList<Team>> OfUserAsync(string userId, CancellationToken cancellationToken) =>
        await http.GetAsync($"users/{MattermostId.Require(userId)}/teams", Json.ListTeam, cancellationToken);

    public IAsyncEnumerable<Team> AllAsync(CancellationToken cancellationToken) => Paging.EachAsync(
        (page, cancel) => http.GetAsync($"teams?page={page}&per_page={Paging.PerPage}", Json.ListTeam, cancel), cancellationToken);

    public Task<TeamMember> MemberAsync(string teamId, string userId, CancellationToken cancellationToken) => http.GetAsync(
        $"teams/{MattermostId.Require(teamId)}/members/{MattermostId.Require(userId)}", Json.TeamMember, cancellationToken);

    public IAsyncEnumerable<TeamMember> MembersAsync(string teamId, CancellationToken cancellationToken)
    {
        MattermostId.Require(teamId);
        return Paging.EachAsync(
            (page, cancel) => http.GetAsync($"teams/{teamId}/members?page={page}&per_page={Paging.PerPage}", Json.ListTeamMember, cancel),
            cancellationToken);
    }

    public Task<TeamMember> AddMemberAsync(string teamId, string userId, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Post,
        $"teams/{MattermostId.Require(teamId)}/members",
        new TeamMemberWire(teamId, MattermostId.Require(userId)),
        Json.TeamMemberWire,
        Json.TeamMember,
        cancellationToken);

    public Task<Team> CreateAsync(NewTeam team, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, "teams", team, Json.NewTeam, Json.Team, cancellationToken);

    private static MattermostJson Json => MattermostJson.Wire;
}

internal sealed record TeamMemberWire(string TeamId, string UserId);
