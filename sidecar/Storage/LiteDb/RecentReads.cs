using System.Collections.Concurrent;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>
/// What was read lately of one collection. The same few documents are asked for with nearly every answer, and asking LiteDB for them costs
/// several times the rest of it.
/// </summary>
/// <remarks>
/// An answer holds until the next write to its collection. What is read while a write is under way may be from before it or from after it, so
/// it is kept only if no write has ended since the reading began.
/// </remarks>
internal sealed class RecentReads
{
    private const int MostAnswers = 1_000;

    /// <summary>Longer answers are lists that somebody goes through once.</summary>
    private const int LongestAnswer = 16;

    private readonly ConcurrentDictionary<Question, object?> _answers = new();
    private readonly Lock _gate = new();
    private long _writes;

    /// <summary>To be asked before reading what is to be kept.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>Null may be the answer.</summary>
    public bool TryGet<T>(in Question question, out T? answer) where T : class
    {
        var isKnown = _answers.TryGetValue(question, out var known);
        answer = (T?)known;
        return isKnown;
    }

    /// <param name="question">What was asked.</param>
    /// <param name="answer">A document, or null where there is none.</param>
    /// <param name="writes"><see cref="Writes"/> from before the reading.</param>
    public void Keep(in Question question, object? answer, long writes)
    {
        lock (_gate)
        {
            if (_writes != writes)
                return;
            if (_answers.Count >= MostAnswers)
                _answers.Clear();
            _answers[question] = answer;
        }
    }

    /// <inheritdoc cref="Keep(in Question, object?, long)"/>
    public void Keep<T>(in Question question, T[] answer, long writes)
    {
        if (answer.Length <= LongestAnswer)
            Keep(question, (object)answer, writes);
    }

    /// <summary>The collection is about to be told as it is now to whoever wrote to it.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _writes++;
            _answers.Clear();
        }
    }
}

/// <param name="Index">Null for a document by its id.</param>
/// <param name="From">The id, or the first key.</param>
/// <param name="Below">The key after the last one; null for no end.</param>
/// <param name="Limit">How many at most.</param>
internal readonly record struct Question(string? Index, string From, string? Below = null, int Limit = 1);
