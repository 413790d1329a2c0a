using System.Globalization;
using System.Net;

namespace MattermostLearning.Sidecar.Telemetry;

/// <summary>Counts each attempt of a call to Mattermost, by how it was answered. Of what was asked nothing is kept: addresses hold ids of people.</summary>
internal sealed class MeasuredCalls(SidecarMetrics metrics, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var status = "none";
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = response.StatusCode == HttpStatusCode.TooManyRequests ? "429" : string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode / 100}xx");
            return response;
        }
        finally
        {
            metrics.CalledMattermost(status, time.GetElapsedTime(began));
        }
    }
}
