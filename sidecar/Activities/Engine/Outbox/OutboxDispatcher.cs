using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <param name="MostAtOnce">
/// How many conversations are sent to at a time; with one, everything goes in the order in which it was decided. Each message waits for the disk twice, and those
/// that wait together are written together.
/// </param>
/// <param name="FollowUpAfter">
/// How long a message waits that follows what somebody has just pressed: they see first what becomes of their click, and sending does not get in the way of those who are
/// still being answered.
/// </param>
public sealed record OutboxSettings(int MostAtOnce = 64, TimeSpan FollowUpAfter = default);

/// <param name="Depth">Rows that wait, for whatever reason.</param>
/// <param name="OldestDue">The moment from which the oldest row that could go could have gone; null when none is left.</param>
public readonly record struct OutboxBacklog(int Depth, DateTimeOffset? OldestDue);

/// <summary>
/// Sends what waits in the outbox: several conversations at a time, the rows of each in order. What happens to one row is
/// <see cref="RowDelivery"/>'s matter; here is only whose turn it is.
/// </summary>
public sealed class OutboxDispatcher : BackgroundService, IWorkSource
{
    /// <summary>How long a stop waits for what is on its way.</summary>
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestCancel = TimeSpan.FromSeconds(1);

    private readonly ILearningStore _store;
    private readonly RowDelivery _delivery;
    private readonly LearningLedger _ledger;
    private readonly TimeProvider _stopTime;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxDispatcher> _logger;
    private readonly Alarm _alarm;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Conversation, (DateTimeOffset At, long Order)> _turns = new();

    /// <summary>Conversations that wait for a row of another one to be settled.</summary>
    private readonly Dictionary<string, List<Conversation>> _waitingFor = new(StringComparer.Ordinal);

    /// <summary>Posts that were tried and have not been settled: Mattermost may show them already.</summary>
    private readonly HashSet<string> _unsettled = new(StringComparer.Ordinal);

    /// <summary>Ends what is on its way, when a stop has waited long enough for it.</summary>
    private readonly CancellationTokenSource _sending = new();

    private TaskCompletionSource? _allDone;
    private readonly OutboxSettings _settings;
    private int _underWay;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    public OutboxDispatcher(LearningLedger ledger, RowDelivery delivery, OutboxSettings settings, Naps naps, StopTime stopTime, TimeProvider time, ILogger<OutboxDispatcher> logger)
    {
        _store = ledger.Store;
        _ledger = ledger;
        _delivery = delivery;
        _settings = settings;
        _stopTime = stopTime.Clock;
        _time = time;
        _logger = logger;
        _alarm = new Alarm(time, naps);
        ledger.MessagesWaiting += Take;
    }

    /// <summary>A post may stand in Mattermost whose id is not recorded yet.</summary>
    public bool HasUnsettledPosts
    {
        get
        {
            lock (_gate)
                return _unsettled.Count > 0;
        }
    }

    /// <summary>How much waits, and since when the oldest of it could have gone. What waits for its reader is nobody's fault and is left out of the age.</summary>
    public OutboxBacklog Backlog
    {
        get
        {
            lock (_gate)
            {
                var now = _time.GetUtcNow();
                var due = _conversations.Values.Where(one => !one.WaitsForReader).SelectMany(one => one.Rows.Values).Where(row => row.NotBefore <= now);
                return new OutboxBacklog(_conversations.Values.Sum(one => one.Rows.Count), due.Min(row => (DateTimeOffset?)row.NotBefore));
            }
        }
    }

    public DateTimeOffset? NextMoment => _alarm.At;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(Volatile.Read(ref _underWay) == 0 && _alarm.IsAsleep(now));

    /// <summary>Mattermost may accept again what it refused: a token was replaced, or the connection is back.</summary>
    public void TryAgainNow()
    {
        lock (_gate)
        {
            _pausedUntil = DateTimeOffset.MinValue;
            foreach (var conversation in _conversations.Values.Where(one => !one.IsBusy))
            {
                conversation.RetryAt = DateTimeOffset.MinValue;
                Enqueue(conversation, conversation.MayGoAt());
            }
        }

        _alarm.Now();
    }

    /// <summary>Begins nothing more and lets what is on its way arrive; what does not in time is settled at the next start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Task allDone;
        lock (_gate)
        {
            _allDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_underWay == 0)
                _allDone.SetResult();
            allDone = _allDone.Task;
        }

        await Task.WhenAny(allDone, Task.Delay(LongestSend, _stopTime, cancellationToken));
        await _sending.CancelAsync();
        await Task.WhenAny(allDone, Task.Delay(LongestCancel, _stopTime, CancellationToken.None));
    }

    public override void Dispose()
    {
        base.Dispose();
        _sending.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // All of what waits is known before any of it is sent: rows wait for each other, and new ones come after them.
        List<WaitingRow> waiting = [];
        await foreach (var row in _store.EachAsync(OutboxRow.ByStatus, OutboxRow.Queue, stoppingToken))
            waiting.Add(Waiting(row));
        _ledger.ContinueAfter(waiting.Count == 0 ? 0 : waiting.Max(row => row.Order));
        Take(waiting);
        while (!stoppingToken.IsCancellationRequested)
        {
            StartWhoseTurnItIs();
            await _alarm.SleepAsync(stoppingToken);
        }
    }

    private void Take(IReadOnlyList<OutboxRow> rows) => Take([.. rows.Select(Waiting)]);

    private void Take(List<WaitingRow> rows)
    {
        lock (_gate)
        {
            foreach (var row in rows)
            {
                if (!_conversations.TryGetValue(row.Conversation, out var conversation))
                    _conversations[row.Conversation] = conversation = new Conversation(row.Conversation);
                conversation.Put(row);
                if (row is { IsPost: true, WasTried: true })
                    _unsettled.Add(row.Id);
                if (!conversation.IsBusy)
                    Enqueue(conversation, conversation.MayGoAt());
            }
        }
    }

    private WaitingRow Waiting(OutboxRow row)
    {
        var isPost = row.Operation == OutboxOperation.Post;
        var followsUp = isPost && row is { Purpose: MessagePurpose.Answer, PersonId: not null, AttemptedAt: null };
        var earliest = followsUp ? _time.GetUtcNow() + _settings.FollowUpAfter : row.NotBefore;
        return new WaitingRow(row.Id, row.Conversation, row.Order, earliest > row.NotBefore ? earliest : row.NotBefore, isPost, row.AttemptedAt is not null);
    }

    private void StartWhoseTurnItIs()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (_pausedUntil > now)
            {
                _alarm.NoLaterThan(_pausedUntil);
                return;
            }

            while (_underWay < _settings.MostAtOnce && _turns.TryPeek(out var conversation, out var turn) && turn.At <= now)
            {
                _turns.Dequeue();
                if (conversation.IsBusy || conversation.Next is not { } row)
                    continue;
                if (conversation.MayGoAt() is var mayGo && mayGo > now)
                {
                    Enqueue(conversation, mayGo);
                    continue;
                }

                conversation.IsBusy = true;
                _underWay++;
                if (row.IsPost)
                    _unsettled.Add(row.Id);
                _ = Task.Run(() => DeliverAsync(conversation, row, _sending.Token), CancellationToken.None);
            }

            if (_underWay < _settings.MostAtOnce && _turns.TryPeek(out _, out var next))
                _alarm.NoLaterThan(next.At);
        }
    }

    private async Task DeliverAsync(Conversation conversation, WaitingRow row, CancellationToken cancellationToken)
    {
        DeliveryResult result;
        try
        {
            result = await _delivery.DeliverAsync(row.Id, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _logger.LogError(e, "Outbox row {RowId} was not handled; it is tried again", row.Id);
            result = DeliveryResult.Later(_time.GetUtcNow() + TimeSpan.FromSeconds(15));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sidecar is stopping: the row is settled at the next start.
            result = DeliveryResult.Later(DateTimeOffset.MaxValue);
        }

        lock (_gate)
        {
            // First, so that there is no moment in which nothing is under way and the next turn is not called yet.
            _alarm.Now();
            _underWay--;
            conversation.IsBusy = false;
            Follow(conversation, row, result);
            if (_underWay == 0)
                _allDone?.TrySetResult();
        }
    }

    private void Follow(Conversation conversation, WaitingRow row, DeliveryResult result)
    {
        conversation.WaitsForReader = result.Outcome == DeliveryOutcome.Untried;
        switch (result.Outcome)
        {
            case DeliveryOutcome.Settled:
                _unsettled.Remove(row.Id);
                conversation.Remove(row);
                foreach (var waiting in _waitingFor.Remove(row.Id, out var list) ? list : [])
                {
                    waiting.RetryAt = DateTimeOffset.MinValue;
                    Enqueue(waiting, waiting.MayGoAt());
                }

                break;
            case DeliveryOutcome.Changed:
                break;
            case DeliveryOutcome.WaitsForRow:
                // Looked at again in a while in any case: the row may have been settled this very moment.
                conversation.RetryAt = result.RetryAt;
                if (!_waitingFor.TryGetValue(result.RowId!, out var others))
                    _waitingFor[result.RowId!] = others = [];
                if (!others.Contains(conversation))
                    others.Add(conversation);
                break;
            case DeliveryOutcome.Untried:
                _unsettled.Remove(row.Id);
                conversation.RetryAt = result.RetryAt;
                break;
            case DeliveryOutcome.Paused:
                _pausedUntil = result.RetryAt;
                break;
            default:
                conversation.RetryAt = result.RetryAt;
                break;
        }

        if (conversation.Next is not null)
            Enqueue(conversation, conversation.MayGoAt());
        else
            _conversations.Remove(conversation.Name);
    }

    private void Enqueue(Conversation conversation, DateTimeOffset at)
    {
        _turns.Enqueue(conversation, (at, conversation.Next?.Order ?? 0));
        _alarm.NoLaterThan(at > _pausedUntil ? at : _pausedUntil);
    }

    /// <summary>What decides about a row's turn. All of it is read when it has its turn: thousands may wait, and their texts need not be in memory.</summary>
    private readonly record struct WaitingRow(string Id, string Conversation, long Order, DateTimeOffset NotBefore, bool IsPost, bool WasTried);

    /// <summary>The waiting rows of one conversation, in order.</summary>
    private sealed class Conversation(string name)
    {
        public string Name => name;

        public SortedList<long, WaitingRow> Rows { get; } = [];

        public bool IsBusy { get; set; }

        public DateTimeOffset RetryAt { get; set; } = DateTimeOffset.MinValue;

        public bool WaitsForReader { get; set; }

        public WaitingRow? Next => Rows.Count == 0 ? null : Rows.Values[0];

        public DateTimeOffset MayGoAt() => Next is { } row && row.NotBefore > RetryAt ? row.NotBefore : RetryAt;

        /// <summary>Takes a row in; one of the same id and place is replaced.</summary>
        public void Put(WaitingRow row) => Rows[row.Order] = row;

        /// <summary>By its place: the same row may have been decided anew meanwhile, and then stands at a later one.</summary>
        public void Remove(WaitingRow row)
        {
            Rows.Remove(row.Order);
            RetryAt = DateTimeOffset.MinValue;
        }
    }
}
