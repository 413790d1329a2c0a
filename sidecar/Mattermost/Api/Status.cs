using System.Text.Json.Serialization;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

/// <summary>Whether somebody is there. Asked only to choose a good moment, never kept.</summary>
public sealed record UserStatus : MattermostObject
{
    public string UserId { get; init => field = value ?? ""; } = "";

    /// <summary>online, away, dnd, ooo (out of office: automatic replies are on) or offline.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>Set by the person, not found out by the server.</summary>
    public bool Manual { get; init; }

    /// <summary>On do-not-disturb or out of office: nothing that can wait is for now.</summary>
    [JsonIgnore]
    public bool DoNotDisturb => Status is "dnd" or "ooo";
}

public interface IStatusApi
{
    Task<UserStatus> GetAsync(string userId, CancellationToken cancellationToken);

    Task<IReadOnlyList<UserStatus>> GetManyAsync(IEnumerable<string> userIds, CancellationToken cancellationToken);
}

internal sealed class StatusApi(MattermostTransport http) : IStatusApi
{
    public Task<UserStatus> GetAsync(string userId, CancellationToken cancellationToken) =>
        http.GetAsync($"users/{MattermostId.Require(userId)}/status", MattermostJson.Wire.UserStatus, cancellationToken);

    public async Task<IReadOnlyList<UserStatus>> GetManyAsync(IEnumerable<string> userIds, CancellationToken cancellationToken)
    {
        var found = new List<UserStatus>();
        foreach (var ids in Paging.Chunks(userIds).ToList())
        {
            found.AddRange(await http.QueryAsync(
                "users/status/ids", ids, MattermostJson.Wire.StringArray, MattermostJson.Wire.ListUserStatus, cancellationToken));
        }
        return found;
    }
}
