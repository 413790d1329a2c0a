using System.Net.WebSockets;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;
using MattermostLearning.Sidecar.Rehearsal;

namespace MattermostLearning.Simulation;

/// <summary>
/// One life of the sidecar's process: its clock, its store and its network. When it ends, whatever the process waits for never comes, so that nothing of
/// it goes on: what was not committed is not stored, and what was not sent is not said.
/// </summary>
internal sealed class Life
{
    private readonly MortalClock _clock;
    private readonly InMemoryLine _line;
    private readonly List<WebSocket> _sockets = [];
    private readonly Draws _draws;
    private readonly Story _story;
    private readonly TaskCompletionSource _never = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _commitsLeft = int.MaxValue;
    private int _callsLeft = int.MaxValue;

    public Life(VirtualTime time, MattermostStandIn mattermost, Disk disk, Draws draws, Story story)
    {
        _clock = new MortalClock(time);
        _line = new InMemoryLine(mattermost);
        (_draws, _story) = (draws, story);
        Store = new MortalStore(this, disk, draws, story);
    }

    public TimeProvider Clock => _clock;

    public ILearningStore Store { get; }

    public bool IsOver { get; private set; }

    /// <summary>For those who wait for an answer of it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>As a kill does it: at once, and whatever it is about to do.</summary>
    public void End()
    {
        if (IsOver)
            return;
        IsOver = true;
        _clock.End();
        foreach (var socket in _sockets)
            socket.Abort();
        _ended.SetResult();
    }

    /// <summary>Lets so many more commits happen. It ends with the last of them, which is stored, but whose outcome it never hears.</summary>
    public void EndWithCommit(int number) => _commitsLeft = number;

    /// <summary>Lets so many more calls to Mattermost happen. It ends with the last of them, which arrives, but whose answer it never hears.</summary>
    public void EndWithCall(int number) => _callsLeft = number;

    /// <summary>Comes at once while it lives, and never after.</summary>
    public Task OrNeverAsync() => IsOver ? _never.Task : Task.CompletedTask;

    public void HasCommitted()
    {
        if (--_commitsLeft == 0)
            End();
    }

    /// <summary>What stands below its REST client.</summary>
    public HttpMessageHandler Transport() => new Line(this, _line.Requests());

    /// <summary>What opens its WebSocket.</summary>
    public async Task<WebSocket> ConnectAsync(Uri address, string? token, CancellationToken cancellationToken)
    {
        await OrNeverAsync();
        var socket = await _line.ConnectAsync(address, token, cancellationToken);
        _sockets.RemoveAll(one => one.State is WebSocketState.Aborted or WebSocketState.Closed);
        _sockets.Add(socket);
        return socket;
    }

    private sealed class Line(Life life, HttpMessageHandler below) : DelegatingHandler(below)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await life.OrNeverAsync();
            // One call overtakes the other, as on any network.
            if (life._draws.For($"call {life._story.NextCall()}").Next(60) is var way and < 30 and > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(way), life.Clock, cancellationToken);
            try
            {
                var answer = base.SendAsync(request, cancellationToken);
                if (--life._callsLeft == 0)
                    life.End();
                return await answer;
            }
            finally
            {
                await life.OrNeverAsync();
            }
        }
    }
}
