using MattermostLearning.Activities.Engine.Ports;

namespace MattermostLearning.Activities.Community;

/// <summary>What somebody may see in Mattermost: channels they are in, and public channels of their teams; guests only the former.</summary>
internal static class ChannelSight
{
    /// <exception cref="DirectoryUnavailableException">Mattermost does not say.</exception>
    public static async ValueTask<bool> MaySeeAsync(
        this IDirectory directory, string personId, string channelId, string teamId, CancellationToken cancellationToken)
    {
        if (await directory.IsInChannelAsync(channelId, personId, cancellationToken))
            return true;
        return await directory.ChannelAsync(channelId, cancellationToken) is { Type: ChannelType.Public, IsArchived: false }
            && await directory.PersonAsync(personId, cancellationToken) is { IsGuest: false }
            && await directory.IsInTeamAsync(teamId, personId, cancellationToken);
    }
}
