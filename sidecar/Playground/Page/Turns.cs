using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;

namespace MattermostLearning.Playground.Page;

/// <summary>
/// Whoever acts takes a turn, one after the other however many windows are open: what they do and all that follows from it at once has
/// ended before the next one acts. Between turns the clock stands still.
/// </summary>
internal sealed class Turns(VirtualTimeDriver driver, Transcript transcript) : IDisposable
{
    /// <summary>How far the clock is moved to find something that people can see.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromDays(60);

    /// <summary>
    /// The sidecar gathers what several people do for some seconds before it edits a post. That is not worth moving the clock by hand: so
    /// many seconds pass with whatever somebody does, when something waits for them.
    /// </summary>
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);

    public DateTimeOffset Now => driver.Now;

    public Task<T> TakeAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var result = await act();
        await driver.SettleAsync();
        for (var until = driver.Now + ShortPause; driver.NextMoment() is { } next && next <= until;)
            await driver.AdvanceToAsync(next > driver.Now ? next : driver.Now);
        return result;
    }, cancellationToken);

    /// <returns>Whether anybody could see something of it.</returns>
    public Task<bool> AdvanceAsync(TimeSpan delta, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var before = transcript.Count;
        await driver.AdvanceAsync(delta);
        return transcript.Count > before;
    }, cancellationToken);

    /// <summary>Moves the clock until something happens that people can see: most of what is due is done in silence.</summary>
    /// <returns>False when there is nothing for two months; the clock then stands at the last thing that was done.</returns>
    public Task<bool> AdvanceToNextAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var before = transcript.Count;
        var limit = driver.Now + LongestLook;
        await driver.SettleAsync();
        while (transcript.Count == before && driver.NextMoment() is { } next && next <= limit)
            await driver.AdvanceToAsync(next > driver.Now ? next : driver.Now);
        return transcript.Count > before;
    }, cancellationToken);

    public void Dispose() => _turn.Dispose();

    /// <summary>Whoever has begun is not stopped halfway because a window was closed.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }
}
