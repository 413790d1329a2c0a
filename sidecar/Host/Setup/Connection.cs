using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Realtime;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>A client of one's own for one account, as long as a verb runs.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>Mattermost waits 30 s for an integration before it says that the call failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly ServiceProvider _services;

    public Connection(Uri url, string? token, SidecarSetup setup)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IMattermostCredentials>(new FixedCredentials(url, token));
        var client = services.AddMattermostClient(options =>
        {
            options.AttemptTimeout = Patience;
            options.MaxRetries = 1;
        });
        if (setup.Transport is { } transport)
            client.ConfigurePrimaryHttpMessageHandler(transport);
        _services = services.BuildServiceProvider();
    }

    public MattermostClient Client => _services.GetRequiredService<MattermostClient>();

    public SocketConnector Connector => _services.GetRequiredService<SocketConnector>();

    public void Dispose() => _services.Dispose();
}
