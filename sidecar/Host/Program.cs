using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Sidecar.Doctor;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Storage;

try
{
    if (args is [PlaygroundVerb.Name, .. var rest])
        return await PlaygroundVerb.RunAsync(rest);
    var line = CommandLine.Parse(args);
    if (line.WantsHelp)
    {
        Console.WriteLine(CommandLine.Help);
        return 0;
    }

    if (line.Verb is CommandLine.Setup)
        return await SetupVerb.RunAsync(line, Terminal.OfProcess(), new SidecarSetup(), CancellationToken.None);
    if (line.Verb is CommandLine.Doctor)
        return await DoctorVerb.RunAsync(line, Terminal.OfProcess(), new SidecarSetup(), CancellationToken.None);
    if (line.File is { } file)
    {
        var files = StoreFiles.Of(line, environment: null);
        Console.WriteLine(line.Verb == CommandLine.Backup ? await files.BackupAsync(file, CancellationToken.None) : files.Restore(file));
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
