namespace MattermostLearning.Sidecar.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // The process serves: all that a supervisor needs to know to leave it alone.
        routes.MapGet("/healthz", async context =>
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("alive\n", context.RequestAborted);
        });
        routes.MapGet("/readyz", async context =>
        {
            var report = await context.RequestServices.GetRequiredService<Readiness>().CheckAsync(context.RequestAborted);
            context.Response.StatusCode = report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsJsonAsync(report, HealthJson.Default.ReadinessReport, cancellationToken: context.RequestAborted);
        });
    }
}
