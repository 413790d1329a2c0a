namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// By which a stop waits for what is under way. It is another clock than everything else goes by where that is one that somebody moves: standing still, it
/// would keep the process from ending.
/// </summary>
public sealed record StopTime(TimeProvider Clock);
