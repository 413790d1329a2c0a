using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;

namespace MattermostLearning.Activities.Kinds.Challenge;

/// <summary>Takes a forgotten person out of what stands in the channel: who is in, whose reply is worth a look, who hosts.</summary>
internal static class ChallengeForgetting
{
    public static void EditPosts(
        ChallengeDefinition definition, Turn turn, PersonForgotten forgotten, ChallengeRoundState state, Action<ChallengeRoundState> remember)
    {
        var scene = turn.Scene;
        var wrapUp = state.WrapUp;
        if (wrapUp is not null)
        {
            var standing = wrapUp with { Featured = [.. wrapUp.Featured.Where(one => one.PersonId != forgotten.PersonId)] };
            if (standing.Featured.Count < wrapUp.Featured.Count)
                remember(state with { WrapUp = standing });
            if (forgotten.WasHost || standing.Featured.Count < wrapUp.Featured.Count)
                turn.Edit(wrapUp.RowId, ChallengeView.WrapUp(definition, scene, standing));
        }

        if (turn.Round.Status == OccurrenceStatus.Open)
            turn.EditRound(ChallengeView.Opening(definition, scene, turn.Run, turn.Round));
        else if (forgotten.WasHost)
            turn.EditRound(ChallengeView.Over(definition, scene, turn.Run, turn.Round, wrapUp?.RowId));
    }
}
