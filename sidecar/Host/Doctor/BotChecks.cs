using MattermostLearning.Mattermost;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Whether the token is a bot's that works, who owns it, and in which teams it is.</summary>
internal static class BotChecks
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (!examination.IsReachable || examination.Mattermost.BotToken is null)
            return [Finding.Skip("token", examination.IsReachable ? "There is no bot token." : "Mattermost does not answer.")];
        using var connection = examination.AsBot();
        var client = connection.Client;
        List<Finding> findings = [];
        try
        {
            var me = await client.Users.MeAsync(cancellationToken);
            examination.Bot = me;
            findings.Add(me.IsBot
                ? Finding.Ok("token", $"is that of the bot @{me.Username}, which is on")
                : Finding.Warn("token", $"is that of @{me.Username}, a person's account.", "Run setup: a bot of its own posts under its own name, and needs no person."));
            if (me.IsSystemAdmin)
                findings.Add(Finding.Warn("token", $"@{me.Username} is a system admin.", "The sidecar needs no such rights: make it a member (Integrations > Bot Accounts)."));
            examination.Teams = [.. (await client.Teams.MineAsync(cancellationToken)).Where(team => !team.IsArchived)];
            findings.Add(examination.Teams.Count > 0
                ? Finding.Ok("teams", string.Join(", ", examination.Teams.Select(team => team.Name)))
                : Finding.Fail("teams", $"@{me.Username} is in no team.", "Run setup with --team, or invite the bot: /invite @" + me.Username));
            findings.Add((await client.System.ClientConfigAsync(cancellationToken)).SiteUrl is { Length: > 0 } site
                ? Finding.Ok("SiteURL", site)
                : Finding.Warn("SiteURL", "The server's SiteURL is empty, so links in messages may lead nowhere.", "System Console > Environment > Web Server > Site URL."));
            if (me.IsBot && await OwnerAsync(examination, me.Id, cancellationToken) is { } owner)
                findings.Add(owner);
        }
        catch (MattermostException e) when (e.IsUnauthorized)
        {
            findings.Add(Finding.Fail("token", "Mattermost refuses the bot's token: it was revoked, has run out, or the bot is switched off (it is, when its owner is).", "Run setup: it switches the bot on and makes a new token. By hand: Integrations > Bot Accounts."));
        }
        catch (MattermostException e)
        {
            findings.Add(Finding.Fail("token", e.Message, "Look at Mattermost's log."));
        }

        return findings;
    }

    private static async Task<Finding?> OwnerAsync(Examination examination, string botId, CancellationToken cancellationToken)
    {
        if (examination.AdminToken is null)
            return null;
        using var connection = examination.AsAdmin();
        try
        {
            var bot = await connection.Client.Bots.GetAsync(botId, cancellationToken);
            if (!MattermostId.IsValid(bot.OwnerId))
                return null; // a plugin's
            var owner = await connection.Client.Users.GetAsync(bot.OwnerId, cancellationToken);
            return Setup.Planner.LooksLikeAPerson(owner)
                ? Finding.Warn("owner", $"@{owner.Username} owns the bot, and looks like a person.", "Mattermost switches a bot off together with its owner: let a service account own it.")
                : Finding.Ok("owner", $"@{owner.Username}");
        }
        catch (MattermostException e) when (e.IsUnauthorized || e.IsForbidden || e.IsNotFound)
        {
            return Finding.Skip("owner", "Mattermost does not show it to this admin token.");
        }
    }
}
