using MattermostLearning.Activities.Engine.Runtime;

namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>Counts the callbacks that are being answered, and lets no more in once the sidecar is stopping.</summary>
internal sealed class CallbackGate(IHostApplicationLifetime lifetime) : IWorkSource
{
    private int _underWay;

    public DateTimeOffset? NextMoment => null;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(Volatile.Read(ref _underWay) == 0);

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                context.Response.Headers.RetryAfter = "10";
                await Refusal.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The sidecar is stopping.");
                return;
            }

            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}

internal static class Refusal
{
    public static Task WriteAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        // Of what is refused, some may not have been read, and may never be: whoever sends something good next needs another connection.
        context.Response.Headers.Connection = "close";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
