using System.Net;
using System.Net.WebSockets;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Realtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Tests.Unit.Mattermost;

/// <summary>The socket as the host runs it, over loopback.</summary>
public sealed class ClientSocketTests : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly MutableCredentials credentials = new() { BaseAddress = new Uri("http://127.0.0.1"), Token = "good" };
    private string? authorization;

    public ClientSocketTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.UseWebSockets();
        app.Map("/api/v4/websocket", ServeAsync);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_default_connection_carries_the_token_reads_large_events_and_resumes()
    {
        await using var services = await StartAsync();
        var socket = services.GetRequiredService<MattermostSocket>();
        using var stop = new CancellationTokenSource();
        var heard = new List<RealtimeEvent>();
        var running = socket.RunAsync(
            (happened, _) =>
            {
                lock (heard) heard.Add(happened);
                return ValueTask.CompletedTask;
            },
            stop.Token);
        await Eventually.TrueAsync(() => socket.State.LastHandledSeq == 2);
        authorization.ShouldBe("Bearer good");
        heard.Select(happened => happened.GetType()).ShouldBe(
            [typeof(Reconnected), typeof(Posted), typeof(Reconnected), typeof(UnknownEvent)]);
        ((Posted)heard[1]).Post.Message.Length.ShouldBe(60_000);
        ((Reconnected)heard[2]).Gap.ShouldBeFalse();
        await stop.CancelAsync();
        await running;
        socket.State.Phase.ShouldBe(SocketPhase.Down);
    }

    [Fact]
    public async Task A_refused_upgrade_is_told_with_its_status()
    {
        credentials.Token = "bad";
        await using var services = await StartAsync();
        var connect = services.GetRequiredService<SocketConnector>();
        var address = new Uri($"ws://{credentials.BaseAddress.Authority}/api/v4/websocket");
        var refused = await Should.ThrowAsync<SocketRefusedException>(
            connect(address, "bad", TestContext.Current.CancellationToken));
        (refused.Status, refused.IsTokenRefused).ShouldBe((HttpStatusCode.Unauthorized, true));
    }

    [Fact]
    public async Task A_page_in_the_place_of_the_socket_is_told_with_its_status()
    {
        app.MapGet("/login/api/v4/websocket", () => "Please sign in");
        await using var services = await StartAsync();
        var address = new Uri($"ws://{credentials.BaseAddress.Authority}/login/api/v4/websocket");
        (await Should.ThrowAsync<SocketRefusedException>(services.GetRequiredService<SocketConnector>()(address, "good", TestContext.Current.CancellationToken)))
            .Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<ServiceProvider> StartAsync()
    {
        await app.StartAsync(TestContext.Current.CancellationToken);
        credentials.BaseAddress = new Uri(app.Urls.Single());
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IMattermostCredentials>(credentials);
        services.AddMattermostClient();
        services.Configure<SocketOptions>(options => options.FirstBackoff = TimeSpan.FromMilliseconds(10));
        return services.BuildServiceProvider();
    }

    private async Task ServeAsync(HttpContext context)
    {
        authorization = context.Request.Headers.Authorization;
        if (authorization != "Bearer good")
        {
            context.Response.StatusCode = 401;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        if (context.Request.Query["sequence_number"] == "2")
        {
            await SendAsync(socket, """{"event":"typing","data":{},"broadcast":{},"seq":2}""");
            await socket.ReceiveAsync(new byte[1024], context.RequestAborted);
            await socket.ReceiveAsync(new byte[1024], context.RequestAborted);
            return;
        }
        await SendAsync(socket, """{"event":"hello","data":{"connection_id":"one","server_version":"10.5.1.x"},"broadcast":{},"seq":0}""");
        var message = new string('x', 60_000);
        await SendAsync(socket, $$"""{"event":"posted","data":{"post":"{\"id\":\"p\",\"message\":\"{{message}}\"}"},"broadcast":{},"seq":1}""");
        await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "restarting", context.RequestAborted);
        await socket.ReceiveAsync(new byte[1024], context.RequestAborted);
    }

    private static ValueTask SendAsync(WebSocket socket, string text) => socket.SendAsync(
        global::System.Text.Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);
}
