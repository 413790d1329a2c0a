namespace MattermostLearning.Mattermost.Messages;

/// <summary>One thing that the server would refuse, or would take and then not work.</summary>
/// <param name="Path">Where, for example <c>attachments[0].actions[1].id</c>.</param>
/// <param name="What">What is wrong, in words; it never repeats the value.</param>
/// <param name="Limit">The limit that is broken, where it is one.</param>
/// <param name="Length">The length that was found, in the limit's unit.</param>
public sealed record MessageProblem(string Path, string What, int? Limit = null, int? Length = null)
{
    public override string ToString() => Limit is null ? $"{Path}: {What}" : $"{Path}: {What} ({Length} of at most {Limit})";
}

/// <summary>A message that was not sent because it could not work. Lists every problem at once.</summary>
public sealed class InvalidMessageException : ArgumentException
{
    public InvalidMessageException(IReadOnlyList<MessageProblem> problems)
        : base("The message was not sent: " + string.Join("; ", problems)) => Problems = problems;

    public InvalidMessageException(string message) : base(message) => Problems = [];

    public InvalidMessageException(string message, Exception inner) : base(message, inner) => Problems = [];

    public InvalidMessageException() => Problems = [];

    public IReadOnlyList<MessageProblem> Problems { get; }
}
