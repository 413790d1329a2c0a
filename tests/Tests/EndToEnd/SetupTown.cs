using System.Net.Sockets;
using System.Text;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Doctor;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Setup;
using MattermostLearning.Sidecar.Verbs;
using MattermostLearning.TestKit;

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

    public Task<Report> DoctorAsync(bool asAdmin = true) => Checkup.RunAsync(
        new Dictionary<string, string?>(), asAdmin ? AdminToken : null, Setup(), TestContext.Current.CancellationToken);

    /// <summary>What a system admin's client is told.</summary>
    public async Task<string> AskAsync(string path)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        return await http.GetStringAsync(new Uri(Mattermost.Address, "api/v4" + path), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Mattermost.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private SidecarSetup Setup() => new() { Environment = Environment, ProbeListens = address => _probe = address };
}
