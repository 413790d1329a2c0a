using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>A reply in an occurrence's thread: its id and whose it is, never its text.</summary>
public sealed record Contribution : Document, IStored<Contribution>
{
    public required string PostId { get; init; }
    public required string OccurrenceId { get; init; }
    public required string PersonId { get; init; }
    public required DateTimeOffset At { get; init; }

    public static DocumentIndex<Contribution> ByOccurrence { get; } = new("occurrence", one => one.OccurrenceId);
    public static DocumentIndex<Contribution> ByPerson { get; } = new("person", one => one.PersonId);

    public static DocumentKind<Contribution> Stored { get; } =
        new("contributions", 1, one => one.PostId, LearningJson.Default.Contribution, [ByOccurrence, ByPerson]);
}

/// <summary>One person's one emoji on one contribution. Mattermost gives reactions no id, so their triple is it.</summary>
public sealed record Reaction : Document, IStored<Reaction>
{
    public required string PostId { get; init; }
    public required string OccurrenceId { get; init; }
    public required string PersonId { get; init; }
    public required string Emoji { get; init; }

    public static string IdOf(string postId, string personId, string emoji) => $"{postId}/{personId}/{emoji}";

    public static DocumentIndex<Reaction> ByOccurrence { get; } = new("occurrence", one => one.OccurrenceId);
    public static DocumentIndex<Reaction> ByPost { get; } = new("post", one => one.PostId);
    public static DocumentIndex<Reaction> ByPerson { get; } = new("person", one => one.PersonId);

    public static DocumentKind<Reaction> Stored { get; } = new(
        "reactions", 1, one => IdOf(one.PostId, one.PersonId, one.Emoji), LearningJson.Default.Reaction, [ByOccurrence, ByPost, ByPerson]);
}
