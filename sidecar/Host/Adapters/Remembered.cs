using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MattermostLearning.Activities.Engine.Ports;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>How long answers are kept and waited for.</summary>
internal sealed record Remembering
{
    /// <summary>An answer younger than this is not asked for again.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>"There is none" is believed for less long: somebody is about to make it.</summary>
    public TimeSpan FreshNone { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Nobody waits longer than this for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After an answer that did not come in time, others are not waited for that long.</summary>
    public TimeSpan SilentFor { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan PatienceWhileSilent { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What is asked in the end, whoever still waits.</summary>
    public TimeSpan LongestCall { get; init; } = TimeSpan.FromSeconds(20);

    public int MostItems { get; init; } = 10_000;
}

/// <summary>What all questions to Mattermost have in common: whether it left somebody waiting a moment ago, and an end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever is asked after the end must find it cancelled; without a timer there is nothing to free.")]
internal sealed class Asking(Remembering how, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Task, bool> _calls = new();
    private long _silentUntil = long.MinValue;

    public TimeSpan Patience => time.GetUtcNow().UtcTicks < Interlocked.Read(ref _silentUntil) ? how.PatienceWhileSilent : how.Patience;

    /// <summary>Ends the calls that are under way.</summary>
    public CancellationToken Ending => _ending.Token;

    public void WasInVain() => Interlocked.Exchange(ref _silentUntil, (time.GetUtcNow() + how.SilentFor).UtcTicks);

    public void WasAnswered() => Interlocked.Exchange(ref _silentUntil, long.MinValue);

    /// <summary>Everybody may have given up waiting for a call; it is seen to its end all the same.</summary>
    public void Follow(Task call)
    {
        _calls[call] = true;
        _ = call.ContinueWith(
            done =>
            {
                _ = done.Exception; // told to those who waited, if anybody did
                _calls.TryRemove(done, out bool _);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The client below waits when it is disposed for calls that are under way, so there must be none then.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_calls.Keys).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}

/// <summary>
/// Answers by key. Many who ask for the same at once share one call; whoever gets no answer in time gets the last one known.
/// </summary>
/// <remarks>`fetch` asks for several at once; those without an answer do not exist. `oldestFallback` is how old an answer may be that stands in for one that did not come in time.</remarks>
internal sealed class Remembered<T>(
    Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyDictionary<string, T>>> fetch,
    TimeSpan oldestFallback, Remembering how, Asking asking, TimeProvider time)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Item> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Call> _underWay = new(StringComparer.Ordinal);
    private long _count;

    public int Count
    {
        get
        {
            lock (_gate)
                return _items.Count;
        }
    }

    /// <summary>Null when there is none.</summary>
    /// <exception cref="DirectoryUnavailableException">No answer in time, and none from before.</exception>
    public async ValueTask<T?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (TryFresh(key, out var fresh))
            return fresh;
        var failure = await WaitAsync([key], cancellationToken);
        return TryKnown(key, failure, out var known) ? known : throw new DirectoryUnavailableException(failure);
    }

    /// <summary>Those that exist, of which an answer is known; throws only when of none is.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async ValueTask<IReadOnlyDictionary<string, T>> GetManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var wanted = keys.Distinct(StringComparer.Ordinal).ToList();
        var missing = wanted.Where(key => !TryFresh(key, out _)).ToList();
        var failure = missing.Count == 0 ? null : await WaitAsync(missing, cancellationToken);
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        var known = 0;
        foreach (var key in wanted)
        {
            if (!TryKnown(key, failure, out var value))
                continue;
            known++;
            if (value is not null)
                found[key] = value;
        }

        return known > 0 || wanted.Count == 0 ? found : throw new DirectoryUnavailableException(failure);
    }

    /// <summary>Those that exist, where of every single one an answer is known.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async ValueTask<IReadOnlyDictionary<string, T>> GetAllAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var wanted = keys.Distinct(StringComparer.Ordinal).ToList();
        var missing = wanted.Where(key => !TryFresh(key, out _)).ToList();
        var failure = missing.Count == 0 ? null : await WaitAsync(missing, cancellationToken);
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var key in wanted)
        {
            if (!TryKnown(key, failure, out var value))
                throw new DirectoryUnavailableException(failure);
            if (value is not null)
                found[key] = value;
        }

        return found;
    }

    /// <summary>The last answer, however old.</summary>
    public bool TryLast(string key, [NotNullWhen(true)] out T? value)
    {
        lock (_gate)
        {
            value = _items.GetValueOrDefault(key)?.Value;
            return value is not null;
        }
    }

    /// <summary>An answer that came by another way.</summary>
    public void Put(string key, T value)
    {
        lock (_gate)
            Set(key, new Item(value, time.GetUtcNow(), ++_count));
    }

    /// <summary>Mattermost said that it changed: what is known no longer counts as fresh, and for rights not at all.</summary>
    public void Drop(string key)
    {
        lock (_gate)
        {
            // A call that is under way may bring what was true before the change.
            _underWay.Remove(key);
            if (_items.TryGetValue(key, out var item))
                _items[key] = item with { IsDropped = true };
        }
    }

    public void DropWhere(Func<string, bool> which)
    {
        lock (_gate)
        {
            foreach (var key in _underWay.Keys.Where(which).ToList())
                _underWay.Remove(key);
            foreach (var key in _items.Keys.Where(which).ToList())
                _items[key] = _items[key] with { IsDropped = true };
        }
    }

    private bool TryFresh(string key, out T? value)
    {
        lock (_gate)
        {
            value = null;
            if (!_items.TryGetValue(key, out var item) || item.IsDropped)
                return false;
            value = item.Value;
            return time.GetUtcNow() - item.At < (item.Value is null ? how.FreshNone : how.Fresh);
        }
    }

    /// <summary>After the waiting: what has come, or else what was known.</summary>
    private bool TryKnown(string key, Exception? failure, out T? value)
    {
        lock (_gate)
        {
            value = null;
            if (!_items.TryGetValue(key, out var item))
                return false;
            value = item.Value;
            // "There is none" is never a fallback: it would be a guess.
            return failure is null
                || (item.Value is not null && time.GetUtcNow() - item.At <= oldestFallback && !(item.IsDropped && oldestFallback < TimeSpan.MaxValue))
                || (!item.IsDropped && time.GetUtcNow() - item.At < how.FreshNone);
        }
    }

    /// <summary>Waits for the calls that bring these. Null when all came; else why not.</summary>
    private async ValueTask<Exception?> WaitAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var patience = asking.Patience;
        var calls = Calls(keys);
        try
        {
            await Task.WhenAll(calls).WaitAsync(patience, time, cancellationToken);
            asking.WasAnswered();
            return null;
        }
        catch (TimeoutException e)
        {
            asking.WasInVain();
            return e;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return e;
        }
    }

    private List<Task> Calls(IReadOnlyList<string> keys)
    {
        lock (_gate)
        {
            var calls = new List<Task>();
            var asked = new List<string>();
            foreach (var key in keys)
            {
                if (_underWay.TryGetValue(key, out var other))
                    calls.Add(other.Ended);
                else
                    asked.Add(key);
            }

            if (asked.Count > 0)
            {
                var call = new Call();
                foreach (var key in asked)
                    _underWay[key] = call;
                call.Ended = Task.Run(() => FetchAsync(call, asked));
                asking.Follow(call.Ended);
                calls.Add(call.Ended);
            }

            return calls;
        }
    }

    private async Task FetchAsync(Call call, List<string> keys)
    {
        IReadOnlyDictionary<string, T>? answers = null;
        try
        {
            using var limit = new CancellationTokenSource(how.LongestCall, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, asking.Ending);
            answers = await fetch(keys, either.Token);
        }
        finally
        {
            lock (_gate)
            {
                foreach (var key in keys)
                    Take(call, key, answers);
            }
        }
    }

    private void Take(Call call, string key, IReadOnlyDictionary<string, T>? answers)
    {
        var isCurrent = _underWay.TryGetValue(key, out var latest) && latest == call;
        if (isCurrent)
            _underWay.Remove(key);
        // A change was told while this was under way: the answer may be from before it, and is asked for again.
        var isOvertaken = !isCurrent && _items.TryGetValue(key, out var item) && !item.IsDropped;
        if (answers is not null && !isOvertaken)
            Set(key, new Item(answers.GetValueOrDefault(key), time.GetUtcNow(), ++_count) { IsDropped = !isCurrent });
    }

    private void Set(string key, Item item)
    {
        _items[key] = item;
        if (_items.Count <= how.MostItems)
            return;
        foreach (var old in _items.OrderBy(one => one.Value.Order).Take((how.MostItems / 10) + 1).Select(one => one.Key).ToList())
            _items.Remove(old);
    }

    private sealed record Item(T? Value, DateTimeOffset At, long Order)
    {
        public bool IsDropped { get; init; }
    }

    private sealed class Call
    {
        public Task Ended { get; set; } = Task.CompletedTask;
    }
}
