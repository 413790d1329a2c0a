using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using ChannelType = MattermostLearning.Activities.Engine.Ports.ChannelType;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>The bot's way into channels where it is to post, and the way of people who asked it to be taken along. It waits as long as Mattermost takes.</summary>
/// <param name="client">Mattermost.</param>
/// <param name="bot">Who goes in.</param>
/// <param name="inChannel">Memberships that are remembered, by channel and person.</param>
/// <param name="isInTeam">Whether somebody is in a team, as it is remembered.</param>
/// <param name="logger"></param>
internal sealed class ChannelDoor(
    MattermostClient client, BotIdentity bot, Remembered<ChannelMember> inChannel, Func<string, string, CancellationToken, ValueTask<bool>> isInTeam, ILogger logger)
{
    public async Task<ChannelEntry> TakeInAsync(string channelId, string personId, CancellationToken cancellationToken)
    {
        try
        {
            // The bot may add anybody to any channel that it is in, so it is for us to see that the person could go there alone.
            var channel = await client.Channels.GetAsync(channelId, cancellationToken);
            if (Profiles.Of(channel) is not { Type: ChannelType.Public, IsArchived: false })
                return ChannelEntry.NotOpen;
            if (await client.Users.GetManyAsync([personId], cancellationToken) is not [{ IsActive: true, IsGuest: false }]
                || await client.Teams.MemberAsync(channel.TeamId, personId, cancellationToken) is not { DeleteAt: 0 })
                return ChannelEntry.NotOpen;
        }
        catch (MattermostException e) when (e.IsNotFound || e.IsForbidden)
        {
            return ChannelEntry.NotOpen;
        }
        catch (MattermostException e)
        {
            throw new DirectoryUnavailableException(e);
        }

        try
        {
            inChannel.Put(Pair.Of(channelId, personId), await client.Channels.AddMemberAsync(channelId, personId, cancellationToken));
            logger.LogInformation("Took somebody into channel {ChannelId}, as they asked.", channelId);
            return ChannelEntry.In;
        }
        catch (MattermostException e) when (e is { Failure: MattermostFailure.Refused, IsTransient: false, IsUnauthorized: false, OutcomeUnknown: false })
        {
            logger.LogInformation("Nobody can be taken into channel {ChannelId}: {Reason}", channelId, e.Message);
            return ChannelEntry.Refused;
        }
        catch (MattermostException e)
        {
            throw new DirectoryUnavailableException(e);
        }
    }

    public async Task<ChannelAccess> EnterAsync(ChannelProfile channel, CancellationToken cancellationToken)
    {
        try
        {
            var botId = await bot.IdAsync(cancellationToken);
            var key = Pair.Of(channel.Id, botId);
            if (await inChannel.GetAsync(key, cancellationToken) is not { } member)
            {
                if (channel.Type != ChannelType.Public)
                    return ChannelAccess.NeedsInvitation;
                if (!await isInTeam(channel.TeamId, botId, cancellationToken))
                    return ChannelAccess.NotInTeam;
                member = await client.Channels.AddMemberAsync(channel.Id, botId, cancellationToken);
                inChannel.Put(key, member);
                logger.LogInformation("Joined channel {ChannelId}.", channel.Id);
            }

            return await MayPostAsync(channel, member, cancellationToken) ? ChannelAccess.Granted : ChannelAccess.PostingForbidden;
        }
        catch (MattermostException e) when (e.IsForbidden)
        {
            return ChannelAccess.PostingForbidden;
        }
        catch (MattermostException e) when (e.IsNotFound)
        {
            return ChannelAccess.NeedsInvitation;
        }
        catch (MattermostException e)
        {
            throw new DirectoryUnavailableException(e);
        }
    }

    /// <summary>
    /// Whether posting is allowed, as far as a plain bot can see: by the permissions of its own roles, and for replies by those that
    /// every member has. Where the roles are not told, Mattermost's answer to the first post is the word that counts.
    /// </summary>
    private async ValueTask<bool> MayPostAsync(ChannelProfile channel, ChannelMember member, CancellationToken cancellationToken)
    {
        const string create = "create_post";
        try
        {
            var me = await client.Users.MeAsync(cancellationToken);
            var inTeam = channel.TeamId.Length == 0 ? null : await client.Teams.MemberAsync(channel.TeamId, me.Id, cancellationToken);
            var ofChannel = await client.Roles.GetByNamesAsync(Names(member.Roles), cancellationToken);
            if (ofChannel.Count == 0)
                return true;
            var members = ofChannel.Where(role => !role.Permissions.Contains("manage_channel_roles")).ToList();
            if (members.Count > 0 && !members.Exists(role => role.Permissions.Contains(create)))
                return await HaveAsync(Names($"{inTeam?.Roles} {me.Roles}"));
            return ofChannel.Any(role => role.Permissions.Contains(create)) || await HaveAsync(Names($"{inTeam?.Roles} {me.Roles}"));
        }
        catch (MattermostException e) when (!e.IsTransient && !e.IsUnauthorized)
        {
            logger.LogDebug("Roles are not told: {Reason}", e.Message);
            return true;
        }

        async Task<bool> HaveAsync(IReadOnlyList<string> names) =>
            (await client.Roles.GetByNamesAsync(names, cancellationToken)).Any(role => role.Permissions.Contains(create));

        static IReadOnlyList<string> Names(string roles) => roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
