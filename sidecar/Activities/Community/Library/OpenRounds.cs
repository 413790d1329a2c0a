using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Community.Library;

/// <summary>Rounds that are open with an earlier text, and could go by a corrected one.</summary>
public sealed class OpenRounds(ILearningStore store, Definitions definitions, ActivityRuntime runtime)
{
    /// <summary>Those in which the text can take the place of what they opened with.</summary>
    public async Task<IReadOnlyList<Occurrence>> CorrectableAsync(ActivityDefinition text, CancellationToken cancellationToken)
    {
        List<Occurrence> rounds = [];
        foreach (var status in Run.Living)
        {
            foreach (var run in (await store.FindAsync(Run.ByStatus, status.ToString(), cancellationToken)).Where(run => run.Slug == text.Slug && run.Kind == text.Kind))
            {
                foreach (var round in (await store.FindAsync(Occurrence.ByRun, run.Id, cancellationToken)).Where(IsOpenWithAnother))
                {
                    if (definitions.KindOf(run).CanCorrect(await definitions.StoredAsync(round.DefinitionHash, cancellationToken), text))
                        rounds.Add(round);
                }
            }
        }

        return rounds;

        bool IsOpenWithAnother(Occurrence round) => round.Status == OccurrenceStatus.Open && round.DefinitionHash != text.Hash;
    }

    /// <summary>Corrects what is open.</summary>
    /// <returns>The rounds that go by it from now on.</returns>
    public async Task<IReadOnlyList<Occurrence>> CorrectAsync(ActivityDefinition text, CancellationToken cancellationToken)
    {
        List<Occurrence> corrected = [];
        foreach (var round in await CorrectableAsync(text, cancellationToken))
        {
            await runtime.TellAsync(round.Id, new TextCorrected(text), CancellationToken.None);
            // It may have closed meanwhile.
            if (await store.GetAsync<Occurrence>(round.Id, CancellationToken.None) is { } now && now.DefinitionHash == text.Hash)
                corrected.Add(now);
        }

        return corrected;
    }
}
