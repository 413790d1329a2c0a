using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>Lives an activity through with people who are not there, and tells what it said to whom.</summary>
public interface IActivityPreviewer
{
    /// <exception cref="PreviewException">It cannot be lived through; the message says why.</exception>
    Task<ActivityPreview> OfAsync(ActivityDefinition definition, CancellationToken cancellationToken);
}

/// <param name="Messages">In order, up to the second round.</param>
/// <param name="Next">When the same begins anew; null where it does not.</param>
public sealed record ActivityPreview(IReadOnlyList<PreviewedMessage> Messages, DateTimeOffset? Next);

/// <param name="At">When it comes; dates are examples.</param>
/// <param name="Place">In which kind of place.</param>
/// <param name="Channel">The channel's name; empty in direct messages.</param>
/// <param name="Reader">Who gets it.</param>
/// <param name="Text">Markdown, as it is posted.</param>
public sealed record PreviewedMessage(DateTimeOffset At, PreviewPlace Place, string Channel, PreviewReader Reader, string Text)
{
    /// <summary>What stands on its buttons.</summary>
    public IReadOnlyList<string> Buttons { get; init; } = [];

    /// <summary>The message before becomes this.</summary>
    public bool IsEdit { get; init; }
}

public enum PreviewPlace
{
    Channel,
    Thread,
    Direct,

    /// <summary>Below what somebody typed or pressed: only they see it.</summary>
    Private,
}

public enum PreviewReader
{
    Everybody,
    Facilitators,
    Learner,
    Host,
}

public sealed class PreviewException(string message, Exception? inner = null) : Exception(message, inner);
