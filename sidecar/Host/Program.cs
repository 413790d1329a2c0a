using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Storage;

try
{
    if (args is [PlaygroundVerb.Name, .. var rest])
        return await PlaygroundVerb.RunAsync(rest);
    if (CommandLine.Parse(args).WantsHelp)
    {
        Console.WriteLine(CommandLine.Help);
        return 0;
    }

    return await SidecarApp.RunAsync(SidecarApp.Build(args));
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
catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine($"{e.Message} Sidecar__Listen chooses another address.");
    return 1;
}
