using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Tests.Unit.Mattermost;

/// <summary>A client as the host builds it, with a clock and a primary handler of the test's.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    public const string Token = "tok3nthatmustneverbeseen1234";

    /// <summary>The limit of one attempt; a clock that ends all other waits at once leaves this one alone.</summary>
    public static readonly TimeSpan Attempt = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider services;

    public TestClient(Uri address, TimeProvider time, HttpMessageHandler? primary = null, Action<MattermostClientOptions>? configure = null)
    {
        Credentials = new MutableCredentials { BaseAddress = address, Token = Token };
        var collection = new ServiceCollection();
        collection.AddLogging(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        collection.AddSingleton(time);
        collection.AddSingleton<IMattermostCredentials>(Credentials);
        var client = collection.AddMattermostClient(options =>
        {
            options.Jitter = () => 0.5;
            configure?.Invoke(options);
        });
        if (primary is not null) client.ConfigurePrimaryHttpMessageHandler(() => primary);
        services = collection.BuildServiceProvider();
        Api = services.GetRequiredService<MattermostClient>();
    }

    public MattermostClient Api { get; }

    public MutableCredentials Credentials { get; }

    public RecordedLog Log { get; } = new();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

internal sealed class MutableCredentials : IMattermostCredentials
{
    public required Uri BaseAddress { get; set; }

    public string? Token { get; set; }
}

/// <summary>Everything that was logged, exceptions included.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly List<string> lines = [];

    public string All
    {
        get
        {
            lock (lines) return string.Join('\n', lines);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines) lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
