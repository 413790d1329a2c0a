using System.Collections.Concurrent;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// Takes events to the kind that decides about them and commits what it decides. Events of one run are decided in order;
/// runs do not wait for each other.
/// </summary>
public sealed class ActivityRuntime(
    LearningLedger ledger, Definitions definitions, SceneSetter scenes, RoundOpener opener, LearningTelemetry telemetry,
    IEnumerable<IPersonalActivity> personal, TimeProvider time, ILogger<ActivityRuntime> logger)
    : IWorkSource
{
    private const int MostTries = 8;
    private const int MostRemovedAtOnce = 200;

    private readonly ConcurrentDictionary<string, RunMailbox> _mailboxes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPersonalActivity> _personal = personal.ToDictionary(one => one.Subject, StringComparer.Ordinal);

    /// <summary>What waits is found by the sweep and the triggers, not here.</summary>
    public DateTimeOffset? NextMoment => null;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_mailboxes.All(one => one.Value.IsAtRest));

    /// <summary>Somebody acts on a run or a round, or on something of their own. The answer comes once everything is committed; null when there is no such run.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    public Task<Reply?> ActAsync(string subject, Acted acted, CancellationToken cancellationToken) =>
        PostAsync(subject, acted, cancellationToken);

    /// <summary>Something happened to a run or a round. Ends once it is committed.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    public Task TellAsync(string subject, ActivityEvent happened, CancellationToken cancellationToken) =>
        PostAsync(subject, happened, cancellationToken);

    /// <summary>Before moments of many people are told: Mattermost is asked about all of them in one call, and not about each when it is their turn.</summary>
    internal ValueTask PrepareAsync(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken) => scenes.WarmAsync(personIds, cancellationToken);

    /// <summary>A trigger fired, or the sidecar has just started: opens, or skips, what has come due.</summary>
    public Task OpenDueRoundsAsync(string runId, CancellationToken cancellationToken) =>
        PostAsync(runId, new ScheduleCame(), cancellationToken);

    private async Task<Reply?> PostAsync(string subject, ActivityEvent happened, CancellationToken cancellationToken)
    {
        // What Mattermost says of the person is asked before the queue, so that its slowness holds up nobody else.
        if (happened is Acted acted)
            await scenes.WarmAsync([acted.PersonId], cancellationToken);
        var (runId, occurrenceId) = Split(subject);
        var mailbox = _mailboxes.GetOrAdd(runId, id => new RunMailbox(id, DecideAsync));
        return await mailbox.Post(new Letter(occurrenceId, happened)).WaitAsync(cancellationToken);
    }

    private async Task DecideAsync(string runId, IReadOnlyList<Letter> letters)
    {
        using var span = telemetry.StartDecision(runId, letters);
        var view = new StateView(ledger.Store);
        for (var attempt = 1; ; attempt++)
        {
            foreach (var letter in letters.Where(letter => !letter.IsDone))
                await DecideOneAsync(view, runId, letter);
            if (view.Pending.IsEmpty || await ledger.CommitAsync(view.Pending, CancellationToken.None) == CommitOutcome.Committed)
                break;
            if (attempt == MostTries)
                throw new InvalidOperationException($"Run {runId}: the same documents kept changing under {MostTries} tries to commit.");
            logger.LogDebug("Run {RunId}: decided on what had changed meanwhile; deciding again", runId);
            view.StartOver();
        }

        // Somebody may have been told that it comes, so it is no detail.
        foreach (var row in view.NamedTwice)
            logger.LogWarning("Run {RunId}, round {OccurrenceId}: a message was decided under the name of row {RowId}, which there has been; it is not sent", runId, row.OccurrenceId, row.Id);
        foreach (var letter in letters)
            letter.Deliver();
    }

    /// <summary>A moment whose run or round is gone is not asked for any more.</summary>
    private static async ValueTask DropAsync(StateView view, string runId, Letter letter)
    {
        if (letter.Happened is MomentCame came
            && await view.GetAsync<DueTime>(DueTime.IdOf(letter.OccurrenceId ?? runId, came.What, came.PersonId), CancellationToken.None) is { } moment)
            view.Pending.Delete(moment);
    }

    private async Task DecideOneAsync(StateView view, string runId, Letter letter)
    {
        try
        {
            letter.Decided = null;
            var now = time.GetUtcNow();
            if (letter.Happened is RoundExpired)
            {
                await ExpiredRound.RemoveAsync(view, letter.OccurrenceId!, MostRemovedAtOnce, CancellationToken.None);
                return;
            }

            if (_personal.GetValueOrDefault(runId) is { } own)
            {
                await DecidePersonalAsync(view, own, letter, now);
                return;
            }

            if (await view.GetAsync<Run>(runId, CancellationToken.None) is not { } run)
            {
                await DropAsync(view, runId, letter);
                return;
            }

            if (letter.Happened is ScheduleCame)
            {
                await opener.OpenDueAsync(view, run, now, CancellationToken.None);
                return;
            }

            if (letter.Happened is TextCorrected corrected)
            {
                await RoundCorrection.ApplyAsync(view, scenes, definitions, ledger, run, letter.OccurrenceId, corrected, now, CancellationToken.None);
                return;
            }

            if (letter.Happened is PersonForgotten forgotten)
            {
                // Done whatever the kind can make of it: a text that this build cannot read must not keep anybody's data.
                await ForgottenPerson.ReplaceAsync(view, run, letter.OccurrenceId, forgotten, CancellationToken.None);
                run = (await view.GetAsync<Run>(runId, CancellationToken.None))!;
            }

            DueTime? moment = null;
            if (letter.Happened is MomentCame came)
            {
                moment = await view.GetAsync<DueTime>(DueTime.IdOf(letter.OccurrenceId ?? runId, came.What, came.PersonId), CancellationToken.None);
                if (moment is null || moment.At > now)
                    return;
                if (RoundOpener.Answers(came))
                {
                    view.Pending.Delete(moment);
                    await opener.OpenLateAsync(view, run, came, now, CancellationToken.None);
                    return;
                }
            }

            var occurrenceId = letter.OccurrenceId;
            if (letter.Happened is RunEvent)
                occurrenceId = (await view.FindAsync(Occurrence.ByRun, runId, CancellationToken.None)).MaxBy(round => round.Instant)?.Id;
            var scene = await scenes.SetAsync(view, run, occurrenceId, letter.Happened, now, CancellationToken.None);
            if (scene is null)
            {
                await DropAsync(view, runId, letter);
                return;
            }

            var decision = definitions.KindOf(run).Decide(scene, letter.Happened);
            // Whoever begins with the text as it is now can go on with it when the file has changed.
            if (decision.Changes.Saved<Participation>().Any(part => part.DefinitionHash == scene.Definition.Hash)
                && await view.GetAsync<StoredDefinition>(scene.Definition.Hash, CancellationToken.None) is null)
                decision.Save(StoredDefinition.Of(scene.Definition));
            await TakeInAsync(view, letter, scene, decision, moment);
        }
        catch (Exception e) when (e is not StoreUnavailableException)
        {
            // One event that cannot be decided fails alone; the others of its batch are decided and committed.
            logger.LogError(e, "Run {RunId}, round {OccurrenceId}: no decision about {Event}", runId, letter.OccurrenceId, letter.Happened.GetType().Name);
            telemetry.Failed(e);
            letter.Fail(e);
        }
    }

    private async Task DecidePersonalAsync(StateView view, IPersonalActivity own, Letter letter, DateTimeOffset now)
    {
        DueTime? moment = null;
        if (letter.Happened is MomentCame came)
        {
            moment = await view.GetAsync<DueTime>(DueTime.IdOf(own.Subject, came.What, came.PersonId), CancellationToken.None);
            if (moment is null || moment.At > now)
                return;
        }

        var scene = await scenes.SetPersonalAsync(view, own, letter.Happened, now, CancellationToken.None);
        await TakeInAsync(view, letter, scene, own.Decide(scene, letter.Happened), moment);
    }

    /// <summary>What was decided becomes part of the commit, unless it would write to somebody first who is to be left alone for now.</summary>
    private async Task TakeInAsync(StateView view, Letter letter, INudgeScene scene, Decision decision, DueTime? moment)
    {
        if (await NudgeGate.WeighAsync(view, scene, decision, moment, CancellationToken.None) is { } later)
        {
            view.Pending.Save(moment! with { At = later });
            return;
        }

        await ItemsOfAMoment.GatherAsync(view, scene, decision, moment, letter.Happened, CancellationToken.None);
        if (moment is not null)
            decision.Delete(moment);
        await view.ApplyAsync(decision, ledger, CancellationToken.None);
        letter.Decided = decision.Reply is { } reply ? LongMessage.Fitting(reply) : null;
    }

    private static (string RunId, string? OccurrenceId) Split(string subject)
    {
        var at = subject.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (subject, null) : (subject[..at], subject);
    }
}

/// <summary>A trigger fired. Which instants have come due is worked out from the schedule, never from when it happened to fire.</summary>
internal sealed record ScheduleCame : ActivityEvent;
