using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.WebUtilities;

namespace MattermostLearning.Playground.StandIn;

/// <summary>
/// A line to a stand-in within one process, in the place of the network: below an HttpClient and below a WebSocket's frames. What is above
/// them on either side is the same as on a network.
/// </summary>
public sealed class InMemoryLine(MattermostStandIn mattermost)
{
    /// <summary>What stands below a REST client.</summary>
    public HttpMessageHandler Requests() => new Handler(mattermost);

    /// <summary>Opens a WebSocket.</summary>
    /// <param name="address">With the connection id and the sequence number to go on from, if any.</param>
    /// <param name="token">Of the caller.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<WebSocket> ConnectAsync(Uri address, string? token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        cancellationToken.ThrowIfCancellationRequested();
        if (mattermost.Faults.IsDown)
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, "The server is down.");
        var (there, back) = (new Pipe(), new Pipe());
        var query = QueryHelpers.ParseQuery(address.Query);
        mattermost.ServeSocket(
            Socket(there.Reader, back.Writer, isServer: true), token ?? "",
            query.TryGetValue("connection_id", out var connectionId) ? connectionId.ToString() : "",
            query.TryGetValue("sequence_number", out var sequence) ? sequence.ToString() : "");
        return Task.FromResult(Socket(back.Reader, there.Writer, isServer: false));
    }

    private static WebSocket Socket(PipeReader reader, PipeWriter writer, bool isServer) =>
        WebSocket.CreateFromStream(new TwoWay(reader.AsStream(), writer.AsStream()), new WebSocketCreationOptions { IsServer = isServer, KeepAliveInterval = TimeSpan.Zero });

    private sealed class Handler(MattermostStandIn mattermost) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (mattermost.Faults.IsDown)
                throw new HttpRequestException(HttpRequestError.ConnectionError, "The server is down.");
            var address = request.RequestUri!;
            var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
            var query = QueryHelpers.ParseQuery(address.Query).ToDictionary(one => one.Key, one => one.Value.ToString());
            var outcome = await mattermost.ServeClientAsync(new Request(
                request.Method.Method, Uri.UnescapeDataString(address.AbsolutePath), query, request.Headers.Authorization?.Parameter ?? "",
                request.Content?.Headers.ContentType?.ToString() ?? "", body)).WaitAsync(cancellationToken); // whoever gives up is not waited for, and is served all the same
            return outcome.IsCut || outcome.IsHalved
                ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The line was cut.") : Response(outcome.Answer, request);
        }

        private static HttpResponseMessage Response(Answer answer, HttpRequestMessage request)
        {
            var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ByteArrayContent(answer.ToBytes()) };
            response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
            foreach (var (name, value) in answer.Headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return response;
        }
    }

    /// <summary>Reads from one pipe and writes to another.</summary>
    private sealed class TwoWay(Stream reading, Stream writing) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => reading.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reading.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => writing.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => writing.WriteAsync(buffer, cancellationToken);

        public override void Flush() => writing.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => writing.FlushAsync(cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            // Whoever listens at the other end hears that this one has gone.
            writing.Dispose();
            reading.Dispose();
            base.Dispose(disposing);
        }
    }
}
