using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Whether each of the bot's teams has `/learn`, with our token and leading here. Bots may not list commands; an admin may.</summary>
internal static class CommandCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Bot is null)
            return [Finding.Skip("command", examination.Unreachable ?? "The bot cannot sign in.")];
        List<Finding> findings = [];
        using var connection = examination.AdminToken is null ? examination.AsBot() : examination.AsAdmin();
        foreach (var team in examination.Teams)
        {
            try
            {
                var command = (await connection.Client.Commands.ListAsync(team.Id, cancellationToken)).FirstOrDefault(one => one.Trigger == Wishes.Trigger);
                findings.Add(Judge(team, command, examination));
            }
            catch (MattermostException e) when (e.IsUnauthorized)
            {
                return [.. findings, Finding.Fail("command", "Mattermost refuses the admin's token.", "Give one that is valid: --admin-token.")];
            }
            catch (MattermostException e) when (e.IsForbidden)
            {
                return [.. findings, Finding.Skip("command", "The bot may not list commands.", "Give --admin-token for this run, or look: Integrations > Slash Commands.")];
            }
            catch (MattermostException e)
            {
                findings.Add(Finding.Fail("command", $"{team.Name}: {e.Message}", "Are custom slash commands switched on (ServiceSettings.EnableCommands)?"));
            }
        }

        return findings;
    }

    private static Finding Judge(Team team, Command? command, Examination examination)
    {
        const string again = "Run setup again: it repairs the command.";
        if (command is null)
            return Finding.Fail("command", $"The team {team.Name} has no /{Wishes.Trigger}.", $"Run setup --team {team.Name}.");
        if (!Wishes.IsOurCommand(command.Url))
            return Finding.Fail("command", $"/{Wishes.Trigger} in the team {team.Name} belongs to another integration: {command.Url}", "Delete it or give it another word, then run setup.");
        if (!examination.Mattermost.CommandTokens.Contains(command.Token))
        {
            return Finding.Fail(
                "command", $"The token of /{Wishes.Trigger} in the team {team.Name} is not among Mattermost__CommandTokens{(command.Url == examination.CommandUrl ? "" : $", and it calls {command.Url}")}.",
                command.Url == examination.CommandUrl ? again : "Is a second sidecar registered for this team? One is enough: stop that one, or let it have the team. " + again);
        }

        if (command.Url != examination.CommandUrl)
            return Finding.Fail("command", $"/{Wishes.Trigger} in the team {team.Name} calls {command.Url}, and this sidecar is {examination.CommandUrl}.", "Where another sidecar took the team over, one is enough: stop one of the two. Else set Sidecar__CallbackUrl to what is right. Then run setup again.");
        return command.Method == "P"
            ? Finding.Ok("command", $"/{Wishes.Trigger} in the team {team.Name} calls {command.Url} with a token that is known here")
            : Finding.Fail("command", $"/{Wishes.Trigger} in the team {team.Name} calls with GET.", again);
    }
}
