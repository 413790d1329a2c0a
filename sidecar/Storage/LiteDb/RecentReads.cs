using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>
/// What was read or written lately of one collection. The same few documents are asked for with nearly every answer, and asking LiteDB for them costs
/// several times the rest of it.
/// </summary>
/// <remarks>
/// A document holds until the next write to it, and then as it was written; a list until the next write to its collection. What is read while a write is under way may be from before it or
/// from after it, so it is kept only if no write has ended since the reading began.
/// </remarks>
internal sealed class RecentReads
{
    private const int MostAnswers = 1_000;

    /// <summary>Of a longer list the documents are not kept either.</summary>
    private const int MostOfOneList = 500;

    /// <summary>Longer answers are lists that somebody goes through once.</summary>
    private const int LongestAnswer = 16;

    private readonly ConcurrentDictionary<string, object?> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Question, object> _lists = new();
    private readonly Lock _gate = new();
    private long _writes;
    private int _kept;

    /// <summary>To be asked before reading what is to be kept.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>Null may be the answer: there is no such document.</summary>
    public bool TryGet<T>(string id, out T? document) where T : class
    {
        var isKnown = _documents.TryGetValue(id, out var known);
        document = (T?)known;
        return isKnown;
    }

    public bool TryGetList<T>(in Question question, [NotNullWhen(true)] out T[]? list)
    {
        var isKnown = _lists.TryGetValue(question, out var known);
        list = (T[]?)known;
        return isKnown;
    }

    /// <param name="id">Of the document.</param>
    /// <param name="document">Null where there is none.</param>
    /// <param name="writes"><see cref="Writes"/> from before the reading.</param>
    public void Keep(string id, object? document, long writes)
    {
        lock (_gate)
        {
            if (_writes == writes)
                KeepOne(id, document);
        }
    }

    /// <param name="question">What was asked.</param>
    /// <param name="list">The answer. Each document in it is likely to be asked for next.</param>
    /// <param name="idOf">Of each of them.</param>
    /// <param name="writes"><see cref="Writes"/> from before the reading.</param>
    public void Keep<T>(in Question question, T[] list, Func<T, string> idOf, long writes) where T : class
    {
        lock (_gate)
        {
            if (_writes != writes)
                return;
            if (list.Length <= LongestAnswer)
            {
                if (_lists.Count >= MostAnswers)
                    _lists.Clear();
                _lists[question] = list;
            }

            if (list.Length > MostOfOneList)
                return;
            foreach (var document in list)
                KeepOne(idOf(document), document);
        }
    }

    /// <summary>It is not known how these are now.</summary>
    public void Forget(IEnumerable<string> ids)
    {
        lock (_gate)
        {
            _writes++;
            _lists.Clear();
            foreach (var id in ids)
                _documents.TryRemove(id, out _);
        }
    }

    /// <summary>These are committed, and are read like this from now on; null for one that is gone.</summary>
    public void Keep(IEnumerable<(string Id, object? Document)> written)
    {
        lock (_gate)
        {
            _writes++;
            _lists.Clear();
            foreach (var (id, document) in written)
                KeepOne(id, document);
        }
    }

    /// <summary>Whatever was read may no longer be so.</summary>
    public void ForgetAll()
    {
        lock (_gate)
        {
            _writes++;
            _lists.Clear();
            _documents.Clear();
            _kept = 0;
        }
    }

    private void KeepOne(string id, object? document)
    {
        // Counted here: asked for its count, the dictionary stops everybody who reads.
        if (++_kept > MostAnswers)
        {
            _documents.Clear();
            _kept = 1;
        }

        _documents[id] = document;
    }
}

/// <param name="Index">Its name.</param>
/// <param name="From">The first key.</param>
/// <param name="Below">The key after the last one; null for no end.</param>
/// <param name="Limit">How many at most.</param>
internal readonly record struct Question(string Index, string From, string? Below, int Limit);
