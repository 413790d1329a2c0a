using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Rehearsal;
using MattermostLearning.Storage.InMemory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.TestKit;

/// <summary>
/// The whole sidecar beside a stand-in for Mattermost, on one virtual clock: the same HTTP and WebSocket as in earnest, and time that
/// moves only when everything rests.
/// </summary>
public sealed class SidecarWorld : IAsyncDisposable
{
    public const string Team = "acme";

    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(30);

    /// <summary>So many glances in a row at which nothing went on: far more than any work takes.</summary>
    private const int LongIdle = 500;

    private readonly string _folder = Directory.CreateTempSubdirectory("mattermost-learning-").FullName;
    private readonly Dictionary<string, string?> _environment = new(StringComparer.Ordinal);
    private readonly List<Task> _ending = [];

    /// <summary>Kept, so that they are not collected before their time.</summary>
    private readonly List<ITimer> _planned = [];
    private WebApplication? _sidecar;
    private Lifeline? _lifeline;
    private int _idleGlances;
    private MattermostClient? _client;
    private Uri? _sidecarAddress;

    private SidecarWorld(VirtualTime time, MattermostStandIn standIn)
    {
        Time = time;
        Mattermost = standIn;
    }

    public VirtualTime Time { get; }

    public MattermostStandIn Mattermost { get; private set; }

    /// <summary>Survives a restart of the sidecar, as a disk does.</summary>
    public InMemoryStore Store { get; private set; } = new();

    /// <summary>A store on the disk in the place of <see cref="Store"/>, from the next start on; whoever gives it closes it.</summary>
    public ILearningStore? StoreOnDisk { get; set; }

    public string BotToken { get; private set; } = "";

    public string CommandToken { get; private set; } = "";

    /// <summary>Of the outgoing webhook, where a test has made one.</summary>
    public string WebhookToken { get; set; } = "";

    public string ContentFolder => Path.Combine(_folder, "content");

    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>What the sidecar logged, without times.</summary>
    public RecordedLog Log { get; } = new();

    public IServiceProvider Services => _sidecar!.Services;

    public Uri SidecarAddress => _sidecarAddress!;

    /// <summary>What holds the running sidecar's life: the world can end it at a chosen moment.</summary>
    public Lifeline Lifeline => _lifeline!;

    /// <summary>How many rows the outbox sends at a time; one, unless a test asks for more, so that a transcript is the same each time.</summary>
    public int MostAtOnce { get; set; } = 1;

    /// <summary>Calls to Mattermost may fail and be repeated after a pause: the clock then moves on while they wait.</summary>
    public bool CallsMayFail { get; set; }

    /// <summary>Something else that waits for the clock in the midst of work, such as a slow disk.</summary>
    public Func<bool>? AlsoWaits { get; set; }

    /// <summary>Set, the next sidecar that starts dies with so many commits: see <see cref="TestKit.Lifeline.CutWithCommit"/>.</summary>
    public int? CommitsOfNextLife { get; set; }

    /// <summary>How long whoever waits for a moment sleeps without looking at the clock; a test that sets the clock gives what it is in earnest.</summary>
    public TimeSpan? LongestNap { get; set; }

    /// <summary>How often the content folder is looked at while the sidecar runs; null: it is read at the start, and not again.</summary>
    public TimeSpan? ContentPoll { get; set; }

    /// <summary>What the machine of the sidecar that starts next cannot do, or does otherwise.</summary>
    public Action<IServiceCollection>? OtherMachine { get; set; }

    private VirtualTimeDriver Driver { get; set; } = null!;

    /// <param name="start">What the clock shows at first.</param>
    /// <param name="facilitators">User names.</param>
    /// <param name="people">Sets up people and channels; the team <see cref="Team"/> is there already.</param>
    /// <param name="content">Files of the content folder, by relative path.</param>
    /// <param name="prepare">The last word before the sidecar starts.</param>
    /// <param name="settings">Further settings, by the names of environment variables.</param>
    public static async Task<SidecarWorld> StartAsync(
        DateTimeOffset start, string facilitators, Action<Seed> people, IReadOnlyDictionary<string, string> content,
        Action<SidecarWorld>? prepare = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var time = new VirtualTime(start);
        SidecarWorld? world = null;
        var standIn = await MattermostStandIn.StartAsync(new StandInOptions
        {
            TimeProvider = time,
            TeammateNameDisplay = "full_name",
            // Mattermost calls the sidecar by a name; where that is, is known once the sidecar listens.
            CallOutHandler = NamedSidecar.At(() => world!._sidecarAddress!),
        });
        world = new SidecarWorld(time, standIn);
        standIn.Seed.AddTeam(Team, "Acme");
        people(standIn.Seed);
        (_, world.BotToken) = standIn.Seed.AddBot("learning", "Learning", Team);
        Directory.CreateDirectory(world.ContentFolder);
        foreach (var (path, text) in content)
            world.WriteContent(path, text);

        world._environment["Mattermost__Url"] = standIn.Address.ToString();
        world._environment["Mattermost__BotToken"] = world.BotToken;
        world._environment["Mattermost__CommandTokens"] = world.CommandToken = standIn.Seed.AddCommand(Team, "learn", new Uri("http://sidecar.test/mattermost/command"));
        world._environment["Sidecar__CallbackUrl"] = "http://sidecar.test";
        world._environment["Sidecar__Listen"] = "http://127.0.0.1:0";
        world._environment["Data__Path"] = world.DataFolder;
        world._environment["Content__Path"] = world.ContentFolder;
        world._environment["Facilitators__People"] = facilitators;
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            world._environment[name] = value;
        prepare?.Invoke(world);
        await world.StartSidecarAsync();
        return world;
    }

    /// <summary>A setting from the next start on; null takes it away.</summary>
    public void Set(string name, string? value) => _environment[name] = value;

    /// <summary>A file of the content folder, as the next start, or the next look, reads it.</summary>
    public void WriteContent(string path, string text)
    {
        var file = Path.Combine(ContentFolder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Puts the bot's token into `mattermost.json`, where it can be replaced while the sidecar runs, and out of the environment.</summary>
    public void KeepTokenInFile(string token)
    {
        _environment.Remove("Mattermost__BotToken");
        BotToken = token;
        Directory.CreateDirectory(DataFolder);
        var file = Path.Combine(DataFolder, "mattermost.json");
        File.WriteAllText(file + ".new", $$"""{ "Mattermost": { "BotToken": "{{token}}" } }""");
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Waits, in real time, until a token that was put into the file counts: the file system tells of it in its own time.</summary>
    public async Task TokenIsTakenUpAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TokenProbe.Current(Services) != BotToken && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        await SettleAsync();
    }

    public Person As(string userName) => Mattermost.As(userName);

    /// <summary>Waits until everything that was set off has ended.</summary>
    public Task SettleAsync() => Driver.SettleAsync();

    /// <summary>Somebody acts, and everything that follows from it at once happens: so a transcript is the same each time.</summary>
    public async Task<T> LetAsync<T>(Task<T> act)
    {
        var result = await act;
        await SettleAsync();
        return result;
    }

    /// <inheritdoc cref="LetAsync{T}"/>
    public async Task LetAsync(Task act)
    {
        await act;
        await SettleAsync();
    }

    /// <summary>Lets everything happen that is due up to this moment.</summary>
    public Task AdvanceToAsync(DateTimeOffset moment) => Driver.AdvanceToAsync(moment);

    public Task AdvanceAsync(TimeSpan delta) => Driver.AdvanceAsync(delta);

    /// <summary>Something that happens by the clock, whatever else goes on then.</summary>
    public void After(TimeSpan delay, Action happen) => _planned.Add(Time.CreateTimer(_ => happen(), null, delay, Timeout.InfiniteTimeSpan));

    public async Task StopSidecarAsync()
    {
        await EndAsync(_sidecar!.StopAsync());
        await EndAsync(_sidecar.DisposeAsync().AsTask());
        Lifeline.Cut();
        _sidecar = null;
    }

    /// <summary>Ends the sidecar as a kill does: nothing more of it is stored or sent, whatever it was doing.</summary>
    public async Task KillSidecarAsync()
    {
        Lifeline.Cut();
        // A process that is gone fires no trigger; disposing alone leaves Quartz's thread behind.
        foreach (var quartz in _sidecar!.Services.GetServices<IHostedService>().Where(one => one.GetType().Name.StartsWith("Quartz", StringComparison.Ordinal)))
            await quartz.StopAsync(CancellationToken.None);
        var ending = _sidecar.DisposeAsync().AsTask();
        // Calls that pause before a repetition give up by the clock, and can do nothing any more: nobody waits for that before the end.
        if (_client!.Underway == 0)
            await EndAsync(ending);
        else
            _ending.Add(ending);
        _sidecar = null;
    }

    public async Task StartSidecarAsync()
    {
        var lifeline = _lifeline = new Lifeline(StoreOnDisk ?? Store, MostAtOnce == 1 ? Mattermost.UntilNobodyWaitsAsync : null);
        _sidecar = SidecarApp.Build([], setup =>
        {
            setup.UseVirtualTime(Time);
            setup.Outbox = new OutboxSettings(MostAtOnce);
            setup.LongestNap = LongestNap ?? setup.LongestNap;
            setup.ContentWatching = ContentPoll is { } every ? new ContentWatching(every, Listens: false) : null;
            setup.Environment = _environment;
            setup.Store = lifeline;
            setup.Transport = lifeline.Transport;
            setup.Services = OtherMachine;
            setup.Logging = logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Information);
        });
        await _sidecar.StartAsync();
        if (CommitsOfNextLife is { } commits)
            lifeline.CutWithCommit(commits);
        CommitsOfNextLife = null;
        _sidecarAddress = new Uri(_sidecar.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        // A process that was killed does nothing more, whatever its parts were about to do.
        var probes = RestProbes.Of(_sidecar.Services, Mattermost, "learning")
            .Select(probe => probe with { IsAtRest = now => lifeline.IsCut ? new ValueTask<bool>(true) : probe.IsAtRest(now), NextMoment = () => lifeline.IsCut ? null : probe.NextMoment() })
            .ToList();
        _client = _sidecar.Services.GetRequiredService<MattermostClient>();
        Driver = new VirtualTimeDriver(Time, probes, IsWaitingForTheClock);
        await Driver.SettleAsync();
    }

    /// <summary>The sidecar is stopped and started again with the store of a backup. What stands beside the store in the data folder stays.</summary>
    public async Task RestoreAsync(InMemoryStore backup)
    {
        await StopSidecarAsync();
        await Store.DisposeAsync();
        Store = backup;
        await StartSidecarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_sidecar is not null)
            await StopSidecarAsync();
        await EndAsync(Task.WhenAll(_ending));
        await Mattermost.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// Calls pause before they are repeated, a WebSocket waits for a word that does not come, or the clock was set and who sleeps until a
    /// moment has not noticed yet; nothing else goes on.
    /// </summary>
    private bool IsWaitingForTheClock()
    {
        if (_sidecar is null || !IsNothingOnTheWire())
        {
            _idleGlances = 0;
            return AlsoWaits?.Invoke() == true;
        }

        // While the clock moves on beside a call, somebody may have set a timer by the time of a moment before, and wakes late.
        _idleGlances++;
        return AlsoWaits?.Invoke() == true || Time.SinceStep <= LongestNap || (CallsMayFail && (IsCallPausing() || _idleGlances > LongIdle));
    }

    private bool IsCallPausing() => _client!.Underway > 0 || Mattermost.Waiting > 0 || Mattermost.Faults.AreSocketsStalled || SocketProbe.IsConnecting(Services);

    /// <summary>Nothing but calls that wait for the clock themselves, or for a sidecar that does.</summary>
    private bool IsNothingOnTheWire()
    {
        var waiting = Mattermost.Waiting;
        return Lifeline.OnTheWire <= waiting && Mattermost.Busy == waiting + Mattermost.PeopleWaiting;
    }

    /// <summary>A client looks on the clock every now and then whether calls still pause before a repetition, and is taken down only then.</summary>
    private async Task EndAsync(Task ending)
    {
        for (var glances = 1; !ending.IsCompleted; glances++)
        {
            if (glances % 50 == 0 && IsNothingOnTheWire() && Time.NextTimer is { } timer && timer - Time.Now <= LongestLook)
                Time.AdvanceTo(timer > Time.Now ? timer : Time.Now);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        await ending;
    }
}
