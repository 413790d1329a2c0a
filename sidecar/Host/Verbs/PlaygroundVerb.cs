using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using MattermostLearning.Sidecar.Options;
using MattermostLearning.Sidecar.Rehearsal;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`playground`: a rehearsal on this machine until it is told to stop.</summary>
internal sealed class PlaygroundVerb : Verb
{
    private readonly Option<string> _port;
    private readonly Option<string> _content;
    private readonly Option<string> _data;

    public PlaygroundVerb() : base("playground", "a rehearsal on this machine, without Mattermost: the whole sidecar beside a stand-in, on 127.0.0.1 only")
    {
        _port = Text("port", "NUMBER", $"of the page (default {PlaygroundLine.DefaultPort}; 0 takes a free one)");
        _content = Text("content", "PATH", $"the folder of the activities (default {ContentSettings.Default})");
        _data = Text("data", "PATH", "an empty folder for what the sidecar keeps; without it nothing is kept");
    }

    /// <summary>It must not reach the Mattermost that a shell is set up for.</summary>
    public override bool ReadsSettings => false;

    public override async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var line = new PlaygroundLine(call.Of(_port) is { } port ? ReadPort(port) : PlaygroundLine.DefaultPort, call.Of(_content) ?? ContentSettings.Default, call.Of(_data));
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        PlaygroundTown started;
        try
        {
            started = await PlaygroundTown.StartAsync(
                line, TimeProvider.System.GetUtcNow(), address => call.Terminal.Print($"The playground is at {address} (a rehearsal: nothing leaves this machine; Ctrl+C ends it)"));
        }
        catch (Exception) when (stop.Task.IsCompleted)
        {
            return 0; // told to stop before it was up, as all its parts were
        }

        await using var town = started;
        foreach (var reason in town.NotStarted)
            call.Terminal.Print(reason);
        await stop.Task.WaitAsync(cancellationToken);
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }

    private static int ReadPort(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port : throw new UsageException($"`{value}` is no port: a number from 1 to 65535 is, and 0 takes a free one.");
}
