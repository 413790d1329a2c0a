using System.Collections.Concurrent;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.TestKit;

/// <summary>
/// A Mattermost reduced to what the outbox sees of it: it keeps posts, remembers pending ids for 30 s, and does what the script says
/// for the next calls.
/// </summary>
public sealed class ScriptedMessenger(TimeProvider time) : IMessenger
{
    private static readonly TimeSpan Remembers = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Step> _script = new();
    private readonly List<SentPost> _posts = [];
    private readonly Dictionary<string, long> _pending = [];
    private readonly Lock _gate = new();

    public enum Step
    {
        Take,
        TakeAndLoseTheReply,
        LoseTheRequest,
        Refuse,
        TryLater,
        RefuseTheToken,
    }

    public IReadOnlyList<SentPost> Posts
    {
        get
        {
            lock (_gate)
                return [.. _posts];
        }
    }

    /// <summary>Every call that could change something, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public void Next(params IEnumerable<Step> steps)
    {
        foreach (var step in steps)
            _script.Enqueue(step);
    }

    public Task<string> PostAsync(string channelId, string? rootPostId, string rowId, PostContent content, CancellationToken cancellationToken)
    {
        var step = Take($"post {content.Message}");
        if (step == Step.LoseTheRequest)
            throw new DeliveryException(DeliveryFailure.Unclear, "timeout");
        lock (_gate)
        {
            // A server's memory runs by elapsed time, whatever its clock is set to.
            var post = _pending.TryGetValue(rowId, out var at) && time.GetElapsedTime(at) < Remembers ? _posts.FindLast(one => one.RowId == rowId) : null;
            _pending.TryAdd(rowId, time.GetTimestamp());
            if (post is null)
                _posts.Add(post = new SentPost($"post{_posts.Count + 1}", channelId, rootPostId, rowId, content, time.GetUtcNow()));
            return step == Step.TakeAndLoseTheReply ? throw new DeliveryException(DeliveryFailure.Unclear, "timeout") : Task.FromResult(post.Id);
        }
    }

    public Task<string?> UploadAsync(string channelId, OutboxFile file, CancellationToken cancellationToken)
    {
        Take($"upload {file.Name}");
        return Task.FromResult<string?>($"file-{file.Name}");
    }

    public Task EditAsync(string postId, string rowId, PostContent content, CancellationToken cancellationToken)
    {
        Take($"edit {content.Message}");
        lock (_gate)
        {
            var at = _posts.FindIndex(one => one.Id == postId);
            _posts[at] = _posts[at] with { Content = content };
        }

        return Task.CompletedTask;
    }

    public Task ReactAsync(string postId, string emoji, CancellationToken cancellationToken)
    {
        Take($"react {emoji}");
        return Task.CompletedTask;
    }

    public Task UnreactAsync(string postId, string emoji, CancellationToken cancellationToken)
    {
        Take($"unreact {emoji}");
        return Task.CompletedTask;
    }

    public Task<string> DirectChannelAsync(string personId, CancellationToken cancellationToken) => Task.FromResult($"direct-{personId}");

    public Task<string> GroupChannelAsync(IReadOnlyList<string> personIds, CancellationToken cancellationToken) => Task.FromResult($"group-{string.Join('-', personIds)}");

    public Task<string?> FindByRowAsync(string channelId, string rowId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        Calls.Enqueue("look for the row");
        lock (_gate)
            return Task.FromResult(_posts.Find(one => one.RowId == rowId && one.ChannelId == channelId && one.At >= since)?.Id);
    }

    public Task<string?> RowOfAsync(string postId, CancellationToken cancellationToken) =>
        Task.FromResult(Posts.FirstOrDefault(one => one.Id == postId)?.RowId);

    public Task<ThreadSnapshot?> ReadThreadAsync(string rootPostId, CancellationToken cancellationToken) =>
        Task.FromResult<ThreadSnapshot?>(new ThreadSnapshot([], []));

    public Task<IReadOnlySet<string>> MembersAmongAsync(string channelId, IReadOnlyCollection<string> personIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(personIds.ToHashSet());

    public Task<IReadOnlyList<SeenDeed>> DeedsSinceAsync(string channelId, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SeenDeed>>([]);

    private Step Take(string call)
    {
        Calls.Enqueue(call);
        if (!_script.TryDequeue(out var step))
            return Step.Take;
        return step switch
        {
            Step.Refuse => throw new DeliveryException(DeliveryFailure.Refused, "api.context.permissions.app_error"),
            Step.TryLater => throw new DeliveryException(DeliveryFailure.TryLater, "429", TimeSpan.FromSeconds(5)),
            Step.RefuseTheToken => throw new DeliveryException(DeliveryFailure.TokenRefused, "api.context.session_expired.app_error"),
            _ => step,
        };
    }
}

public sealed record SentPost(string Id, string ChannelId, string? RootPostId, string RowId, PostContent Content, DateTimeOffset At);
