using MattermostLearning.Activities.Community.Library;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Sidecar.Running;

/// <summary>
/// The first to start and the last to stop: nothing runs before the store is open and the content is read, and the store closes only when
/// everything that was being decided is committed.
/// </summary>
internal sealed class Keeper(ILearningStore store, ContentWatch content, HandLibrary byHand, ActivityRuntime runtime, StopTime stopTime, ILogger<Keeper> logger) : IHostedService
{
    private static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!store.Health.IsHealthy)
            logger.LogError("The store takes nothing: {Problem}", store.Health.Problem);
        content.Load();
        await byHand.LoadAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var time = stopTime.Clock;
        var began = time.GetTimestamp();
        while (!await runtime.IsAtRestAsync(DateTimeOffset.MinValue) && time.GetElapsedTime(began) < LongestCommit)
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, CancellationToken.None);
    }
}
