using MattermostLearning.Mattermost;
using Microsoft.Extensions.DependencyInjection;

namespace MattermostLearning.TestKit;

internal static class TokenProbe
{
    /// <summary>The bot's token that the sidecar uses now.</summary>
    public static string? Current(IServiceProvider services) => services.GetRequiredService<IMattermostCredentials>().Token;
}
