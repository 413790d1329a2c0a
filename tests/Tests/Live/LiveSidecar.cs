using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Sidecar;
using MattermostLearning.Storage.LiteDb;
using MattermostLearning.TestKit;
using MattermostLearning.Tests.Contract.Store;
using MattermostLearning.Tests.Contract.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MattermostLearning.Tests.Live;

/// <summary>
/// The real sidecar in this process, on real time, its data on the disk, beside a Mattermost that it knows as any installation does: a bot of
/// its own, `/learn` in a team, and callbacks over HTTP. Its connections can be cut and its life ended.
/// </summary>
internal sealed class LiveSidecar : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static int _lastPort = 20_000 + (Environment.ProcessId % 10_000);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _settings;
    private readonly LiteDbStore _store;
    private readonly List<WebSocket> _sockets = [];
    private readonly List<Task> _ending = [];
    private readonly Lock _gate = new();
    private WebApplication? _app;
    private Lifeline? _life;
    private bool _isCut;

    private LiveSidecar(Client bot, Dictionary<string, string?> settings)
    {
        Bot = bot;
        _settings = settings;
        Directory.CreateDirectory(ContentFolder);
        Directory.CreateDirectory(_folder.File("data"));
        settings["Content__Path"] = ContentFolder;
        settings["Data__Path"] = _folder.File("data");
        _store = LiteDbStore.Open(new LiteDbOptions { Path = _folder.File("data/learning.db") }, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
    }

    /// <summary>The account that it is.</summary>
    public Client Bot { get; }

    /// <summary>Its command, without the slash: the team may have a `/learn`.</summary>
    public string Trigger { get; private init; } = "";

    /// <summary>What is on the disk, whether or not a sidecar runs on it.</summary>
    public LiteDbStore Store => _store;

    public IServiceProvider Services => _app!.Services;

    public RecordedLog Log { get; } = new();

    /// <summary>Told of each answer to a call, before the sidecar hears it: true loses the answer, and the process with it.</summary>
    public Func<HttpRequestMessage, bool>? DiesOf { get; set; }

    private string ContentFolder => _folder.File("content");

    /// <summary>Makes bot and command. The content is read with each start.</summary>
    public static async Task<LiveSidecar> MakeAsync(ContractServer server)
    {
        var port = FreePort();
        var bot = await server.NewBotAsync($"live{port}");
        var trigger = server.NewName("learn");
        var command = await server.Admin.Post(
            "/commands", new { team_id = server.TeamId, trigger, method = "P", url = $"http://127.0.0.1:{port}/mattermost/command" });
        command.Status.ShouldBe(HttpStatusCode.Created, command.Body);
        return new LiveSidecar(bot, new Dictionary<string, string?>
        {
            ["Mattermost__Url"] = server.Address.ToString(),
            ["Mattermost__BotToken"] = bot.Token,
            ["Mattermost__CommandTokens"] = command.Json.Text("token"),
            ["Sidecar__Listen"] = $"http://127.0.0.1:{port}",
            ["Sidecar__CallbackUrl"] = $"http://127.0.0.1:{port}",
        })
        {
            Trigger = trigger,
        };
    }

    public void WriteContent(string path, string text) => File.WriteAllText(Path.Combine(ContentFolder, path), text);

    /// <param name="behind">How far its clock is behind the right one.</param>
    public async Task StartAsync(TimeSpan behind = default)
    {
        var life = _life = new Lifeline(_store);
        _app = SidecarApp.Build([], setup =>
        {
            setup.Environment = _settings;
            setup.Time = behind == TimeSpan.Zero ? TimeProvider.System : new SlowClock(behind);
            setup.Store = life;
            setup.Transport = () => new Watched(this, life.Transport());
            setup.Connector = ConnectAsync;
            setup.Logging = logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Information);
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync("the sidecar listens to Mattermost", () => Task.FromResult(IsListening));
    }

    public bool IsListening => Services.GetRequiredService<MattermostSocket>().State.Phase == SocketPhase.Up;

    public async Task StopAsync()
    {
        await _app!.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>As a kill ends it: nothing more of it is stored or sent.</summary>
    public async Task KillAsync()
    {
        _life!.Cut();
        CutSockets();
        foreach (var quartz in _app!.Services.GetServices<IHostedService>().Where(one => one.GetType().Name.StartsWith("Quartz", StringComparison.Ordinal)))
            await quartz.StopAsync(CancellationToken.None);
        // The port of a process that is gone is free.
        await _app.Services.GetRequiredService<IServer>().StopAsync(new CancellationToken(canceled: true));
        _ending.Add(_app.DisposeAsync().AsTask());
        _app = null;
    }

    public bool IsDead => _life!.IsCut;

    /// <summary>Ends its WebSocket, and lets none be opened until <see cref="LetSocketsBe"/>.</summary>
    public void CutSockets()
    {
        lock (_gate)
        {
            _isCut = true;
            _sockets.ForEach(socket => socket.Abort());
            _sockets.Clear();
        }
    }

    public void LetSocketsBe()
    {
        lock (_gate)
            _isCut = false;
    }

    /// <summary>Waits, in real time, for what must come true soon.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"After {Patience.TotalSeconds:0} s it is still not so that {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            LetSocketsBe();
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        await Task.WhenAll(_ending);
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<WebSocket> ConnectAsync(Uri address, string? token, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isCut)
                throw new WebSocketException("The line is cut.");
        }

        var socket = await ClientSocket.ConnectAsync(address, token, cancellationToken);
        lock (_gate)
            _sockets.Add(socket);
        return socket;
    }

    /// <summary>Below those that the machine gives to outgoing connections: it must still be free after a restart.</summary>
    private static int FreePort()
    {
        while (true)
        {
            // Another sidecar of this process may be about to listen on the one before.
            var port = Interlocked.Increment(ref _lastPort);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && port < 32_000)
            {
                // Somebody else's.
            }
        }
    }

    private sealed class SlowClock(TimeSpan behind) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - behind;
    }

    private sealed class Watched(LiveSidecar sidecar, HttpMessageHandler line) : DelegatingHandler(line)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (sidecar.DiesOf?.Invoke(request) != true)
                return answer;
            answer.Dispose();
            sidecar.DiesOf = null;
            sidecar._life!.Cut();
            throw new HttpRequestException("This process was killed.");
        }
    }
}
