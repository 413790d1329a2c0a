namespace MattermostLearning.Sidecar.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", AliveAsync);
        routes.MapGet("/readyz", ReadyAsync);
    }

    /// <summary>The process serves: all that a supervisor needs to know to leave it alone.</summary>
    public static Task AliveAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync("alive\n", context.RequestAborted);
    }

    public static async Task ReadyAsync(HttpContext context)
    {
        var report = await context.RequestServices.GetRequiredService<Readiness>().CheckAsync(context.RequestAborted);
        context.Response.StatusCode = report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsJsonAsync(report, HealthJson.Default.ReadinessReport, cancellationToken: context.RequestAborted);
    }
}
