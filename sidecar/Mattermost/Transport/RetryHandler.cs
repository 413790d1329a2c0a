using System.Net;

namespace MattermostLearning.Mattermost.Transport;

/// <summary>What repeating a call may do.</summary>
internal enum Repetition
{
    /// <summary>It changes something: repeated only after a 429, which says that nothing was done.</summary>
    Once,

    /// <summary>It reads, or twice is the same as once.</summary>
    Free,
}

/// <summary>
/// Makes a call again, when that may help and does no harm. Waits after a 429 are the gate's, so that everybody keeps them. A loop of its own: a library for
/// this brought as much into memory as all of the client.
/// </summary>
internal sealed class RetryHandler(MattermostClientOptions options, TimeProvider time) : DelegatingHandler
{
    public static readonly HttpRequestOptionsKey<Repetition> Key = new("mattermost.repetition");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isFree = request.Options.TryGetValue(Key, out var repetition) && repetition == Repetition.Free;
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (attempt == options.MaxRetries || !MayRepeat(response, isFree))
                    return response;
                pause = PauseAfter(response, attempt);
                response.Dispose();
            }
            catch (AttemptFailedException e) when (attempt < options.MaxRetries && isFree && e.Failure is MattermostFailure.Unreachable or MattermostFailure.TimedOut)
            {
                pause = Backoff(attempt);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private bool MayRepeat(HttpResponseMessage response, bool isFree) =>
        !(RateGate.RetryAfter(response, time) > options.MaxWait)
        && (response.StatusCode == HttpStatusCode.TooManyRequests || (isFree && (int)response.StatusCode >= 500));

    private TimeSpan PauseAfter(HttpResponseMessage response, int attempt)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return TimeSpan.Zero;
        var backoff = Backoff(attempt);
        return RateGate.RetryAfter(response, time) is { } told && told > backoff ? told : backoff;
    }

    private TimeSpan Backoff(int attempt) => options.RetryBackoff * Math.Pow(2, attempt) * (0.5 + options.Jitter());
}
