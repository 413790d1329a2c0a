using MattermostLearning.Mattermost;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Lets Mattermost call: nothing else shows whether it can.</summary>
internal static class CallbackCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Teams.Count == 0)
            return [Finding.Skip("callback", "The bot is in no team that is known.")];
        if (examination.AdminToken is null)
            return [Finding.Skip("callback", "Bots may not run commands.", "Give --admin-token for this run, or type /learn help in Mattermost.")];
        using var connection = examination.AsAdmin();
        var callback = examination.Sidecar.CallbackUrl;
        try
        {
            var square = await connection.Client.Channels.GetByNameAsync(examination.Teams[0].Id, "town-square", cancellationToken);
            var probe = await CallbackProbe.RunAsync(connection.Client, square.Id, examination.Sidecar.Listen, examination.Mattermost.CommandTokens, examination.Setup.ProbeListens, cancellationToken);
            return [probe switch
            {
                { Arrival: Arrival.Arrived, ByRunningSidecar: true } => Finding.Ok("callback", $"/learn help was answered by the sidecar: \"{probe.Seen}\""),
                { Arrival: Arrival.Arrived } => Finding.Ok("callback", $"Mattermost reaches {callback} (the sidecar does not run; doctor listened in its place)"),
                { Arrival: Arrival.WrongToken } => Finding.Fail("callback", "The call arrives, with a token that is not known here.", "Run setup again. If a sidecar runs, it may use another data folder."),
                { Arrival: Arrival.SomebodyElse } => Finding.Fail("callback", $"Something else answers at {callback}: \"{probe.Seen}\"", $"It should lead to {examination.Sidecar.Listen}: check Sidecar__CallbackUrl and the proxy."),
                _ => Finding.Fail("callback", $"Mattermost cannot call {callback}.", await CallbackAdvice.AfterFailureAsync(callback, connection.Client, cancellationToken)),
            }];
        }
        catch (CannotStartException e)
        {
            return [Finding.Fail("callback", e.Message, "Put Sidecar__Listen right.")];
        }
        catch (MattermostException e)
        {
            return [Finding.Fail("callback", e.Message, "The admin's token may be wrong, or the command missing: see above.")];
        }
    }
}
