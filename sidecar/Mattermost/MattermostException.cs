using System.Net;

namespace MattermostLearning.Mattermost;

/// <summary>What kind of failure it was; the server's own words are in <see cref="MattermostException.Id"/>.</summary>
public enum MattermostFailure
{
    /// <summary>Mattermost answered with an error.</summary>
    Refused,

    /// <summary>Something else answered: a proxy's page, a redirect, JSON of another shape.</summary>
    NotMattermost,

    /// <summary>Nobody answered: no connection, or it broke.</summary>
    Unreachable,

    /// <summary>No whole answer within the attempt's time.</summary>
    TimedOut,

    /// <summary>The answer was larger than the client reads.</summary>
    TooLarge,
}

/// <summary>
/// A call that brought no result. Messages are safe to log: they hold no token, and of an answer at most a short cleaned excerpt.
/// </summary>
public sealed class MattermostException : Exception
{
    public MattermostException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    public MattermostException()
    {
    }

    public MattermostException(string message) : base(message)
    {
    }

    public MattermostFailure Failure { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The server's id of the error, such as <c>api.context.permissions.app_error</c>: branch on this, never on the message. Empty when unknown.</summary>
    public string Id { get; init; } = "";

    /// <summary>What the server's own log has this request under. Empty when unknown.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>How long to wait, where the server said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may work later without anybody changing anything.</summary>
    public bool IsTransient { get; init; }

    /// <summary>
    /// Whether a change may have happened all the same: a timeout, a connection lost after sending, a 5xx, an answer that could not be
    /// read. Always false for reads.
    /// </summary>
    public bool OutcomeUnknown { get; init; }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    public bool IsForbidden => Status == HttpStatusCode.Forbidden;

    /// <summary>The token is missing, revoked or expired.</summary>
    public bool IsUnauthorized => Status == HttpStatusCode.Unauthorized;
}
