using System.Net.WebSockets;
using System.Text;
using MattermostLearning.Mattermost.Realtime;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>Whether a WebSocket opens and Mattermost says hello on it: many proxies let pages through and these not.</summary>
internal static class SocketCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Bot is null)
            return [Finding.Skip("WebSocket", examination.Unreachable ?? "The bot cannot sign in.")];
        const string proxy = "A proxy in front of Mattermost must pass on the upgrade of /api/v4/websocket (headers Upgrade and Connection).";
        var url = examination.Mattermost.Url!;
        var address = new UriBuilder($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v4/websocket") { Scheme = url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var connection = examination.AsBot();
        try
        {
            using var socket = await connection.Connector(address, examination.Mattermost.BotToken, either.Token);
            var buffer = new byte[4096];
            var first = await socket.ReceiveAsync(buffer, either.Token);
            return [Encoding.UTF8.GetString(buffer, 0, first.Count).Contains("\"hello\"", StringComparison.Ordinal)
                ? Finding.Ok("WebSocket", "connects")
                : Finding.Fail("WebSocket", "It opens, but Mattermost does not say hello on it.", proxy)];
        }
        catch (SocketRefusedException e)
        {
            return [Finding.Fail("WebSocket", e.Message, proxy)];
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [Finding.Fail("WebSocket", e is WebSocketException ? $"It does not open: {e.Message}" : "It does not open in time.", proxy)];
        }
    }
}
