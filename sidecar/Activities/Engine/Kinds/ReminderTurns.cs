using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.People;

namespace MattermostLearning.Activities.Engine.Kinds;

/// <summary>The one reminder of a round, in the same way for every kind: in the working hours of who gets it, and before the close.</summary>
public static class ReminderTurns
{
    /// <summary>When a person is reminded in a round, as its file says; null when they are not.</summary>
    public static DateTimeOffset? ReminderAt(this Scene scene, Occurrence round, string personId)
    {
        if (round.StaysOpen || scene.Definition.Reminder.At(round.Instant, round.ClosesAt, scene.Zone) is not { } wanted)
            return null;
        var person = scene.Person(personId);
        return person.Hours.AtOrBefore(wanted, scene.ZoneOf(personId), scene.Now) is { } moment && person.Settings?.MayBeRemindedAt(moment) != false ? moment : null;
    }

    /// <summary>
    /// The moment of a reminder has come. Until when it is worth sending; null where it does not go now: a moment that had to wait may have come into the
    /// night or the weekend, and is asked for anew, or to the close, and is dropped.
    /// </summary>
    public static DateTimeOffset? ReminderGoesNow(this Turn turn, MomentCame moment, string personId)
    {
        var (scene, close) = (turn.Scene, turn.Round.ClosesAt);
        var person = scene.Person(personId);
        if (scene.Held is not null || person.IsGone || person.Settings?.MayBeRemindedAt(scene.Now) == false)
            return null;
        var zone = scene.ZoneOf(personId);
        var next = scene.Now - moment.At <= WorkingHours.Grace ? scene.Now : person.Hours.NextFrom(scene.Now, zone);
        if (next >= close)
            return null;
        if (next > scene.Now)
        {
            turn.AwaitUndisturbed(moment.What, next, personId, close);
            return null;
        }

        var dayIsOver = person.Hours.EndFor(scene.Now, zone);
        return dayIsOver < close ? dayIsOver : close;
    }
}
