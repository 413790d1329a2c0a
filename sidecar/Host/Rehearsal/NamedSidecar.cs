using System.Net.Sockets;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>Mattermost calls the sidecar by a name that stands in its settings; where that is, is known only once the sidecar listens.</summary>
public static class NamedSidecar
{
    /// <summary>What carries calls to integrations to wherever the sidecar listens by then.</summary>
    public static HttpMessageHandler At(Func<Uri> address) => new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address().Host, address().Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
