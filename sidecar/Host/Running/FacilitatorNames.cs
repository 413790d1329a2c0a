using MattermostLearning.Activities.Community;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Sidecar.Adapters;

namespace MattermostLearning.Sidecar.Running;

/// <summary>Looks once, when Mattermost answers, whether the names of `Facilitators__People` are anybody's: a slip of the pen there shows nowhere else.</summary>
internal sealed class FacilitatorNames(FacilitatorSettings settings, SocketListener socket, MattermostClient client, ILogger<FacilitatorNames> logger)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _looking = Task.CompletedTask;
    private int _hasLooked;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.People.Count > 0)
            socket.Changed += Changed;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        socket.Changed -= Changed;
        await _stopping.CancelAsync();
        await _looking;
    }

    public void Dispose() => _stopping.Dispose();

    private void Changed()
    {
        if (socket.State.Phase == SocketPhase.Up && Interlocked.Exchange(ref _hasLooked, 1) == 0)
            _looking = LookAsync(_stopping.Token);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var people = await client.Users.GetByUsernamesAsync(settings.People, cancellationToken);
            foreach (var name in settings.People.Except(people.Where(one => one.IsActive).Select(one => one.Username), StringComparer.OrdinalIgnoreCase))
                logger.LogWarning("Facilitators__People names {Name}, and nobody active has that username: is it a slip of the pen?", name);
        }
        catch (Exception e) when (e is MattermostException or OperationCanceledException)
        {
            Volatile.Write(ref _hasLooked, 0); // with the next connection
        }
    }
}
