using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MattermostLearning.Playground.StandIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Playground.Page;

/// <summary>
/// The web page of the playground, on loopback only: its files, a small API of its own below <c>/play</c>, and Mattermost's below
/// <c>/api/v4</c> as the person whom the window plays.
/// </summary>
public sealed class PlaygroundPage : IAsyncDisposable
{
    private const int MostBytes = 256 * 1024;

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8", [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml",
    };

    private readonly CancellationTokenSource _stopping = new();
    private readonly PageOptions _options;
    private readonly Gate _gate = new();
    private readonly Turns _turns;
    private readonly PageView _view;
    private readonly WebApplication _app;

    private PlaygroundPage(PageOptions options)
    {
        _options = options;
        _turns = new Turns(options.Driver, options.Mattermost.Transcript);
        _view = new PageView(options);
        _app = Build();
    }

    /// <summary>For example <c>http://127.0.0.1:8066/</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PlaygroundPage> StartAsync(PageOptions options, CancellationToken cancellationToken = default)
    {
        var page = new PlaygroundPage(options);
        try
        {
            await page._app.StartAsync(cancellationToken);
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }

        page.Address = new Uri(page._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        page._gate.Port = page.Address.Port;
        return page;
    }

    /// <summary>Content files were read anew.</summary>
    /// <param name="changed">Which.</param>
    /// <param name="broken">The first error of each file that has any.</param>
    public void TellContent(IReadOnlyList<string> changed, IReadOnlyList<BrokenFile> broken) => _view.Tell("content", () => new JsonObject
    {
        ["changed"] = new JsonArray([.. changed.Select(path => (JsonNode)path)]),
        ["broken"] = new JsonArray([.. broken.Select(one => new JsonObject { ["path"] = one.Path, ["line"] = one.Line, ["finding"] = one.Finding })]),
    });

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
        _turns.Dispose();
        _stopping.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Listen(IPAddress.Loopback, _options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Use(GuardAsync);
        app.MapGet("/", context => SendFileAsync(context, "index.html"));
        app.MapGet("/assets/{name}", context => SendFileAsync(context, (string)context.Request.RouteValues["name"]!));
        app.MapGet("/play/state", context => SendAsync(context, 200, _view.StateFor(Caller(context), _turns.Now)));
        app.MapGet("/play/socket", StreamAsync);
        app.MapPost("/play/clock", MoveClockAsync);
        app.MapPost("/play/seen/{channel}", context =>
        {
            _view.HasSeen(Caller(context), (string)context.Request.RouteValues["channel"]!);
            return SendAsync(context, 200, new JsonObject());
        });
        app.Map("/api/v4/{**path}", ActAsync);
        return app;
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        _gate.Protect(context.Response);
        if (_gate.Refuses(context.Request) is { } refusal)
        {
            await SendAsync(context, 403, Said(refusal));
            return;
        }

        try
        {
            if (context.Request.Path != "/" && !context.Request.Path.StartsWithSegments("/assets"))
                await _options.Ready.WaitAsync(context.RequestAborted);
            await next(context);
        }
        catch (StandInException e)
        {
            await SendAsync(context, e.Status, Said(e.Words));
        }
        catch (TimeoutException e)
        {
            await SendAsync(context, 500, Said(e.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || _options.Ready.IsCanceled)
        {
            // The window was closed, or the playground before it was ready.
        }
    }

    /// <summary>Any call of Mattermost's API as the person of this window; what follows from it has happened when it is answered.</summary>
    private async Task ActAsync(HttpContext context)
    {
        var caller = Caller(context);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var query = context.Request.Query.Where(one => one.Key != "as").ToDictionary(one => one.Key, one => one.Value.ToString());
        var request = new Request(context.Request.Method, context.Request.Path.Value ?? "/", query, caller.Token, context.Request.ContentType ?? "", body.ToArray());
        var answer = HttpMethods.IsGet(request.Method)
            ? await _options.Mattermost.ServePersonAsync(request)
            : await _turns.TakeAsync(() => _options.Mattermost.ServePersonAsync(request), context.RequestAborted);
        if (answer.Bytes is not null)
            context.Response.Headers.ContentDisposition = "attachment"; // a file that somebody uploaded is no page of ours
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(answer.ToBytes(), context.RequestAborted);
    }

    private async Task MoveClockAsync(HttpContext context)
    {
        _ = Caller(context);
        var happened = context.Request.Query["by"].ToString() switch
        {
            "hour" => await _turns.AdvanceAsync(TimeSpan.FromHours(1), context.RequestAborted),
            "day" => await _turns.AdvanceAsync(TimeSpan.FromDays(1), context.RequestAborted),
            "next" => await _turns.AdvanceToNextAsync(context.RequestAborted),
            _ => throw new StandInException(400, "", "The clock moves by hour, by day, or to what happens next."),
        };
        var now = _turns.Now.ToUnixTimeMilliseconds();
        _view.Tell("clock", () => new JsonObject { ["now"] = now });
        await SendAsync(context, 200, new JsonObject { ["now"] = now, ["happened"] = happened });
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await SendAsync(context, 400, Said("This is a WebSocket."));
            return;
        }

        var user = _view.UserOf(Caller(context));
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await _options.Mattermost.Sockets.ServeAsync(socket, user, "", "", _stopping.Token);
    }

    private Person Caller(HttpContext context)
    {
        var name = context.Request.Headers.TryGetValue(Gate.AsHeader, out var header) ? header.ToString() : context.Request.Query["as"].ToString();
        return _options.People.Any(person => person.UserName == name) ? _options.Mattermost.As(name) : throw new StandInException(400, "", "Nobody of that name plays here.");
    }

    private static async Task SendFileAsync(HttpContext context, string name)
    {
        await using var file = typeof(PlaygroundPage).Assembly.GetManifestResourceStream($"page/{name}");
        if (file is null || !Types.TryGetValue(Path.GetExtension(name), out var type))
        {
            await SendAsync(context, 404, Said("There is no such file."));
            return;
        }

        context.Response.ContentType = type;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static JsonObject Said(string message) => new() { ["message"] = message };

    private static async Task SendAsync(HttpContext context, int status, JsonObject json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json.ToText()), context.RequestAborted);
    }
}
