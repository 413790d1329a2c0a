using MattermostLearning.Activities.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community;

/// <summary>Who may run activities. Mattermost is asked; a request is never believed.</summary>
public sealed class Facilitators(FacilitatorSettings settings, IDirectory directory, ILogger<Facilitators> logger)
{
    private int _isMissing;

    /// <summary>The channel as it is set; null where none is.</summary>
    public FacilitatorChannel? Wanted => settings.Channel;

    /// <exception cref="DirectoryUnavailableException">Mattermost did not answer: refuse and say "try again".</exception>
    public async ValueTask<bool> MayFacilitateAsync(string personId, string? teamId, CancellationToken cancellationToken)
    {
        if (await directory.PersonAsync(personId, cancellationToken) is not { IsDeactivated: false, IsBot: false } person)
            return false;
        if (person.IsSystemAdmin || settings.People.Contains(person.Username, StringComparer.OrdinalIgnoreCase))
            return true;
        if (settings.TeamAdmins && teamId is not null && await directory.IsTeamAdminAsync(teamId, personId, cancellationToken))
            return true;
        return await ChannelIdAsync(cancellationToken) is { } channelId && await directory.IsInChannelAsync(channelId, personId, cancellationToken);
    }

    /// <summary>The private channel of the facilitators; null when none is set, or the bot is not in it.</summary>
    public async ValueTask<string?> ChannelIdAsync(CancellationToken cancellationToken)
    {
        if (settings.Channel is not { } wanted)
            return null;
        foreach (var team in await directory.TeamsAsync(cancellationToken))
        {
            if (wanted.Team is { } only && !only.Equals(team.Name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (await directory.FindChannelAsync(team.Id, wanted.Name, cancellationToken) is { } channel)
            {
                // A channel that anybody can join would make anybody a facilitator.
                return channel.Type == ChannelType.Private ? Found(channel.Id) : Found(null);
            }
        }

        return Found(null);
    }

    /// <summary>Said once when it is gone, and again only after it was there.</summary>
    private string? Found(string? channelId)
    {
        if (channelId is not null)
            Volatile.Write(ref _isMissing, 0);
        else if (Interlocked.Exchange(ref _isMissing, 1) == 0)
            logger.LogWarning("The bot is in no private channel ~{Channel}, which Facilitators__Channel names: alerts reach nobody there, and its members may not run activities.", settings.Channel!.Name);
        return channelId;
    }

    /// <summary>One facilitator to name in a refusal; null when none is set by name.</summary>
    public async ValueTask<string?> SomebodyAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var username in settings.People)
            {
                if (await directory.FindPersonAsync(username, cancellationToken) is { IsDeactivated: false } person)
                    return person.Id;
            }
        }
        catch (DirectoryUnavailableException)
        {
            // Naming an example is a courtesy; the refusal stands without it.
        }

        return null;
    }
}

/// <param name="People">`Facilitators__People`: usernames.</param>
/// <param name="Channel">`Facilitators__Channel`: a private channel, as `name` or `team/name`.</param>
/// <param name="TeamAdmins">`Facilitators__TeamAdmins`: team admins may, in their team.</param>
public sealed record FacilitatorSettings(IReadOnlyList<string> People, FacilitatorChannel? Channel, bool TeamAdmins);

public sealed record FacilitatorChannel(string? Team, string Name);
