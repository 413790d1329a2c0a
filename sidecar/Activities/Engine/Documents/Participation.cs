using System.Text.Json;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>One person in one occurrence.</summary>
public sealed record Participation : Document, IStored<Participation>
{
    public required string OccurrenceId { get; init; }
    public required string PersonId { get; init; }

    /// <summary>In this round by their own word: the only people who may be reminded.</summary>
    public bool IsIn { get; init; }

    /// <summary>Counts joining and leaving, so that a button of an earlier answer is known to be old.</summary>
    public int Step { get; init; }

    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>No reminder in this round: they said so, or it went out already.</summary>
    public bool NoReminder { get; init; }

    /// <summary>How many contributions of theirs stand now.</summary>
    public int Contributions { get; init; }

    /// <summary>The contribution that carries the bot's mark.</summary>
    public string? MarkedPostId { get; init; }

    /// <summary>In a round that stays open: the definition that they began with and keep to the end.</summary>
    public string? DefinitionHash { get; init; }

    /// <summary>When they had done all that there is to do; null before, and where nothing ends.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What the kind remembers of this person in this round.</summary>
    public JsonElement? State { get; init; }

    /// <summary>What they do in Mattermost, from then on, is told to the kind; null where it waits for nothing of the sort.</summary>
    public Watch? Watching { get; init; }

    public static string IdOf(string occurrenceId, string personId) => $"{occurrenceId}/{personId}";

    public static DocumentIndex<Participation> ByOccurrence { get; } = new("occurrence", one => one.OccurrenceId);
    public static DocumentIndex<Participation> ByPerson { get; } = new("person", one => one.PersonId);
    public static DocumentIndex<Participation> ByDefinition { get; } = new("definition", one => one.DefinitionHash);

    /// <summary>Those whose person is to do something: what anybody writes costs one look here.</summary>
    public static DocumentIndex<Participation> ByWatched { get; } = new("watched", one => one.Watching is null ? null : one.PersonId);

    public static DocumentKind<Participation> Stored { get; } =
        new("participations", 1, one => IdOf(one.OccurrenceId, one.PersonId), LearningJson.Default.Participation, [ByOccurrence, ByPerson, ByDefinition, ByWatched]);
}

/// <param name="Since">From when on.</param>
/// <param name="Channel">The name of the channel in which it is to be done; null for the run's own.</param>
public sealed record Watch(DateTimeOffset Since, string? Channel);

/// <summary>One person's standing consent in a run: every round until they leave.</summary>
public sealed record Enrollment : Document, IStored<Enrollment>
{
    public required string RunId { get; init; }
    public required string PersonId { get; init; }
    public required DateTimeOffset Since { get; init; }

    public static string IdOf(string runId, string personId) => $"{runId}/{personId}";

    public static DocumentIndex<Enrollment> ByRun { get; } = new("run", one => one.RunId);
    public static DocumentIndex<Enrollment> ByPerson { get; } = new("person", one => one.PersonId);

    public static DocumentKind<Enrollment> Stored { get; } =
        new("enrollments", 1, one => IdOf(one.RunId, one.PersonId), LearningJson.Default.Enrollment, [ByRun, ByPerson]);
}
