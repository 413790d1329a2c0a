using System.Globalization;
using System.Security.Cryptography;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Benchmarks.Measuring;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Benchmarks.Stage;

/// <summary>The real sidecar: its own process, HTTP, and a data folder on the disk. Where it will listen is known before it starts.</summary>
internal sealed class SidecarProcess : IDisposable
{
    private readonly Workbench _bench;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SealingKey.MinimumBytes);
    private Child? _child;

    public SidecarProcess(Workbench bench)
    {
        _bench = bench;
        DataFolder = bench.NewFolder();
        ContentFolder = bench.NewFolder();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Child.FreePort()}/"));
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public string DataFolder { get; }

    public string ContentFolder { get; }

    public string StoreFile => Path.Combine(DataFolder, StoreFiles.Name);

    public HttpClient Http { get; }

    public Child Process => _child ?? throw new InvalidOperationException("It has not been started.");

    /// <summary>Seals as it does.</summary>
    public Sealer Sealer => new([SealingKey.Of(_key)]);

    public static string ProgramIn(string folder) => Child.ProgramIn(folder, "MattermostLearning.Sidecar");

    /// <summary>Returns when it is ready: it listens, hears Mattermost and is answered by it. What it missed is read back beside that.</summary>
    public async Task StartAsync(Town town, string commandToken)
    {
        var settings = new Dictionary<string, string>
        {
            ["Mattermost__Url"] = town.Address.ToString(),
            ["Mattermost__BotToken"] = town.Bot.Token,
            ["Mattermost__CommandTokens"] = commandToken,
            ["Sidecar__Listen"] = Address.ToString().TrimEnd('/'),
            ["Sidecar__SealingKeys"] = Convert.ToBase64String(_key),
            // A few callers stand for a whole community, so nobody is held up for calling often.
            ["Sidecar__CallsPerMinute"] = "1000000",
            ["Data__Path"] = DataFolder,
            ["Content__Path"] = ContentFolder,
        };
        _child = await Child.StartAsync(ProgramIn(_bench.SidecarFolder), [], settings, new Uri(Address, "readyz"));
    }

    /// <summary>Returns when everything that was missed is read back.</summary>
    public async Task IsInTouchAsync()
    {
        while ((await Http.GetStringAsync("readyz")).Contains("\"note\":", StringComparison.Ordinal))
            await Clock.PauseAsync(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>As by `kill -9`: only what is on the disk is left.</summary>
    public void Kill()
    {
        _child?.Dispose();
        _child = null;
    }

    /// <summary>The store, while no sidecar has it.</summary>
    public LiteDbStore OpenStore()
    {
        MeasurementException.Unless(_child is null, "The sidecar still runs.");
        return LiteDbStore.Open(new LiteDbOptions { Path = StoreFile }, Clock.Time, NullLogger<LiteDbStore>.Instance);
    }

    public void Dispose()
    {
        Kill();
        Http.Dispose();
    }
}
