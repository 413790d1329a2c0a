using System.Net;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>Notes of every answer whether the bot's token was taken: a connection that is up may stay so when the token is no longer good.</summary>
internal sealed class TokenWatch(MattermostAccess access) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Headers.Authorization?.Parameter is { } token && (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.Unauthorized))
            access.Saw(token, response.StatusCode == HttpStatusCode.Unauthorized);
        return response;
    }
}
