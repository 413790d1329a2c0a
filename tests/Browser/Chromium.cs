using MattermostLearning.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace MattermostLearning.Browser;

/// <summary>
/// The browser that this machine has. It is not downloaded: tests that need one show as skipped where there is none. One process serves all
/// tests; each has windows of its own in it.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Variable = "MATTERMOST_LEARNING_CHROMIUM";

    /// <summary>The variable's value for none.</summary>
    public const string Off = "off";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser!;

    /// <summary>Why there is no browser; null when there is one.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var path = Find(Environment.GetEnvironmentVariable, File.Exists);
        if (path is null)
        {
            Missing = $"No Chromium was found on the PATH (Debian: apt-get install chromium), or {Variable} is {Off}. It can name one.";
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path });
        // Two cores may be busy with other tests.
        Assertions.SetDefaultExpectTimeout(20_000);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <exception cref="FileNotFoundException">One was named, and is not there.</exception>
    internal static string? Find(Func<string, string?> variable, Func<string, bool> isThere)
    {
        if (variable(Variable) == Off)
            return null;
        if (variable(Variable) is { Length: > 0 } named)
            return isThere(named) ? named : throw new FileNotFoundException($"{Variable} names {named}, which is not there.");
        var folders = (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + suffix))).FirstOrDefault(isThere);
    }
}
