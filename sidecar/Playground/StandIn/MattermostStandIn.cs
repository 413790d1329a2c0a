using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Playground.StandIn;

/// <summary>
/// A Mattermost in memory: its HTTP API and WebSocket on a loopback port, as far as the sidecar meets them, and beside them a plain
/// way to set it up (<see cref="Seed"/>), to act as people do (<see cref="As"/>) and to read what everybody saw (<see cref="Transcript"/>).
/// </summary>
/// <remarks>What people do here goes through the same code as HTTP. The contract suite compares it with a real server.</remarks>
public sealed class MattermostStandIn : IAsyncDisposable
{
    /// <summary>What one that does not listen calls itself.</summary>
    private const string UsualAddress = "http://127.0.0.1:8065";

    private readonly CancellationTokenSource _stopping = new();
    private readonly CallOuts _callOuts;
    private readonly WebhooksApi _webhooks;
    private readonly WebApplication? _app;
    private readonly Lock _served = new();
    private int _serving;
    private int _people;
    private TaskCompletionSource? _nobodyWaits;

    private MattermostStandIn(StandInOptions options)
    {
        World = new World(options);
        Sockets = new Sockets(World);
        Faults = new Faults(this);
        _callOuts = new CallOuts(World);
        var posts = new PostsApi(World);
        var users = new UsersApi(World);
        var members = new MembersApi(World, posts);
        var channels = new ChannelsApi(World, members, posts);
        var teams = new TeamsApi(World, channels, members);
        var bots = new BotsApi(World, users);
        _webhooks = new WebhooksApi(World, posts, _callOuts);
        var commands = new CommandsApi(World, posts, _callOuts, _webhooks);
        _webhooks.Deliver = commands.Deliver;

        var routes = new Routes();
        var routing = new Routing(World, routes);
        users.Map(routing);
        teams.Map(routing);
        channels.Map(routing);
        members.Map(routing);
        posts.Map(routing);
        new PostReading(World).Map(routing);
        new ReactionsApi(World).Map(routing);
        commands.Map(routing);
        new ActionsApi(World, posts, _callOuts).Map(routing);
        new DialogsApi(World, _callOuts).Map(routing);
        _webhooks.Map(routing);
        bots.Map(routing);
        new FilesApi(World).Map(routing);
        new SystemApi(World).Map(routing);
        Front = new Front(World, routes, Faults);
        Seed = new Seed(this, users, teams, channels, members, bots);
        _app = options.Listens ? Build(options) : null;
    }

    /// <summary>For example <c>http://127.0.0.1:40123/</c>; the API is below <c>api/v4</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public Seed Seed { get; }

    public Faults Faults { get; }

    /// <summary>Everything visible that happened, in order.</summary>
    public Transcript Transcript => World.Transcript;

    /// <summary>Requests and calls to integrations that have not ended; 0 when the server rests.</summary>
    public int Busy => Volatile.Read(ref _serving) + _webhooks.Running;

    /// <summary>Of these, the ones that a fault makes slow: they wait for the clock.</summary>
    public int Waiting => World.Waiting;

    /// <summary>...and those in which a person waits for an answer.</summary>
    public int PeopleWaiting
    {
        get
        {
            lock (_served)
                return _people;
        }
    }

    /// <summary>Ends when nobody waits for an answer: who posts after it is read after the answer, as everywhere but on a very slow machine.</summary>
    public Task UntilNobodyWaitsAsync()
    {
        lock (_served)
        {
            if (_people == 0)
                return Task.CompletedTask;
            return (_nobodyWaits ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>How many calls were refused because they were too many.</summary>
    public int Limited => Front.Refused;

    internal World World { get; }

    internal Sockets Sockets { get; }

    internal Front Front { get; }

    public static async Task<MattermostStandIn> StartAsync(StandInOptions? options = null, CancellationToken cancellationToken = default)
    {
        var standIn = new MattermostStandIn(options ?? new StandInOptions());
        var bound = UsualAddress;
        if (standIn._app is { } app)
        {
            await app.StartAsync(cancellationToken);
            bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        }

        standIn.Address = new Uri(bound);
        standIn.World.Address = bound;
        return standIn;
    }

    /// <summary>Acts as a person: by user name, with or without the @.</summary>
    /// <exception cref="StandInException">There is nobody of that name.</exception>
    public Person As(string userName)
    {
        lock (World.Gate)
        {
            return World.UsersByName.TryGetValue(userName.TrimStart('@'), out var user)
                ? new Person(this, user) : throw new StandInException(404, "", $"There is no {userName} here.");
        }
    }

    /// <summary>The sequence number of the latest event for somebody's newest connection; -1 when there is none.</summary>
    public long LastSeq(string userName)
    {
        lock (World.Gate)
            return World.Hub.Of(World.UsersByName[userName].Id).LastOrDefault()?.LastSequence ?? -1;
    }

    /// <summary>How many WebSockets somebody has open.</summary>
    public int ClientsOf(string userName)
    {
        lock (World.Gate)
            return World.Hub.Of(World.UsersByName[userName].Id).Count(c => c.IsAttached);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Faults.Clear();
        Sockets.CutAll();
        if (_app is not null)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
            await _app.StopAsync(limit.Token);
            await _app.DisposeAsync();
        }

        _callOuts.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Serves one request of a person, in process.</summary>
    internal async Task<Answer> ServePersonAsync(Request request)
    {
        Interlocked.Increment(ref _serving);
        lock (_served)
            _people++;
        try
        {
            return (await Front.ServeAsync(request, isPerson: true)).Answer;
        }
        finally
        {
            lock (_served)
            {
                if (--_people == 0)
                {
                    _nobodyWaits?.SetResult();
                    _nobodyWaits = null;
                }
            }

            Interlocked.Decrement(ref _serving);
        }
    }

    /// <summary>Serves one request of a program.</summary>
    internal async Task<Outcome> ServeClientAsync(Request request)
    {
        Interlocked.Increment(ref _serving);
        try
        {
            return await Front.ServeAsync(request, isPerson: false);
        }
        finally
        {
            Interlocked.Decrement(ref _serving);
        }
    }

    /// <summary>Serves a socket that was opened without a network, until it goes.</summary>
    internal void ServeSocket(WebSocket socket, string token, string connectionId, string sequence) => _ = Task.Run(async () =>
    {
        using (socket)
            await Sockets.ServeAsync(socket, CallerOf(token), connectionId, sequence, _stopping.Token);
    });

    private User? CallerOf(string token)
    {
        lock (World.Gate)
            return Front.Caller(token);
    }

    private WebApplication Build(StandInOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 60_000_000;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(HandleAsync);
        return app;
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (Faults.IsDown)
        {
            context.Abort();
            return;
        }

        if (context.Request.Path.Value?.TrimEnd('/') == "/api/v4/websocket" && context.WebSockets.IsWebSocketRequest)
        {
            if (Faults.AreSocketsRefused)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            await HandleSocketAsync(context);
            return;
        }

        Interlocked.Increment(ref _serving);
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var query = context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
            var request = new Request(context.Request.Method, context.Request.Path.Value ?? "/", query, Token(context.Request), context.Request.ContentType ?? "", body.ToArray());
            await WriteAsync(context, await Front.ServeAsync(request, isPerson: false));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went while it was still talking.
        }
        finally
        {
            Interlocked.Decrement(ref _serving);
        }
    }

    private static async Task WriteAsync(HttpContext context, Outcome outcome)
    {
        if (outcome.IsCut)
        {
            context.Abort();
            return;
        }

        var bytes = outcome.Answer.ToBytes();
        context.Response.StatusCode = outcome.Answer.Status;
        context.Response.ContentType = outcome.Answer.ContentType;
        context.Response.ContentLength = bytes.Length;
        foreach (var (name, value) in outcome.Answer.Headers)
            context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(outcome.IsHalved ? bytes.AsMemory(0, bytes.Length / 2) : bytes, context.RequestAborted);
        if (outcome.IsHalved)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }
    }

    private async Task HandleSocketAsync(HttpContext context)
    {
        var user = CallerOf(Token(context.Request));
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await Sockets.ServeAsync(socket, user, context.Request.Query["connection_id"].ToString(), context.Request.Query["sequence_number"].ToString(), _stopping.Token);
    }

    private static string Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && header[..space].ToUpperInvariant() is "BEARER" or "TOKEN")
            return header[(space + 1)..].Trim();
        return request.Cookies["MMAUTHTOKEN"] ?? "";
    }
}
