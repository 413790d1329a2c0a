using MattermostLearning.Mattermost.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.TestKit;

internal static class SocketProbe
{
    /// <summary>How far the sidecar has handled what its WebSocket told.</summary>
    public static long LastHandledSeq(IServiceProvider services) => services.GetRequiredService<MattermostSocket>().State.LastHandledSeq;

    /// <summary>Whether a connection is being made, and nobody has been greeted yet.</summary>
    public static bool IsConnecting(IServiceProvider services) => services.GetRequiredService<MattermostSocket>().State.Phase == SocketPhase.Connecting;

    /// <summary>Whether the sidecar takes its connection for a good one.</summary>
    public static bool IsUp(IServiceProvider services) => services.GetRequiredService<MattermostSocket>().State.Phase == SocketPhase.Up;
}
