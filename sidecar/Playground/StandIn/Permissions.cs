namespace MattermostLearning.Playground.StandIn;

/// <summary>Who may do what, as far as the default roles of Mattermost decide it.</summary>
internal static class Permissions
{
    public static bool IsIn(this Channel channel, User user) => channel.Members.ContainsKey(user.Id);

    public static bool IsIn(this Team team, User user) => team.Members.TryGetValue(user.Id, out var m) && m.DeleteAt == 0;

    public static bool IsTeamAdmin(this World world, User user, string teamId) =>
        user.IsAdmin || (world.Teams.TryGetValue(teamId, out var team) && team.Members.TryGetValue(user.Id, out var m) && m is { IsAdmin: true, DeleteAt: 0 });

    public static bool MayViewTeam(this World world, User user, string teamId) =>
        user.IsAdmin || (world.Teams.TryGetValue(teamId, out var team) && team.IsIn(user));

    /// <summary>Full members of the team: guests have no rights of their own in it.</summary>
    public static bool IsTeamUser(this World world, User user, string teamId) =>
        user.IsAdmin || (!user.IsGuest && world.Teams.TryGetValue(teamId, out var team) && team.IsIn(user));

    /// <summary>Reading, uploading and commands: for members of the channel.</summary>
    public static bool MayUse(this User user, Channel? channel) => user.IsAdmin || (channel is not null && channel.IsIn(user));

    /// <summary>Seeing that a channel exists: members, and full members of the team when it is public.</summary>
    public static bool MaySee(this World world, User user, Channel channel) =>
        user.MayUse(channel) || (channel.Type == "O" && world.IsTeamUser(user, channel.TeamId));

    /// <summary>Posting and reacting: members, and admins of the team even where they are not members and cannot read.</summary>
    public static bool MaySpeak(this World world, User user, Channel? channel) =>
        user.MayUse(channel) || (channel is { TeamId.Length: > 0 } && world.IsTeamAdmin(user, channel.TeamId));

    /// <summary>Adding and removing others: any full member of the channel, and admins of the team.</summary>
    public static bool MayManageMembers(this World world, User user, Channel channel) =>
        user.MayManageChannel(channel) || (channel.TeamId.Length > 0 && world.IsTeamAdmin(user, channel.TeamId));

    public static bool MayManageChannel(this User user, Channel channel) => user.IsAdmin || (!user.IsGuest && channel.IsIn(user));

    public static bool MayDeleteOthersPosts(this World world, User user, Channel channel) =>
        user.IsAdmin || (channel.TeamId.Length > 0 && world.IsTeamAdmin(user, channel.TeamId));

    /// <summary>A guest sees only people who share a channel with them.</summary>
    public static bool MaySee(this World world, User user, User other) =>
        user.Id == other.Id || !user.IsGuest || world.ChannelsOfUser(user.Id).Values.Any(c => c.IsIn(other));

    public static void Require(bool allowed)
    {
        if (!allowed)
            throw Refusal.Forbidden();
    }
}
