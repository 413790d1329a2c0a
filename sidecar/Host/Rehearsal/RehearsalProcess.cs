using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>
/// The runtime is set up for a sidecar, which lives for months beside others. A rehearsal lives for seconds and has the machine for itself: with settings for that it takes a
/// fifth less work. A process has them from its beginning, so the program starts itself once more.
/// </summary>
internal static class RehearsalProcess
{
    /// <summary>Numbers are hexadecimal, as the runtime reads them.</summary>
    private static readonly IReadOnlyDictionary<string, string> Runtime = new Dictionary<string, string>
    {
        // What it would learn by watching itself pays later than a rehearsal ends.
        ["DOTNET_TieredPGO"] = "0",
        // Code that is made here is run here: no page of it has to be mapped twice, to be written by one address and read by another.
        ["DOTNET_EnableWriteXorExecute"] = "0",
        // Nearly all is rubbish soon: the more there is of it, the less often it is looked through. Nobody waits meanwhile.
        ["DOTNET_GCgen0size"] = "4000000",
        ["DOTNET_gcConcurrent"] = "0",
        // Whoever moves a clock waits for everything to rest, so there is nothing that a second thread could do: with one, nobody is woken, and nobody waited for.
        ["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1",
        ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1",
    };

    /// <summary>This process has its settings, from here or from whoever started it.</summary>
    public static bool IsThis => Runtime.Keys.All(name => Environment.GetEnvironmentVariable(name) is not null);

    /// <summary>Runs this very command line in a process of its own, with the same input, output and end.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync()
    {
        var program = Environment.ProcessPath!;
        var line = Environment.GetCommandLineArgs();
        // `dotnet Program.dll` is told again which program it is to run.
        var start = new ProcessStartInfo(program, Path.GetFileNameWithoutExtension(program) == "dotnet" ? line : line[1..]);
        foreach (var (name, value) in Runtime)
            start.Environment.TryAdd(name, value);
        using var process = Process.Start(start)!;
        // Whatever ends this one ends the other: a terminal tells both, but a supervisor only this.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => process.Kill());
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => process.Kill());
        using var left = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => process.Kill());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
