using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// Takes a person out of all that is kept of one run or one round. What others have seen and counted stays counted: replies get a
/// pseudonym that is drawn for this round; everything else of theirs is deleted.
/// </summary>
internal static class ForgottenPerson
{
    public static ValueTask ReplaceAsync(StateView view, Run run, string? occurrenceId, PersonForgotten forgotten, CancellationToken cancellationToken) =>
        occurrenceId is null
            ? ReplaceInRunAsync(view, run, forgotten.PersonId, cancellationToken)
            : ReplaceInRoundAsync(view, occurrenceId, forgotten, cancellationToken);

    private static async ValueTask ReplaceInRunAsync(StateView view, Run run, string personId, CancellationToken cancellationToken)
    {
        if (run.HostId == personId || run.StartedBy == personId)
        {
            view.Pending.Save(run with
            {
                HostId = run.HostId == personId ? Forgotten.Nobody : run.HostId,
                StartedBy = run.StartedBy == personId ? Forgotten.Nobody : run.StartedBy,
            });
        }

        if (await view.GetAsync<Enrollment>(Enrollment.IdOf(run.Id, personId), cancellationToken) is { } enrollment)
            view.Pending.Delete(enrollment);
    }

    private static async ValueTask ReplaceInRoundAsync(StateView view, string occurrenceId, PersonForgotten forgotten, CancellationToken cancellationToken)
    {
        var personId = forgotten.PersonId;
        if (await view.GetAsync<Occurrence>(occurrenceId, cancellationToken) is not { } round)
            return;
        var part = await view.GetAsync<Participation>(Participation.IdOf(occurrenceId, personId), cancellationToken);
        // Of a round that is over it stays true how many were in; of an open one they are no longer.
        var leaves = part is { IsIn: true } && round.Status == OccurrenceStatus.Open;
        if (leaves || round.FirstJoined.Contains(personId))
        {
            view.Pending.Save(round with
            {
                Joined = leaves ? round.Joined - 1 : round.Joined,
                FirstJoined = [.. round.FirstJoined.Where(one => one != personId)],
            });
        }

        if (part is not null)
        {
            view.Pending.Delete(part);
            if (part.Contributions > 0)
                view.Pending.Save(part with { PersonId = forgotten.Pseudonym, IsIn = false, JoinedAt = null, NoReminder = true, DefinitionHash = null, FinishedAt = null, State = null, Version = 0 });
        }

        foreach (var reply in await OfRoundAsync(view, Contribution.ByPerson, personId, one => one.OccurrenceId == occurrenceId, cancellationToken))
            view.Pending.Save(reply with { PersonId = forgotten.Pseudonym });
        foreach (var reaction in await OfRoundAsync(view, Reaction.ByPerson, personId, one => one.OccurrenceId == occurrenceId, cancellationToken))
            view.Pending.Delete(reaction);
        foreach (var moment in await OfRoundAsync(view, DueTime.ByPerson, personId, one => one.OccurrenceId == occurrenceId, cancellationToken))
            view.Pending.Delete(moment);
        foreach (var posted in await OfRoundAsync(view, PostedMessage.ByPerson, personId, one => one.OccurrenceId == occurrenceId, cancellationToken))
            view.Pending.Delete(posted);
        foreach (var row in await view.FindAsync(OutboxRow.ByOccurrence, occurrenceId, cancellationToken))
        {
            if (row.PersonId == personId || row.Group?.Contains(personId) == true || (row.Draft?.Names(personId) == true && row.Status != OutboxStatus.Waiting))
                view.Pending.Delete(row);
            else if (row.Draft?.Names(personId) == true)
                view.Pending.Save(row with { Draft = row.Draft.Without(personId, Forgotten.Nobody) });
        }
    }

    private static async ValueTask<IEnumerable<T>> OfRoundAsync<T>(
        StateView view, DocumentIndex<T> index, string personId, Func<T, bool> isOfRound, CancellationToken cancellationToken)
        where T : Document, IStored<T> =>
        (await view.FindAsync(index, personId, cancellationToken)).Where(isOfRound);
}
