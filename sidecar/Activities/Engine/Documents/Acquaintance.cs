using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Documents;

/// <summary>That a person has contributed to a run before, and in which round first: so that newcomers can be counted without looking back.</summary>
public sealed record Acquaintance : Document, IStored<Acquaintance>
{
    public required string RunId { get; init; }
    public required string PersonId { get; init; }
    public required string OccurrenceId { get; init; }

    public static string IdOf(string runId, string personId) => $"{runId}/{personId}";

    public static DocumentIndex<Acquaintance> ByRun { get; } = new("run", one => one.RunId);
    public static DocumentIndex<Acquaintance> ByPerson { get; } = new("person", one => one.PersonId);

    public static DocumentKind<Acquaintance> Stored { get; } =
        new("acquaintances", 1, one => IdOf(one.RunId, one.PersonId), LearningJson.Default.Acquaintance, [ByRun, ByPerson]);
}
