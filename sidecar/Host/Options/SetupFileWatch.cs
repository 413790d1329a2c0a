using System.Threading.Channels;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Sidecar.Adapters;

namespace MattermostLearning.Sidecar.Options;

/// <summary>
/// Takes over tokens and the callback address that were replaced in `mattermost.json`. The file system's word makes it quick; looking from time to time makes it
/// work on network drives and mounted secrets too, where that word never comes.
/// </summary>
internal sealed class SetupFileWatch(
    SetupFile file, IConfigurationRoot configuration, Settings settings, MattermostAccess access, CallbackAddress address, SetupFilePoll poll, TimeProvider time, ILogger<SetupFileWatch> logger)
    : BackgroundService
{
    private readonly Channel<bool> _touched = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private string? _told;

    /// <summary>Looks at once.</summary>
    public void LookNow() => _touched.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = poll.Listens ? Watch() : null;
        while (true)
        {
            Look();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(_touched.Reader.WaitToReadAsync(ending.Token).AsTask(), Task.Delay(poll.Every, time, ending.Token));
            await ending.CancelAsync();
            stoppingToken.ThrowIfCancellationRequested();
            _touched.Reader.TryRead(out _);
        }
    }

    private void Look()
    {
        var problem = file.Refresh(out var changed);
        if (problem is not null && problem != _told)
            logger.LogWarning("{Problem} What it held before stays in force.", problem);
        _told = problem;
        if (!changed)
            return;
        var reader = new SettingsReader(configuration);
        var read = MattermostSettings.Read(reader, settings.Sidecar.WaitForSetup);
        var callback = SidecarSettings.Read(reader).CallbackUrl;
        if (reader.Failures.Count > 0)
        {
            foreach (var failure in reader.Failures)
                logger.LogWarning("{File}: {Setting} {Problem}, so what was set before stays in force. A good value: {Good}", file.FilePath, failure.Setting, failure.Problem, failure.Good);
            return;
        }

        logger.LogInformation("{File} was read anew.", file.FilePath);
        access.Replace(read);
        if (callback == address.Base)
            return;
        address.Base = callback;
        logger.LogInformation("Buttons of messages from now on lead to {Callback}.", callback);
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            // Names only: the store writes beside it all the time, and each of its pages would be an event. The file is replaced whole, under its name.
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(file.FilePath)!, SetupFile.Name) { NotifyFilter = NotifyFilters.FileName };
            watcher.Created += (_, _) => LookNow();
            watcher.Renamed += (_, _) => LookNow();
            watcher.Deleted += (_, _) => LookNow();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            logger.LogInformation("{File} is looked at every {Every}: it cannot be watched here ({Reason}).", file.FilePath, poll.Every, e.Message);
            return null;
        }
    }
}

/// <param name="Every">Infinite switches looking off and leaves watching.</param>
/// <param name="Listens">Whether the file system's word is heard.</param>
internal sealed record SetupFilePoll(TimeSpan Every, bool Listens = true);
