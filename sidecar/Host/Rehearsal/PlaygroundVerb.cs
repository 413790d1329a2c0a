using System.Runtime.InteropServices;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>`playground`: a rehearsal on this machine until it is told to stop.</summary>
internal static class PlaygroundVerb
{
    public const string Name = "playground";
    public const string Usage = "[--port 8066] [--content PATH] [--data PATH]";

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var line = PlaygroundLine.Parse(args);
        if (line.WantsHelp)
        {
            Console.WriteLine($"{Name} {Usage}\n\nThe whole sidecar beside a stand-in for Mattermost, on 127.0.0.1 only. --data takes an empty folder; without it nothing is kept.");
            return 0;
        }

        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var town = await PlaygroundTown.StartAsync(line, TimeProvider.System.GetUtcNow());
        Console.WriteLine($"The playground is at {town.Address} (a rehearsal: nothing leaves this machine; Ctrl+C ends it)");
        foreach (var reason in town.NotStarted)
            Console.Error.WriteLine(reason);
        await stop.Task;
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }
}
