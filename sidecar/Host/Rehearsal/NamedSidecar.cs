using System.Net;
using System.Net.Sockets;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>
/// Mattermost calls the sidecar by a name that stands in its settings; where that is, is known only once the sidecar listens. Other integrations,
/// which a test may have, are called by their address.
/// </summary>
public static class NamedSidecar
{
    /// <summary>What carries calls to integrations to wherever the sidecar listens by then.</summary>
    public static HttpMessageHandler At(Func<Uri> address) => new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var called = context.DnsEndPoint;
            var (host, port) = IPAddress.TryParse(called.Host, out _) ? (called.Host, called.Port) : (address().Host, address().Port);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(host, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
