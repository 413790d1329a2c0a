using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;
using MattermostLearning.Storage;

try
{
    return await CommandLine.RunAsync(args, Terminal.OfProcess(), new SidecarSetup { OwnsProcess = true }, CancellationToken.None);
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (Exception e) when (e is CannotStartException or StoreInUseException or StoreDamagedException or StoreUnavailableException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
