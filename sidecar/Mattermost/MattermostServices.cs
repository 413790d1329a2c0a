using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Mattermost.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MattermostLearning.Mattermost;

public static class MattermostServices
{
    /// <summary>
    /// Adds <see cref="MattermostClient"/> and <see cref="MattermostSocket"/> as singletons. The caller registers <see cref="IMattermostCredentials"/>, and a
    /// <see cref="TimeProvider"/> if it is not the system's. The returned builder takes another primary handler: that is how tests and
    /// rehearsals put an in-memory server below everything that stands here.
    /// </summary>
    public static IHttpClientBuilder AddMattermostClient(
        this IServiceCollection services, Action<MattermostClientOptions>? configure = null)
    {
        services.AddOptions<MattermostClientOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MattermostClientOptions>, MattermostClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RateGate>();
        services.TryAddSingleton<SocketConnector>(ClientSocket.ConnectAsync);
        services.TryAddSingleton<MattermostSocket>();
        services.TryAddSingleton<MattermostTransport>();
        services.TryAddSingleton(provider => new MattermostClient(provider.GetRequiredService<MattermostTransport>()));

        var builder = services.AddHttpClient(MattermostTransport.HttpClientName)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan) // each attempt has its own, on the TimeProvider
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // the token goes to Mattermost and nowhere else
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // connections are renewed above; a new chain every two minutes would renew nothing else
            .RemoveAllLoggers(); // the transport writes one line itself, without headers
        return builder
            .AddHttpMessageHandler(provider => new RetryHandler(
                provider.GetRequiredService<IOptions<MattermostClientOptions>>().Value, provider.GetRequiredService<TimeProvider>()))
            .AddHttpMessageHandler(provider => new RateGateHandler(provider.GetRequiredService<RateGate>()))
            .AddHttpMessageHandler(provider => new AttemptHandler(
                provider.GetRequiredService<IOptions<MattermostClientOptions>>(), provider.GetRequiredService<TimeProvider>()));
    }
}
