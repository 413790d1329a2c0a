using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>A form as a kind or a command words it. It is opened for the person who has just acted, and for nobody else.</summary>
public sealed record DraftDialog
{
    /// <summary>At most 24 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown above the fields, without <see cref="Token"/>s.</summary>
    public string? Introduction { get; init; }

    /// <summary>At most five: older servers take no more. None of the types that only newer servers know.</summary>
    public required IReadOnlyList<DialogElement> Elements { get; init; }

    public required string SubmitLabel { get; init; }

    /// <summary>Who answers it, for whom, at which step. It names the person.</summary>
    public required ActionReference Action { get; init; }
}
