using System.Text.Json;
using MattermostLearning.Sidecar.Endpoints;

namespace MattermostLearning.Sidecar.Health;

internal static class HealthEndpoints
{
    public static IEnumerable<PathTable.Entry> Paths => [new(HttpMethods.Get, "/healthz", AliveAsync), new(HttpMethods.Get, "/readyz", ReadyAsync)];

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
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, HealthJson.Default.ReadinessReport), context.RequestAborted);
    }
}
