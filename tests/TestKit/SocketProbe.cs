using MattermostLearning.Mattermost.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.TestKit;

internal static class SocketProbe
{
    /// <summary>Whether a connection is being made, and nobody has been greeted yet.</summary>
    public static bool IsConnecting(IServiceProvider services) => services.GetRequiredService<MattermostSocket>().State.Phase == SocketPhase.Connecting;
}
