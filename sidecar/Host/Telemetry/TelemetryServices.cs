using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using MattermostLearning.Activities.Engine.Telemetry;
using MattermostLearning.Sidecar.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MattermostLearning.Sidecar.Telemetry;

/// <summary>What measures, always; and OpenTelemetry, which brings it out, where the admin asked for it.</summary>
internal static class TelemetryServices
{
    private const string ServiceName = "mattermost-learning";

    /// <summary>The runtime's own meter: memory, collections, threads.</summary>
    private const string Runtime = "System.Runtime";

    public static void AddTelemetry(this IServiceCollection services, TelemetrySettings settings)
    {
        services.AddMetrics();
        services.AddSingleton<LearningTelemetry>();
        services.AddSingleton<SidecarMetrics>();
        services.AddSingleton<CallbackMeasure>();
        if (settings.IsTold)
            services.AddExporters(settings);
    }

    /// <summary>By itself, so that nothing of OpenTelemetry is loaded where nobody asked for it.</summary>
    private static void AddExporters(this IServiceCollection services, TelemetrySettings settings)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource
            .AddService(ServiceName, serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version?.ToString(3), autoGenerateServiceInstanceId: false)
            .AddEnvironmentVariableDetector()); // after ours: OTEL_SERVICE_NAME has the last word
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(LearningTelemetry.Name, Runtime);
            // Meters are found by their names in the whole process; those of another sidecar in it are not ours.
            if (metrics is IDeferredMeterProviderBuilder deferred)
                deferred.Configure((provider, builder) => builder.AddView(instrument => IsOf(provider, instrument.Meter) ? null : MetricStreamConfiguration.Drop));
            if (settings.AdminListen is not null)
                metrics.AddPrometheusExporter(prometheus => (prometheus.ScrapeResponseCacheDurationMilliseconds, prometheus.ScopeInfoEnabled) = (0, false));
            if (settings.Collector is not null)
                metrics.AddOtlpExporter();
        });
        if (settings.Collector is not null)
            telemetry.WithTracing(traces => traces.AddSource(LearningTelemetry.Name).AddOtlpExporter());
    }

    /// <summary>OpenTelemetry's variables, such as those of its exporter: the only ones that it gets to see.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> VariablesIn(IConfiguration configuration) =>
        configuration.AsEnumerable().Where(one => one.Key.StartsWith("OTEL_", StringComparison.Ordinal));

    /// <summary>
    /// Made first, so that it is disposed last: sending the last of it to a collector that does not answer takes time, and the store must not wait for that.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // within its caller it would bring OpenTelemetry along, asked for or not
    public static void MakeTelemetry(this IServiceProvider services)
    {
        services.GetService<MeterProvider>();
        services.GetService<TracerProvider>();
    }

    private static bool IsOf(IServiceProvider services, Meter meter) => meter.Scope is null || meter.Scope == services.GetRequiredService<IMeterFactory>();
}
