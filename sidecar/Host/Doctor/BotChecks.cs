using System.Globalization;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Whether the token is a bot's that works, who owns it, and in which teams it is.</summary>
internal static class BotChecks
{
    /// <summary>An access token without an end of its own gets one in about a century.</summary>
    private static readonly TimeSpan LongLived = TimeSpan.FromDays(20 * 365);
    private static readonly TimeSpan SoonOver = TimeSpan.FromDays(14);

    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Unreachable is { } why)
            return [Finding.Skip("token", why)];
        if (examination.Mattermost.BotToken is null)
            return [Finding.Skip("token", "There is no bot token.", "Run `setup`.")];
        using var connection = examination.AsBot();
        var client = connection.Client;
        List<Finding> findings = [];
        try
        {
            var me = await client.Users.MeAsync(cancellationToken);
            examination.Bot = me;
            findings.Add(me.IsBot
                ? Lived(me, await EndOfTokenAsync(client, me.Id, cancellationToken), TimeProvider.System.GetUtcNow())
                : Finding.Warn("token", $"is that of @{me.Username}, a person's account.", "Run setup: a bot of its own posts under its own name, and needs no person."));
            if (me.IsSystemAdmin)
                findings.Add(Finding.Warn("token", $"@{me.Username} is a system admin.", "The sidecar needs no such rights: make it a member (Integrations > Bot Accounts)."));
            examination.Teams = [.. (await client.Teams.MineAsync(cancellationToken)).Where(team => !team.IsArchived)];
            findings.Add(examination.Teams.Count > 0
                ? Finding.Ok("teams", await PlacesAsync(client, examination.Teams, cancellationToken))
                : Finding.Fail("teams", $"@{me.Username} is in no team.", "Run setup with --team, or invite the bot: /invite @" + me.Username));
            findings.Add((await client.System.ClientConfigAsync(cancellationToken)).SiteUrl is { Length: > 0 } site
                ? Finding.Ok("SiteURL", site)
                : Finding.Warn("SiteURL", "The server's SiteURL is empty, so links in messages may lead nowhere.", "System Console > Environment > Web Server > Site URL."));
            if (me.IsBot && await OwnerAsync(examination, me.Id, cancellationToken) is { } owner)
                findings.Add(owner);
        }
        catch (MattermostException e) when (e.IsUnauthorized)
        {
            findings.Add(Finding.Fail("token", "Mattermost refuses the bot's token: it was revoked, has run out, or the bot is switched off (it is, when its owner is).", (await SwitchedOffAsync(examination, cancellationToken) is { } off ? $"@{off} is switched off. " : "") + "Run setup: it switches the bot on and makes a new token. By hand: Integrations > Bot Accounts."));
        }
        catch (MattermostException e)
        {
            findings.Add(Finding.Fail("token", e.Message, "Look at Mattermost's log."));
        }

        return findings;
    }

    /// <param name="me">The bot.</param>
    /// <param name="end">When the first of its tokens ends; null where none does, or Mattermost does not say.</param>
    /// <param name="now">By this machine's clock.</param>
    internal static Finding Lived(User me, DateTimeOffset? end, DateTimeOffset now)
    {
        var seen = $"is that of the bot @{me.Username}, which is on; ";
        if (end is not { } until || until - now > LongLived)
            return Finding.Ok("token", seen + "no end is set for it");
        seen += string.Create(CultureInfo.InvariantCulture, $"the first of the bot's tokens ends on {until:yyyy-MM-dd}");
        return until - now > SoonOver ? Finding.Ok("token", seen)
            : Finding.Warn("token", seen, "Make a new one (Integrations > Bot Accounts > Create New Token) and hand it over: setup --manual.");
    }

    private static async Task<DateTimeOffset?> EndOfTokenAsync(MattermostClient client, string botId, CancellationToken cancellationToken)
    {
        try
        {
            var sessions = await client.Users.SessionsAsync(botId, cancellationToken);
            return sessions.Where(session => session is { IsOfAccessToken: true, ExpiresAt: > 0 }).Select(session => session.ExpiresAt).Order().Cast<long?>().FirstOrDefault() is { } first
                ? DateTimeOffset.FromUnixTimeMilliseconds(first)
                : null;
        }
        catch (MattermostException e) when (e.IsForbidden || e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The teams with the channels that the bot is in, a few of each.</summary>
    private static async Task<string> PlacesAsync(MattermostClient client, IReadOnlyList<Team> teams, CancellationToken cancellationToken)
    {
        const int few = 5;
        List<string> places = [];
        foreach (var team in teams)
        {
            var names = (await client.Channels.MineAsync(team.Id, cancellationToken))
                .Where(channel => channel.Type is ChannelType.Public or ChannelType.Private && !channel.IsArchived).Select(channel => $"~{channel.Name}").Order(StringComparer.Ordinal).ToList();
            var more = names.Count > few ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - few} more") : "";
            places.Add($"{team.Name} ({(names.Count > 0 ? string.Join(", ", names.Take(few)) + more : "in no channel")})");
        }

        return string.Join("; ", places);
    }

    /// <summary>The token does not say whose it was; setup wrote down which bot it made.</summary>
    private static async Task<string?> SwitchedOffAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination is not { AdminToken: not null, BotName: { } name })
            return null;
        using var connection = examination.AsAdmin();
        try
        {
            return await connection.Client.Bots.AllAsync(includeDisabled: true, cancellationToken)
                .AnyAsync(bot => !bot.IsEnabled && bot.Username == name, cancellationToken) ? name : null;
        }
        catch (MattermostException)
        {
            return null; // then only the token is told of; the admin's own is looked at with the command
        }
    }

    /// <summary>Who owns the bot and made `/learn`.</summary>
    private static async Task<Finding?> OwnerAsync(Examination examination, string botId, CancellationToken cancellationToken)
    {
        if (examination.AdminToken is null)
            return null;
        using var connection = examination.AsAdmin();
        var client = connection.Client;
        try
        {
            List<(string Id, string What)> owned = [((await client.Bots.GetAsync(botId, cancellationToken)).OwnerId, "the bot")];
            foreach (var team in examination.Teams)
            {
                if ((await client.Commands.ListAsync(team.Id, cancellationToken)).FirstOrDefault(one => one.Trigger == Setup.Wishes.Trigger) is { } command)
                    owned.Add((command.CreatorId, $"/{Setup.Wishes.Trigger} in the team {team.Name}"));
            }

            // A plugin's bot has an owner that is no account.
            var people = (await client.Users.GetManyAsync(owned.Select(one => one.Id).Where(MattermostId.IsValid).Distinct(), cancellationToken)).ToDictionary(one => one.Id);
            var told = owned.Where(one => people.ContainsKey(one.Id)).GroupBy(one => one.Id).Select(one => (Owner: people[one.Key], Things: string.Join(", ", one.Select(thing => thing.What)))).ToList();
            return told.FirstOrDefault(one => Setup.Planner.LooksLikeAPerson(one.Owner)) is { Owner: not null } person
                ? Finding.Warn("owner", $"@{person.Owner.Username} owns {person.Things}, and looks like a person.", "Mattermost switches a bot off together with its owner: let a service account own bot, command and webhooks.")
                : told.Count > 0 ? Finding.Ok("owner", string.Join("; ", told.Select(one => $"@{one.Owner.Username} owns {one.Things}"))) : null;
        }
        catch (MattermostException e) when (e.IsUnauthorized || e.IsForbidden || e.IsNotFound)
        {
            return Finding.Skip("owner", "Mattermost does not show it to this admin token.");
        }
    }
}
