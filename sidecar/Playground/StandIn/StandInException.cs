namespace MattermostLearning.Playground.StandIn;

/// <summary>The stand-in refused what a person tried.</summary>
/// <param name="status">The HTTP status that a client would have got.</param>
/// <param name="errorId">Mattermost's error id, for example <c>api.context.permissions.app_error</c>.</param>
/// <param name="message">What a person reads.</param>
public sealed class StandInException(int status, string errorId, string message) : Exception($"{message} ({status} {errorId})")
{
    public int Status => status;

    public string ErrorId => errorId;

    /// <summary>What a person reads, without the status.</summary>
    public string Words => message;
}
