using MattermostLearning.Activities.Engine.Kinds;
using Activity = System.Diagnostics.Activity;
using ActivityContext = System.Diagnostics.ActivityContext;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>
/// Events of one run, decided one after the other. Whatever has gathered while a commit was under way is decided together and
/// becomes one commit: many clicks in a moment cost one write to the disk.
/// </summary>
internal sealed class RunMailbox(string runId, Func<string, IReadOnlyList<Letter>, Task> decide)
{
    private const int MostAtOnce = 256;

    /// <summary>From a call's first byte to its letter everything that is ready to run has its turn about so often.</summary>
    private const int TurnsOnTheWay = 3;

    private readonly Queue<Letter> _waiting = new();
    private readonly Lock _gate = new();
    private bool _isWorking;

    public bool IsAtRest
    {
        get
        {
            lock (_gate)
                return !_isWorking;
        }
    }

    public Task<Reply?> Post(Letter letter)
    {
        lock (_gate)
        {
            _waiting.Enqueue(letter);
            if (!_isWorking)
            {
                _isWorking = true;
                _ = Task.Run(WorkAsync);
            }
        }

        return letter.Answer;
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            await GatherAsync();
            if (Take() is not { Count: > 0 } letters)
                return;
            try
            {
                await decide(runId, letters);
            }
            catch (Exception e)
            {
                // Whoever sent a letter gets the failure: to them it is theirs, and the next letters go on.
                foreach (var letter in letters)
                    letter.Fail(e);
            }
        }
    }

    /// <summary>
    /// Who comes at the same moment is still on the way while the first is here, and would wait for its commit, and then for one more. So everything that is ready to run
    /// goes first, as long as that brings more.
    /// </summary>
    private async Task GatherAsync()
    {
        for (int turn = 0, before = 0, waiting = Waiting; waiting < MostAtOnce && (waiting > before || turn < TurnsOnTheWay); turn++)
        {
            await Task.Yield();
            (before, waiting) = (waiting, Waiting);
        }
    }

    private int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    private List<Letter> Take()
    {
        lock (_gate)
        {
            var taken = new List<Letter>(Math.Min(_waiting.Count, MostAtOnce));
            while (taken.Count < MostAtOnce && _waiting.TryDequeue(out var letter))
                taken.Add(letter);
            _isWorking = taken.Count > 0;
            return taken;
        }
    }
}

/// <summary>One event on its way to a decision, and the answer to whoever sent it.</summary>
internal sealed class Letter(string? occurrenceId, ActivityEvent happened)
{
    private readonly TaskCompletionSource<Reply?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? OccurrenceId => occurrenceId;

    public ActivityEvent Happened => happened;

    /// <summary>What its sender was doing, for traces: letters of several senders are decided together.</summary>
    public ActivityContext Cause { get; } = Activity.Current?.Context ?? default;

    public Task<Reply?> Answer => _answer.Task;

    /// <summary>What was decided, to be given once it is committed.</summary>
    public Reply? Decided { get; set; }

    public bool IsDone => _answer.Task.IsCompleted;

    public void Deliver() => _answer.TrySetResult(Decided);

    public void Fail(Exception e) => _answer.TrySetException(e);
}
