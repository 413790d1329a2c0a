namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>One trigger for each schedule that a person wrote. Firing names the run; what is due is worked out from instants, never from when it happened to fire.</summary>
public interface IRunTriggers
{
    /// <summary>Sets or moves the run's one trigger.</summary>
    Task SetAsync(string runId, DateTimeOffset instant, CancellationToken cancellationToken);

    Task ClearAsync(string runId, CancellationToken cancellationToken);
}
