using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Content;

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

    /// <summary>
    /// Nobody can answer in an archived channel: an open round ends, one that stays open waits, and nothing more is posted until it is restored. The host is told.
    /// </summary>
    public static void RestRun(this Turn turn, ActivityDefinition definition, string toldWith)
    {
        turn.Run = turn.Run with { Status = RunStatus.Archived };
        if (turn is { HasRound: true, Round: { Status: OccurrenceStatus.Open, StaysOpen: false } })
            turn.EndRound(OccurrenceStatus.Cancelled);
        turn.TellHost(string.Create(CultureInfo.InvariantCulture, $"archived/{turn.Scene.Now.ToUnixTimeMilliseconds()}"), definition, toldWith);
    }

    /// <summary>Without its post nobody finds it: the round ends, and a run that has no other one ends with it. The host is told.</summary>
    public static void EndWithPost(this Turn turn, ActivityDefinition definition, string toldWith)
    {
        var isOnlyOne = turn.Round.StaysOpen;
        turn.EndRound(OccurrenceStatus.Cancelled);
        if (isOnlyOne)
            turn.Run = turn.Run with { Status = RunStatus.Ended };
        turn.TellHost("post-gone", definition, toldWith);
    }

    /// <summary>Tells the host, as long as there is one, what became of their run.</summary>
    private static void TellHost(this Turn turn, string name, ActivityDefinition definition, string key)
    {
        var hostId = turn.Run.HostId;
        if (turn.Scene.Person(hostId).IsGone)
            return;
        turn.Write(hostId, name, MessagePurpose.Report, turn.Scene.SpeechOf(hostId).Say(
            key, ("title", Token.Literal(turn.Scene.TextFor(hostId, definition).Title)), ("channel", Token.Channel(turn.Run.ChannelId)), ("slug", definition.Slug)));
    }

    /// <summary>The channel is back. True where the post of a round that ended with it could not be changed until now.</summary>
    public static bool RestoreRun(this Turn turn)
    {
        var now = turn.Scene.Now;
        // What passed while nobody could post was not missed.
        turn.Run = turn.Run with { Status = RunStatus.Running, DecidedThrough = now > turn.Run.DecidedThrough ? now : turn.Run.DecidedThrough };
        return turn is { HasRound: true, Round.Status: OccurrenceStatus.Cancelled };
    }

    /// <summary>The host says that it goes on after a pause or its last round. The next opening; null where no date is left, and then nothing has changed.</summary>
    public static DateTimeOffset? GoOn(this Turn turn, ActivityDefinition definition, string personId, bool everyTwoWeeks = false)
    {
        var (run, now) = (turn.Run, turn.Scene.Now);
        var going = run with
        {
            Status = RunStatus.Running,
            Rounds = run.Status == RunStatus.Ended ? 0 : run.Rounds,
            EveryTwoWeeks = run.EveryTwoWeeks || everyTwoWeeks,
            // What passed while it waited was not missed: the host had not said yes.
            DecidedThrough = now > run.DecidedThrough ? now : run.DecidedThrough,
            Question = run.Question + 1,
        };
        if (turn.Scene.Calendar.Next(going, definition) is not { } next)
            return null;
        turn.Run = going;
        turn.Record(Verbs.Started, personId);
        return next;
    }
}
