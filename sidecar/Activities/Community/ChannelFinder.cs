using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Content;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Community;

/// <summary>Finds the channel that a command or a file means, or words why it cannot.</summary>
public sealed class ChannelFinder(IDirectory directory)
{
    private const int LongestName = 64;

    /// <summary>"one-good-question in ~learning" is an activity and a channel.</summary>
    public static (string Words, string? Channel) Split(string arguments)
    {
        var text = arguments.Trim();
        var at = text.LastIndexOf(" in ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return (text, null);
        var channel = text[(at + 4)..].Trim().TrimStart('~', '#');
        return channel.Length == 0 ? (text, null) : (text[..at].Trim(), channel);
    }

    /// <summary>The end of a command that is suggested: the channel that was typed is not forgotten.</summary>
    public static string Again(string? channel) => channel is null ? "" : $" in ~{MentionSafe.Code(channel, LongestName)}";

    /// <summary>Where an activity is to run: as the command says, else as its file says, else here.</summary>
    public async Task<(ChannelProfile? Channel, Reply? Refusal)> ForAsync(
        CommandCall call, ActivityDefinition definition, string? named, CancellationToken cancellationToken)
    {
        var wanted = named is not null ? new ChannelReference(null, named) : definition.Channels.IsEmpty ? null : definition.Channels[0];
        if (wanted is null)
        {
            var here = await directory.ChannelAsync(call.Caller.ChannelId, cancellationToken);
            return here is { Type: ChannelType.Public or ChannelType.Private } ? (here, null) : (null, call.Speech.Say("channel.which", ("slug", definition.Slug)));
        }

        var teamName = wanted.Team ?? definition.Team;
        var teams = (await directory.TeamsAsync(cancellationToken))
            .Where(team => call.Caller.TeamId is { } here ? team.Id == here : teamName is null || teamName.Equals(team.Name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        List<(TeamProfile Team, ChannelProfile Channel)> found = [];
        foreach (var team in teams)
        {
            // A private channel is known only to who is in it, whatever else they may do.
            if (await directory.FindChannelAsync(team.Id, wanted.Name, cancellationToken) is { } channel
                && (channel.Type == ChannelType.Public || await directory.IsInChannelAsync(channel.Id, call.Caller.PersonId, cancellationToken)))
                found.Add((team, channel));
        }

        var name = MentionSafe.Name(wanted.Name);
        return found.Count switch
        {
            1 => (found[0].Channel, null),
            0 when teams.Count == 0 => (null, call.Speech.Say("channel.no-team")),
            0 => (null, call.Speech.Say("channel.unknown", ("channel", name), ("slug", definition.Slug))),
            _ => (null, call.Speech.Say("channel.several", ("channel", name), ("teams", call.Speech.List([.. found.Select(one => one.Team.DisplayName)])))),
        };
    }

    /// <summary>Those among some channels that have this name.</summary>
    public async Task<IReadOnlySet<string>> InChannelAsync(IEnumerable<string> channelIds, string name, CancellationToken cancellationToken)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in channelIds.Distinct())
        {
            if (await directory.ChannelAsync(id, cancellationToken) is { } channel
                && (name.Equals(channel.Name, StringComparison.OrdinalIgnoreCase) || name.Equals(channel.DisplayName, StringComparison.OrdinalIgnoreCase)))
                there.Add(id);
        }

        return there;
    }
}
