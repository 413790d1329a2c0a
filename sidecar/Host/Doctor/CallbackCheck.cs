using System.Globalization;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Lets Mattermost call: nothing else shows whether it can.</summary>
internal static class CallbackCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.AdminToken is null)
            return [Remembered(examination)];
        if (examination.Teams.Count == 0)
            return [Finding.Skip("callback", examination.Unreachable ?? "The bot is in no team that is known.")];
        using var connection = examination.AsAdmin();
        try
        {
            List<Finding> findings = [];
            foreach (var team in examination.IsDeep ? examination.Teams : examination.Teams.Take(1))
                findings.Add(await ProbeAsync(examination, connection.Client, team, cancellationToken));
            return findings;
        }
        catch (CannotStartException e)
        {
            return [Finding.Fail("callback", e.Message, "Put Sidecar__Listen right.")];
        }
        catch (MattermostException e)
        {
            return [Finding.Fail("callback", e.Message, "The admin's token may be wrong, or no system admin's.")];
        }
    }

    private static async Task<Finding> ProbeAsync(Examination examination, MattermostClient client, Team team, CancellationToken cancellationToken)
    {
        var callback = examination.Sidecar.CallbackUrl;
        var square = await client.Channels.GetByNameAsync(team.Id, "town-square", cancellationToken);
        var probe = await CallbackProbe.RunAsync(client, square.Id, examination.Sidecar.Listen, examination.Mattermost.CommandTokens, examination.Setup.ProbeListens, cancellationToken);
        var where = examination.IsDeep ? $" (team {team.Name})" : "";
        return probe switch
        {
            { Arrival: Arrival.Arrived, ByRunningSidecar: true } => Finding.Ok("callback", $"/learn help was answered by the sidecar: \"{probe.Seen}\"{where}"),
            { Arrival: Arrival.Arrived } => Finding.Ok("callback", $"Mattermost reaches {callback}; doctor listened in the sidecar's place{where}"),
            { Arrival: Arrival.NoCommand } => Finding.Fail("callback", $"Mattermost knows no /{Wishes.Trigger} in the team {team.Name}, so it calls nobody.", $"Run setup --team {team.Name}: it makes the command."),
            { Arrival: Arrival.WrongToken } => Finding.Fail("callback", $"The call arrives, with a token that is not known here{where}.", "Run setup again. If a sidecar runs, it may use another data folder."),
            { Arrival: Arrival.SomebodyElse } => Finding.Fail("callback", $"Something else answers at {callback}: \"{probe.Seen}\"{where}", $"It should lead to {examination.Sidecar.Listen}: check Sidecar__CallbackUrl and the proxy."),
            _ => Finding.Fail("callback", $"Mattermost cannot call {callback}{where}.", await CallbackAdvice.AfterFailureAsync(callback, client, cancellationToken)),
        };
    }

    /// <summary>Bots may not run commands. What the sidecar that runs remembers of Mattermost's calls says something, too.</summary>
    private static Finding Remembered(Examination examination)
    {
        const string how = "Give --admin-token for this run, or type /learn help in Mattermost.";
        return examination.Running switch
        {
            { LastRefused: { } refused } running when refused > (running.LastAnswered ?? DateTimeOffset.MinValue) => Finding.Warn(
                "callback", $"The last call to the sidecar, {Ago(running.Now - refused)}, was refused: its token is not known there.", "Run setup again: it repairs the tokens. " + how),
            { LastAnswered: { } answered } running => Finding.Ok("callback", $"Mattermost called {Ago(running.Now - answered)} and was answered"),
            { } => Finding.Skip("callback", "Mattermost has not called since the sidecar was started, and bots may not run commands.", how),
            null => Finding.Skip("callback", "Bots may not run commands.", how),
        };
    }

    private static string Ago(TimeSpan age)
    {
        var (number, unit) = age switch
        {
            { TotalMinutes: < 2 } => (Math.Max(0, age.TotalSeconds), "seconds"),
            { TotalHours: < 2 } => (age.TotalMinutes, "minutes"),
            { TotalDays: < 2 } => (age.TotalHours, "hours"),
            _ => (age.TotalDays, "days"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number:0} {unit} ago");
    }
}
