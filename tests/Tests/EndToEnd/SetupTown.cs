using System.Net.Sockets;
using System.Text;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Doctor;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;
using MattermostLearning.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A Mattermost where nothing is set up yet, and a folder for data: for `setup` and `doctor`, typed as in a script.</summary>
internal sealed class SetupTown : IAsyncDisposable
{
    /// <summary>Mattermost's calls go to whoever listens for the probe, whatever address they name: no name is looked up.</summary>
    public const string Callback = "http://127.0.0.9:8090";

    private readonly string _folder = Directory.CreateTempSubdirectory("setup-").FullName;
    private Uri? _probe;

    private SetupTown()
    {
        Environment = new Dictionary<string, string?>
        {
            ["Sidecar__Listen"] = "http://127.0.0.1:0",
            ["Data__Path"] = DataFolder,
            ["Content__Path"] = Directory.CreateDirectory(Path.Combine(_folder, "content")).FullName,
        };
        File.WriteAllText(Path.Combine(_folder, "content", "one-good-question.md"), LearningTown.Challenge);
    }

    public MattermostStandIn Mattermost { get; private set; } = null!;

    public Dictionary<string, string?> Environment { get; }

    public string AdminToken { get; private set; } = "";

    /// <summary>Mattermost cannot call.</summary>
    public bool IsBlocked { get; set; }

    public string DataFolder => Path.Combine(_folder, "data");

    public string ConnectionFile => Path.Combine(DataFolder, SetupFile.Name);

    public StoredConnection Stored => StoredConnection.Read(ConnectionFile);

    public static async Task<SetupTown> StartAsync(string admin = "learning.service", Func<StandInOptions, StandInOptions>? change = null)
    {
        var town = new SetupTown();
        var options = new StandInOptions
        {
            CallOutHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectCallback = async (_, cancellationToken) =>
                {
                    if (town.IsBlocked || town._probe is not { } probe)
                        throw new SocketException((int)SocketError.ConnectionRefused);
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(probe.Host, probe.Port, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            },
        };
        town.Mattermost = await MattermostStandIn.StartAsync(change?.Invoke(options) ?? options);
        town.Mattermost.Seed.AddTeam("acme", "Acme");
        town.Mattermost.Seed.AddUser(admin, "Ada Admin", roles: "system_admin system_user", teams: "acme");
        town.Mattermost.Seed.AddUser("ann", "Ann Berg", teams: "acme");
        town.AdminToken = town.Mattermost.Seed.TokenFor(admin);
        return town;
    }

    /// <summary>`setup --yes` in the team acme.</summary>
    public Task<(int Code, string Text)> SetupAsync(params string[] more) =>
        SetupExactlyAsync(["--url", Mattermost.Address.ToString(), "--admin-token", AdminToken, "--callback-url", Callback, "--team", "acme", "--yes", .. more]);

    public async Task<(int Code, string Text)> SetupExactlyAsync(params string[] args)
    {
        await using var text = new StringWriter(new StringBuilder());
        var code = await CommandLine.RunAsync(["setup", .. args], new Terminal(text, isInteractive: false), Setup(), TestContext.Current.CancellationToken);
        return (code, text.ToString().ReplaceLineEndings("\n"));
    }

    public Task<Report> DoctorAsync(bool asAdmin = true, bool deep = false) => Checkup.RunAsync(
        new Dictionary<string, string?>(), asAdmin ? AdminToken : null, deep, Setup(), TestContext.Current.CancellationToken);

    public void WriteContent(string path, string text) => File.WriteAllText(Path.Combine(_folder, "content", path), text);

    /// <summary>The sidecar itself, as setup left things.</summary>
    /// <param name="untilReady">Waits until it says that it can work.</param>
    public async Task<Running> RunAsync(bool untilReady = true)
    {
        var setup = Setup();
        setup.Logging = logging => logging.ClearProviders();
        var app = SidecarApp.Build(new Dictionary<string, string?>(), setup);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        if (untilReady)
            await UntilAsync(async () => (await http.GetAsync(new Uri(new Uri(app.Urls.First()), "/readyz"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        return new Running(app);
    }

    /// <summary>It is stopped before its services go.</summary>
    public sealed class Running(WebApplication app) : IAsyncDisposable
    {
        public Uri Address => new(app.Urls.First());

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }

    /// <summary>What happens in its own time, as long as it may take on a busy machine.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A command, as Mattermost would send it.</summary>
    public static async Task CallAsync(Running sidecar, string token)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = token, ["command"] = "/learn", ["text"] = "help", ["user_id"] = "annannannannannannannannan", ["user_name"] = "ann", ["channel_id"] = "squaresquaresquaresquaresq",
            ["channel_name"] = "town-square", ["team_id"] = "acmeacmeacmeacmeacmeacmeac", ["team_domain"] = "acme", ["trigger_id"] = "t", ["response_url"] = "http://127.0.0.1/r",
        });
        (await http.PostAsync(new Uri(sidecar.Address, "/mattermost/command"), form, TestContext.Current.CancellationToken)).Dispose();
    }

    /// <summary>What a system admin's client is told.</summary>
    public async Task<string> AskAsync(string path)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        return await http.GetStringAsync(new Uri(Mattermost.Address, "api/v4" + path), TestContext.Current.CancellationToken);
    }

    public Task DeleteAsync(string path) => DoAsync(HttpMethod.Delete, path);

    public Task PostAsync(string path) => DoAsync(HttpMethod.Post, path);

    /// <summary>Whether Mattermost takes a token.</summary>
    public async Task<bool> TakesAsync(string token)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (await http.GetAsync(new Uri(Mattermost.Address, "api/v4/users/me"), TestContext.Current.CancellationToken)).IsSuccessStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Mattermost.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task DoAsync(HttpMethod method, string path)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        using var request = new HttpRequestMessage(method, new Uri(Mattermost.Address, "api/v4" + path));
        (await http.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    private SidecarSetup Setup() => new() { Environment = Environment, ProbeListens = address => _probe = address };
}
