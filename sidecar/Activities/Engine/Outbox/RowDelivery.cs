using System.Collections.Concurrent;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>
/// Brings one outbox row to its end: exactly one visible message, whatever is lost on the way.
/// </summary>
/// <remarks>
/// Mattermost remembers a `pending_post_id` for about 30 s and gives the same post for the same id. So after an unclear outcome the row
/// is sent again while its attempt is young; once that memory can no longer be trusted, nothing is sent until the attempt can no
/// longer be under way either, and then the channel is searched for the row's post first.
/// </remarks>
public sealed class RowDelivery(
    LearningLedger ledger, DraftRenderer renderer, Addressee addressee, IMessenger messenger, DeliveryAlerts alerts, LearningTelemetry telemetry, TimeProvider time,
    ILogger<RowDelivery> logger)
{
    /// <summary>An attempt younger than this may be repeated with the same id.</summary>
    internal static readonly TimeSpan Repeatable = TimeSpan.FromSeconds(20);

    /// <summary>An attempt older than this is over, whatever became of it: the last repetition, the request's own limit and 30 s more.</summary>
    internal static readonly TimeSpan Over = Sendable + TimeSpan.FromSeconds(30);

    /// <summary>Nothing is sent for an attempt that is older than this, however long a call had to wait for its turn.</summary>
    private static TimeSpan Sendable => Repeatable + TimeSpan.FromSeconds(10);

    /// <summary>How far Mattermost's clock may be behind ours while its posts are still found.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>So long after somebody was not to be disturbed, or Mattermost did not say, it is asked again.</summary>
    internal static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    private readonly ILearningStore _store = ledger.Store;

    /// <summary>When attempts were made, on a clock that nobody sets: the one that people read may jump between two attempts.</summary>
    private readonly ConcurrentDictionary<string, long> _attempts = new(StringComparer.Ordinal);

    /// <summary>How often a row failed in a row: the pauses grow. A restart begins anew.</summary>
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    public async Task<DeliveryResult> DeliverAsync(string rowId, CancellationToken cancellationToken)
    {
        if (await _store.GetAsync<OutboxRow>(rowId, cancellationToken) is not { Status: OutboxStatus.Waiting } row)
            return DeliveryResult.Settled;
        using var span = telemetry.StartDelivery(row);
        var now = time.GetUtcNow();
        if (row.NotBefore > now)
            return DeliveryResult.Later(row.NotBefore);
        if (row.ExpiresAt <= now && row.AttemptedAt is null)
            return await SettleAsync(row with { Status = OutboxStatus.Cancelled }, null, cancellationToken);
        try
        {
            if (row is { AttemptedAt: null, RunId: { } runId } && (row.IsForLater || row.IsByTheClock))
            {
                if (row is { IsForLater: true, OccurrenceId: { } roundId } && await _store.GetAsync<Occurrence>(roundId, cancellationToken) is not { Status: not OccurrenceStatus.Cancelled })
                    return await SettleAsync(row with { Status = OutboxStatus.Cancelled }, null, cancellationToken);
                if (await _store.GetAsync<Run>(runId, cancellationToken) is { } run && await SceneSetter.HeldAsync(new StateView(_store), run, now, cancellationToken) is not null)
                    return DeliveryResult.Untried(now + AskAgain);
            }

            // What was tried may stand already: it is settled, whoever is there.
            if (row.AttemptedAt is null && await HasToWaitAsync(row, cancellationToken))
                return DeliveryResult.Untried(row.ExpiresAt < now + AskAgain ? row.ExpiresAt.Value : now + AskAgain);
            return row.Operation == OutboxOperation.Post
                ? await PostAsync(row, now, cancellationToken)
                : await ChangeAsync(row, cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            telemetry.Retried();
            return DeliveryResult.Later(now + Backoff(row));
        }
        catch (DeliveryException e)
        {
            // Nothing of this row was sent just now; what is known of an earlier attempt stays as it is.
            return await FailedAsync(row, e, cancellationToken);
        }
    }

    private async ValueTask<bool> HasToWaitAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await addressee.HasToWaitAsync(row, cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            // Nobody is written to first at a moment of which nothing is known.
            return true;
        }
    }

    private async Task<DeliveryResult> PostAsync(OutboxRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await DependencyAsync([row.RootRowId, .. Token.RowsIn(row.Draft!.Text), .. Token.RowsIn(row.Draft.Note)], row, cancellationToken) is { } waits)
            return waits;
        var channelId = row switch
        {
            { ChannelId: { } known } => known,
            { Group: { } group } => await messenger.GroupChannelAsync(group, cancellationToken),
            _ => await messenger.DirectChannelAsync(row.PersonId!, cancellationToken),
        };
        var root = row.RootRowId is null ? null : await _store.GetAsync<PostedMessage>(row.RootRowId, cancellationToken);

        if (row.AttemptedAt is { } attempted)
        {
            var age = AgeOf(row.Id, now - attempted);
            if (age >= Repeatable && age < Over)
                return DeliveryResult.Later(now + (Over - age));
            // Looked for even while Mattermost should remember the id: its memory ends with its process, and it may have restarted.
            if (await messenger.FindByRowAsync(channelId, row.Id, attempted - Over - ClockSkew, cancellationToken) is { } found)
                return await PostedAsync(row, channelId, found, cancellationToken);
            if (age >= Over)
            {
                // Nothing of it stands. Whatever holds before a first attempt holds again: its time may have passed, or its reader gone to bed.
                _attempts.TryRemove(row.Id, out _);
                await ledger.Store.CommitAsync(new ChangeSet().Save(row with { AttemptedAt = null }), cancellationToken);
                return DeliveryResult.Changed;
            }
        }

        var run = row.RunId is null ? null : await _store.GetAsync<Run>(row.RunId, cancellationToken);
        var content = await renderer.RenderAsync(row.Draft, run?.TeamId, row.Id, () => addressee.SpeechAsync(row, run, cancellationToken), cancellationToken);
        // The attempt is on the disk before it is made: after a crash it is known that there may be a post already.
        var isFirst = row.AttemptedAt is null;
        row = row with { AttemptedAt = row.AttemptedAt ?? now };
        var left = Sendable - AgeOf(row.Id, now - row.AttemptedAt.Value);
        if (await ledger.Store.CommitAsync(new ChangeSet().Save(row), cancellationToken) == CommitOutcome.Stale)
            return DeliveryResult.Changed;
        row = row with { Version = row.Version + 1 };
        try
        {
            // Uploaded anew with each attempt: what an attempt that was lost left behind hangs on no post, and nobody sees it.
            List<string> fileIds = [];
            foreach (var file in row.Files ?? [])
            {
                var filled = file.Picture is { Card.Count: > 0 } picture
                    ? file with { Picture = await renderer.RenderAsync(picture, () => addressee.SpeechAsync(row, run, cancellationToken), cancellationToken) }
                    : file;
                if (await messenger.UploadAsync(channelId, filled, cancellationToken) is { } fileId)
                    fileIds.Add(fileId);
            }

            if (fileIds.Count > 0)
                content = content with { FileIds = fileIds };
            using var limit = new CancellationTokenSource(left, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var postId = await messenger.PostAsync(channelId, root?.PostId ?? row.RootPostId, row.Id, content, either.Token);
            return await PostedAsync(row, channelId, postId, cancellationToken);
        }
        catch (DeliveryException e) when (!isFirst && e.Kind == DeliveryFailure.Refused)
        {
            // An earlier attempt may stand all the same: it is looked for before the row is given up.
            return DeliveryResult.Later(row.AttemptedAt.Value + Over);
        }
        catch (DeliveryException e) when (isFirst && e.Kind is (DeliveryFailure.TryLater or DeliveryFailure.TokenRefused))
        {
            return await NothingTakenAsync(row, e, cancellationToken);
        }
        catch (DeliveryException e)
        {
            return await FailedAsync(row, e, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await FailedAsync(row, new DeliveryException(DeliveryFailure.Unclear, "no answer in time"), cancellationToken);
        }
    }

    /// <summary>Edits and reactions can be repeated as often as needed, so no attempt of theirs has to be remembered.</summary>
    private async Task<DeliveryResult> ChangeAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        if (await DependencyAsync([row.TargetRowId, .. Token.RowsIn(row.Draft?.Note)], row, cancellationToken) is { } waits)
            return waits;
        var postId = row.TargetPostId ?? (await _store.GetAsync<PostedMessage>(row.TargetRowId!, cancellationToken))!.PostId;
        switch (row.Operation)
        {
            case OutboxOperation.Edit:
                var run = row.RunId is null ? null : await _store.GetAsync<Run>(row.RunId, cancellationToken);
                var content = await renderer.RenderAsync(row.Draft!, run?.TeamId, row.TargetRowId, () => addressee.SpeechAsync(row, run, cancellationToken), cancellationToken);
                await messenger.EditAsync(postId, row.TargetRowId ?? row.Id, content, cancellationToken);
                break;
            case OutboxOperation.React:
                await messenger.ReactAsync(postId, row.Emoji!, cancellationToken);
                break;
            case OutboxOperation.Unreact:
                await messenger.UnreactAsync(postId, row.Emoji!, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"A row cannot {row.Operation}.");
        }

        return await SettleAsync(row with { Status = OutboxStatus.Sent, PostId = postId }, null, cancellationToken);
    }

    /// <summary>Null when every row that this one needs has become a post.</summary>
    private async Task<DeliveryResult?> DependencyAsync(IEnumerable<string?> rowIds, OutboxRow row, CancellationToken cancellationToken)
    {
        foreach (var needed in rowIds.OfType<string>())
        {
            if (await _store.GetAsync<PostedMessage>(needed, cancellationToken) is not null)
                continue;
            if (await _store.GetAsync<OutboxRow>(needed, cancellationToken) is { Status: OutboxStatus.Waiting })
                return DeliveryResult.WaitFor(needed, time.GetUtcNow() + LookAgain);
            // What it hangs on will never be: refused, cancelled, or gone.
            return await SettleAsync(row with { Status = OutboxStatus.Cancelled }, null, cancellationToken);
        }

        return null;
    }

    private Task<DeliveryResult> PostedAsync(OutboxRow row, string channelId, string postId, CancellationToken cancellationToken) =>
        SettleAsync(
            row with { Status = OutboxStatus.Sent, PostId = postId, AttemptedAt = null },
            new PostedMessage { RowId = row.Id, PostId = postId, ChannelId = channelId, OccurrenceId = row.OccurrenceId, PersonId = row.PersonId, At = time.GetUtcNow(), ChangesLater = row.ChangesLater },
            cancellationToken);

    private async Task<DeliveryResult> SettleAsync(OutboxRow row, PostedMessage? posted, CancellationToken cancellationToken)
    {
        _attempts.TryRemove(row.Id, out _);
        _failures.TryRemove(row.Id, out _);
        row = row with { SettledAt = time.GetUtcNow(), Files = null };
        // Each round that it was about learns of it as if it had been a message of its own.
        List<OutboxRow> apart = [];
        foreach (var one in row.Status == OutboxStatus.Refused ? row.Apart() : [])
        {
            if (await _store.GetAsync<OutboxRow>(one.Id, cancellationToken) is null)
                apart.Add(one);
        }

        // Whoever was forgotten and came back may get a name again that they had: it is the latest message that has to be found. Hardly ever, so that nobody looks before.
        if (!await IsCommittedAsync(posted)
            && (posted is null || await _store.GetAsync<PostedMessage>(row.Id, CancellationToken.None) is not { } known || !await IsCommittedAsync(posted with { Version = known.Version })))
            return DeliveryResult.Changed;
        telemetry.Settled(row.Status);
        return DeliveryResult.Settled;

        // What Mattermost has taken must be recorded even while the sidecar is stopping.
        async Task<bool> IsCommittedAsync(PostedMessage? message)
        {
            var changes = new ChangeSet().Save(row);
            foreach (var one in apart)
                changes.Save(one);
            if (message is not null)
                changes.Save(message);
            return await ledger.CommitAsync(changes, CancellationToken.None) == CommitOutcome.Committed;
        }
    }

    private async Task<DeliveryResult> FailedAsync(OutboxRow row, DeliveryException failure, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (failure.Kind == DeliveryFailure.Refused)
        {
            logger.LogWarning("Outbox row {RowId} ({Operation}, round {OccurrenceId}) was refused: {ErrorId}", row.Id, row.Operation, row.OccurrenceId, failure.ErrorId);
            var settled = await SettleAsync(row with { Status = OutboxStatus.Refused, Refusal = failure.ErrorId }, null, cancellationToken);
            await alerts.RefusedAsync(row, failure.ErrorId, cancellationToken);
            return settled;
        }

        telemetry.Retried();
        var retryAt = now + (failure.RetryAfter ?? Backoff(row));
        logger.LogInformation("Outbox row {RowId}: {Failure} ({ErrorId}); tried again at {RetryAt:u}", row.Id, failure.Kind, failure.ErrorId, retryAt);
        return failure.Kind == DeliveryFailure.TokenRefused ? DeliveryResult.PausedUntil(now + TimeSpan.FromSeconds(15)) : DeliveryResult.Later(retryAt);
    }

    /// <summary>The only attempt was refused whole: there is none left to settle. An earlier one, whose outcome is not known, stays to be settled.</summary>
    private async Task<DeliveryResult> NothingTakenAsync(OutboxRow row, DeliveryException failure, CancellationToken cancellationToken)
    {
        _attempts.TryRemove(row.Id, out _);
        row = row with { AttemptedAt = null };
        if (await ledger.Store.CommitAsync(new ChangeSet().Save(row), cancellationToken) == CommitOutcome.Stale)
            return DeliveryResult.Changed;
        return await FailedAsync(row with { Version = row.Version + 1 }, failure, cancellationToken);
    }

    /// <param name="rowId">The row.</param>
    /// <param name="byTheClock">Its attempt's age by the clock that people read: all there is to go by after a restart.</param>
    private TimeSpan AgeOf(string rowId, TimeSpan byTheClock)
    {
        // A clock that was set back tells nothing; then the attempt counts as too old to be repeated.
        var age = byTheClock < TimeSpan.Zero ? Repeatable : byTheClock;
        return time.GetElapsedTime(_attempts.GetOrAdd(rowId, _ => time.GetTimestamp() - (long)(age.TotalSeconds * time.TimestampFrequency)));
    }

    private TimeSpan Backoff(OutboxRow row)
    {
        var failures = _failures.AddOrUpdate(row.Id, 1, (_, before) => before + 1);
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 8)));
        return wait < LongestBackoff ? wait : LongestBackoff;
    }
}

/// <param name="Outcome">What became of the row.</param>
/// <param name="RetryAt">When to look at it again, where it still waits.</param>
/// <param name="RowId">The row it waits for.</param>
public readonly record struct DeliveryResult(DeliveryOutcome Outcome, DateTimeOffset RetryAt = default, string? RowId = null)
{
    public static DeliveryResult Settled { get; } = new(DeliveryOutcome.Settled);

    public static DeliveryResult Changed { get; } = new(DeliveryOutcome.Changed);

    public static DeliveryResult Later(DateTimeOffset at) => new(DeliveryOutcome.Later, at);

    public static DeliveryResult Untried(DateTimeOffset lookAgain) => new(DeliveryOutcome.Untried, lookAgain);

    public static DeliveryResult PausedUntil(DateTimeOffset at) => new(DeliveryOutcome.Paused, at);

    public static DeliveryResult WaitFor(string rowId, DateTimeOffset lookAgain) => new(DeliveryOutcome.WaitsForRow, lookAgain, rowId);
}

public enum DeliveryOutcome
{
    /// <summary>Sent, refused or cancelled: nothing more to do.</summary>
    Settled,

    /// <summary>It was decided anew while it was being sent: look at it again at once.</summary>
    Changed,

    Later,

    /// <summary>It waits for its reader: nothing of it can stand in Mattermost.</summary>
    Untried,

    WaitsForRow,

    /// <summary>Mattermost accepts nothing from us for now: everything waits.</summary>
    Paused,
}
