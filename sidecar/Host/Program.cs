using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Storage;

try
{
    var commandLine = CommandLine.Parse(args);
    if (commandLine.WantsHelp)
    {
        Console.WriteLine(CommandLine.Help);
        return 0;
    }

    if (commandLine.File is { } file)
    {
        var files = StoreFiles.Of(commandLine, environment: null);
        Console.WriteLine(commandLine.Verb == CommandLine.Backup ? await files.BackupAsync(file, CancellationToken.None) : files.Restore(file));
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
