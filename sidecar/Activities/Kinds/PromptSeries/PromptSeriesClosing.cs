using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>How a round ends (quietly: the conversation may go on), and whether the series goes on after it.</summary>
internal static class PromptSeriesClosing
{
    /// <summary>After so many silent rounds in a row the series waits for its host.</summary>
    private const int SilencesBeforePause = 3;

    /// <returns>What the run remembers from then on.</returns>
    public static PromptSeriesRunState Close(PromptSeriesDefinition definition, Turn turn, PromptSeriesRunState state, Draft post)
    {
        var scene = turn.Scene;
        turn.EndRound(OccurrenceStatus.Closed);
        turn.Record(Verbs.Closed);
        turn.EditRound(post with { Buttons = [] }, atOnce: true);
        // A round that was silenced, or that nobody could see, was not silent by itself.
        if (scene.Contributions.Count > 0)
            state = state with { SilentRounds = 0 };
        else if (scene.Held is null && !scene.IsUnseen)
            state = state with { SilentRounds = state.SilentRounds + 1 };
        if (turn.Run.Status != RunStatus.Running)
            return state;
        if (scene.NextInstant is null)
            Ask(definition, turn, RunStatus.Ended, definition.Rounds is { } rounds && turn.Run.Rounds >= rounds ? "series.ended" : "series.ended-until");
        else if (state.SilentRounds >= SilencesBeforePause && scene.Held is null)
            Ask(definition, turn, RunStatus.Paused, "series.paused");
        return state;
    }

    /// <summary>The host answers the question how it is to go on. True when it does.</summary>
    public static bool Answer(PromptSeriesDefinition definition, Turn turn, Acted acted)
    {
        var (scene, run) = (turn.Scene, turn.Run);
        var speech = scene.SpeechOf(acted.PersonId);
        (string, object)[] places = [("title", SeriesView.Title(definition)), ("slug", definition.Slug)];
        if (run.Status is not (RunStatus.Paused or RunStatus.Ended) || acted.Step != SeriesView.StepOf(run))
        {
            turn.Answer(speech.Say("series.question-old"));
            return false;
        }

        if (acted.Action == SeriesAction.Stop)
        {
            turn.StopRun(acted.PersonId);
            foreach (var suggestion in scene.Suggestions.Where(one => one.OccurrenceId is null))
                Suggestions.Remove(turn, suggestion);
            turn.Answer(Reply.Instead(speech.Say("series.is-stopped", places)));
            return false;
        }

        if (turn.GoOn(definition, acted.PersonId) is not { } next)
        {
            turn.Answer(speech.Say("series.goes-on-no-date", places));
            return false;
        }

        turn.Answer(Reply.Instead(speech.Say("series.goes-on", [.. places, ("next", scene.OwnTime(acted.PersonId, next))])));
        return true;
    }

    private static void Ask(PromptSeriesDefinition definition, Turn turn, RunStatus status, string sentence)
    {
        turn.Run = turn.Run with { Status = status, Question = turn.Run.Question + 1 };
        if (!turn.Scene.Person(turn.Run.HostId).IsGone && turn.Run.HostId != Forgotten.Nobody)
            turn.Write(turn.Run.HostId, "after-close", MessagePurpose.Report, SeriesView.Question(definition, turn.Scene, turn.Run, sentence));
    }
}
