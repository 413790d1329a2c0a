using System.Net;
using System.Net.WebSockets;

namespace MattermostLearning.Mattermost.Realtime;

/// <summary>
/// Opens the socket below <see cref="MattermostSocket"/>. The default one is a <see cref="ClientWebSocket"/>; tests and rehearsals give one
/// in memory. Throws <see cref="SocketRefusedException"/> when the server refuses the upgrade.
/// </summary>
/// <param name="address">With the connection id and the sequence number to go on from, if any.</param>
/// <param name="token">Goes into the Authorization header, never into the address.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public delegate Task<WebSocket> SocketConnector(Uri address, string? token, CancellationToken cancellationToken);

/// <summary>The server answered the upgrade with something else.</summary>
public sealed class SocketRefusedException : Exception
{
    public SocketRefusedException(HttpStatusCode status, Exception? inner = null)
        : base($"Mattermost answered the upgrade to a WebSocket with {(int)status}.", inner) => Status = status;

    public SocketRefusedException(string message) : base(message)
    {
    }

    public SocketRefusedException(string message, Exception inner) : base(message, inner)
    {
    }

    public SocketRefusedException()
    {
    }

    public HttpStatusCode Status { get; }

    /// <summary>The token is not (or no longer) good.</summary>
    public bool IsTokenRefused => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}

internal static class ClientSocket
{
    public static async Task<WebSocket> ConnectAsync(Uri address, string? token, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            if (!string.IsNullOrEmpty(token)) socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
            socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
            socket.Options.CollectHttpResponseDetails = true;
            await socket.ConnectAsync(address, cancellationToken);
            return socket;
        }
        catch (WebSocketException failure) when (socket.HttpStatusCode > HttpStatusCode.SwitchingProtocols)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw new SocketRefusedException(status, failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
