using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.Tests.Contract.Support;

/// <summary>An integration on loopback that takes what Mattermost sends out and answers what the test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<Received, Task<Sent>>> _handlers = [];
    private WebApplication? _app;
    private string _address = "";
    private int _count;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        _address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>Opens an address and says what it answers.</summary>
    public Inbox Open(Func<Received, Task<Sent>> answer)
    {
        var path = $"/hook{Interlocked.Increment(ref _count)}";
        var inbox = new Inbox(_address + path);
        _handlers[path] = received =>
        {
            inbox.Add(received);
            return answer(received);
        };
        return inbox;
    }

    public Inbox Open(object answer) => Open(_ => Task.FromResult(Sent.Json(answer)));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var received = new Received(
            context.Request.Method, context.Request.ContentType ?? "", context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), await reader.ReadToEndAsync(context.RequestAborted));
        if (!_handlers.TryGetValue(context.Request.Path.Value ?? "", out var handler))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var sent = await handler(received);
        context.Response.StatusCode = sent.Status;
        context.Response.ContentType = sent.ContentType;
        await context.Response.WriteAsync(sent.Body, context.RequestAborted);
    }
}

public sealed record Received(string Method, string ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public IReadOnlyDictionary<string, string> Form => QueryHelpers.ParseQuery(Body).ToDictionary(f => f.Key, f => f.Value.ToString());

    public JsonNode Json => JsonNode.Parse(Body)!;
}

public sealed record Sent(int Status, string ContentType, string Body)
{
    public static Sent Json(object answer) => new(200, "application/json", System.Text.Json.JsonSerializer.Serialize(answer));
}

/// <summary>An address that Mattermost calls, and what it said.</summary>
public sealed class Inbox(string url)
{
    private readonly System.Threading.Channels.Channel<Received> _received = System.Threading.Channels.Channel.CreateUnbounded<Received>();

    public string Url => url;

    public int Count => _received.Reader.Count;

    public void Add(Received received) => _received.Writer.TryWrite(received);

    public async Task<Received> NextAsync() =>
        await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
}
