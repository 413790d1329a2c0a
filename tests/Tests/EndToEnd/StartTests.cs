using System.Diagnostics;
using MattermostLearning.Tests.Unit.Host;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>What a started sidecar holds, it holds for months: only what it needs by then.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Libraries_that_nobody_has_asked_for_are_not_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a process has loaded.");
        using var folder = new Folder();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MattermostLearning.Sidecar.dll")]) { RedirectStandardOutput = true };
        foreach (var (name, value) in Sidecars.Settings(folder, ("Sidecar__WaitForSetup", "true")))
            start.Environment[name] = value;
        using var sidecar = Process.Start(start)!;
        try
        {
            while (await sidecar.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("activities are offered", StringComparison.Ordinal))
            {
            }

            var loaded = await File.ReadAllTextAsync($"/proc/{sidecar.Id}/maps", TestContext.Current.CancellationToken);
            loaded.ShouldContain("/Quartz.dll");
            foreach (var library in new[] { "SkiaSharp", "OpenTelemetry", "System.CommandLine", "Spectre.Console", "Microsoft.AspNetCore.Http.Extensions", "System.ComponentModel.TypeConverter" })
                loaded.ShouldNotContain($"/{library}.dll");
        }
        finally
        {
            sidecar.Kill();
            await sidecar.WaitForExitAsync(CancellationToken.None);
        }
    }
}
