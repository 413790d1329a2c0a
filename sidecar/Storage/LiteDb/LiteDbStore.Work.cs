using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Storage.LiteDb;

/// <summary>What waits for the writer, and how whoever waits for it learns what became of it.</summary>
public sealed partial class LiteDbStore
{
    private abstract class Work
    {
        private const int Waiting = 0, Begun = 1, Cancelled = 2;

        private int _state;

        public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

        public abstract void Fail(Exception e);

        protected bool TrySetCancelled() => Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting;
    }

    private abstract class Work<TResult> : Work
    {
        private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TResult> Task => _done.Task;

        public void TryCancel(CancellationToken token)
        {
            if (TrySetCancelled())
                _done.TrySetCanceled(token);
        }

        public override void Fail(Exception e) => _done.TrySetException(e);

        protected void Succeed(TResult result) => _done.TrySetResult(result);
    }

    private sealed class Commit(PreparedChange[] set) : Work<CommitOutcome>
    {
        public PreparedChange[] Set { get; } = set;

        public CommitOutcome Outcome { get; set; }

        public void Complete() => Succeed(Outcome);
    }

    private interface IErrand
    {
        void Run();

        void Fail(Exception e);
    }

    private sealed class Errand<TResult>(Func<TResult> run) : Work<TResult>, IErrand
    {
        public void Run() => Succeed(run());
    }
}
