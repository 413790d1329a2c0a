using System.Diagnostics.CodeAnalysis;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.TestKit;

/// <summary>
/// The store and the network of one sidecar process. Cut, it ends both at once: whatever the process still does after that leaves no
/// trace, as after a kill.
/// </summary>
/// <param name="store">What it writes to.</param>
/// <param name="answersFirst">Ends when nobody waits for an answer; a message of the process stands only after it. Null where messages and answers may cross.</param>
[SuppressMessage("Design", "CA1001", Justification = "No timer hangs on the source, and what the dead process still does may ask it at any time.")]
public sealed class Lifeline(ILearningStore store, Func<Task>? answersFirst = null) : ILearningStore
{
    private readonly CancellationTokenSource _cut = new();
    private readonly Func<Task>? _answersFirst = answersFirst;
    private int _commitsLeft = int.MaxValue;
    private int _onTheWire;

    /// <summary>Calls whose answers have not come yet.</summary>
    public int OnTheWire => Volatile.Read(ref _onTheWire);

    public bool IsCut => _cut.IsCancellationRequested;

    /// <summary>How many commits the process has made.</summary>
    public int Commits { get; private set; }

    public StoreHealth Health => store.Health;

    public void Cut() => _cut.Cancel();

    /// <summary>Lets so many more commits happen. The process ends with the last of them, which is stored, but whose outcome it never hears.</summary>
    public void CutWithCommit(int number) => Volatile.Write(ref _commitsLeft, number);

    public async Task<CommitOutcome> CommitAsync(ChangeSet changes, CancellationToken cancellationToken = default)
    {
        ThrowIfCut();
        var left = Interlocked.Decrement(ref _commitsLeft);
        var outcome = await store.CommitAsync(changes, cancellationToken);
        Commits++;
        if (left <= 0)
            Cut();
        ThrowIfCut();
        return outcome;
    }

    public ValueTask<T?> GetAsync<T>(string id, CancellationToken cancellationToken = default) where T : Document, IStored<T>
    {
        ThrowIfCut();
        return store.GetAsync<T>(id, cancellationToken);
    }

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ThrowIfCut();
        return store.FindAsync(index, key, cancellationToken);
    }

    public ValueTask<IReadOnlyList<T>> FindAsync<T>(DocumentIndex<T> index, string key, string afterId, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ThrowIfCut();
        return store.FindAsync(index, key, afterId, limit, cancellationToken);
    }

    public ValueTask<IReadOnlyList<T>> RangeAsync<T>(DocumentIndex<T> index, string from, string? below, int limit, CancellationToken cancellationToken = default)
        where T : Document, IStored<T>
    {
        ThrowIfCut();
        return store.RangeAsync(index, from, below, limit, cancellationToken);
    }

    /// <summary>What stands below the client of that process.</summary>
    public HttpMessageHandler Transport() => new Line(this);

    private void ThrowIfCut()
    {
        if (IsCut)
            throw new StoreUnavailableException("This process was killed.");
    }

    /// <summary>The network, until it is cut: then whatever is on its way ends without an answer.</summary>
    private sealed class Line(Lifeline life) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(life._cut.Token, cancellationToken);
            try
            {
                if (life._answersFirst is { } answers && request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/api/v4/posts", StringComparison.Ordinal))
                    await answers().WaitAsync(either.Token);
                return await CallAsync(request, either.Token);
            }
            catch (OperationCanceledException) when (life.IsCut)
            {
                throw new HttpRequestException("This process was killed.");
            }
        }

        private async Task<HttpResponseMessage> CallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref life._onTheWire);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref life._onTheWire);
            }
        }
    }
}
