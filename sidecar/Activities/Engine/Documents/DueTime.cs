using System.Text.Json.Serialization;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>A moment at which a kind wants to be asked again. Swept in the order of time, at the cost of what is due.</summary>
public sealed record DueTime : Document, IStored<DueTime>
{
    public required string RunId { get; init; }

    /// <summary>Null for what concerns the run and no round of it.</summary>
    public string? OccurrenceId { get; init; }

    /// <summary>What is due, in the kind's words: `close`, `hint/0`, `remind/1`.</summary>
    public required string What { get; init; }

    public string? PersonId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Set where the person would be written to first. While Mattermost shows them out of office or on do-not-disturb, or does not say, the
    /// moment is not told, but at this one at the latest: the kind then drops what has become pointless.
    /// </summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    public static string IdOf(string owner, string what, string? personId) =>
        personId is null ? $"{owner}/{what}" : $"{owner}/{what}/{personId}";

    [JsonIgnore]
    public string Id => IdOf(OccurrenceId ?? RunId, What, PersonId);

    public static DocumentIndex<DueTime> ByInstant { get; } = new("at", due => InstantKey.Of(due.At));
    public static DocumentIndex<DueTime> ByOccurrence { get; } = new("occurrence", due => due.OccurrenceId);
    public static DocumentIndex<DueTime> ByPerson { get; } = new("person", due => due.PersonId);

    public static DocumentKind<DueTime> Stored { get; } =
        new("due_times", 1, due => due.Id, LearningJson.Default.DueTime, [ByInstant, ByOccurrence, ByPerson]);
}
