using MattermostLearning.Sidecar.Health;
using MattermostLearning.Sidecar.Options;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MattermostLearning.Sidecar.Telemetry;

/// <summary>
/// The second address of the process: `/metrics`, and health, and nothing else; and `/metrics` nowhere else. What counts is the port that a
/// connection came in by, and not the host that a caller names.
/// </summary>
internal static class AdminAddress
{
    /// <param name="app">The process.</param>
    /// <param name="admin">The second address.</param>
    public static void MapAdmin(this WebApplication app, string admin)
    {
        var wished = SidecarSettings.Binding(admin)!.Port;
        int? port = wished == 0 ? null : wished;
        app.MapWhen(context => context.Connection.LocalPort == (port ??= Bound()), metrics =>
        {
            metrics.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
            metrics.Map("/healthz", healthz => healthz.Run(HealthEndpoints.AliveAsync));
            metrics.Map("/readyz", readyz => readyz.Run(HealthEndpoints.ReadyAsync));
            metrics.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });

        // A port 0 is replaced by the one that was free, once both addresses are bound, in their order; until then nobody calls as the admin.
        int? Bound() => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList() is [_, var second]
            ? BindingAddress.Parse(second).Port
            : null;
    }
}
