using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MattermostLearning.Tests.Unit.Mattermost;

/// <summary>Answers every connection with half a body, or resets it after the request.</summary>
internal sealed class BrokenServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;
    private int connections;

    public BrokenServer(bool reset)
    {
        listener.Start();
        Address = new Uri($"http://{listener.LocalEndpoint}");
        serving = ServeAsync(reset);
    }

    public Uri Address { get; }

    public int Connections => connections;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync(bool reset)
    {
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptTcpClientAsync();
                connections++;
                var stream = caller.GetStream();
                _ = await stream.ReadAsync(new byte[4096]);
                if (!reset)
                    await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":"));
                caller.LingerState = new LingerOption(reset, 0);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
