using System.Globalization;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Content.Schedules;
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
    private const string Team = "acme";
    private const string Bot = "learning";
    private const string Facilitator = "learning.lead";
    private const string FirstChannel = "learning";
    private const string FacilitatorsChannel = "facilitators";

    /// <summary>A file that somebody edits is to be seen soon, also where the file system does not tell of it.</summary>
    private static readonly ContentWatching Watching = new(TimeSpan.FromSeconds(2), Time: TimeProvider.System);

    /// <summary>More at once would be a rehearsal of a channel that nobody reads.</summary>
    private const int MostStarted = 3;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(30);

    private static readonly IReadOnlyList<(PagePerson Person, string DisplayName, string Zone)> People =
    [
        (new PagePerson(Facilitator, "facilitator, London", IsFacilitator: true), "Hana Lead", "Europe/London"),
        (new PagePerson("ann", "learner, Berlin"), "Ann Berg", "Europe/Berlin"),
        (new PagePerson("bilal", "learner, New York"), "Bilal Khan", "America/New_York"),
        (new PagePerson("chiara", "learner, Tokyo"), "Chiara Rossi", "Asia/Tokyo"),
    ];

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
    /// <exception cref="CannotStartException">Says what to do: a taken port, a folder that is not there or not empty.</exception>
    public static async Task<PlaygroundTown> StartAsync(PlaygroundLine line, DateTimeOffset today)
    {
        RefuseUsed(line.Data);
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
            await town.OpenAsync(line, monday);
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
        if (_page is not null)
            await _page.DisposeAsync();
        if (_sidecar is not null)
        {
            await EndAsync(_sidecar.StopAsync());
            await EndAsync(_sidecar.DisposeAsync().AsTask());
        }

        await _mattermost.DisposeAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        if (_temporary is not null)
            Directory.Delete(_temporary, recursive: true);
    }

    private async Task OpenAsync(PlaygroundLine line, DateTimeOffset monday)
    {
        var seed = _mattermost.Seed;
        seed.AddTeam(Team, "Acme");
        foreach (var (person, displayName, zone) in People)
            seed.AddUser(person.UserName, displayName, zone, teams: Team);
        var (_, token) = seed.AddBot(Bot, "Learning", Team);
        _sidecar = BuildSidecar(line, token, seed.AddCommand(Team, "learn", new Uri("http://sidecar.playground/mattermost/command")));
        var definitions = _sidecar.Services.GetRequiredService<Definitions>();
        var offered = ContentLibrary.Load(Path.GetFullPath(line.Content), definitions.Reader).Definitions.Values.ToList();
        Settle(seed, offered);

        await _sidecar.StartAsync();
        var driver = new VirtualTimeDriver(_time, RestProbes.Of(_sidecar.Services, _mattermost, Bot));
        await driver.SettleAsync();
        NotStarted = await StartAsync(Soonest(offered, monday), driver);
        await driver.AdvanceToAsync(monday.AddHours(9).AddMinutes(5));
        _page = await OpenPageAsync(line, driver);
        _sidecar.Services.GetRequiredService<ContentWatch>().Changed += change => _page.TellContent([.. change.Read, .. change.Gone], Broken(change.Library));
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
            ["Facilitators__People"] = Facilitator,
            ["Facilitators__Channel"] = FacilitatorsChannel,
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

    /// <summary>The channels and hosts that the content names are there, and everybody is in the channels.</summary>
    private static void Settle(Seed seed, List<ActivityDefinition> offered)
    {
        var everybody = People.Select(one => one.Person.UserName).ToList();
        var hosts = offered.Select(one => one.Host?.TrimStart('@')).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var host in hosts.Except(everybody, StringComparer.OrdinalIgnoreCase).ToList())
        {
            seed.AddUser(host.ToLowerInvariant(), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(host.Replace('.', ' ')), "Europe/London", teams: Team);
            everybody.Add(host.ToLowerInvariant());
        }

        seed.AddChannel(Team, FacilitatorsChannel, "Facilitators", isPrivate: true, Facilitator, Bot);
        var channels = offered.SelectMany(one => one.Channels).Select(channel => channel.Name).Prepend(FirstChannel);
        foreach (var (name, title) in channels.DistinctBy(NameOf, StringComparer.Ordinal).Select(title => (NameOf(title), title)).Where(one => one.Item1 is not ("town-square" or "off-topic" or FacilitatorsChannel)))
            seed.AddChannel(Team, name, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(title), members: everybody);
    }

    private static IReadOnlyList<BrokenFile> Broken(ContentLibrary library) =>
        [.. library.Diagnostics.Where(one => one.Severity == Severity.Error).DistinctBy(one => one.Path)
            .Select(one => new BrokenFile(one.Path, one.HasPlace ? one.Line : null, $"{one.Message} {one.Help}".TrimEnd()))];

    private static string NameOf(string channel) => channel.Trim().ToLowerInvariant().Replace(' ', '-');

    /// <summary>Those that open first, in the language of the playground before others. Whatever else is offered can be started on the page.</summary>
    private static IReadOnlyList<ActivityDefinition> Soonest(IEnumerable<ActivityDefinition> offered, DateTimeOffset monday) =>
    [
        .. offered.Where(one => one.Start != StartMode.WhenLoaded)
            .OrderBy(one => (one.Settings.Language ?? Catalogue.Fallback) != Catalogue.Fallback)
            .ThenBy(one => one.Schedule?.Instants(new ScheduleScope(one.Zone) { From = one.Settings.From, Until = one.Settings.Until, NotOn = one.Settings.NotOn }, monday)
                .Select(at => (DateTimeOffset?)at).FirstOrDefault() ?? DateTimeOffset.MaxValue)
            .Take(MostStarted),
    ];

    private async Task<IReadOnlyList<string>> StartAsync(IEnumerable<ActivityDefinition> chosen, VirtualTimeDriver driver)
    {
        var start = Catalogue.Shipped.For(Catalogue.Fallback).Say("start.button.start");
        var hana = _mattermost.As(Facilitator);
        var failures = new List<string>();
        foreach (var definition in chosen)
        {
            foreach (var channel in definition.Channels.Select(channel => NameOf(channel.Name)).DefaultIfEmpty(FirstChannel).Distinct())
            {
                var answer = await hana.CommandAsync($"/learn start {definition.Slug} in ~{channel}", FirstChannel);
                await driver.SettleAsync();
                if (answer.Post?.Buttons.Any(button => button.Label == start) != true)
                {
                    failures.Add($"Not started: {definition.Path}: {answer.Text.ReplaceLineEndings(" ")}");
                    continue;
                }

                await hana.ClickAsync(answer.Post, start);
                await driver.SettleAsync();
            }
        }

        return failures;
    }

    private async Task<PlaygroundPage> OpenPageAsync(PlaygroundLine line, VirtualTimeDriver driver)
    {
        try
        {
            return await PlaygroundPage.StartAsync(new PageOptions
            {
                Port = line.Port,
                Mattermost = _mattermost,
                Driver = driver,
                Team = Team,
                Channel = FirstChannel,
                Content = line.Content,
                People = [.. People.Select(one => one.Person)],
                Suggestions = Suggestions,
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

    /// <summary>A client looks on the clock every now and then whether calls still pause, and is taken down only then.</summary>
    private async Task EndAsync(Task ending)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!ending.IsCompleted && TimeProvider.System.GetElapsedTime(began) < LongestClosing)
        {
            await Task.WhenAny(ending, Task.Delay(Glance, TimeProvider.System));
            if (!ending.IsCompleted && _mattermost.Busy == 0 && _time.NextTimer is { } timer && timer - _time.Now <= LongestLook)
                _time.AdvanceTo(timer > _time.Now ? timer : _time.Now);
        }

        if (ending.IsCompleted)
            await ending;
    }
}
