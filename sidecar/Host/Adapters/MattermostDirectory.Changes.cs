using MattermostLearning.Mattermost.Realtime;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>What Mattermost tells of changes, and what is asked anew because of each.</summary>
internal sealed partial class MattermostDirectory
{
    /// <summary>Mattermost told that something changed: what is remembered of it is asked anew.</summary>
    internal void Invalidate(RealtimeEvent happened)
    {
        switch (happened)
        {
            case Reconnected { Gap: true }:
                ForgetAll();
                break;
            case UserUpdated { User: var user }:
                _people.Drop(user.Id);
                _idsByUsername.Drop(user.Username);
                break;
            case Mattermost.Realtime.NewUser { UserId: var id }:
                _people.Drop(id);
                break;
            case RolesUpdated { UserId: var id }:
                _people.Drop(id);
                _teamRights.DropWhere(key => Pair.Right(key) == id);
                break;
            case UserAdded { UserId: var id }:
                ForgetMembership(happened.ChannelId, id);
                break;
            case UserRemoved { UserId: var id }:
                ForgetMembership(happened.ChannelId, id);
                break;
            case ChannelMemberUpdated { Member: var member }:
                ForgetMembership(member.ChannelId, member.UserId);
                break;
            case TeamJoined { UserId: var id }:
                ForgetTeam(happened.TeamId, id);
                break;
            case TeamLeft { UserId: var id }:
                ForgetTeam(happened.TeamId, id);
                break;
            case ChannelCreated or ChannelUpdated or ChannelDeleted or ChannelRestored or ChannelConverted:
                ForgetChannel(happened.ChannelId, happened.TeamId);
                break;
        }
    }

    private void ForgetAll()
    {
        _people.DropWhere(_ => true);
        _idsByUsername.DropWhere(_ => true);
        _channels.DropWhere(_ => true);
        _channelsByName.DropWhere(_ => true);
        _channelsOfTeam.DropWhere(_ => true);
        _public.DropWhere(_ => true);
        _teams.DropWhere(_ => true);
        _myTeams.DropWhere(_ => true);
        _inChannel.DropWhere(_ => true);
        _inTeam.DropWhere(_ => true);
        _teamRights.DropWhere(_ => true);
        _stats.DropWhere(_ => true);
        _config.DropWhere(_ => true);
        _statuses.DropWhere(_ => true);
    }

    private void ForgetMembership(string channelId, string personId)
    {
        _stats.Drop(channelId);
        if (personId == _bot.Id)
        {
            // Out of a channel, the bot no longer hears who comes and goes; back in it, it has missed that.
            _inChannel.DropWhere(key => Pair.Left(key) == channelId);
            ForgetChannel(channelId, "");
        }
        else
        {
            _inChannel.Drop(Pair.Of(channelId, personId));
        }
    }

    private void ForgetTeam(string teamId, string personId)
    {
        _inTeam.Drop(Pair.Of(teamId, personId));
        _teamRights.Drop(Pair.Of(teamId, personId));
        // With the team somebody leaves its channels, too, and nothing more is said of them.
        _inChannel.DropWhere(key => Pair.Right(key) == personId);
        if (personId != _bot.Id)
            return;
        _myTeams.Drop(Only);
        _channelsOfTeam.Drop(teamId);
    }

    private void ForgetChannel(string channelId, string teamId)
    {
        _channels.Drop(channelId);
        _public.DropWhere(key => Pair.Right(key) == channelId);
        _stats.Drop(channelId);
        _channelsByName.DropWhere(key => teamId.Length == 0 || Pair.Left(key) == teamId);
        _channelsOfTeam.DropWhere(key => teamId.Length == 0 || key == teamId);
    }
}
