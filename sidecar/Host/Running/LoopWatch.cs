namespace MattermostLearning.Sidecar.Running;

/// <summary>
/// The engine's loops run until the sidecar stops. One that ends before, for whatever reason, would leave half a sidecar that looks
/// alive; then it is better to stop and be started again.
/// </summary>
internal sealed class LoopWatch(IServiceProvider services, IHostApplicationLifetime lifetime, Failure failure, ILogger<LoopWatch> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var loop in services.GetServices<IHostedService>().OfType<BackgroundService>())
            _ = WatchAsync(loop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WatchAsync(BackgroundService loop)
    {
        Exception? cause = null;
        try
        {
            await (loop.ExecuteTask ?? Task.CompletedTask);
        }
        catch (Exception e)
        {
            cause = e;
        }

        // A start that fails ends all loops, too, and is told by itself.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
            await started.Task;
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return;
        logger.LogCritical(cause, "{Loop} has ended, so the sidecar stops.", loop.GetType().Name);
        failure.Happened = true;
        lifetime.StopApplication();
    }
}

/// <summary>Whether the sidecar stopped because something failed: its exit code.</summary>
internal sealed class Failure
{
    public bool Happened { get; set; }
}
