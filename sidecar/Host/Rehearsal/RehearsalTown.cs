using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar.Adapters;
using MattermostLearning.Sidecar.Rehearsal.People;
using MattermostLearning.Storage.InMemory;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>
/// The very sidecar beside a stand-in for Mattermost, with simulated learners, on a clock that is moved as fast as everything rests. Nothing of
/// it leaves the process: requests, callbacks and the WebSocket go through memory, and so does the store.
/// </summary>
internal sealed class RehearsalTown : IAsyncDisposable
{
    /// <summary>What comes so soon after somebody did something answers it.</summary>
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    /// <summary>Here every change is heard of, so that what is known need not be asked for anew, and of everybody at once it is known.</summary>
    private static readonly Remembering Remembered = new() { Fresh = TimeSpan.FromDays(7 * (RehearsalLine.MostWeeks + 1)), MostItems = 3 * RehearsalLine.MostLearners };

    private readonly VirtualTime _time;
    private readonly MattermostStandIn _mattermost;
    private readonly InMemoryServer _server;
    private readonly InMemoryStore _store = new(writes: false);
    private readonly string _data = Directory.CreateTempSubdirectory("mattermost-learning-").FullName;
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly List<Told> _told = [];
    private readonly Dictionary<string, DateTimeOffset> _acted = new(StringComparer.Ordinal);
    private WebApplication? _sidecar;
    private VirtualTimeDriver? _driver;
    private int _seen;

    private RehearsalTown(VirtualTime time, MattermostStandIn mattermost, InMemoryServer server, IReadOnlyList<Learner> learners, int seed)
    {
        (_time, _mattermost, _server, Learners) = (time, mattermost, server, learners);
        Crowd = new Crowd(mattermost, learners, new Draws(seed), () => time.Now);
    }

    public IReadOnlyList<Learner> Learners { get; }

    public Crowd Crowd { get; }

    public MattermostStandIn Mattermost => _mattermost;

    public DateTimeOffset Now => _time.Now;

    /// <summary>What the bot has said so far.</summary>
    public IReadOnlyList<Told> Told => _told;

    /// <summary>A sentence for each activity that could not be started.</summary>
    public IReadOnlyList<string> NotStarted { get; private set; } = [];

    public IEnumerable<Run> Runs => _runs.Values;

    /// <summary>Which days are left out, and of what name.</summary>
    public RunCalendar Calendar => _sidecar!.Services.GetRequiredService<RunCalendar>();

    /// <param name="content">What is started.</param>
    /// <param name="learners">Who is there.</param>
    /// <param name="start">When the facilitator starts it.</param>
    /// <param name="seed">Of all chance.</param>
    /// <param name="holidays">Files, as `Calendar__Holidays` takes them.</param>
    public static async Task<RehearsalTown> StartAsync(RehearsalContent content, IReadOnlyList<Learner> learners, DateTimeOffset start, int seed, string? holidays)
    {
        var time = new VirtualTime(start);
        var server = new InMemoryServer();
        var mattermost = await MattermostStandIn.StartAsync(new StandInOptions
        {
            TimeProvider = time, TeammateNameDisplay = "full_name", Listens = false, Seed = seed, CallOutHandler = server.Line(),
        });
        var town = new RehearsalTown(time, mattermost, server, learners, seed);
        try
        {
            await town.OpenAsync(content, holidays);
            return town;
        }
        catch
        {
            await town.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets everything happen that is due, and everybody do what they will, up to a moment or until it is enough.</summary>
    public async Task LiveAsync(DateTimeOffset until, Func<bool>? isEnough = null)
    {
        while (isEnough?.Invoke() != true)
        {
            var (due, deed) = (_driver!.NextMoment(), Crowd.Next);
            var next = deed < due || due is null ? deed : due;
            if (next is not { } moment || moment > until)
                break;
            await _driver.AdvanceToAsync(moment > Now ? moment : Now);
            await ObserveAsync();
            if (Crowd.Next <= Now)
            {
                await Crowd.ActAsync();
                await _driver.SettleAsync();
                await ObserveAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_sidecar is not null)
        {
            await TownPlan.EndAsync(_sidecar.StopAsync(), _time, _mattermost);
            await TownPlan.EndAsync(_sidecar.DisposeAsync().AsTask(), _time, _mattermost);
        }

        await _mattermost.DisposeAsync();
        _server.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task OpenAsync(RehearsalContent content, string? holidays)
    {
        var seed = _mattermost.Seed;
        seed.AddTeam(TownPlan.Team, "Acme");
        seed.AddUser(TownPlan.Facilitator, TownPlan.FacilitatorName, TownPlan.FacilitatorZone, teams: TownPlan.Team);
        foreach (var learner in Learners)
            seed.AddUser(learner.UserName, learner.FullName, learner.ZoneName, teams: TownPlan.Team);
        var (_, token) = seed.AddBot(TownPlan.Bot, "Learning", TownPlan.Team);
        _sidecar = BuildSidecar(content, holidays, token, seed.AddCommand(TownPlan.Team, "learn", new Uri("http://sidecar.rehearsal/mattermost/command")));
        TownPlan.Settle(seed, content.Activities, Learners.Select(one => one.UserName).Prepend(TownPlan.Facilitator));

        await _sidecar.StartAsync();
        _driver = new VirtualTimeDriver(_time, RestProbes.Of(_sidecar.Services, _mattermost, TownPlan.Bot));
        await _driver.SettleAsync();
        NotStarted = await TownPlan.StartAsync(_mattermost, _driver, content.Activities.Where(one => one.Start != Content.StartMode.WhenLoaded));
        await ObserveAsync();
    }

    private WebApplication BuildSidecar(RehearsalContent content, string? holidays, string token, string commandToken) => SidecarApp.Build([], setup =>
    {
        var line = new InMemoryLine(_mattermost);
        setup.UseVirtualTime(_time);
        setup.Store = _store;
        setup.Transport = line.Requests;
        setup.Connector = line.ConnectAsync;
        setup.Services = services => services.Replace(ServiceDescriptor.Singleton<IServer>(_server)).Replace(ServiceDescriptor.Singleton<IHostLifetime, Unasked>()).Replace(ServiceDescriptor.Singleton(Remembered));
        setup.Logging = logging => logging.SetMinimumLevel(LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // Not the process's own: a rehearsal must not reach the Mattermost that a shell is set up for.
        setup.Environment = new Dictionary<string, string?>
        {
            ["Mattermost__Url"] = _mattermost.Address.ToString(),
            ["Mattermost__BotToken"] = token,
            ["Mattermost__CommandTokens"] = commandToken,
            ["Sidecar__CallbackUrl"] = "http://sidecar.rehearsal",
            ["Sidecar__Listen"] = "http://127.0.0.1:0",
            ["Sidecar__CallsPerMinute"] = "1000000",
            // The same each time, as the report is, in which codes stand that are made with it. It opens nothing outside of a rehearsal.
            ["Sidecar__SealingKeys"] = Convert.ToBase64String(new byte[SealingKey.MinimumBytes]),
            ["Data__Path"] = _data,
            ["Content__Path"] = content.Folder,
            ["Calendar__Holidays"] = holidays,
            ["Facilitators__People"] = TownPlan.Facilitator,
            ["Facilitators__Channel"] = TownPlan.FacilitatorsChannel,
        };
    });

    /// <summary>What has become visible since it was last looked, for the chronicle and for the people.</summary>
    private async Task ObserveAsync()
    {
        foreach (var entry in _mattermost.Transcript.Since(_seen))
        {
            _seen++;
            if (entry.Kind != TranscriptKind.Private && entry.Who != $"@{TownPlan.Bot}")
                _acted[entry.Who[1..]] = entry.At;
            else if (entry.Kind == TranscriptKind.Private)
                Tell(entry, ToldWhere.Private, null, entry.Who[1..]);
            else if (entry.Kind is TranscriptKind.Posted or TranscriptKind.Edited)
                await ObserveBotAsync(entry);
        }
    }

    private async Task ObserveBotAsync(TranscriptEntry entry)
    {
        var post = _mattermost.As(TownPlan.Bot).Look(entry.PostId);
        var row = post.Prop(MattermostMessenger.RowProp) is { Length: > 0 } rowId ? await _store.GetAsync<OutboxRow>(rowId) : null;
        if (row?.RunId is { } runId && await _store.GetAsync<Run>(runId) is { } run)
            _runs[runId] = run;
        var reader = entry.Place.StartsWith('~') ? "" : ReaderOf(entry.Place);
        var told = Tell(entry, reader.Length > 0 ? ToldWhere.Direct : entry.Thread > 0 ? ToldWhere.Thread : ToldWhere.Channel, row, reader);
        // Whom it reached is the same whatever came in which order, so chance hangs on what was said, not on a number.
        var name = $"{told.At:u} {told.Slug} {told.Where} {told.Headline}";
        if (!told.IsForAll)
            Crowd.SeeDirectly(reader, post, name);
        else if (!told.IsEdit && told.Channel != TownPlan.FacilitatorsChannel)
            Crowd.SeeInChannel(post, name);
    }

    private Told Tell(TranscriptEntry entry, ToldWhere where, OutboxRow? row, string reader)
    {
        var slug = row?.RunId is { } runId && _runs.TryGetValue(runId, out var run) ? run.Slug : "";
        var told = new Told(
            entry.At, where, entry.Place.StartsWith('~') ? entry.Place[1..] : "", reader, row?.Purpose ?? MessagePurpose.Answer, slug, row?.OccurrenceId ?? "",
            entry.Kind == TranscriptKind.Edited, _acted.TryGetValue(reader, out var acted) && entry.At - acted < JustNow, entry);
        _told.Add(told);
        return told;
    }

    /// <summary>Whoever interrupts a rehearsal ends the process, not the sidecar in the middle of it.</summary>
    private sealed class Unasked : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static string ReaderOf(string place) => place.Split(" + ").Select(name => name[1..]).First(name => name != TownPlan.Bot);
}
