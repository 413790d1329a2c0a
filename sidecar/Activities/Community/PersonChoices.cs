using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Community;

/// <summary>What a person chose for themselves, across all activities.</summary>
public sealed class PersonChoices(LearningLedger ledger, TimeProvider time)
{
    public async Task<bool> AreRemindersOnAsync(string personId, CancellationToken cancellationToken) =>
        await ledger.Store.GetAsync<PersonSettings>(personId, cancellationToken) is not { RemindersOff: true };

    public Task SetRemindersAsync(string personId, bool on, CancellationToken cancellationToken) => ChangeAsync(
        personId, on ? Verbs.RemindersOn : Verbs.RemindersOff, settings => settings with { RemindersOff = !on }, cancellationToken);

    /// <summary>No reminders, and not in by "every round", until then; null for until they resume.</summary>
    public Task PauseAsync(string personId, DateTimeOffset? until, CancellationToken cancellationToken) => ChangeAsync(
        personId, Verbs.Paused, settings => settings with { PausedSince = settings.PausedSince ?? time.GetUtcNow(), PausedUntil = until }, cancellationToken);

    /// <summary>False when they had not paused.</summary>
    public async Task<bool> ResumeAsync(string personId, CancellationToken cancellationToken)
    {
        var wasPaused = await ledger.Store.GetAsync<PersonSettings>(personId, cancellationToken) is { } settings && settings.IsPausedAt(time.GetUtcNow());
        await ChangeAsync(personId, Verbs.Resumed, settings => settings with { PausedSince = null, PausedUntil = null }, cancellationToken);
        return wasPaused;
    }

    /// <summary>Zone, language, hours: whatever is chosen with `/learn settings`.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="change">From what was chosen so far.</param>
    /// <param name="words">What is written to them once it is kept; null where they are answered otherwise.</param>
    /// <param name="cancellationToken"></param>
    public Task SetAsync(string personId, Func<PersonSettings, PersonSettings> change, string? words, CancellationToken cancellationToken) =>
        ChangeAsync(personId, Verbs.SettingsChanged, change, cancellationToken, words);

    private async Task ChangeAsync(string personId, string verb, Func<PersonSettings, PersonSettings> change, CancellationToken cancellationToken, string? words = null)
    {
        CommitOutcome outcome;
        do
        {
            var settings = await ledger.Store.GetAsync<PersonSettings>(personId, cancellationToken) ?? new PersonSettings { PersonId = personId };
            var changed = change(settings);
            if (changed == settings)
                return;
            var now = time.GetUtcNow();
            var changes = new ChangeSet().Save(changed).Save(new LearningEvent
            {
                Id = OutboxRow.IdOf(personId, $"{verb}/{now.UtcTicks}/{settings.Version}"),
                Verb = verb,
                PersonId = personId,
                RunId = "",
                At = now,
            });
            if (words is not null)
            {
                changes.Save(new OutboxRow
                {
                    Id = OutboxRow.IdOf(personId, $"{verb}/{now.UtcTicks}/{settings.Version}/answer"),
                    Conversation = $"direct/{personId}",
                    Order = ledger.Next(),
                    Purpose = MessagePurpose.Answer,
                    PersonId = personId,
                    NotBefore = now,
                    Draft = words,
                });
            }

            outcome = await ledger.CommitAsync(changes, cancellationToken);
        }
        while (outcome == CommitOutcome.Stale);
    }
}
