using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>What has to be known of whoever is written to first.</summary>
internal interface INudgeScene
{
    DateTimeOffset Now { get; }

    /// <summary>The run that it is about, or what stands in the place of one.</summary>
    string About { get; }

    PersonInScene Person(string id);

    Speech SpeechOf(string personId);

    TimeZoneInfo ZoneOf(string personId);
}

/// <summary>
/// Holds every nudge against the one budget that its person has, whatever activity it comes from. What is decided here is part of the same
/// commit as what the kind decided, so two activities that want to write at once cannot both find the budget unused.
/// </summary>
internal static class NudgeGate
{
    /// <summary>What else would come that day is asked for at once, and the message waits so long for it.</summary>
    private static readonly TimeSpan ForTheOthers = TimeSpan.FromMinutes(1);

    /// <summary>What nobody asked a moment for, and has no end of its own, is dropped after this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <returns>When the moment is to be told again; null when the decision stands.</returns>
    public static async ValueTask<DateTimeOffset?> WeighAsync(StateView view, INudgeScene scene, Decision decision, DueTime? moment, CancellationToken cancellationToken)
    {
        foreach (var (personId, at) in decision.Finished)
        {
            var record = await RecordAsync(view, decision, personId, cancellationToken);
            if (!(record.FinishedAt >= at))
                decision.Save(record with { FinishedAt = at });
        }

        foreach (var row in decision.Messages.Where(IsNudge).ToList())
        {
            var (personId, now) = (row.PersonId!, scene.Now);
            var record = await RecordAsync(view, decision, personId, cancellationToken);
            if (await WaitingAsync(view, personId, now, cancellationToken) is { } waiting)
            {
                if (waiting.Id == row.Id)
                    continue;
                decision.Replace(row, null);
                decision.Save(Together(waiting, row, scene.SpeechOf(personId)));
                if (record.Held.Any(one => one.RunId == scene.About))
                    decision.Save(NudgeBudget.WithoutHeld(record, scene.About));
                continue;
            }

            var zone = scene.ZoneOf(personId);
            var next = NudgeBudget.NextFrom(record, scene.Person(personId).Hours, zone, now);
            if (next <= now)
            {
                decision.Save(NudgeBudget.WithSent(record, scene.About, now));
                if (await BringForwardAsync(view, decision, moment, personId, zone, now, cancellationToken))
                    decision.Replace(row, row with { NotBefore = now + ForTheOthers });
                continue;
            }

            if (moment?.WaitsUntil is { } end && end > now)
            {
                // Told again when there is room, and decided by what is true then; at the end it is dropped.
                view.Pending.Save(NudgeBudget.WithHeld(record, scene.About, moment.At, next < end ? next : null, now));
                return next < end ? next : end;
            }

            var latest = row.ExpiresAt ?? now + Patience;
            decision.Replace(row, next < latest ? row with { NotBefore = next, ExpiresAt = latest } : null);
            decision.Save(next < latest ? NudgeBudget.WithSent(record, scene.About, next) : NudgeBudget.WithHeld(record, scene.About, now, null, now));
        }

        return null;
    }

    private static bool IsNudge(OutboxRow row) => row is { Purpose: MessagePurpose.Nudge, Operation: OutboxOperation.Post, PersonId: not null };

    private static async ValueTask<NudgeRecord> RecordAsync(StateView view, Decision decision, string personId, CancellationToken cancellationToken) =>
        decision.Changes.Find<NudgeRecord>(personId)?.Document ?? await view.GetAsync<NudgeRecord>(personId, cancellationToken) ?? new NudgeRecord { PersonId = personId };

    /// <summary>A nudge to the same person that is not on its way yet.</summary>
    private static async ValueTask<OutboxRow?> WaitingAsync(StateView view, string personId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await view.FindAsync(OutboxRow.ByPerson, personId, cancellationToken)).FirstOrDefault(row =>
            IsNudge(row) && row is { Status: OutboxStatus.Waiting, AttemptedAt: null } && !(row.ExpiresAt <= now) && row.Draft!.Briefs.Count > 0);

    private static OutboxRow Together(OutboxRow waiting, OutboxRow row, Speech speech)
    {
        IReadOnlyList<string> briefs = [.. waiting.Draft!.Briefs, .. row.Draft!.Briefs];
        var both = new Draft
        {
            Text = $"{speech.Say("nudge.together", ("count", briefs.Count))}\n{string.Join('\n', briefs.Select(brief => $"- {brief}"))}\n{speech.Say("nudge.why")}",
            Buttons = [new DraftButton(speech.Say("nudge.button.no-more"), new ActionReference(ActionReference.Command, "reminders off", "", "", row.PersonId))],
            Briefs = briefs,
        };
        return waiting.TakingIn(row, both) with { ExpiresAt = waiting.ExpiresAt < row.ExpiresAt ? waiting.ExpiresAt : row.ExpiresAt };
    }

    /// <summary>The items of one day come in one message: what would come later on the same day comes now.</summary>
    private static async ValueTask<bool> BringForwardAsync(
        StateView view, Decision decision, DueTime? moment, string personId, TimeZoneInfo zone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var others = (await view.FindAsync(DueTime.ByPerson, personId, cancellationToken))
            .Where(one => one.WaitsUntil is not null && one.Id != moment?.Id && NudgeBudget.IsSameDay(one.At, now, zone)).ToList();
        foreach (var other in others.Where(one => one.At > now))
            decision.Save(other with { At = now });
        return others.Count > 0;
    }
}
