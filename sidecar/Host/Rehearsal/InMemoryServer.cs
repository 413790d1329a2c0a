using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>
/// A web server without a port, in the place of Kestrel: what would come over the network is handed to the same pipeline within the process.
/// </summary>
internal sealed class InMemoryServer : IServer
{
    private Func<IFeatureCollection, Task>? _process;

    public InMemoryServer() => Features.Set<IServerAddressesFeature>(new ServerAddressesFeature());

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>What stands below an HTTP client that calls it, whatever address it calls.</summary>
    public HttpMessageHandler Line() => new Handler(this);

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        _process = async features =>
        {
            var context = application.CreateContext(features);
            Exception? failure = null;
            try
            {
                await application.ProcessRequestAsync(context);
            }
            catch (Exception e)
            {
                failure = e;
                features.GetRequiredFeature<IHttpResponseFeature>().StatusCode = StatusCodes.Status500InternalServerError;
            }
            finally
            {
                application.DisposeContext(context, failure);
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _process = null;
        return Task.CompletedTask;
    }

    public void Dispose() => _process = null;

    private sealed class Handler(InMemoryServer server) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (server._process is not { } process)
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody listens.");
            var content = request.Content is { } given ? await given.ReadAsByteArrayAsync(cancellationToken) : [];
            var asked = new HttpRequestFeature
            {
                Method = request.Method.Method,
                Scheme = request.RequestUri!.Scheme,
                Path = Uri.UnescapeDataString(request.RequestUri.AbsolutePath),
                QueryString = request.RequestUri.Query,
                Protocol = "HTTP/1.1",
                Body = new MemoryStream(content, writable: false),
            };
            foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
                asked.Headers[name] = values.ToArray();
            asked.Headers.ContentLength = content.Length;

            using var answer = new MemoryStream();
            var response = new HttpResponseFeature();
            var body = new StreamResponseBodyFeature(answer);
            var features = new FeatureCollection();
            features.Set<IHttpRequestFeature>(asked);
            features.Set<IHttpResponseFeature>(response);
            features.Set<IHttpResponseBodyFeature>(body);
            features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = IPAddress.Loopback, LocalIpAddress = IPAddress.Loopback });
            features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancellationToken });
            await process(features);
            await body.CompleteAsync();
            return Response(request, response, answer.ToArray());
        }

        private static HttpResponseMessage Response(HttpRequestMessage request, HttpResponseFeature response, byte[] body)
        {
            var answer = new HttpResponseMessage((HttpStatusCode)response.StatusCode) { RequestMessage = request, Content = new ByteArrayContent(body) };
            foreach (var (name, values) in response.Headers)
            {
                if (!answer.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                    answer.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }

            return answer;
        }
    }
}
