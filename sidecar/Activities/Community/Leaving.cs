using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Community;

/// <summary>Takes a person out of everything at once: what they are in, what they are in every time, and reminders.</summary>
public sealed class Leaving(ILearningStore store, OwnRuns own, ActivityRuntime runtime, PersonChoices choices)
{
    /// <summary>Doing it twice does no harm.</summary>
    /// <returns>The titles of what they were in, and the slugs of what they still host.</returns>
    public async Task<(IReadOnlyList<string> Left, IReadOnlyList<string> Hosted)> EverythingAsync(Caller caller, CancellationToken cancellationToken)
    {
        var personId = caller.PersonId;
        // First: whatever becomes of the rest, nobody writes to them first any more.
        await choices.SetRemindersAsync(personId, on: false, cancellationToken);
        List<string> left = [];
        foreach (var one in await own.OfAsync(personId, caller.Language, cancellationToken))
        {
            await runtime.ActAsync(one.OpenRound?.Id ?? one.Run.Id, new Acted(personId, PersonAction.Leave, null), cancellationToken);
            left.Add(Token.Literal(one.Title));
        }

        var hosted = await store.FindAsync(Run.ByHost, personId, cancellationToken);
        return (
            [.. left.Distinct().Order(StringComparer.OrdinalIgnoreCase)],
            [.. hosted.Where(run => run.Status is not (RunStatus.Stopped or RunStatus.Ended)).Select(run => run.Slug).Distinct().Order(StringComparer.Ordinal)]);
    }
}
