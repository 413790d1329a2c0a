using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Callbacks;
using MattermostLearning.Sidecar.Endpoints;
using MattermostLearning.Sidecar.Options;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MattermostLearning.Sidecar.Setup;

internal enum Arrival
{
    /// <summary>The call came to this process, or to the sidecar that runs here.</summary>
    Arrived,

    /// <summary>It came, with a token that is not among ours.</summary>
    WrongToken,

    /// <summary>Somebody answered, but not we.</summary>
    SomebodyElse,

    /// <summary>There is no such command, so Mattermost calls nobody.</summary>
    NoCommand,

    /// <summary>Mattermost says that the call failed.</summary>
    Failed,
}

/// <param name="Arrival">What became of it.</param>
/// <param name="ByRunningSidecar">The address was taken, so a sidecar that runs was asked, rather than a listener of our own.</param>
/// <param name="Seen">The answer's first line, or what Mattermost said.</param>
internal sealed record ProbeResult(Arrival Arrival, bool ByRunningSidecar, string Seen);

/// <summary>Lets Mattermost really call: runs `/learn help` as the admin, and sees where it arrives.</summary>
internal static class CallbackProbe
{
    /// <param name="client">As the admin.</param>
    /// <param name="channelId">Where it is typed; only the admin sees the answer.</param>
    /// <param name="listen">Where the sidecar would listen. While nobody does, we do.</param>
    /// <param name="tokens">Those that count.</param>
    /// <param name="listens">Told the address of our own listener.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CannotStartException">Nobody can listen there.</exception>
    public static async Task<ProbeResult> RunAsync(MattermostClient client, string channelId, string listen, IReadOnlyList<string> tokens, Action<Uri>? listens, CancellationToken cancellationToken)
    {
        var word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var wrongToken = false;
        await using var own = await ListenAsync(listen, word, token => wrongToken |= !tokens.Contains(token), cancellationToken);
        if (own is not null)
            listens?.Invoke(new Uri(own.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        try
        {
            var answer = await client.Commands.ExecuteAsync(channelId, $"/{Wishes.Trigger} help", cancellationToken);
            var text = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("text", out var given) ? given.GetString() ?? "" : "";
            var arrival = own is not null
                ? !text.Contains(word, StringComparison.Ordinal) ? Arrival.SomebodyElse : wrongToken ? Arrival.WrongToken : Arrival.Arrived
                : text.Contains($"/{Wishes.Trigger}", StringComparison.Ordinal) ? Arrival.Arrived : Arrival.SomebodyElse;
            return new ProbeResult(arrival, own is null, FirstLine(text));
        }
        catch (MattermostException e) when (e.Id.StartsWith("api.command.execute_command.", StringComparison.Ordinal))
        {
            if (e.Id.StartsWith("api.command.execute_command.not_found", StringComparison.Ordinal))
                return new ProbeResult(Arrival.NoCommand, own is null, e.Message);
            var refused = e.Id.Contains("failed_resp", StringComparison.Ordinal) && e.Message.Contains("401", StringComparison.Ordinal);
            return new ProbeResult(refused ? Arrival.WrongToken : Arrival.Failed, own is null, e.Message);
        }
    }

    /// <summary>Null when somebody listens there already.</summary>
    private static async Task<WebApplication?> ListenAsync(string listen, string word, Action<string> heard, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls(listen).UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = CallbackBody.MostBytes);
        var app = builder.Build();
        app.Run(async context =>
        {
            if (context.Request.Method != "POST" || !Wishes.IsOurCommand(context.Request.Path.Value ?? "")
                || await CallbackBody.ReadAsync(context, TimeProvider.System, CallbackBody.Form) is not { } body)
            {
                context.Response.StatusCode = context.Response.StatusCode == 200 ? 404 : context.Response.StatusCode;
                return;
            }

            heard(CallbackToken.From(context.Request.Headers.Authorization, (await CallbackBody.FormAsync(body))?.GetValueOrDefault("token")));
            context.Response.ContentType = CallbackBody.Json;
            await context.Response.WriteAsync($$"""{"response_type":"ephemeral","text":"A check of Mattermost Learning: Mattermost can call it. ({{word}})"}""", cancellationToken);
        });
        try
        {
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await app.DisposeAsync();
            return null;
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException or FormatException)
        {
            await app.DisposeAsync();
            throw new CannotStartException($"Nobody can listen at {listen}: {e.Message} Sidecar__Listen chooses another address.", e);
        }
    }

    private static string FirstLine(string text)
    {
        var line = text.TrimStart().Split('\n')[0].Trim();
        return line.Length > 120 ? $"{line[..120]}..." : line;
    }
}
