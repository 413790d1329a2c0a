using System.Globalization;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Library;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Running;

/// <summary>
/// Reads the content at start, and what changes of it while the sidecar runs. The file system's word makes it quick; looking from time to
/// time makes it work on network drives and bind mounts too, where that word may never come.
/// </summary>
internal sealed class ContentWatch : BackgroundService, IWorkSource
{
    /// <summary>A slow drive is left alone for this many times as long as it took to look.</summary>
    private const int PauseForEachLook = 5;

    private readonly string _path;
    private readonly bool _isFromGit;
    private readonly ContentWatching? _watching;
    private readonly LibraryFolder _folder;
    private readonly Definitions _definitions;
    private readonly ContentAlerts _alerts;
    private readonly TimeProvider _time;
    private readonly bool _isOnOwnClock;
    private readonly ILogger<ContentWatch> _logger;
    private readonly Alarm _alarm;

    /// <summary>The end of the pause after the last look, in ticks of UTC.</summary>
    private long _notBefore;

    public ContentWatch(
        ContentSettings settings, ContentWatching? watching, Definitions definitions, ContentAlerts alerts, Naps naps, TimeProvider time, ILogger<ContentWatch> logger)
    {
        _path = settings.Path;
        _isFromGit = settings.Git is not null;
        _watching = watching;
        _definitions = definitions;
        _alerts = alerts;
        _time = watching?.Time ?? time;
        _isOnOwnClock = _time != time;
        _logger = logger;
        _alarm = new Alarm(_time, naps);
        _folder = new LibraryFolder(_path, definitions.Reader, _time);
    }

    /// <summary>What was read has taken effect.</summary>
    public event Action<LibraryChange>? Changed;

    public DateTimeOffset? NextMoment => _isOnOwnClock ? null : _alarm.At;

    public ValueTask<bool> IsAtRestAsync(DateTimeOffset now) => new(_watching is null || _alarm.IsAsleep(_isOnOwnClock ? DateTimeOffset.MinValue : now));

    /// <exception cref="CannotStartException">The folder is not there.</exception>
    public void Load()
    {
        if (!Directory.Exists(_path) && _isFromGit)
            Directory.CreateDirectory(_path); // the repository could not be read yet: nothing is offered until it can
        if (!Directory.Exists(_path))
            throw new CannotStartException($"The content folder {_path} is not there. Content__Path says where it is.");
        var library = _folder.Load();
        Log(library.Diagnostics);
        _definitions.TakeFolder(library);
        _logger.LogInformation("{Count} activities are offered from {Path}.", library.Definitions.Count, _path);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_watching is not { } watching)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, stoppingToken);
            return;
        }

        using var listening = new Listening(this);
        while (true)
        {
            if (watching.Listens)
                listening.Renew();
            var began = _time.GetTimestamp();
            await LookAsync(stoppingToken);
            var now = _time.GetUtcNow();
            Volatile.Write(ref _notBefore, (now + (PauseForEachLook * _time.GetElapsedTime(began))).UtcTicks);
            LookAgain(now + (_folder.IsRestless ? LibraryFolder.Rest : watching.Every));
            await _alarm.SleepAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_folder.Look() is { } change)
                TakeOver(change);
            if (await _alerts.TellAsync(_definitions.Library, _time.GetUtcNow(), cancellationToken) is { } next)
                _alarm.NoLaterThan(next);
        }
        catch (Exception e) when (e is DirectoryUnavailableException or StoreUnavailableException)
        {
            _logger.LogDebug("What is wrong with the content is told later: {Reason}", e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _logger.LogError(e, "The content folder {Path} could not be looked at; it is tried again.", _path);
        }
    }

    private void TakeOver(LibraryChange change)
    {
        var before = _definitions.Library.Diagnostics.ToHashSet();
        _definitions.TakeFolder(change.Library);
        Log(_definitions.Library.Diagnostics.Where(one => !before.Contains(one)));
        _logger.LogInformation(
            "Content was read anew: {Read} changed, {Gone} gone; {Count} activities are offered.", change.Read.Length, change.Gone.Length, change.Library.Definitions.Count);
        Changed?.Invoke(change);
    }

    private void Log(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            var level = diagnostic.Severity == Severity.Error ? LogLevel.Error : LogLevel.Warning;
            _logger.Log(level, "{Diagnostic}", DiagnosticRenderer.Render(diagnostic).TrimEnd());
        }
    }

    private FileSystemWatcher? Listen()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(_path) { IncludeSubdirectories = true, InternalBufferSize = 64 * 1024 };
            watcher.Changed += (_, _) => Heard();
            watcher.Created += (_, _) => Heard();
            watcher.Renamed += (_, _) => Heard();
            watcher.Deleted += (_, _) => Heard();
            watcher.Error += (_, _) => Heard(); // more happened than was told
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            _logger.LogInformation("{Path} is looked at every {Every}: it cannot be watched here ({Reason}).", _path, _watching!.Every, e.Message);
            return null;
        }

        // One look for all that is told within a moment; it sees what has changed, and the next one whether that rests.
        void Heard() => LookAgain(_time.GetUtcNow() + LibraryFolder.Rest);
    }

    /// <summary>A watcher hears of the folder that it was made for, even when another has taken that one's place.</summary>
    private sealed class Listening(ContentWatch watch) : IDisposable
    {
        private FileSystemWatcher? _watcher;
        private string? _folder;

        public void Renew()
        {
            var folder = Identity(watch._path);
            if (folder == _folder)
                return;
            _folder = folder;
            _watcher?.Dispose();
            _watcher = folder is null ? null : watch.Listen();
        }

        public void Dispose() => _watcher?.Dispose();

        /// <summary>Where it really is and when it was made; null while it is not there.</summary>
        private static string? Identity(string path)
        {
            try
            {
                var folder = new DirectoryInfo(path);
                var target = folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder;
                return target.Exists ? string.Create(CultureInfo.InvariantCulture, $"{target.FullName} {target.CreationTimeUtc.Ticks}") : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    private void LookAgain(DateTimeOffset at) => _alarm.NoLaterThan(new DateTimeOffset(Math.Max(at.UtcTicks, Volatile.Read(ref _notBefore)), TimeSpan.Zero));
}
