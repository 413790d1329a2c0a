using MattermostLearning.Activities.Community;

namespace MattermostLearning.Sidecar.Running;

/// <summary>Before anything is decided or sent: whoever was forgotten is so in a store that came back from a backup, too.</summary>
internal sealed class ForgettingAgain(Forgetting forgetting, ILogger<ForgettingAgain> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await forgetting.ApplyAgainAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A store that takes nothing now is told of by readiness; the next start tries again.
            logger.LogError("People who had been forgotten could not be forgotten again in the restored store: {Reason}", e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
