using MattermostLearning.Sidecar.Rehearsal;

namespace MattermostLearning.Simulation;

/// <summary>Where Mattermost finds the sidecar: whichever process lives by then, or nobody. Whoever is being answered when it dies is not.</summary>
internal sealed class Doorstep : HttpMessageHandler
{
    private (Life Life, HttpMessageInvoker Door)? _inside;

    public void Open(Life life, InMemoryServer server) => _inside = (life, new HttpMessageInvoker(server.Line()));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_inside is not { Life.IsOver: false } inside)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody is there.");
        var answer = inside.Door.SendAsync(request, cancellationToken);
        if (await Task.WhenAny(answer, inside.Life.Ended).WaitAsync(cancellationToken) != answer)
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The process has ended.");
        return await answer;
    }
}
