namespace MattermostLearning.Activities.Engine.Ports;

/// <summary>Reads what people wrote, at the moment when it is shown. Nothing of it is kept.</summary>
public interface IPostReader
{
    /// <summary>Several at once, as the bot may read them: in its channels, and in the public channels of its teams.</summary>
    /// <returns>One for each id: those that are gone or not the bot's to see say so.</returns>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not answer.</exception>
    Task<IReadOnlyList<PostRead>> ReadAsync(IReadOnlyCollection<string> postIds, CancellationToken cancellationToken);
}

/// <param name="PostId">What was asked for.</param>
/// <param name="Outcome">Whether it could be read.</param>
public sealed record PostRead(string PostId, PostReadOutcome Outcome)
{
    public string Text { get; init; } = "";
    public string PersonId { get; init; } = "";
    public string ChannelId { get; init; } = "";

    /// <summary>The root of its thread; null for one that is no reply.</summary>
    public string? RootPostId { get; init; }

    /// <summary>By a bot or a webhook, or one of Mattermost's own messages.</summary>
    public bool IsAutomatic { get; init; }

    // A log line that prints one must not carry what somebody wrote.
    public override string ToString() => $"{PostId} {Outcome}";
}

public enum PostReadOutcome
{
    Read,

    /// <summary>Deleted.</summary>
    Gone,

    /// <summary>Not the bot's to read.</summary>
    Hidden,
}
