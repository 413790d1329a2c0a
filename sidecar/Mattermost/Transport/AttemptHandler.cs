using Microsoft.Extensions.Options;

namespace MattermostLearning.Mattermost.Transport;

/// <summary>An attempt that ended without a whole answer.</summary>
internal sealed class AttemptFailedException(MattermostFailure failure, bool mayHaveArrived, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public MattermostFailure Failure { get; } = failure;

    /// <summary>Whether the server may have read and done what it was asked.</summary>
    public bool MayHaveArrived { get; } = mayHaveArrived;
}

/// <summary>A body that is read already.</summary>
internal sealed class WholeContent(byte[] bytes) : ByteArrayContent(bytes)
{
    public byte[] Bytes { get; } = bytes;
}

/// <summary>
/// One attempt, the innermost of the handlers: reads the whole answer, up to a size and within a time, so that a broken body counts as a
/// failed attempt and can be repeated like one.
/// </summary>
internal sealed class AttemptHandler(IOptions<MattermostClientOptions> options, TimeProvider time) : DelegatingHandler
{
    private const int UsualBytes = 8 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token);
            await BufferAsync(response, either.Token);
            return response;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            throw new AttemptFailedException(
                MattermostFailure.TimedOut, true, $"no whole answer within {options.Value.AttemptTimeout.TotalSeconds:0.#} s");
        }
        catch (AttemptFailedException)
        {
            response?.Dispose();
            throw;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            var arrived = response is not null || !NeverConnected(failure);
            response?.Dispose();
            throw new AttemptFailedException(MattermostFailure.Unreachable, arrived, Describe(failure), failure);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    private async Task BufferAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var cap = options.Value.MaxResponseBytes;
        if (response.Content.Headers.ContentLength > cap) throw TooLarge(cap);

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        // As long as it says, and one byte more, since it may say anything.
        var bytes = new byte[Math.Min(cap, response.Content.Headers.ContentLength ?? UsualBytes) + 1];
        var length = 0;
        while (await stream.ReadAsync(bytes.AsMemory(length), cancellationToken) is var read and > 0)
        {
            length += read;
            if (length > cap) throw TooLarge(cap);
            if (length == bytes.Length) Array.Resize(ref bytes, Math.Min(cap, 2 * length) + 1);
        }

        Array.Resize(ref bytes, length);
        var content = new WholeContent(bytes);
        content.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content.Dispose();
        response.Content = content;
    }

    private static AttemptFailedException TooLarge(int cap) =>
        new(MattermostFailure.TooLarge, true, $"the answer is larger than {cap} bytes");

    private static bool NeverConnected(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    /// <summary>In words for whoever looks after the machine.</summary>
    internal static string Describe(Exception failure) => failure is HttpRequestException http
        ? http.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "the host's name is unknown",
            HttpRequestError.ConnectionError => "no connection",
            HttpRequestError.SecureConnectionError => "no secure connection: its certificate is not trusted here",
            HttpRequestError.ProxyTunnelError => "the proxy made no connection",
            _ => "the connection broke",
        }
        : "the connection broke";
}
