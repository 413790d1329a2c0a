namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`run`, also when no verb is given: the sidecar, until it is told to stop.</summary>
internal sealed class RunVerb() : Verb(CommandLine.Usual, "starts the sidecar (also when no verb is given)")
{
    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken) =>
        SidecarApp.RunAsync(SidecarApp.Build(call.Settings, call.Setup));
}
