using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Community.Library;
using MattermostLearning.Activities.Community.Tips;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Sidecar.Telemetry;
using ChannelType = MattermostLearning.Mattermost.Api.ChannelType;
using ReactionRemoved = MattermostLearning.Mattermost.Realtime.ReactionRemoved;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>
/// Takes what Mattermost's WebSocket tells to the engine, in its order, and sees to it that whatever was not heard is read back. Reading
/// back goes on beside listening: both do the same to what is stored, so neither has to wait for the other.
/// </summary>
internal sealed class SocketListener : BackgroundService, IWorkSource
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly MattermostSocket _socket;
    private readonly MattermostClient _client;
    private readonly MattermostAccess _access;
    private readonly BotIdentity _bot;
    private readonly MattermostDirectory _directory;
    private readonly ThreadListener _threads;
    private readonly PlainWords _plainWords;
    private readonly TipKeeper _tips;
    private readonly DroppedFiles _dropped;
    private readonly Reconciler _reconciler;
    private readonly OutboxDispatcher _outbox;
    private readonly ILearningStore _store;
    private readonly SidecarMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<SocketListener> _logger;
    private readonly SemaphoreSlim _readBack = new(0);
    private readonly Lock _gate = new();
    private CancellationTokenSource _connection = new();
    private int _gaps;
    private int _readBackFor;
    private bool _isReadingBack;
    private DateTimeOffset? _retryAt;
    private CancellationToken _listening;
    private string? _refused;
    private volatile bool _hasBegun;
    private bool _wasConnected;
    private DateTimeOffset? _outOfTouchSince;

    public SocketListener(
        MattermostSocket socket, MattermostClient client, MattermostAccess access, BotIdentity bot, MattermostDirectory directory, ThreadListener threads,
        PlainWords plainWords, TipKeeper tips, DroppedFiles dropped, Reconciler reconciler, OutboxDispatcher outbox, ILearningStore store, SidecarMetrics metrics, TimeProvider time,
        ILogger<SocketListener> logger)
    {
        (_socket, _client, _access, _bot, _directory, _threads) = (socket, client, access, bot, directory, threads);
        (_plainWords, _tips, _dropped, _reconciler, _outbox, _store, _metrics, _time, _logger) = (plainWords, tips, dropped, reconciler, outbox, store, metrics, time, logger);
        socket.PhaseChanged += PhaseChanged;
        access.Changed += AccessChanged;
        threads.Missed += LostTouch;
    }

    /// <summary>The connection came up or went.</summary>
    public event Action? Changed;

    /// <summary>All that was missed has been read back.</summary>
    public event Action? CaughtUp;

    /// <summary>How the connection is doing, and how far its events are handled.</summary>
    public SocketState State => _socket.State;

    /// <summary>Nothing that was told is left to handle, and nothing that was missed is left to read.</summary>
    public bool IsCaughtUp
    {
        get
        {
            lock (_gate)
                return !_isReadingBack && _gaps == _readBackFor;
        }
    }

    /// <summary>Mattermost was heard at least once since the start.</summary>
    public bool WasConnected
    {
        get
        {
            lock (_gate)
                return _wasConnected;
        }
    }

    /// <summary>Since when things may be missed: the connection is down, or what was missed is not read back. Null while nothing is.</summary>
    public DateTimeOffset? OutOfTouchSince
    {
        get
        {
            lock (_gate)
                return _outOfTouchSince;
        }
    }

    /// <summary>When reading back is tried again.</summary>
    public DateTimeOffset? NextMoment
    {
        get
        {
            lock (_gate)
                return _retryAt;
        }
    }

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now)
    {
        // The host starts it beside everything else, and before its first attempt the socket looks like one that has been cut.
        if (!_hasBegun)
            return new(false);
        var state = _socket.State;
        var isSettled = state.Phase switch
        {
            SocketPhase.Up => state.LastHandledSeq == state.LastReceivedSeq && (IsCaughtUp || NextMoment > now),
            SocketPhase.Connecting => false,
            _ => true,
        };
        return new(isSettled);
    }

    public override void Dispose()
    {
        base.Dispose();
        _readBack.Dispose();
        _connection.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), ReadBackAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            CancellationToken replaced;
            lock (_gate)
                replaced = _connection.Token;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(replaced, stoppingToken);
            if (!_access.IsComplete)
            {
                _logger.LogWarning("Waiting for {Missing} in {File}.", _access.Missing, Options.SetupFile.Name);
                _hasBegun = true;
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            else
            {
                _listening = either.Token;
                var listening = _socket.RunAsync(HandleAsync, either.Token);
                _hasBegun = true;
                await listening;
                // What had arrived and was not handled yet went with the old connection.
                LostTouch();
            }

            lock (_gate)
            {
                if (_connection.IsCancellationRequested)
                {
                    _connection.Dispose();
                    _connection = new CancellationTokenSource();
                }
            }
        }
    }

    private async ValueTask HandleAsync(RealtimeEvent happened, CancellationToken cancellationToken)
    {
        _directory.Invalidate(happened);
        switch (happened)
        {
            case Reconnected reconnected:
                if (reconnected.Gap)
                {
                    _metrics.MissedSomething(reconnected.Reason);
                    _logger.LogInformation("Listening to Mattermost; what was missed is read back ({Reason}).", reconnected.Reason);
                }

                LostTouch();
                // Our own posts and reactions come back, too; before they can be told from others', nothing is taken in.
                await _bot.IdAsync(cancellationToken);
                lock (_gate)
                    _wasConnected = true;
                break;
            case Posted { ChannelType: ChannelType.Direct, Post: var post }:
                // Direct messages that the bot hears of are its own; a thread in them is nobody's round.
                if (post.UserId != _bot.Id && !MattermostMessenger.IsAutomatic(post))
                    _plainWords.Hear(new DirectMessage(post.Id, post.ChannelId, post.UserId, post.Message));
                break;
            case Posted { Post: var post } posted when post.UserId != _bot.Id:
                var seen = SeenOf(post);
                await _threads.PostedAsync(seen, cancellationToken);
                if (posted.ChannelType == Mattermost.Api.ChannelType.Private && post.FileIds.Count > 0 && !seen.IsAutomatic)
                    _dropped.See(MattermostFileReader.Seen(post));
                if (posted.ChannelType == Mattermost.Api.ChannelType.Public && !MattermostPostReader.IsAutomatic(post))
                    await _tips.HeardAsync(new TipSeen(post.Id, post.ChannelId, posted.TeamId, post.UserId, seen.At), seen.RootPostId, post.Message, cancellationToken);
                break;
            case PostEdited { Post: var post } when post.UserId != _bot.Id:
                await _threads.EditedAsync(SeenOf(post) with { At = post.EditedAt ?? _time.GetUtcNow() }, cancellationToken);
                break;
            case PostDeleted { Post: var post }:
                await _threads.DeletedAsync(post.Id, cancellationToken);
                await _tips.DeletedAsync(post.Id, cancellationToken);
                break;
            case ReactionAdded { Reaction: var reaction }:
                await _threads.ReactedAsync(reaction.PostId, happened.ChannelId, reaction.UserId, reaction.EmojiName, _time.GetUtcNow(), cancellationToken);
                break;
            case ReactionRemoved { Reaction: var reaction }:
                await _threads.ReactionRemovedAsync(reaction.PostId, reaction.UserId, reaction.EmojiName, cancellationToken);
                break;
            case UserRemoved { UserId: var userId } when happened.ChannelId.Length > 0:
                await _threads.LeftChannelAsync(happened.ChannelId, userId, cancellationToken);
                break;
            case ChannelDeleted:
                await _threads.ArchivedAsync(happened.ChannelId, cancellationToken);
                break;
            case ChannelRestored:
                await _threads.RestoredAsync(happened.ChannelId, cancellationToken);
                break;
            case TeamLeft { UserId: var userId }:
                await LeftTeamAsync(happened.TeamId, userId, cancellationToken);
                break;
        }
    }

    private PostSeen SeenOf(Post post) => new(post.Id, post.IsReply ? post.RootId : null, post.ChannelId, post.UserId, post.CreatedAt ?? _time.GetUtcNow())
    {
        IsAutomatic = MattermostMessenger.IsAutomatic(post),
        Traits = () => MattermostMessenger.TraitsOf(post),
    };

    /// <summary>Mattermost does not say of each channel that somebody left it together with the team.</summary>
    private async Task LeftTeamAsync(string teamId, string userId, CancellationToken cancellationToken)
    {
        var channels = new HashSet<string>(StringComparer.Ordinal);
        foreach (var status in Run.Living)
        {
            foreach (var run in await _store.FindAsync(Run.ByStatus, status.ToString(), cancellationToken))
            {
                if (run.TeamId == teamId && channels.Add(run.ChannelId))
                    await _threads.LeftChannelAsync(run.ChannelId, userId, cancellationToken);
            }
        }
    }

    private void PhaseChanged(SocketState state)
    {
        if (state.Phase != SocketPhase.Up)
        {
            lock (_gate)
                _outOfTouchSince ??= _time.GetUtcNow();
        }

        switch (state.Phase)
        {
            case SocketPhase.Up:
                _outbox.TryAgainNow();
                break;
            case SocketPhase.Refused or SocketPhase.Down:
                _reconciler.LostTouch();
                if (!_listening.IsCancellationRequested)
                    _ = TellOfRefusalAsync(_listening);
                break;
        }

        Changed?.Invoke();
    }

    /// <summary>Older servers let anybody open the socket and stay silent then: only a call tells whether it is the token.</summary>
    private async Task TellOfRefusalAsync(CancellationToken cancellationToken)
    {
        var token = _access.Token;
        if (token == _refused)
            return;
        try
        {
            await _client.Users.MeAsync(cancellationToken);
        }
        catch (MattermostException e) when (e.IsUnauthorized)
        {
            _refused = token;
            _logger.LogError("Mattermost refuses the bot's token. Replace Mattermost__BotToken; meanwhile everything waits, and it is tried again.");
        }
        catch (Exception e) when (e is MattermostException or OperationCanceledException)
        {
            // Then it is not the token that keeps us out.
        }
    }

    private void AccessChanged()
    {
        lock (_gate)
            _connection.Cancel();
        _outbox.TryAgainNow();
    }

    /// <summary>From here on things may have been missed, until everything was read back.</summary>
    private void LostTouch()
    {
        lock (_gate)
        {
            _gaps++;
            _outOfTouchSince ??= _time.GetUtcNow();
        }

        _reconciler.LostTouch();
        _readBack.Release();
    }

    private async Task ReadBackAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _readBack.WaitAsync(stoppingToken);
            for (var wait = FirstWait; !await TryReadBackAsync(stoppingToken); wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
            {
                SetRetry(_time.GetUtcNow() + wait);
                await Task.Delay(wait, _time, stoppingToken);
                SetRetry(null);
            }

            if (IsCaughtUp)
                CaughtUp?.Invoke();
        }
    }

    private void SetRetry(DateTimeOffset? at)
    {
        lock (_gate)
            _retryAt = at;
    }

    private async Task<bool> TryReadBackAsync(CancellationToken stoppingToken)
    {
        int gaps;
        lock (_gate)
        {
            gaps = _gaps;
            if (gaps == _readBackFor || _socket.State.Phase != SocketPhase.Up)
                return true; // done already, or begun anew when the connection is back
            _isReadingBack = true;
        }

        try
        {
            await _bot.IdAsync(stoppingToken);
            await _reconciler.CatchUpAsync(stoppingToken);
            await _dropped.CatchUpAsync(stoppingToken);
            lock (_gate)
            {
                _readBackFor = gaps;
                if (gaps == _gaps)
                {
                    if (_socket.State.Phase == SocketPhase.Up)
                        _outOfTouchSince = null;
                    return true;
                }
            }

            // Another gap while reading: what was read before it may be old already.
            _reconciler.LostTouch();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            if (e is DeliveryException or MattermostException or StoreUnavailableException or DirectoryUnavailableException)
                _logger.LogWarning("What was missed could not be read back yet: {Reason}", e.Message);
            else
                _logger.LogError(e, "What was missed could not be read back yet");
            return false;
        }
        finally
        {
            lock (_gate)
                _isReadingBack = false;
        }
    }
}
