using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>`setup --remove`: takes the sidecar out of Mattermost. What people wrote stays, and so do the data unless they are asked to go.</summary>
internal sealed class Remover(MattermostClient client, ServerState state, Wishes wishes, string dataPath, Terminal terminal)
{
    public IReadOnlyList<string> Todo =>
    [
        .. state.Teams.Where(HasOwnCommand).Select(team => $"delete /{Wishes.Trigger} in the team {team.Team.Name}"),
        .. state.Teams.Where(team => team.Tips is not null).Select(team => $"delete the outgoing webhook for tips in the team {team.Team.Name}"),
        .. state.Teams.Where(team => team.Alerts is not null).Select(team => $"delete the incoming webhook for alerts in the team {team.Team.Name}"),
        .. state.Bot is { IsEnabled: true } ? new[] { $"switch the bot @{wishes.BotName} off, in every team" } : [],
    ];

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        foreach (var team in state.Teams)
        {
            if (HasOwnCommand(team))
            {
                await client.Commands.DeleteAsync(team.Learn!.Id, cancellationToken);
                terminal.Print($"  done: delete /{Wishes.Trigger} in the team {team.Team.Name}");
            }

            if (team.Tips is { } hook)
            {
                await client.Hooks.DeleteOutgoingAsync(hook.Id, cancellationToken);
                terminal.Print($"  done: delete the outgoing webhook for tips in the team {team.Team.Name}");
            }

            if (team.Alerts is { } alerts)
            {
                await client.Hooks.DeleteIncomingAsync(alerts.Id, cancellationToken);
                terminal.Print($"  done: delete the incoming webhook for alerts in the team {team.Team.Name}");
            }
        }

        if (state.Bot is { IsEnabled: true } bot)
        {
            await client.Bots.DisableAsync(bot.UserId, cancellationToken);
            terminal.Print($"  done: switch the bot @{wishes.BotName} off, in every team");
        }
    }

    public void SayWhatStays(bool erased)
    {
        terminal.Print("What stays:");
        terminal.Print("  - everything that the bot and people wrote, and the channels");
        foreach (var team in state.Teams.Where(team => team.Learn is not null && !HasOwnCommand(team)))
            terminal.Print($"  - /{Wishes.Trigger} in the team {team.Team.Name}, which leads elsewhere: {team.Learn!.Url}");
        if (state.Bot is not null)
            terminal.Print($"  - the account @{wishes.BotName}, switched off, with its memberships; setup switches it on again");
        if (!erased)
            terminal.Print($"  - the data in {dataPath} (with --erase-data they go too)");
    }

    /// <exception cref="SetupRefusedException">A sidecar runs and uses the data.</exception>
    public static void RequireUnused(string dataPath)
    {
        if (IsInUse(Path.Combine(dataPath, "learning.db.lock")))
            throw new SetupRefusedException($"A sidecar uses {dataPath}. Stop it first; then run setup --remove --erase-data again. Nothing was changed.");
    }

    /// <summary>Deletes what the sidecar wrote, and nothing else that may stand in the folder.</summary>
    public static IReadOnlyList<string> Erase(string dataPath)
    {
        if (!Directory.Exists(dataPath))
            return [];
        var files = Directory.EnumerateFiles(dataPath).Where(IsOurs).Order(StringComparer.Ordinal).ToList();
        foreach (var path in files)
            File.Delete(path);
        return files;
    }

    private static bool IsOurs(string path) => Path.GetFileName(path) is var name
        && (name is SetupFile.Name or SealingKeyFile.Name or ForgottenFile.Name or "learning-log.db" or "learning-tmp.db" || name.StartsWith("learning.db", StringComparison.Ordinal));

    /// <summary>A sidecar that runs holds the lock open.</summary>
    private static bool IsInUse(string lockFile)
    {
        if (!File.Exists(lockFile))
            return false;
        try
        {
            using var taken = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Another integration's word is none of ours, and neither is another sidecar's.</summary>
    private bool HasOwnCommand(TeamState team) =>
        team.Learn is { } command && Wishes.IsOurCommand(command.Url) && (wishes.TakesOver || !wishes.IsOfAnother(command, state.KnownTokens));
}
