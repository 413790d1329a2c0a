namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// A part of the engine that works by itself. The driver of virtual time moves the clock only when all of them rest, and then to
/// the earliest moment that one of them waits for.
/// </summary>
public interface IWorkSource
{
    /// <summary>Nothing is being done, and nothing is due at this time.</summary>
    ValueTask<bool> IsAtRestAsync(DateTimeOffset now);

    /// <summary>The earliest moment it waits for; null when it waits for none.</summary>
    DateTimeOffset? NextMoment { get; }
}
