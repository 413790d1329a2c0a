namespace MattermostLearning.Sidecar.Options;

/// <summary>What the sidecar tells about itself: metrics to whoever asks on the admin address, traces and metrics to a collector, and its log.</summary>
/// <param name="AdminListen">The address of `/metrics`; null for none.</param>
/// <param name="Collector">Where OpenTelemetry sends to; null for nowhere.</param>
/// <param name="LogsJson">The log is JSON, one object a line.</param>
internal sealed record TelemetrySettings(string? AdminListen, Uri? Collector, bool LogsJson)
{
    /// <summary>This machine only: who else may look is the admin's choice. Not a default, since OpenTelemetry makes each start slower.</summary>
    public const string UsualAdminListen = "http://127.0.0.1:8091";

    /// <summary>OpenTelemetry's own name for it; its other variables count beside it.</summary>
    public const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Somebody gets to see what is measured.</summary>
    public bool IsTold => AdminListen is not null || Collector is not null;

    public static TelemetrySettings Read(SettingsReader settings, string listen)
    {
        var admin = settings.Text("Sidecar__AdminListen");
        if (admin is not null && (SidecarSettings.Binding(admin) is not { } bound || (bound.Port != 0 && bound.Port == SidecarSettings.Binding(listen)?.Port)))
            settings.Wrong("Sidecar__AdminListen", admin, $"{UsualAdminListen}, with a port of its own, no path, and http only.");
        return new TelemetrySettings(admin, ReadCollector(settings), ReadFormat(settings));
    }

    private static Uri? ReadCollector(SettingsReader settings)
    {
        if (settings.Text(CollectorVariable) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            return address;
        settings.Wrong(CollectorVariable, text.Contains('@', StringComparison.Ordinal) ? "..." : text, "where an OpenTelemetry collector takes OTLP: http://127.0.0.1:4317.");
        return null;
    }

    private static bool ReadFormat(SettingsReader settings)
    {
        const string text = "text", json = "json";
        var format = settings.Text("Sidecar__LogFormat")?.ToLowerInvariant() ?? text;
        if (format is not (text or json))
            settings.Wrong("Sidecar__LogFormat", format, $"{text}, a line for people, or {json}, an object a line for programs.");
        return format == json;
    }
}
