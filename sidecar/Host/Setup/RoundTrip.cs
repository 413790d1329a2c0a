namespace MattermostLearning.Sidecar.Setup;

/// <summary>The end of a setup: `/learn help`, executed as the admin, and what its answer tells.</summary>
internal static class RoundTrip
{
    /// <param name="session">As whom.</param>
    /// <param name="state">The first team is where it is typed.</param>
    /// <param name="wishes">How Mattermost should reach the sidecar.</param>
    /// <param name="listen">Where the sidecar listens, or would.</param>
    /// <param name="file">Where the tokens were written.</param>
    /// <param name="terminal">Told what was seen.</param>
    /// <param name="setup">What tests put in other than the real thing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether the call arrived.</returns>
    public static async Task<bool> RunAsync(
        AdminSession session, ServerState state, Wishes wishes, string listen, string file, Terminal terminal, SidecarSetup setup, CancellationToken cancellationToken)
    {
        var square = await session.Client.Channels.GetByNameAsync(state.Teams[0].Team.Id, "town-square", cancellationToken);
        var probe = await CallbackProbe.RunAsync(session.Client, square.Id, listen, StoredConnection.Read(file).CommandTokens, setup.ProbeListens, cancellationToken);
        terminal.Print(probe switch
        {
            { Arrival: Arrival.Arrived, ByRunningSidecar: true } => $"/learn help was answered by the sidecar: \"{probe.Seen}\". Type /learn in Mattermost.",
            { Arrival: Arrival.Arrived } => $"/learn help arrived here: Mattermost reaches {wishes.CallbackUrl}. The sidecar does not run yet; start it with `run` and type /learn in Mattermost.",
            { Arrival: Arrival.WrongToken, ByRunningSidecar: true } =>
                $"The sidecar at {listen} answered, and does not know the command's token. Does it use another data folder than {Path.GetDirectoryName(file)}, or Mattermost__CommandTokens of its environment?",
            { Arrival: Arrival.WrongToken } => "/learn help arrived here with a token that is not in mattermost.json. Run setup again; if that does not help, look for a second /learn.",
            { Arrival: Arrival.NoCommand } => $"Mattermost knows no /learn in the team {state.Teams[0].Team.Name} yet. Run setup again in a moment; if that does not help, look: Integrations > Slash Commands.",
            { Arrival: Arrival.SomebodyElse } => $"Something else answers at {wishes.CallbackUrl}: \"{probe.Seen}\". It should lead to {listen} of this machine; check --callback-url and the proxy.",
            _ => $"Everything is set up, but /learn help does not arrive here. {await CallbackAdvice.AfterFailureAsync(wishes.CallbackUrl, session.Client, cancellationToken)}",
        });
        return probe.Arrival == Arrival.Arrived;
    }
}
