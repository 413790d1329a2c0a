using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Community;

/// <summary>Takes a person out of everything at once: what they are in, what they are in every time, and reminders.</summary>
public sealed class Leaving(ILearningStore store, ActivityRuntime runtime, Definitions definitions, PersonChoices choices)
{
    /// <summary>Doing it twice does no harm.</summary>
    /// <returns>The titles of what they were in, and the slugs of what they still host.</returns>
    public async Task<(IReadOnlyList<string> Left, IReadOnlyList<string> Hosted)> EverythingAsync(string personId, CancellationToken cancellationToken)
    {
        // First: whatever becomes of the rest, nobody writes to them first any more.
        await choices.SetRemindersAsync(personId, on: false, cancellationToken);
        List<string> left = [];
        foreach (var (run, roundId) in await OfAsync(personId, cancellationToken))
        {
            await runtime.ActAsync(roundId ?? run.Id, new Acted(personId, PersonAction.Leave, null), cancellationToken);
            left.Add(Token.Literal((await definitions.CurrentOfAsync(run, cancellationToken)).Title));
        }

        var hosted = await store.FindAsync(Run.ByHost, personId, cancellationToken);
        return (
            [.. left.Distinct().Order(StringComparer.OrdinalIgnoreCase)],
            [.. hosted.Where(run => run.Status is not (RunStatus.Stopped or RunStatus.Ended)).Select(run => run.Slug).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>The runs that they are in, each with its open round.</summary>
    private async Task<IReadOnlyList<(Run Run, string? RoundId)>> OfAsync(string personId, CancellationToken cancellationToken)
    {
        var runIds = (await store.FindAsync(Enrollment.ByPerson, personId, cancellationToken)).Select(one => one.RunId).ToHashSet(StringComparer.Ordinal);
        foreach (var part in await store.FindAsync(Participation.ByPerson, personId, cancellationToken))
        {
            if (part.IsIn && await store.GetAsync<Occurrence>(part.OccurrenceId, cancellationToken) is { Status: OccurrenceStatus.Open } round)
                runIds.Add(round.RunId);
        }

        List<(Run, string?)> found = [];
        foreach (var id in runIds.Order(StringComparer.Ordinal))
        {
            if (await store.GetAsync<Run>(id, cancellationToken) is not { } run)
                continue;
            var open = await store.FindAsync(Occurrence.ByOpenRun, id, cancellationToken);
            found.Add((run, open.Count > 0 ? open[^1].Id : null));
        }

        return found;
    }
}
