using System.Diagnostics;
using System.Diagnostics.Metrics;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Engine.Telemetry;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar;
using MattermostLearning.Sidecar.Adapters;
using MattermostLearning.Sidecar.Admin;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Simulation;

/// <summary>
/// The whole sidecar beside the stand-in for Mattermost, on one thread and one virtual clock. Requests, callbacks and the WebSocket go through memory; above
/// those everything is as in earnest, but for the alarm clock of runs and the socket of the command-line verbs.
/// </summary>
internal sealed class Town : IAsyncDisposable
{
    public const string Team = "acme";
    public const string Bot = "learning";
    public const string Host = "hana.lead";

    /// <summary>Whoever stops a process kills it after so long.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(8);

    private readonly string _folder = Directory.CreateTempSubdirectory("mattermost-learning-").FullName;
    private readonly Dictionary<string, string?> _environment = new(StringComparer.Ordinal);
    private readonly Doorstep _doorstep;
    private readonly Driver _driver;
    private readonly Draws _draws;
    private readonly Story _story;
    private WebApplication? _sidecar;
    private Life? _life;

    private Town(VirtualTime time, MattermostStandIn mattermost, Doorstep doorstep, Draws draws, Story story)
    {
        (Time, Mattermost, _doorstep, _draws, _story) = (time, mattermost, doorstep, draws, story);
        _driver = new Driver(time);
        story.Begin(mattermost, time, _folder);
    }

    public VirtualTime Time { get; }

    public MattermostStandIn Mattermost { get; }

    public Disk Disk { get; } = new();

    public string BotToken { get; private set; } = "";

    public string BotId => As(Bot).Id;

    /// <summary>It was killed, or died by itself at a moment that was drawn.</summary>
    public bool IsDead => _life is not { IsOver: false };

    public static async Task<Town> StartAsync(DateTimeOffset start, int seed, Action<Seed> people, IReadOnlyDictionary<string, string> content, Story story)
    {
        var time = new VirtualTime(start);
        var doorstep = new Doorstep();
        var mattermost = await MattermostStandIn.StartAsync(new StandInOptions
        {
            TimeProvider = time, TeammateNameDisplay = "full_name", Listens = false, Seed = seed, CallOutHandler = doorstep,
        });
        var town = new Town(time, mattermost, doorstep, new Draws(seed), story);
        town.Settle(people, content);
        await town.StartSidecarAsync();
        return town;
    }

    public Person As(string who) => Mattermost.As(who);

    /// <summary>Waits, by the clock, until everything that was set off has ended.</summary>
    public Task SettleAsync() => _driver.SettleAsync();

    /// <summary>Waits, by the clock, for what somebody has begun.</summary>
    public Task UntilAsync(Task act) => _driver.UntilAsync(act, "somebody who acts");

    /// <summary>Lets everything happen that is due up to a moment; less where the process dies meanwhile.</summary>
    public Task AdvanceToAsync(DateTimeOffset moment, Func<bool> isEnough) => _driver.AdvanceToAsync(moment, isEnough);

    /// <summary>What the bot wrote to somebody directly, oldest first.</summary>
    public async Task<IReadOnlyList<SeenPost>> DirectAsync(string who)
    {
        var person = As(who);
        return [.. person.Read(await person.DirectAsync(Bot)).Where(post => post.UserId == BotId)];
    }

    /// <summary>Of the outbox: every post of the bot carries its id.</summary>
    public static string? RowOf(SeenPost post) => post.Prop(MattermostMessenger.RowProp) is { Length: > 0 } row ? row : null;

    /// <summary>The bot's token stands in `mattermost.json`, where it can be replaced while the sidecar runs.</summary>
    public void KeepToken(string token)
    {
        BotToken = token;
        var file = Path.Combine(_folder, "data", SetupFile.Name);
        File.WriteAllText(file, $$"""{ "Mattermost": { "BotToken": "{{token}}" } }""");
        // The file system's word of it comes in real time.
        _sidecar?.Services.GetRequiredService<SetupFileWatch>().LookNow();
    }

    public void DieWithCommit(int number) => _life!.EndWithCommit(number);

    public void DieWithCall(int number) => _life!.EndWithCall(number);

    public void Kill()
    {
        _life!.End();
        if (_sidecar is { } dead)
            Bury(dead.Services);
        _sidecar = null;
        Disk.Reopen();
    }

    /// <summary>The runtime has lists of its own of what is measured in a process, and who hears its signals. What stands in them stays in memory, with all that hangs on it.</summary>
    private static void Bury(IServiceProvider services)
    {
        services.GetRequiredService<IMeterFactory>().Dispose();
        services.GetRequiredService<DiagnosticListener>().Dispose();
        services.GetRequiredService<LearningTelemetry>().Dispose();
        (services.GetRequiredService<IHostLifetime>() as IDisposable)?.Dispose();
    }

    /// <summary>As a service manager does it: asks, and kills what does not come to its end.</summary>
    public async Task StopAsync()
    {
        var stopping = EndAsync(_sidecar!);
        await AdvanceToAsync(Time.Now + LongestStop, () => stopping.IsCompleted);
        if (stopping.IsCompleted)
            _sidecar = null;
        Kill();
        if (stopping.IsCompleted)
            await stopping;

        static async Task EndAsync(WebApplication sidecar)
        {
            await sidecar.StopAsync();
            await sidecar.DisposeAsync();
        }
    }

    public async Task StartSidecarAsync()
    {
        var life = _life = new Life(Time, Mattermost, Disk, _draws, _story);
        var server = new InMemoryServer();
        var sidecar = _sidecar = SidecarApp.Build([], setup =>
        {
            setup.UseVirtualTime(life.Clock);
            setup.StopTime = life.Clock;
            setup.LongestNap = TimeSpan.FromMinutes(5); // the clock is set now and then; in earnest that is noticed within half a minute, for which a week would stop twenty thousand times
            setup.SetupFileListens = false;
            setup.Outbox = new OutboxSettings(MostAtOnce: 1 + _draws.For($"life {_story.Commits}").Next(8));
            setup.Environment = _environment;
            setup.Store = life.Store;
            setup.Transport = life.Transport;
            setup.Connector = life.ConnectAsync;
            setup.Services = services => PutIn(services, server);
            setup.Logging = logging => logging.AddProvider(_story).SetMinimumLevel(LogLevel.Information);
        });
        _doorstep.Open(life, server);
        await _driver.UntilAsync(sidecar.StartAsync(), "the start");
        // A process that was killed does nothing more, whatever its parts were about to do.
        _driver.Probes = [.. RestProbes.Of(sidecar.Services, Mattermost, Bot).Select(probe => probe with { IsAtRest = now => life.IsOver ? new ValueTask<bool>(true) : probe.IsAtRest(now) })];
        await SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsDead)
            await StopAsync();
        await Mattermost.DisposeAsync();
        _doorstep.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Settle(Action<Seed> people, IReadOnlyDictionary<string, string> content)
    {
        Mattermost.Seed.AddTeam(Team, "Acme");
        people(Mattermost.Seed);
        var (_, token) = Mattermost.Seed.AddBot(Bot, "Learning", Team);
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        foreach (var (path, text) in content)
        {
            var file = Path.Combine(_folder, "content", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        KeepToken(token);
        _environment["Mattermost__Url"] = Mattermost.Address.ToString();
        _environment["Mattermost__CommandTokens"] = Mattermost.Seed.AddCommand(Team, "learn", new Uri("http://sidecar.simulation/mattermost/command"));
        _environment["Sidecar__CallbackUrl"] = "http://sidecar.simulation";
        _environment["Sidecar__Listen"] = "http://127.0.0.1:0";
        // The same each time, as what is made with it.
        _environment["Sidecar__SealingKeys"] = Convert.ToBase64String(new byte[SealingKey.MinimumBytes]);
        _environment["Data__Path"] = Path.Combine(_folder, "data");
        _environment["Content__Path"] = Path.Combine(_folder, "content");
        _environment["Facilitators__People"] = Host;
    }

    /// <summary>What has a thread or a time of its own is left out: real sockets, and Quartz.</summary>
    private static void PutIn(IServiceCollection services, InMemoryServer server)
    {
        services.Replace(ServiceDescriptor.Singleton<IServer>(server));
        services.Replace(ServiceDescriptor.Singleton<IRunTriggers, RunAlarms>());
        foreach (var hosted in services.Where(one => one.ServiceType == typeof(IHostedService)
            && (one.ImplementationType == typeof(AdminSocket) || one.ImplementationType?.Namespace?.StartsWith("Quartz", StringComparison.Ordinal) == true)).ToList())
            services.Remove(hosted);
    }
}
