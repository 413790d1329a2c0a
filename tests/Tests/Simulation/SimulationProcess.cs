using System.Diagnostics;

namespace MattermostLearning.Tests.Simulation;

/// <summary>A process that simulates; this one has more threads than a seed can be repeated with.</summary>
internal static class SimulationProcess
{
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyList<int> seeds, int weeks, string? stories = null)
    {
        List<string> line = ["exec", Path.Combine(AppContext.BaseDirectory, "MattermostLearning.Simulation.dll"), string.Join(',', seeds), "--weeks", $"{weeks}"];
        if (stories is not null)
            line.AddRange("--stories", stories);
        using var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", line)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
