using System.Globalization;
using System.Text;

namespace MattermostLearning.Playground.StandIn;

/// <summary>One request as it arrives, whatever carried it.</summary>
internal sealed record Request(string Method, string Path, IReadOnlyDictionary<string, string> Query, string Token, string ContentType, byte[] Body);

/// <summary>What becomes of it: an answer, and whether the line is cut before or amid it.</summary>
internal sealed record Outcome(Answer Answer, bool IsCut = false, bool IsHalved = false);

/// <summary>The one way in: finds who calls, limits, strikes with faults, routes, and turns refusals into error bodies.</summary>
internal sealed class Front(World world, Routes routes, Faults faults)
{
    private const string RetryAfter = "Retry-After";

    private readonly Dictionary<string, (double Tokens, long At)> _buckets = [];

    /// <summary>How many calls the limit refused.</summary>
    public int Refused { get; private set; }

    public async Task<Outcome> ServeAsync(Request request, bool isPerson)
    {
        try
        {
            return await AnswerAsync(request, isPerson);
        }
        catch (ServerEndedException)
        {
            return new Outcome(Answer.Done(), IsCut: true);
        }
    }

    private async Task<Outcome> AnswerAsync(Request request, bool isPerson)
    {
        var requestId = world.Ids.Next();
        var path = request.Path.StartsWith("/api/v4/", StringComparison.Ordinal) ? request.Path["/api/v4".Length..] : "/~" + request.Path;
        User? caller;
        lock (world.Gate)
            caller = Caller(request.Token);
        var fault = isPerson ? null : faults.Next(new FaultTarget(request.Method, path, caller?.Name ?? "", caller?.IsBot ?? false));
        if (fault is { Delay.Ticks: > 0 })
            await world.TakeAsync(fault.Delay);
        if (fault is { DropBefore: true })
            return new Outcome(Answer.Done(), IsCut: true);
        if (fault?.Status is { } status)
            return new Outcome(status == 429 ? TooMany(fault.RetryAfterSeconds) : Error(new Refusal(status, fault.ErrorId, "A fault that was asked for."), requestId));
        var allowance = isPerson ? [] : AllowanceOf(request.Token);
        if (allowance.ContainsKey(RetryAfter))
            return new Outcome(TooMany(allowance));

        Answer answer;
        try
        {
            answer = await routes.Dispatch(new Call
            {
                Method = request.Method, Path = path, Caller = caller, Token = request.Token, Query = request.Query, Body = request.Body,
                ContentType = request.ContentType, RequestId = requestId, SaveTakes = fault?.SaveTakes ?? default,
            });
        }
        catch (Refusal refusal)
        {
            answer = Error(refusal, requestId);
        }

        foreach (var (name, value) in answer.Headers)
            allowance[name] = value;
        return new Outcome(Stamped(answer, allowance, requestId), fault is { DropAfter: true }, fault is { HalfBody: true });
    }

    public User? Caller(string token) =>
        world.Sessions.TryGetValue(token, out var session) && world.Users.TryGetValue(session.UserId, out var user) && user.DeleteAt == 0 ? user : null;

    private Answer Error(Refusal refusal, string requestId) => Stamped(new Answer(refusal.Status, refusal.ToJson(requestId)), [], requestId);

    private Answer Stamped(Answer answer, Dictionary<string, string> headers, string requestId)
    {
        (headers["X-Request-Id"], headers["X-Version-Id"]) = (requestId, world.VersionId);
        return answer with { Headers = headers };
    }

    private static Answer TooMany(int seconds)
    {
        var wait = seconds.ToString(CultureInfo.InvariantCulture);
        return TooMany(new Dictionary<string, string> { [RetryAfter] = wait, ["X-RateLimit-Limit"] = "0", ["X-RateLimit-Remaining"] = "0", ["X-RateLimit-Reset"] = wait });
    }

    private static Answer TooMany(Dictionary<string, string> headers) =>
        new(429, null) { Bytes = Encoding.UTF8.GetBytes("limit exceeded\n"), ContentType = "text/plain; charset=utf-8", Headers = headers };

    /// <summary>What a call leaves to its caller: while Mattermost limits, it tells that with every answer, and with a refusal how long to wait.</summary>
    private Dictionary<string, string> AllowanceOf(string key)
    {
        if (world.Options.RequestsPerSecond is not { } perSecond)
            return [];
        lock (_buckets)
        {
            var now = world.Clock.GetTimestamp();
            var (tokens, at) = _buckets.GetValueOrDefault(key, (world.Options.Burst, now));
            tokens = Math.Min(world.Options.Burst, tokens + world.Clock.GetElapsedTime(at, now).TotalSeconds * perSecond);
            var isTaken = tokens >= 1;
            var left = isTaken ? tokens - 1 : tokens;
            _buckets[key] = (left, now);
            var allowance = new Dictionary<string, string>
            {
                ["X-RateLimit-Limit"] = Whole(world.Options.Burst), ["X-RateLimit-Remaining"] = Whole(Math.Floor(left)), ["X-RateLimit-Reset"] = Whole(Math.Ceiling((world.Options.Burst - left) / perSecond)),
            };
            if (!isTaken)
            {
                Refused++;
                allowance[RetryAfter] = Whole(Math.Max(1, Math.Ceiling((1 - tokens) / perSecond)));
            }

            return allowance;
        }
    }

    private static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
