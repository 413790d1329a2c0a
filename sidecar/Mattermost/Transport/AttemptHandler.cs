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

/// <summary>
/// One attempt, the innermost of the handlers: reads the whole answer, up to a size and within a time, so that a broken body counts as a
/// failed attempt and can be repeated like one.
/// </summary>
internal sealed class AttemptHandler(IOptions<MattermostClientOptions> options, TimeProvider time) : DelegatingHandler
{
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
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > cap) throw TooLarge(cap);
            whole.Write(buffer, 0, read);
        }

        var content = new ByteArrayContent(whole.GetBuffer(), 0, (int)whole.Length);
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
