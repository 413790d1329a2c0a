using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Messages;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Mattermost.Transport;

/// <summary>Between typed calls and HTTP: addresses, the token, JSON both ways, and one kind of exception.</summary>
internal sealed class MattermostTransport
{
    public const string HttpClientName = "MattermostLearning.Mattermost";

    private static readonly MediaTypeWithQualityHeaderValue Accepted = new("application/json");
    private static readonly ProductInfoHeaderValue Agent = new("MattermostLearning", null);

    private readonly HttpClient client;
    private readonly IMattermostCredentials credentials;
    private readonly TimeProvider time;
    private readonly ILogger<MattermostTransport> log;
    private volatile Version? serverVersion;
    private volatile MessageLimits limits = MessageLimits.Default;
    private int underway;

    public MattermostTransport(IHttpClientFactory clients, IMattermostCredentials credentials, TimeProvider time, ILogger<MattermostTransport> log)
    {
        (this.credentials, this.time, this.log) = (credentials, time, log);
        // One for all calls: what stands below has no end of its own. Made now, so that it is disposed after whoever calls: it waits for calls that are under way, and they
        // end with their callers.
        client = clients.CreateClient(HttpClientName);
    }

    public Version? ServerVersion => serverVersion;

    public int Underway => Volatile.Read(ref underway);

    public MessageLimits Limits
    {
        get => limits;
        set => limits = value;
    }

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        ExchangeAsync(new Call(HttpMethod.Get, path, Repetition.Free), null, answer, cancellationToken);

    /// <summary>A read of what is no JSON.</summary>
    public Task<byte[]> GetBytesAsync(string path, CancellationToken cancellationToken) =>
        ExchangeAsync(new Call(HttpMethod.Get, path, Repetition.Free), null, (_, _, bytes, _) => bytes, cancellationToken);

    /// <summary>A read that needs a body.</summary>
    public Task<T> QueryAsync<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        ExchangeAsync(new Call(HttpMethod.Post, path, Repetition.Free), Body(body, bodyType), answer, cancellationToken);

    /// <summary>A change that is the same when made twice.</summary>
    public Task<T> SendRepeatableAsync<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        QueryAsync(path, body, bodyType, answer, cancellationToken);

    public Task<T> SendAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        SendAsync(method, path, Body(body, bodyType), answer, cancellationToken);

    public Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        SendAsync(method, path, NoBody(), answer, cancellationToken);

    public Task<T> SendAsync<T>(
        HttpMethod method, string path, HttpContent body, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        ExchangeAsync(new Call(method, path, Repetition.Once), body, answer, cancellationToken);

    /// <summary>A change whose answer says no more than that it happened.</summary>
    public Task SendAsync<TBody>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken) =>
        SendAsync(method, path, Body(body, bodyType), MattermostJson.Wire.JsonElement, cancellationToken);

    public Task SendAsync(HttpMethod method, string path, CancellationToken cancellationToken) =>
        SendAsync(method, path, NoBody(), MattermostJson.Wire.JsonElement, cancellationToken);

    private Task<T> ExchangeAsync<T>(Call call, HttpContent? body, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        ExchangeAsync(call, body, (asked, response, bytes, token) => Read(asked, response, bytes, answer, token), cancellationToken);

    private async Task<T> ExchangeAsync<T>(
        Call call, HttpContent? body, Func<Call, HttpResponseMessage, byte[], string?, T> read, CancellationToken cancellationToken)
    {
        var token = credentials.Token;
        using var request = new HttpRequestMessage(call.Method, Address(credentials.BaseAddress, call.Path)) { Content = body };
        request.Headers.Accept.Add(Accepted);
        request.Headers.UserAgent.Add(Agent);
        if (!string.IsNullOrEmpty(token)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Options.Set(RetryHandler.Key, call.Repetition);

        var started = time.GetTimestamp();
        HttpResponseMessage response;
        Interlocked.Increment(ref underway);
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (AttemptFailedException failure)
        {
            throw Failures.NoAnswer(call, failure);
        }
        catch (RateGateClosedException closed)
        {
            throw Failures.Paused(call, closed.Wait);
        }
        finally
        {
            Interlocked.Decrement(ref underway);
        }

        using (response)
        {
            log.LogDebug(
                "{Method} {Path}: {Status} in {Milliseconds:0} ms",
                call.Method.Method, call.Shown, (int)response.StatusCode, time.GetElapsedTime(started).TotalMilliseconds);
            NoteVersion(response);
            var bytes = response.Content is WholeContent whole ? whole.Bytes : await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode) throw Failures.From(call, response, bytes, token, time);
            return read(call, response, bytes, token);
        }
    }

    private static T Read<T>(Call call, HttpResponseMessage response, byte[] bytes, JsonTypeInfo<T> answer, string? token)
    {
        try
        {
            var value = JsonSerializer.Deserialize(bytes, answer);
            if (value is not null) return value;
            // The server writes an empty list as null here and there.
            var empty = answer.Kind switch
            {
                JsonTypeInfoKind.Enumerable => "[]"u8,
                JsonTypeInfoKind.Dictionary => "{}"u8,
                _ => throw Failures.NotMattermost(call, response, bytes, token),
            };
            return JsonSerializer.Deserialize(empty, answer) ?? throw new UnreachableException();
        }
        catch (JsonException)
        {
            throw Failures.NotMattermost(call, response, bytes, token);
        }
    }

    private static Uri Address(Uri baseAddress, string path)
    {
        if (!baseAddress.IsAbsoluteUri || (baseAddress.Scheme != Uri.UriSchemeHttp && baseAddress.Scheme != Uri.UriSchemeHttps))
            throw new MattermostException("Mattermost's address must be an absolute http or https address.") { Failure = MattermostFailure.NotMattermost };
        return new Uri($"{baseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v4/{path}");
    }

    private static ByteArrayContent Body<TBody>(TBody body, JsonTypeInfo<TBody> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>
    /// An empty body rather than none: the handler below repeats, by itself, a request without a body whose connection was reset, and a
    /// change must not be repeated like that.
    /// </summary>
    private static ByteArrayContent NoBody() => new([]);

    /// <summary><c>X-Version-Id</c> begins with the version's three numbers.</summary>
    private void NoteVersion(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("X-Version-Id", out var values) && ServerVersions.Parse(values.First()) is { } version)
            serverVersion = version;
    }
}

/// <summary>One call as messages and logs name it.</summary>
internal sealed record Call(HttpMethod Method, string Path, Repetition Repetition)
{
    /// <summary>The path without its query; the id of an incoming webhook is a secret.</summary>
    public string Shown => Path.StartsWith("hooks/incoming/", StringComparison.Ordinal) ? "hooks/incoming/..." : Path.Split('?')[0];

    public bool Changes => Repetition == Repetition.Once;
}
