using System.Globalization;
using Microsoft.Extensions.Options;

namespace MattermostLearning.Mattermost.Transport;

/// <summary>
/// One gate for all requests: a token bucket that first learns from the server whether it limits at all, and a pause for everybody
/// after a 429. Waiters go in order.
/// </summary>
internal sealed class RateGate
{
    /// <summary>What the server takes by default is 10 a second.</summary>
    private const double LearnedRate = 9;

    /// <summary>Whatever an answer claims, nobody is locked out for longer.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly TimeSpan maxWait;
    private double? rate;
    private double burst;
    private double tokens;
    private long filledAt;
    private long pausedUntil;

    public RateGate(IOptions<MattermostClientOptions> options, TimeProvider time)
    {
        this.time = time;
        maxWait = options.Value.MaxWait;
        rate = options.Value.RatePerSecond;
        burst = options.Value.Burst;
        tokens = burst;
        filledAt = pausedUntil = time.GetTimestamp();
    }

    /// <summary>Waits for a turn. Throws when the wait would be longer than a call may sit through.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (wait, paused) = TakeTurn();
            if (paused && wait > maxWait)
                throw new RateGateClosedException(wait);
            if (wait > TimeSpan.Zero)
            {
                try
                {
                    // A delay counts whole milliseconds: cut to fewer, the last part of one would be asked for over and over.
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
                }
                catch (OperationCanceledException) when (!paused)
                {
                    GiveBack();
                    throw;
                }
            }
            if (!paused && !IsPaused()) return;
            if (!paused) GiveBack(); // somebody met a 429 while this one waited
        }
    }

    /// <summary>What an answer tells of the server's limits.</summary>
    public void Observe(HttpResponseMessage response)
    {
        var limit = Number(response, "X-RateLimit-Limit");
        var remaining = Number(response, "X-RateLimit-Remaining");
        lock (gate)
        {
            if (limit is > 0)
            {
                Refill();
                rate ??= LearnedRate;
                burst = Math.Max(1, Math.Min(burst, limit.Value * 0.9));
                // Others may share our address, so the server's count is the truth where it is lower.
                if (remaining is not null) tokens = Math.Min(tokens, remaining.Value - (limit.Value - burst));
            }
            if ((int)response.StatusCode != 429) return;
            var told = RetryAfter(response, time) ?? TimeSpan.FromSeconds(1);
            var until = time.GetTimestamp() + ToTicks(told > LongestPause ? LongestPause : told);
            pausedUntil = Math.Max(pausedUntil, until);
            tokens = Math.Min(tokens, 1);
        }
    }

    /// <summary>How long the server asks to wait: <c>Retry-After</c>, else <c>X-RateLimit-Reset</c>, which counts seconds too.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var told = header?.Delta
            ?? (header?.Date is { } date ? date - time.GetUtcNow() : (TimeSpan?)null)
            ?? (Number(response, "X-RateLimit-Reset") is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return told is null ? null : told < TimeSpan.Zero ? TimeSpan.Zero : told;
    }

    /// <summary>Takes a token, one of the future if need be, and says when it is good; or, while paused, says when to ask again.</summary>
    private (TimeSpan Wait, bool Paused) TakeTurn()
    {
        lock (gate)
        {
            var pause = time.GetElapsedTime(time.GetTimestamp(), pausedUntil);
            if (pause > TimeSpan.Zero) return (pause, true);
            if (rate is not { } perSecond) return (TimeSpan.Zero, false);
            Refill();
            tokens--;
            return (tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-tokens / perSecond), false);
        }
    }

    private bool IsPaused()
    {
        lock (gate) return pausedUntil > time.GetTimestamp();
    }

    private void GiveBack()
    {
        lock (gate)
        {
            if (rate is not null) tokens = Math.Min(burst, tokens + 1);
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        tokens = Math.Min(burst, tokens + (time.GetElapsedTime(filledAt, now).TotalSeconds * (rate ?? LearnedRate)));
        filledAt = now;
    }

    private long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private static double? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && double.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < 1_000_000
            ? number
            : null;
}

/// <summary>The server asked for a longer pause than a call may sit through.</summary>
internal sealed class RateGateClosedException(TimeSpan wait) : Exception("Mattermost asked for a pause.")
{
    public TimeSpan Wait { get; } = wait;
}

internal sealed class RateGateHandler(RateGate gate) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await gate.AcquireAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        gate.Observe(response);
        return response;
    }
}
