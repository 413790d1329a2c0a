using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Messages;
using ChannelType = MattermostLearning.Activities.Engine.Ports.ChannelType;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>People, channels and teams of Mattermost as the engine knows them: names that call nobody, and a time zone only where it is one.</summary>
internal static class Profiles
{
    public static PersonProfile Of(User user, string names)
    {
        var fullName = $"{user.FirstName} {user.LastName}".Trim();
        var shown = names switch
        {
            "username" => "",
            "nickname_full_name" when user.Nickname.Trim().Length > 0 => user.Nickname,
            _ => fullName,
        };
        var safe = MentionSafe.Name(shown);
        return new PersonProfile(user.Id, user.Username, safe.Length > 0 ? safe : MentionSafe.Name(user.Username), ZoneOf(user), user.Locale)
        {
            IsBot = user.IsBot,
            IsDeactivated = !user.IsActive,
            IsSystemAdmin = user.IsSystemAdmin,
            IsGuest = user.IsGuest,
        };
    }

    private static TimeZoneInfo? ZoneOf(User user) =>
        user.Zone is { Length: > 0 and <= 64 } name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId
            ? zone
            : null;

    public static ChannelProfile Of(Channel channel) =>
        new(channel.Id, channel.Name, MentionSafe.Name(channel.DisplayName), channel.TeamId, channel.Type switch
        {
            Mattermost.Api.ChannelType.Public => ChannelType.Public,
            Mattermost.Api.ChannelType.Direct => ChannelType.Direct,
            Mattermost.Api.ChannelType.Group => ChannelType.Group,
            _ => ChannelType.Private,
        })
        {
            IsArchived = channel.IsArchived,
        };

    public static TeamProfile Of(Team team) => new(team.Id, team.Name, MentionSafe.Name(team.DisplayName));
}
