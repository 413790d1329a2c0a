using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;

namespace MattermostLearning.Activities.Kinds.PromptSeries;

/// <summary>A quiet thread is its host's to open. Members are never told.</summary>
internal static class HostNudge
{
    public const string Moment = "quiet";

    /// <summary>When so many have spoken, the starter has had its conversation.</summary>
    private const int Enough = 3;

    public static void Await(PromptSeriesDefinition definition, Turn turn)
    {
        if (definition.QuietAfter is { } quiet && turn.Run.HostId != Forgotten.Nobody)
            At(turn, quiet.AddTo(turn.Round.OpenedAt, definition.Zone));
    }

    public static void Decide(PromptSeriesDefinition definition, Turn turn, MomentCame moment, PostedPrompt prompt)
    {
        var (scene, round, hostId) = (turn.Scene, turn.Round, turn.Run.HostId);
        if (definition.QuietAfter is not { } quiet || moment.PersonId != hostId || scene.Held is not null || round.Contributors >= Enough || !Unprompted.MayWriteTo(scene, hostId))
            return;
        // Somebody has spoken meanwhile: it is quiet so long after that.
        var due = quiet.AddTo(round.LastContributionAt ?? round.OpenedAt, definition.Zone);
        if (due > scene.Now)
            At(turn, due);
        else if (Unprompted.IsTheTime(turn, moment, round.ClosesAt) is { } until)
        {
            turn.Record(Verbs.Reminded, hostId);
            turn.Nudge(hostId, Moment, SeriesView.Quiet(definition, scene, round, prompt), until);
        }
    }

    private static void At(Turn turn, DateTimeOffset due)
    {
        var host = turn.Scene.Person(turn.Run.HostId);
        var at = host.Hours.NextFrom(due, turn.Scene.ZoneOf(host.Id));
        if (at < turn.Round.ClosesAt)
            turn.AwaitUndisturbed(Moment, at, host.Id, turn.Round.ClosesAt);
    }
}

/// <summary>Asks a few of those who agreed to it whether they would go first.</summary>
internal static class Invitations
{
    public const string Moment = "invite";

    /// <summary>Nobody is asked more often, whatever series they agreed to.</summary>
    internal static readonly TimeSpan Apart = TimeSpan.FromDays(14);

    /// <summary>Later there is nothing to be first in.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>When so many have spoken, nobody has to go first.</summary>
    private const int Enough = 3;

    public static void Await(PromptSeriesDefinition definition, Turn turn)
    {
        var (scene, round) = (turn.Scene, turn.Round);
        // By a draw that is made of whom and what it is about: the same when it is decided again.
        var drawn = scene.Enrolled.Select(one => one.PersonId)
            .Where(id => id != turn.Run.HostId && MayBeAsked(scene, id))
            .OrderBy(id => OutboxRow.IdOf(round.Id, $"draw/{id}"), StringComparer.Ordinal)
            .Take(definition.Invited);
        foreach (var personId in drawn)
            At(turn, personId, scene.Now);
    }

    public static void Decide(PromptSeriesDefinition definition, Turn turn, MomentCame moment, string personId, PostedPrompt prompt)
    {
        var (scene, person) = (turn.Scene, turn.Scene.Person(personId));
        if (scene.Held is not null || turn.Round.Contributors >= Enough || person.Enrollment is null || person.Participation is { Contributions: > 0 } || !MayBeAsked(scene, personId)
            || Unprompted.IsTheTime(turn, moment, Until(turn.Round)) is not { } until)
            return;
        turn.Save((person.Settings ?? new PersonSettings { PersonId = personId }) with { InvitedAt = scene.Now });
        turn.Record(Verbs.Invited, personId);
        turn.Nudge(personId, Moment, SeriesView.Invitation(definition, scene, turn.Round, person, prompt), until);
    }

    private static void At(Turn turn, string personId, DateTimeOffset from)
    {
        var person = turn.Scene.Person(personId);
        var at = person.Hours.NextFrom(from, turn.Scene.ZoneOf(personId));
        if (at < Until(turn.Round))
            turn.AwaitUndisturbed(Moment, at, personId, Until(turn.Round));
    }

    private static DateTimeOffset Until(Occurrence round) => round.OpenedAt + Fresh is var stale && stale < round.ClosesAt ? stale : round.ClosesAt;

    private static bool MayBeAsked(Scene scene, string personId) =>
        Unprompted.MayWriteTo(scene, personId) && !(scene.Person(personId).Settings?.InvitedAt > scene.Now - Apart);
}

/// <summary>Writing to somebody who has not asked for it just now.</summary>
internal static class Unprompted
{
    public static bool MayWriteTo(Scene scene, string personId) =>
        scene.Person(personId) is { IsGone: false } person && person.Settings?.MayBeRemindedAt(scene.Now) != false;

    /// <summary>
    /// Until when it may be sent, where this is the time for it. A moment that had to wait may have come into somebody's evening: then it is
    /// asked for again, unless it has become pointless.
    /// </summary>
    public static DateTimeOffset? IsTheTime(Turn turn, MomentCame moment, DateTimeOffset pointlessFrom)
    {
        var (now, person) = (turn.Scene.Now, turn.Scene.Person(moment.PersonId!));
        var zone = turn.Scene.ZoneOf(person.Id);
        var next = now - moment.At <= WorkingHours.Grace ? now : person.Hours.NextFrom(now, zone);
        if (next >= pointlessFrom)
            return null;
        if (next > now)
        {
            turn.AwaitUndisturbed(moment.What, next, person.Id, pointlessFrom);
            return null;
        }

        var dayIsOver = person.Hours.EndFor(now, zone);
        return dayIsOver < pointlessFrom ? dayIsOver : pointlessFrom;
    }
}
