using System.Collections;
using MattermostLearning.Sidecar.Adapters;
using MattermostLearning.Sidecar.Endpoints;
using MattermostLearning.Sidecar.Health;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Running;
using MattermostLearning.Sidecar.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace MattermostLearning.Sidecar;

/// <summary>Builds the whole sidecar from a command line. Whoever builds it starts, stops and disposes it.</summary>
public static class SidecarApp
{
    /// <summary>For everything to stop by itself, and then to close: together less than the 8 s after which a supervisor may kill.</summary>
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromSeconds(5.5);
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(2);

    /// <param name="args">Settings as options.</param>
    /// <param name="configure">For tests and rehearsals.</param>
    /// <exception cref="CannotStartException">Says what to put right: every missing or malformed setting, for example.</exception>
    public static WebApplication Build(string[] args, Action<SidecarSetup>? configure = null)
    {
        var setup = new SidecarSetup();
        configure?.Invoke(setup);
        var (given, rest) = SettingArguments.Take(args);
        return rest.Count == 0 ? Build(given, setup) : throw new UsageException($"`{rest[0]}` is no setting. Settings begin with two hyphens.");
    }

    /// <param name="given">The settings of the command line, by their keys.</param>
    /// <param name="setup">What is put in other than the real thing.</param>
    /// <exception cref="CannotStartException">Says what to put right.</exception>
    internal static WebApplication Build(IReadOnlyDictionary<string, string?> given, SidecarSetup setup)
    {
        // Empty: no file, no variable and no provider has a say that is not named here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(SidecarApp).Assembly.GetName().Name });
        var (configuration, file) = Configure(given, setup);
        var settings = Settings.Read(configuration);
        MakeFolder(settings.Data.Path);

        AddLogging(builder.Logging, setup, settings.Telemetry);
        AddServer(builder, settings);
        builder.Configuration.AddInMemoryCollection(TelemetryServices.VariablesIn(configuration));
        builder.Services.AddSingleton(configuration);
        builder.Services.AddSingleton(file);
        builder.Services.AddSidecar(settings, setup);
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = LongestShutdown;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore; // LoopWatch sees to it, and to the exit code
        });
        setup.Services?.Invoke(builder.Services);

        var app = builder.Build();
        if (settings.Telemetry.IsTold)
            app.Services.MakeTelemetry();
        foreach (var name in Settings.Unknown(configuration))
            app.Logger.LogWarning("There is no setting {Name}: is it a slip of the pen?", name);
        if (settings.Telemetry.AdminListen is not null)
            app.MapAdmin(settings.Telemetry.AdminListen);
        app.Run(new PathTable([.. HealthEndpoints.Paths, .. CallbackEndpoints.Paths]).AnswerAsync);
        return app;
    }

    /// <summary>Runs it until it is told to stop, and says how it went: 0, or 1 when something failed.</summary>
    /// <exception cref="CannotStartException">The store or the content is not usable; the message says what to do.</exception>
    public static async Task<int> RunAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            var listener = app.Services.GetRequiredService<SocketListener>();
            listener.CaughtUp += GiveBackMemory;
            // On a busy machine everything may be read back before the content is read, and that leaves the most behind.
            if (listener.IsCaughtUp)
                GiveBackMemory();
            await app.WaitForShutdownAsync();
            return app.Services.GetRequiredService<Failure>().Happened ? 1 : 0;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return app.Services.GetRequiredService<Failure>().Happened ? 1 : 0; // told to stop before it was up
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            var settings = app.Services.GetRequiredService<Settings>();
            var isAdmin = settings.Telemetry.AdminListen is { } admin && e.Message.Contains($":{SidecarSettings.Binding(admin)!.Port}:", StringComparison.Ordinal);
            throw new CannotStartException($"{e.Message} {(isAdmin ? "Sidecar__AdminListen" : "Sidecar__Listen")} chooses another address.", e);
        }
        finally
        {
            // Whatever still waits for somebody outside must not keep the process: what counts is on the disk.
            await Task.WhenAny(app.DisposeAsync().AsTask(), Task.Delay(LongestClosing, TimeProvider.System));
        }
    }

    /// <summary>Starting and reading back leave several times what is needed from then on, and at rest no collection would come by itself.</summary>
    private static void GiveBackMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>What the environment and the command line say: all that counts for where the data is.</summary>
    internal static ConfigurationBuilder Given(IReadOnlyDictionary<string, string?> line, IReadOnlyDictionary<string, string?>? environment)
    {
        var strong = new ConfigurationBuilder();
        var variables = environment ?? Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(one => (string)one.Key, one => (string?)one.Value);
        // An empty variable is none: compose files pass on what is not set as empty, and that must not hide what setup wrote.
        strong.AddInMemoryCollection(variables.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => KeyValuePair.Create(one.Key.Replace("__", ":", StringComparison.Ordinal), one.Value)));
        strong.AddInMemoryCollection(line);
        return strong;
    }

    internal static (IConfigurationRoot Configuration, SetupFile File) Configure(IReadOnlyDictionary<string, string?> line, SidecarSetup setup)
    {
        var strong = Given(line, setup.Environment);
        var data = DataSettings.Read(new SettingsReader(strong.Build()));
        var file = new SetupFile(Path.Combine(data.Path, SetupFile.Name));
        var all = new ConfigurationBuilder().Add(file);
        foreach (var source in strong.Sources)
            all.Add(source);
        return (all.Build(), file);
    }

    internal static void MakeFolder(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return;
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The data folder {path} cannot be made: {e.Message}", e);
        }
    }

    private static void AddLogging(ILoggingBuilder logging, SidecarSetup setup, TelemetrySettings settings)
    {
        logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None) // why it did not start is told once, without a trace; LoopWatch tells of loops
            .AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("Quartz", LogLevel.Warning);
        if (setup.Logging is { } own)
        {
            own(logging);
            return;
        }

        if (settings.LogsJson)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
            return;
        }

        // Put together by hand: AddConsole also makes every formatter that there is, and what reads their settings.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = OneLineConsole.Name);
        logging.Services.AddSingleton<ILoggerProvider>(provider => new ConsoleLoggerProvider(
            provider.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>(), [new OneLineConsole(provider.GetRequiredService<TimeProvider>())]));
    }

    private static void AddServer(WebApplicationBuilder builder, Settings settings)
    {
        string[] addresses = settings.Telemetry.AdminListen is { } admin ? [settings.Sidecar.Listen, admin] : [settings.Sidecar.Listen];
        builder.WebHost.UseUrls(addresses).UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = CallbackBody.MostBytes + 1024; // the endpoints say it in words first
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        });
    }
}
