using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public interface IChannelsApi
{
    /// <summary>Also an archived channel, while the account is in it.</summary>
    Task<Channel> GetAsync(string channelId, CancellationToken cancellationToken);

    Task<Channel> GetByNameAsync(string teamId, string name, CancellationToken cancellationToken);

    /// <summary>The channels of a team that the account is in, direct and group messages among them.</summary>
    Task<IReadOnlyList<Channel>> MineAsync(string teamId, CancellationToken cancellationToken);

    /// <summary>The public channels of a team, whether the account is in them or not.</summary>
    IAsyncEnumerable<Channel> PublicAsync(string teamId, CancellationToken cancellationToken);

    /// <summary>Those among some channels of a team that are public and not archived.</summary>
    Task<IReadOnlyList<Channel>> PublicAsync(string teamId, IEnumerable<string> channelIds, CancellationToken cancellationToken);

    Task<Channel> CreateAsync(NewChannel channel, CancellationToken cancellationToken);

    /// <summary>The direct conversation of two accounts, one of them usually our own; made when there is none yet.</summary>
    Task<Channel> DirectAsync(string userId, string otherUserId, CancellationToken cancellationToken);

    /// <summary>The conversation of 3 to 8 accounts, our own included; made when there is none yet.</summary>
    Task<Channel> GroupAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    Task<ChannelMember> MemberAsync(string channelId, string userId, CancellationToken cancellationToken);

    IAsyncEnumerable<ChannelMember> MembersAsync(string channelId, CancellationToken cancellationToken);

    /// <summary>The memberships of those of the given people who are in the channel.</summary>
    Task<IReadOnlyList<ChannelMember>> MembersAsync(string channelId, IEnumerable<string> userIds, CancellationToken cancellationToken);

    /// <summary>Adds somebody, or lets our own account join a public channel of a team that it is in.</summary>
    Task<ChannelMember> AddMemberAsync(string channelId, string userId, CancellationToken cancellationToken);

    Task RemoveMemberAsync(string channelId, string userId, CancellationToken cancellationToken);

    Task<ChannelStats> StatsAsync(string channelId, CancellationToken cancellationToken);

    Task ArchiveAsync(string channelId, CancellationToken cancellationToken);

    Task<Channel> RestoreAsync(string channelId, CancellationToken cancellationToken);
}

internal sealed class ChannelsApi(MattermostTransport http) : IChannelsApi
{
    /// <summary>The server's word, with a 404, for an account that is in no channel at all.</summary>
    private const string InNone = "app.channel.get_channels.not_found.app_error";

    private const string NoneOfThem = "app.channel.get_channels_by_ids.not_found.app_error";

    public Task<Channel> GetAsync(string channelId, CancellationToken cancellationToken) =>
        http.GetAsync(Path(channelId), Json.Channel, cancellationToken);

    public Task<Channel> GetByNameAsync(string teamId, string name, CancellationToken cancellationToken) => http.GetAsync(
        $"teams/{MattermostId.Require(teamId)}/channels/name/{PathText.Require(name)}", Json.Channel, cancellationToken);

    public async Task<IReadOnlyList<Channel>> MineAsync(string teamId, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetAsync($"users/me/teams/{MattermostId.Require(teamId)}/channels", Json.ListChannel, cancellationToken);
        }
        catch (MattermostException e) when (e.Id == InNone)
        {
            return [];
        }
    }

    public IAsyncEnumerable<Channel> PublicAsync(string teamId, CancellationToken cancellationToken)
    {
        MattermostId.Require(teamId);
        return Paging.EachAsync(
            (page, cancel) => http.GetAsync($"teams/{teamId}/channels?page={page}&per_page={Paging.PerPage}", Json.ListChannel, cancel),
            cancellationToken);
    }

    public async Task<IReadOnlyList<Channel>> PublicAsync(string teamId, IEnumerable<string> channelIds, CancellationToken cancellationToken)
    {
        var path = $"teams/{MattermostId.Require(teamId)}/channels/ids";
        var found = new List<Channel>();
        foreach (var ids in Paging.Chunks(channelIds).ToList())
        {
            try
            {
                found.AddRange(await http.QueryAsync(path, ids, Json.StringArray, Json.ListChannel, cancellationToken));
            }
            catch (MattermostException e) when (e.IsNotFound && e.Id == NoneOfThem)
            {
                // Where none of them is public, Mattermost calls that an error.
            }
        }

        return found;
    }

    public Task<Channel> CreateAsync(NewChannel channel, CancellationToken cancellationToken)
    {
        MattermostId.Require(channel.TeamId);
        return http.SendAsync(HttpMethod.Post, "channels", channel, Json.NewChannel, Json.Channel, cancellationToken);
    }

    public Task<Channel> DirectAsync(string userId, string otherUserId, CancellationToken cancellationToken) => http.SendRepeatableAsync(
        "channels/direct",
        [MattermostId.Require(userId), MattermostId.Require(otherUserId)],
        Json.StringArray,
        Json.Channel,
        cancellationToken);

    public Task<Channel> GroupAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var ids = userIds.Distinct(StringComparer.Ordinal).Select(id => MattermostId.Require(id, nameof(userIds))).ToArray();
        if (ids.Length is < 3 or > 8)
            throw new ArgumentException($"A group message has 3 to 8 people, the bot included; these are {ids.Length}.", nameof(userIds));
        return http.SendRepeatableAsync("channels/group", ids, Json.StringArray, Json.Channel, cancellationToken);
    }

    public Task<ChannelMember> MemberAsync(string channelId, string userId, CancellationToken cancellationToken) =>
        http.GetAsync($"{Path(channelId)}/members/{MattermostId.Require(userId)}", Json.ChannelMember, cancellationToken);

    public IAsyncEnumerable<ChannelMember> MembersAsync(string channelId, CancellationToken cancellationToken)
    {
        var path = Path(channelId);
        return Paging.EachAsync(
            (page, cancel) => http.GetAsync($"{path}/members?page={page}&per_page={Paging.PerPage}", Json.ListChannelMember, cancel),
            cancellationToken);
    }

    public async Task<IReadOnlyList<ChannelMember>> MembersAsync(
        string channelId, IEnumerable<string> userIds, CancellationToken cancellationToken)
    {
        var path = Path(channelId) + "/members/ids";
        var found = new List<ChannelMember>();
        foreach (var ids in Paging.Chunks(userIds).ToList())
            found.AddRange(await http.QueryAsync(path, ids, Json.StringArray, Json.ListChannelMember, cancellationToken));
        return found;
    }

    public Task<ChannelMember> AddMemberAsync(string channelId, string userId, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Post,
        $"{Path(channelId)}/members",
        new UserIdWire(MattermostId.Require(userId)),
        Json.UserIdWire,
        Json.ChannelMember,
        cancellationToken);

    public Task RemoveMemberAsync(string channelId, string userId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Delete, $"{Path(channelId)}/members/{MattermostId.Require(userId)}", cancellationToken);

    public Task<ChannelStats> StatsAsync(string channelId, CancellationToken cancellationToken) =>
        http.GetAsync($"{Path(channelId)}/stats", Json.ChannelStats, cancellationToken);

    public Task ArchiveAsync(string channelId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Delete, Path(channelId), cancellationToken);

    public Task<Channel> RestoreAsync(string channelId, CancellationToken cancellationToken) =>
        http.SendAsync(HttpMethod.Post, $"{Path(channelId)}/restore", Json.Channel, cancellationToken);

    private static string Path(string channelId) => $"channels/{MattermostId.Require(channelId)}";

    private static MattermostJson Json => MattermostJson.Wire;
}

internal sealed record UserIdWire(string UserId);
