using MattermostLearning.Sidecar.Health;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MattermostLearning.Sidecar.Telemetry;

/// <summary>
/// The second address of the process: `/metrics`, and health, and nothing else; and `/metrics` nowhere else. What counts is the port that a
/// connection came in by, and not the host that a caller names.
/// </summary>
internal static class AdminAddress
{
    public static void MapAdmin(this WebApplication app)
    {
        // Known once the server listens: a port 0 is replaced by then. The admin address is the last.
        var port = new Lazy<int>(() => BindingAddress.Parse(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last()).Port);
        app.MapWhen(context => context.Connection.LocalPort == port.Value, admin =>
        {
            admin.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
            admin.Map("/healthz", healthz => healthz.Run(HealthEndpoints.AliveAsync));
            admin.Map("/readyz", readyz => readyz.Run(HealthEndpoints.ReadyAsync));
            admin.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }
}
