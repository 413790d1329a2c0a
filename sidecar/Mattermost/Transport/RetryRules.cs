using System.Net;
using Polly;
using Polly.Retry;

namespace MattermostLearning.Mattermost.Transport;

/// <summary>What repeating a call may do.</summary>
internal enum Repetition
{
    /// <summary>It changes something: repeated only after a 429, which says that nothing was done.</summary>
    Once,

    /// <summary>It reads, or twice is the same as once.</summary>
    Free,
}

/// <summary>When a call is made again, and after how long. Waits after a 429 are the gate's, so that everybody keeps them.</summary>
internal static class RetryRules
{
    public static readonly HttpRequestOptionsKey<Repetition> Key = new("mattermost.repetition");

    public static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("mattermost.request");

    public static RetryStrategyOptions<HttpResponseMessage> Options(MattermostClientOptions options, TimeProvider time) => new()
    {
        MaxRetryAttempts = Math.Max(1, options.MaxRetries),
        ShouldHandle = arguments => ValueTask.FromResult(
            options.MaxRetries > 0 && ShouldRepeat(arguments.Outcome, arguments.Context.Properties.GetValue(Request, null!), options.MaxWait, time)),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Delay(arguments.Outcome, arguments.AttemptNumber, options, time)),
    };

    private static bool ShouldRepeat(
        Outcome<HttpResponseMessage> outcome, HttpRequestMessage request, TimeSpan maxWait, TimeProvider time)
    {
        var free = request.Options.TryGetValue(Key, out var repetition) && repetition == Repetition.Free;
        if (outcome.Result is { } response)
        {
            if (RateGate.RetryAfter(response, time) > maxWait) return false;
            return response.StatusCode == HttpStatusCode.TooManyRequests || (free && (int)response.StatusCode >= 500);
        }
        return free && outcome.Exception is AttemptFailedException { Failure: MattermostFailure.Unreachable or MattermostFailure.TimedOut };
    }

    private static TimeSpan Delay(Outcome<HttpResponseMessage> outcome, int attempt, MattermostClientOptions options, TimeProvider time)
    {
        if (outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests) return TimeSpan.Zero;
        var backoff = options.RetryBackoff * Math.Pow(2, attempt) * (0.5 + options.Jitter());
        var told = outcome.Result is { } response ? RateGate.RetryAfter(response, time) : null;
        return told > backoff ? told.Value : backoff;
    }
}

/// <summary>Makes a call again by those rules.</summary>
internal sealed class RetryHandler(ResiliencePipeline<HttpResponseMessage> pipeline) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RetryRules.Request, request);
        try
        {
            return await pipeline.ExecuteAsync(
                static async (context, call) => await call.Handler.AttemptAsync(call.Request, context.CancellationToken), context, (Handler: this, Request: request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(request, cancellationToken);
}
