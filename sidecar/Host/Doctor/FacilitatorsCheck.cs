using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Whether the names in the settings are somebody's, and the facilitators' channel one that the bot can write in.</summary>
internal static class FacilitatorsCheck
{
    private const string Check = "facilitators";

    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Bot is null)
            return [Finding.Skip(Check, examination.Unreachable ?? "The bot cannot sign in.")];
        var settings = FacilitatorsSection.Read(new SettingsReader(examination.Configuration));
        if (settings is { People.Count: 0, Channel: null, TeamAdmins: false })
            return [Finding.Warn(Check, "Only system admins may run activities: Facilitators__People, Facilitators__Channel and Facilitators__TeamAdmins are not set.", "Set one of them.")];
        using var connection = examination.AsBot();
        List<Finding> findings = [];
        try
        {
            var people = settings.People.Count > 0 ? await connection.Client.Users.GetByUsernamesAsync(settings.People, cancellationToken) : [];
            findings.AddRange(settings.People.Except(people.Where(one => one.IsActive).Select(one => one.Username), StringComparer.OrdinalIgnoreCase).Select(name =>
                people.Any(one => one.Username == name)
                    ? Finding.Warn(Check, $"The account @{name} of Facilitators__People is deactivated.", "Take it out.")
                    : Finding.Warn(Check, $"Nobody has the username {name} that stands in Facilitators__People.", "Is it a slip of the pen? A username is meant, not a display name or an address.")));
            if (settings.Channel is { } channel && await ChannelAsync(connection.Client, examination, channel.Team, channel.Name, cancellationToken) is { } problem)
                findings.Add(problem);
        }
        catch (MattermostException e)
        {
            return [Finding.Fail(Check, e.Message, "Look at Mattermost's log.")];
        }

        return findings.Count > 0 ? findings : [Finding.Ok(Check, string.Join(", ", new[]
        {
            settings.People.Count > 0 ? string.Join(", ", settings.People.Select(name => $"@{name}")) : null,
            settings.Channel is { } own ? $"the members of ~{own.Name}" : null,
            settings.TeamAdmins ? "team admins" : null,
        }.OfType<string>()))];
    }

    private static async Task<Finding?> ChannelAsync(MattermostClient client, Examination examination, string? team, string name, CancellationToken cancellationToken)
    {
        foreach (var one in examination.Teams.Where(one => team is null || one.Name.Equals(team, StringComparison.OrdinalIgnoreCase)))
        {
            var found = (await client.Channels.MineAsync(one.Id, cancellationToken)).FirstOrDefault(channel => channel.Name == name);
            if (found is { Type: ChannelType.Private, IsArchived: false })
                return null;
            if (found is not null)
                return Finding.Warn(Check, $"~{name} in the team {one.Name} is {(found.IsArchived ? "archived" : "public, so its members may not run activities, and nothing is told there")}.", "Name a private channel in Facilitators__Channel.");
        }

        return Finding.Warn(
            Check, $"The bot is in no private channel ~{name}{(team is null ? "" : $" of the team {team}")}, so alerts reach nobody and its members may not run activities.",
            $"Make it or invite the bot there (/invite @{examination.Bot!.Username}), or run setup --facilitators-channel {name}.");
    }
}
