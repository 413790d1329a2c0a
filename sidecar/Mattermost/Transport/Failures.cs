using System.Net;
using System.Text;
using System.Text.Json;
using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Mattermost.Transport;

/// <summary>The one place where answers and their absence become a <see cref="MattermostException"/>.</summary>
internal static class Failures
{
    private const string IsItMattermost = "is Mattermost__Url the address of Mattermost itself?";

    public static MattermostException NoAnswer(Call call, AttemptFailedException failure) => new(
        $"{call.Method} {call.Shown} got no answer from Mattermost: {failure.Message}.", failure.InnerException)
    {
        Failure = failure.Failure,
        IsTransient = failure.Failure is MattermostFailure.Unreachable or MattermostFailure.TimedOut,
        OutcomeUnknown = call.Changes && failure.MayHaveArrived,
    };

    public static MattermostException Paused(Call call, TimeSpan wait) => new(
        $"{call.Method} {call.Shown} was not sent: Mattermost asked for a pause of {wait.TotalSeconds:0} s more.")
    {
        Failure = MattermostFailure.Refused,
        Status = HttpStatusCode.TooManyRequests,
        RetryAfter = wait,
        IsTransient = true,
    };

    /// <summary>An answer whose status is not a success.</summary>
    public static MattermostException From(Call call, HttpResponseMessage response, byte[] body, string? token, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400) return Redirect(call, response);

        var error = ReadError(body);
        var transient = status is 408 or 429 or >= 500;
        var words = error?.Message is { Length: > 0 } message ? Excerpt.Of(message, token, 300) : Seen(response, body, token);
        var id = IsErrorId(error?.Id, token) ? error!.Id! : "";
        var named = error?.RequestId ?? Header(response, "X-Request-Id");
        var requestId = MattermostId.IsValid(named) ? named : "";
        var text = new StringBuilder($"{call.Method} {call.Shown} was refused with {status}");
        if (id.Length > 0) text.Append(' ').Append(id);
        if (words.Length > 0) text.Append(": ").Append(words);
        if (requestId.Length > 0) text.Append(" (request ").Append(requestId).Append(')');
        return new MattermostException(text.ToString())
        {
            Failure = error is null && status is not (408 or 429 or >= 500) ? MattermostFailure.NotMattermost : MattermostFailure.Refused,
            Status = response.StatusCode,
            Id = id,
            RequestId = requestId,
            RetryAfter = transient ? RateGate.RetryAfter(response, time) : null,
            IsTransient = transient,
            OutcomeUnknown = call.Changes && status is 408 or >= 500,
        };
    }

    /// <summary>A success that is not what Mattermost would have said.</summary>
    public static MattermostException NotMattermost(Call call, HttpResponseMessage response, byte[] body, string? token) => new(
        $"{call.Method} {call.Shown} {Seen(response, body, token)}")
    {
        Failure = MattermostFailure.NotMattermost,
        Status = response.StatusCode,
        OutcomeUnknown = call.Changes,
    };

    private static MattermostException Redirect(Call call, HttpResponseMessage response)
    {
        var location = response.Headers.Location;
        var where = location is { IsAbsoluteUri: true } ? location.GetLeftPart(UriPartial.Authority) : "another page";
        return new MattermostException(
            $"{call.Method} {call.Shown} was answered with a redirect to {Excerpt.Of(where, null, 100)}, which Mattermost never does: {IsItMattermost}")
        {
            Failure = MattermostFailure.NotMattermost,
            Status = response.StatusCode,
        };
    }

    /// <summary>Ids of errors are kept exactly, since callers branch on them; what does not look like one is dropped.</summary>
    private static bool IsErrorId(string? id, string? token) =>
        id is { Length: > 0 and <= 160 }
        && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-')
        && (string.IsNullOrEmpty(token) || !id.Contains(token, StringComparison.OrdinalIgnoreCase));

    private static string Seen(HttpResponseMessage response, byte[] body, string? token)
    {
        var start = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 4000));
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        var trimmed = start.TrimStart();
        var excerpt = Excerpt.Of(start, token);
        var quoted = excerpt.Length > 0 ? $" It begins: \"{excerpt}\"." : "";
        if (trimmed.Length == 0) return "answered with nothing at all.";
        if (type.Contains("html", StringComparison.OrdinalIgnoreCase) || trimmed[0] == '<')
            return $"answered with HTML, not JSON: {IsItMattermost}{quoted}";
        return trimmed[0] is '{' or '['
            ? $"answered with JSON of another shape than expected: {IsItMattermost}"
            : $"answered with text, not JSON.{quoted}";
    }

    private static ErrorWire? ReadError(byte[] body)
    {
        try
        {
            var error = JsonSerializer.Deserialize(body, MattermostJson.Wire.ErrorWire);
            return error is { Id.Length: > 0 } or { Message.Length: > 0 } ? error : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
