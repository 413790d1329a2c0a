using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Playground.Page;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Running;
using MattermostLearning.Storage.InMemory;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>The very sidecar beside a stand-in for Mattermost, a few people, the content's activities started, and the page to play on.</summary>
internal sealed class PlaygroundTown : IAsyncDisposable
{
    /// <summary>A file that somebody edits is to be seen soon, also where the file system does not tell of it.</summary>
    private static readonly ContentWatching Watching = new(TimeSpan.FromSeconds(2), Time: TimeProvider.System);

    /// <summary>More at once would be a rehearsal of a channel that nobody reads.</summary>
    private const int MostStarted = 3;

    private static readonly IReadOnlyList<(PagePerson Person, string DisplayName, string Zone)> People =
    [
        (new PagePerson(TownPlan.Facilitator, "facilitator, London", IsFacilitator: true), TownPlan.FacilitatorName, TownPlan.FacilitatorZone),
        (new PagePerson("ann", "learner, Berlin"), "Ann Berg", "Europe/Berlin"),
        (new PagePerson("bilal", "learner, New York"), "Bilal Khan", "America/New_York"),
        (new PagePerson("chiara", "learner, Tokyo"), "Chiara Rossi", "Asia/Tokyo"),
    ];

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly VirtualTime _time;
    private readonly MattermostStandIn _mattermost;
    private readonly InMemoryStore? _store;
    private readonly string? _temporary;
    private WebApplication? _sidecar;
    private PlaygroundPage? _page;

    private PlaygroundTown(VirtualTime time, MattermostStandIn mattermost, InMemoryStore? store, string? temporary) =>
        (_time, _mattermost, _store, _temporary) = (time, mattermost, store, temporary);

    public Uri Address => _page!.Address;

    public MattermostStandIn Mattermost => _mattermost;

    /// <summary>A sentence for each activity that could not be started.</summary>
    public IReadOnlyList<string> NotStarted { get; private set; } = [];

    /// <param name="line">What was asked for.</param>
    /// <param name="today">The playground begins on the Monday of that week, when the first activities have opened.</param>
    /// <param name="opened">Told the page's address as soon as it answers; what it shows is complete when this returns, and windows wait for that.</param>
    /// <exception cref="CannotStartException">Says what to do: a taken port, a folder that is not there or not empty.</exception>
    public static async Task<PlaygroundTown> StartAsync(PlaygroundLine line, DateTimeOffset today, Action<Uri>? opened = null)
    {
        RefuseUsed(line.Data);
        // Beside all else that takes its time at the start.
        var reading = Task.Run(() => ContentLibrary.Load(Path.GetFullPath(line.Content), ShippedKinds.Reader));
        var monday = new DateTimeOffset(today.UtcDateTime.Date.AddDays(-(((int)today.UtcDateTime.DayOfWeek + 6) % 7)), TimeSpan.Zero);
        var time = new VirtualTime(monday.AddHours(7));
        PlaygroundTown? town = null;
        var mattermost = await MattermostStandIn.StartAsync(new StandInOptions
        {
            TimeProvider = time,
            TeammateNameDisplay = "full_name",
            CallOutHandler = NamedSidecar.At(() => new Uri(town!._sidecar!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First())),
        });
        town = new PlaygroundTown(
            time, mattermost, line.Data is null ? new InMemoryStore() : null, line.Data is null ? Directory.CreateTempSubdirectory("mattermost-learning-").FullName : null);
        try
        {
            await town.OpenAsync(line, monday, reading, opened);
            return town;
        }
        catch
        {
            await town.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ready.TrySetCanceled();
        if (_page is not null)
            await _page.DisposeAsync();
        if (_sidecar is not null)
        {
            await TownPlan.EndAsync(_sidecar.StopAsync(), _time, _mattermost);
            await TownPlan.EndAsync(_sidecar.DisposeAsync().AsTask(), _time, _mattermost);
        }

        await _mattermost.DisposeAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        if (_temporary is not null)
            Directory.Delete(_temporary, recursive: true);
    }

    private async Task OpenAsync(PlaygroundLine line, DateTimeOffset monday, Task<ContentLibrary> reading, Action<Uri>? opened)
    {
        var seed = _mattermost.Seed;
        seed.AddTeam(TownPlan.Team, "Acme");
        foreach (var (person, displayName, zone) in People)
            seed.AddUser(person.UserName, displayName, zone, teams: TownPlan.Team);
        var (_, token) = seed.AddBot(TownPlan.Bot, "Learning", TownPlan.Team);
        _sidecar = BuildSidecar(line, token, seed.AddCommand(TownPlan.Team, "learn", new Uri("http://sidecar.playground/mattermost/command")));
        var offered = (await reading).Definitions.Values.ToList();
        TownPlan.Settle(seed, offered, People.Select(one => one.Person.UserName));

        await _sidecar.StartAsync();
        var driver = new VirtualTimeDriver(_time, RestProbes.Of(_sidecar.Services, _mattermost, TownPlan.Bot));
        _page = await OpenPageAsync(line, driver);
        _sidecar.Services.GetRequiredService<ContentWatch>().Changed += change => _page.TellContent([.. change.Read, .. change.Gone], Broken(change.Library));
        opened?.Invoke(Address);

        await driver.SettleAsync();
        NotStarted = await TownPlan.StartAsync(_mattermost, driver, Soonest(offered, monday));
        await driver.AdvanceToAsync(monday.AddHours(9).AddMinutes(5));
        _ready.SetResult();
    }

    private WebApplication BuildSidecar(PlaygroundLine line, string token, string commandToken) => SidecarApp.Build([], setup =>
    {
        setup.UseVirtualTime(_time);
        setup.ContentWatching = Watching;
        setup.Store = _store;
        // Not the process's own: a playground must not reach the Mattermost that a shell is set up for.
        setup.Environment = new Dictionary<string, string?>
        {
            ["Mattermost__Url"] = _mattermost.Address.ToString(),
            ["Mattermost__BotToken"] = token,
            ["Mattermost__CommandTokens"] = commandToken,
            ["Sidecar__CallbackUrl"] = "http://sidecar.playground",
            ["Sidecar__Listen"] = "http://127.0.0.1:0",
            ["Data__Path"] = line.Data ?? _temporary,
            ["Content__Path"] = line.Content,
            ["Facilitators__People"] = TownPlan.Facilitator,
            ["Facilitators__Channel"] = TownPlan.FacilitatorsChannel,
        };
        setup.Logging = logging =>
        {
            logging.SetMinimumLevel(LogLevel.Warning);
            logging.AddConsole(console =>
            {
                console.FormatterName = OneLineConsole.Name;
                console.LogToStandardErrorThreshold = LogLevel.Trace; // standard output has the address, and nothing else
            });
            logging.AddConsoleFormatter<OneLineConsole, ConsoleFormatterOptions>();
        };
    });

    private static IReadOnlyList<BrokenFile> Broken(ContentLibrary library) =>
        [.. library.Diagnostics.Where(one => one.Severity == Severity.Error).DistinctBy(one => one.Path)
            .Select(one => new BrokenFile(one.Path, one.HasPlace ? one.Line : null, $"{one.Message} {one.Help}".TrimEnd()))];

    /// <summary>Those that open first, in the language of the playground before others. Whatever else is offered can be started on the page.</summary>
    private static IReadOnlyList<ActivityDefinition> Soonest(IEnumerable<ActivityDefinition> offered, DateTimeOffset monday) =>
    [
        .. offered.Where(one => one.Start != StartMode.WhenLoaded)
            .OrderBy(one => (one.Settings.Language ?? Catalogue.Fallback) != Catalogue.Fallback)
            .ThenBy(one => TownPlan.FirstOpening(one, monday) ?? DateTimeOffset.MaxValue)
            .Take(MostStarted),
    ];

    private async Task<PlaygroundPage> OpenPageAsync(PlaygroundLine line, VirtualTimeDriver driver)
    {
        try
        {
            return await PlaygroundPage.StartAsync(new PageOptions
            {
                Port = line.Port,
                Mattermost = _mattermost,
                Driver = driver,
                Team = TownPlan.Team,
                Channel = TownPlan.FirstChannel,
                Content = line.Content,
                People = [.. People.Select(one => one.Person)],
                Suggestions = Suggestions,
                Ready = _ready.Task,
            });
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new CannotStartException($"Port {line.Port} of this machine is taken: end what listens there, or choose another with `playground --port {(line.Port < 65535 ? line.Port + 1 : PlaygroundLine.DefaultPort)}`.", e);
        }
    }

    private IReadOnlyList<Suggestion> Suggestions(string locale)
    {
        var speech = _sidecar!.Services.GetRequiredService<Catalogue>().For(locale);
        return [.. _sidecar.Services.GetServices<ISubcommand>().Select(one => one.Spec).OrderBy(spec => spec.Name, StringComparer.Ordinal)
            .Select(spec => new Suggestion(spec.Name, spec.Arguments, speech.Say(spec.HelpKey), spec.ForFacilitators))];
    }

    /// <summary>People and posts begin anew each time, so what a sidecar kept of others would only confuse; and nobody's real data is touched.</summary>
    private static void RefuseUsed(string? data)
    {
        if (data is not null && Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
            throw new CannotStartException($"{Path.GetFullPath(data)} is not empty: the playground begins anew each time, so give `--data` an empty folder, or leave it out.");
    }
}
