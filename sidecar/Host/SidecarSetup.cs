using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Realtime;

namespace MattermostLearning.Sidecar;

/// <summary>What tests, rehearsals and the playground put in other than the real thing. Nothing here is a setting.</summary>
public sealed class SidecarSetup
{
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>
    /// By which a stop waits for what is under way: the machine's, even beside a virtual clock. One that stands still must not keep a process from ending;
    /// whoever moves theirs meanwhile can give that.
    /// </summary>
    public TimeProvider StopTime { get; set; } = TimeProvider.System;

    /// <summary>Environment variables; null takes those of the process.</summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; set; }

    /// <summary>One of them; null when it is not set or empty.</summary>
    internal string? Variable(string name) =>
        (Environment is { } given ? given.GetValueOrDefault(name) : System.Environment.GetEnvironmentVariable(name)) is { Length: > 0 } value ? value : null;

    /// <summary>A store that the caller opened and will close; null opens the one of the settings.</summary>
    public ILearningStore? Store { get; set; }

    /// <summary>What stands below the REST client; null is the network.</summary>
    public Func<HttpMessageHandler>? Transport { get; set; }

    /// <summary>What opens the WebSocket; null is the network.</summary>
    public SocketConnector? Connector { get; set; }

    public Action<MattermostClientOptions>? Client { get; set; }

    public Action<SocketOptions>? Socket { get; set; }

    /// <summary>How often `mattermost.json` is looked at, beside being watched; infinite for never.</summary>
    public TimeSpan SetupFilePoll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the file system's word of `mattermost.json` is heard.</summary>
    public bool SetupFileListens { get; set; } = true;

    /// <summary>How the content folder is watched; null reads it once, at start.</summary>
    public ContentWatching? ContentWatching { get; set; } = new(TimeSpan.FromSeconds(5));

    /// <summary>How long Quartz, and whoever else waits for a moment, sleeps without looking at the clock. One that was set is noticed within it.</summary>
    public TimeSpan LongestNap { get; set; } = TimeSpan.FromSeconds(30);

    public OutboxSettings Outbox { get; set; } = new(FollowUpAfter: TimeSpan.FromMilliseconds(250));

    /// <summary>Told where `setup` and `doctor` listen for their probe, once they do.</summary>
    public Action<Uri>? ProbeListens { get; set; }

    /// <summary>The process is there for one command line, so it may be set up for that.</summary>
    public bool OwnsProcess { get; init; }

    /// <summary>The last word on services.</summary>
    public Action<IServiceCollection>? Services { get; set; }

    /// <summary>Instead of the console.</summary>
    public Action<ILoggingBuilder>? Logging { get; set; }

    /// <summary>
    /// A clock that moves only when everything rests: nothing may wake just to look whether there is something to do, and nothing may
    /// give up on somebody because time was moved.
    /// </summary>
    public SidecarSetup UseVirtualTime(TimeProvider time)
    {
        Time = time;
        SetupFilePoll = Timeout.InfiniteTimeSpan;
        ContentWatching = null;
        LongestNap = TimeSpan.FromDays(20);
        Outbox = new OutboxSettings(MostAtOnce: 1); // in order, so that the same happenings give the same transcript
        Socket += options => options.IdleProbe = Timeout.InfiniteTimeSpan;
        Client += options => options.Jitter = () => 0.5;
        return this;
    }
}

/// <summary>How the content folder is watched.</summary>
/// <param name="Every">How often it is looked at; network drives and bind mounts may tell of nothing.</param>
/// <param name="Listens">Whether the file system's word is heard, too.</param>
/// <param name="Time">Where it is not the sidecar's own clock: people edit files in real time, whatever a playground's clock shows.</param>
public sealed record ContentWatching(TimeSpan Every, bool Listens = true, TimeProvider? Time = null);
