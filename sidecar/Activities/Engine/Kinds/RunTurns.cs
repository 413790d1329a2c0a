using MattermostLearning.Activities.Engine.Documents;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>What happens to whole runs, in the same way for every kind. What is posted about it is the kind's.</summary>
public static class RunTurns
{
    /// <summary>Stops the run. True where a round was open: it has ended, and its post is to say so.</summary>
    public static bool StopRun(this Turn turn, string? personId)
    {
        if (turn.Run.Status != RunStatus.Stopped)
        {
            turn.Run = turn.Run with { Status = RunStatus.Stopped, Question = turn.Run.Question + 1 };
            turn.Record(Verbs.Stopped, personId);
        }

        if (turn is not { HasRound: true, Round.Status: OccurrenceStatus.Open })
            return false;
        turn.EndRound(OccurrenceStatus.Cancelled);
        return true;
    }

    /// <summary>Nobody can answer in an archived channel: an open round ends, one that stays open waits, and nothing more is posted until it is restored.</summary>
    public static void RestRun(this Turn turn)
    {
        turn.Run = turn.Run with { Status = RunStatus.Archived };
        if (turn is { HasRound: true, Round: { Status: OccurrenceStatus.Open, StaysOpen: false } })
            turn.EndRound(OccurrenceStatus.Cancelled);
    }

    /// <summary>The channel is back. True where the post of a round that ended with it could not be changed until now.</summary>
    public static bool RestoreRun(this Turn turn)
    {
        var now = turn.Scene.Now;
        // What passed while nobody could post was not missed.
        turn.Run = turn.Run with { Status = RunStatus.Running, DecidedThrough = now > turn.Run.DecidedThrough ? now : turn.Run.DecidedThrough };
        return turn is { HasRound: true, Round.Status: OccurrenceStatus.Cancelled };
    }
}
