using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;
using MattermostLearning.Content.Schedules;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// Opens rounds at their instants. Firing on time, firing late and catching up after a downtime are one path: what counts is which
/// instants have passed that the run has not decided yet.
/// </summary>
public sealed class RoundOpener(Definitions definitions, SceneSetter scenes, LearningLedger ledger, RunCalendar calendar, ILogger<RoundOpener> logger)
{
    /// <summary>Later than this, an instant was missed.</summary>
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    private const string Late = "open-late/";
    private static readonly TimeOnly DayBegins = new(9, 0);
    private static readonly TimeOnly DayEnds = new(17, 0);

    internal static bool Answers(MomentCame came) => came.What.StartsWith(Late, StringComparison.Ordinal);

    internal async ValueTask OpenDueAsync(StateView view, Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var definition = await definitions.CurrentOfAsync(run, cancellationToken);
        if (run.Status != RunStatus.Running)
            return;
        // What came due before an edited file was read came due by the schedule that was in force until then.
        var inForce = definition.Hash == run.DefinitionHash ? definition : await definitions.StoredAsync(run.DefinitionHash, cancellationToken);
        var instants = calendar.Next(run, inForce) is null
            ? []
            : calendar.InstantsAfter(run, inForce, run.DecidedThrough).TakeWhile(instant => instant <= now).ToList();
        if (inForce != definition)
            run = await AdoptAsync(view, run, definition, now, cancellationToken);
        if (instants.Count == 0)
            return;

        // Of several missed ones only the last can still be worth sending.
        var latest = instants[^1];
        // What has no schedule opens because somebody started it, and not by the clock.
        if (definition.Schedule is not null
            && (await SceneSetter.HeldAsync(view, run, latest, cancellationToken) is not null || await SceneSetter.HeldAsync(view, run, now, cancellationToken) is not null))
        {
            // Decided, so that it is not made up for afterwards.
            view.Pending.Save(run with { DecidedThrough = latest > run.DecidedThrough ? latest : run.DecidedThrough });
            logger.LogInformation("Run {RunId}: the round of {Instant:u} came due while it was on hold and is left out", run.Id, latest);
            return;
        }

        // What has no schedule stays open from its start: it is never too late for it.
        if (now - latest <= OnTime || definition.Schedule is null)
        {
            await OpenAsync(view, run, definition, latest, now, cancellationToken);
            return;
        }

        run = run with { DecidedThrough = latest > run.DecidedThrough ? latest : run.DecidedThrough };
        view.Pending.Save(run);
        if (LateOpening(definition, latest, now) is { } late && !(calendar.After(run, definition, latest) <= late))
        {
            if (late <= now)
            {
                await OpenAsync(view, run, definition, latest, now, cancellationToken);
                return;
            }

            var moment = new DueTime { RunId = run.Id, What = $"{Late}{latest.UtcDateTime:O}", At = late };
            await view.ApplyAsync(new Decision().Await(moment), ledger, cancellationToken);
            return;
        }

        logger.LogInformation("Run {RunId}: the round of {Instant:u} was missed and is left out", run.Id, latest);
    }

    /// <summary>From now on the run goes by the file as it is now; moments of its schedule that have passed were never promised.</summary>
    private static async ValueTask<Run> AdoptAsync(StateView view, Run run, ActivityDefinition definition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        run = run with { DefinitionHash = definition.Hash, DecidedThrough = now > run.DecidedThrough ? now : run.DecidedThrough };
        view.Pending.Save(run);
        if (await view.GetAsync<StoredDefinition>(definition.Hash, cancellationToken) is null)
            view.Pending.Save(StoredDefinition.Of(definition));
        return run;
    }

    internal async ValueTask OpenLateAsync(StateView view, Run run, MomentCame came, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var instant = DateTimeOffset.Parse(came.What[Late.Length..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var definition = await definitions.CurrentOfAsync(run, cancellationToken);
        if (run.Status == RunStatus.Running && LateOpening(definition, instant, now) <= now
            && await SceneSetter.HeldAsync(view, run, now, cancellationToken) is null)
            await OpenAsync(view, run, definition, instant, now, cancellationToken);
    }

    /// <summary>When a missed round may still open: within 09:00-17:00 of the run's zone and while half of its window is left; else null.</summary>
    internal static DateTimeOffset? LateOpening(ActivityDefinition definition, DateTimeOffset instant, DateTimeOffset now)
    {
        if (definition.WhenMissed == WhenMissed.Skip)
            return null;
        var zone = definition.Zone;
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var (date, hour) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        var opening = now;
        if (hour < DayBegins)
            opening = LocalTime.ToInstant(date, DayBegins, zone);
        else if (hour >= DayEnds)
            opening = LocalTime.ToInstant(date.AddDays(1), DayBegins, zone);
        var halfWay = instant + ((definition.Window.CloseOf(instant, zone) - instant) / 2);
        return opening <= halfWay ? opening : null;
    }

    private async ValueTask OpenAsync(
        StateView view, Run run, ActivityDefinition definition, DateTimeOffset instant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Occurrence.IdOf(run.Id, instant);
        if (await view.GetAsync<Occurrence>(id, cancellationToken) is not null || await LeavesOutAsync(view, run, definition, instant, now, cancellationToken))
            return;

        run = run with
        {
            Rounds = run.Rounds + 1,
            FirstInstant = run.FirstInstant ?? instant,
            DecidedThrough = instant > run.DecidedThrough ? instant : run.DecidedThrough,
            DefinitionHash = definition.Hash,
        };
        var round = new Occurrence
        {
            Id = id,
            RunId = run.Id,
            Instant = instant,
            OpenedAt = now,
            // A round that opens late closes when it would have closed.
            ClosesAt = definition.Schedule is null ? Occurrence.Never : definition.Window.CloseOf(instant, definition.Zone),
            DefinitionHash = definition.Hash,
            RootRowId = OutboxRow.IdOf(id, "opening"),
        };
        var made = new ChangeSet().Save(run).Save(round);
        if (await view.GetAsync<StoredDefinition>(definition.Hash, cancellationToken) is null)
            made.Save(StoredDefinition.Of(definition));

        var opened = new RoundOpened();
        var scene = await scenes.SetAsync(view, run, round, definition, definition, opened, now, cancellationToken);
        var decision = definitions.KindOf(run).Decide(scene, opened);
        decision.Record(scene, Verbs.Opened);
        // Round, post and moments stand or fall together.
        await view.ApplyAsync(decision, ledger, cancellationToken, made);
        logger.LogInformation("Run {RunId}: opened round {OccurrenceId}", run.Id, id);
    }

    /// <summary>Asks a kind that may leave a round out whether this one opens; the latest round before it is in the scene.</summary>
    private async ValueTask<bool> LeavesOutAsync(
        StateView view, Run run, ActivityDefinition definition, DateTimeOffset instant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kind = definitions.KindOf(run);
        if (!kind.MayLeaveOut || (await view.FindAsync(Occurrence.ByRun, run.Id, cancellationToken)).MaxBy(round => round.Instant) is not { } latest)
            return false;
        // Decided, so that it is not made up for afterwards.
        run = run with { DecidedThrough = instant > run.DecidedThrough ? instant : run.DecidedThrough };
        var due = new RoundDue(instant);
        var decision = kind.Decide(await scenes.SetAsync(view, run, latest, definition, definition, due, now, cancellationToken), due);
        if (!decision.LeavesOut)
            return false;
        await view.ApplyAsync(decision, ledger, cancellationToken, new ChangeSet().Save(run));
        logger.LogInformation("Run {RunId}: the round of {Instant:u} is left out", run.Id, instant);
        return true;
    }
}
