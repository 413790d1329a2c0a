namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>Work that is done one after the other, in the order in which it came, beside whoever brings it.</summary>
public sealed class OneByOne
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private int _underWay;

    public bool IsAtRest => Volatile.Read(ref _underWay) == 0;

    /// <param name="work">Sees to its own failures: nobody waits for it, and what comes after it is done all the same.</param>
    public void Add(Func<Task> work)
    {
        Interlocked.Increment(ref _underWay);
        lock (_gate)
            _last = AfterAsync(_last, work);
    }

    private async Task AfterAsync(Task earlier, Func<Task> work)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await work();
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
