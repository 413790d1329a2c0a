using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>`setup --remove`: takes the sidecar out of Mattermost. What people wrote stays, and so do the data unless they are asked to go.</summary>
internal sealed class Remover(MattermostClient client, ServerState state, Wishes wishes, string dataPath, Terminal terminal)
{
    public IReadOnlyList<string> Todo => [.. Removals().Select(one => one.Todo)];

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        foreach (var (todo, takeAsync) in Removals())
        {
            await takeAsync(cancellationToken);
            terminal.Print($"  done: {todo}");
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
        if (state.BotTokens.Any(token => !IsOwn(token)))
            terminal.Print($"  - access tokens of @{wishes.BotName} that setup did not make, worth nothing while it is off (Integrations > Bot Accounts deletes them)");
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

    private IEnumerable<(string Todo, Func<CancellationToken, Task> TakeAsync)> Removals()
    {
        foreach (var team in state.Teams.Where(HasOwnCommand))
            yield return ($"delete /{Wishes.Trigger} in the team {team.Team.Name}", cancel => client.Commands.DeleteAsync(team.Learn!.Id, cancel));
        foreach (var team in state.Teams.Where(team => team.Tips is not null))
            yield return ($"delete the outgoing webhook for tips in the team {team.Team.Name}", cancel => client.Hooks.DeleteOutgoingAsync(team.Tips!.Id, cancel));
        foreach (var team in state.Teams.Where(team => team.Alerts is not null))
            yield return ($"delete the incoming webhook for alerts in the team {team.Team.Name}", cancel => client.Hooks.DeleteIncomingAsync(team.Alerts!.Id, cancel));
        if (state.Bot is { IsEnabled: true } bot)
            yield return ($"switch the bot @{wishes.BotName} off, in every team", cancel => client.Bots.DisableAsync(bot.UserId, cancel));
        // A bot that is off keeps its tokens: whoever switches it on again would give their powers back.
        if (state.BotTokens.Where(IsOwn).ToList() is { Count: > 0 } own)
            yield return ($"revoke the access token{(own.Count == 1 ? "" : "s")} that setup made for @{wishes.BotName}", cancel => RevokeAsync(own, cancel));
    }

    private async Task RevokeAsync(IEnumerable<AccessToken> tokens, CancellationToken cancellationToken)
    {
        foreach (var token in tokens)
            await client.Tokens.RevokeAsync(token.Id, cancellationToken);
    }

    private static bool IsOwn(AccessToken token) => token.Description == Wishes.TokenDescription;

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
