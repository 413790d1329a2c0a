using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>Lets an open round go by a corrected text, where its kind says that this is safe.</summary>
internal static class RoundCorrection
{
    public static async ValueTask ApplyAsync(
        StateView view, SceneSetter scenes, Definitions definitions, IOutboxOrder order, Run run, string? occurrenceId, TextCorrected corrected, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (occurrenceId is null || await view.GetAsync<Occurrence>(occurrenceId, cancellationToken) is not { Status: OccurrenceStatus.Open } round)
            return;
        var kind = definitions.KindOf(run);
        if (round.DefinitionHash == corrected.Text.Hash || !kind.CanCorrect(await definitions.StoredAsync(round.DefinitionHash, cancellationToken), corrected.Text))
            return;
        round = round with { DefinitionHash = corrected.Text.Hash };
        var before = new ChangeSet().Save(round);
        if (await view.GetAsync<StoredDefinition>(corrected.Text.Hash, cancellationToken) is null)
            before.Save(StoredDefinition.Of(corrected.Text));
        var scene = await scenes.SetAsync(view, run, round, corrected.Text, corrected.Text, corrected, now, cancellationToken);
        await view.ApplyAsync(kind.Decide(scene, corrected), order, cancellationToken, before);
    }
}
