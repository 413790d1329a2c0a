using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Playground.StandIn;
using MattermostLearning.Playground.Time;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Simulation;

/// <summary>
/// Everything that happened, in order: each commit with what it holds, each message with its id, each click, each line of the log. A replay tells the same
/// one to the byte.
/// </summary>
internal sealed class Story(TextWriter? copy) : ILoggerProvider, IDisposable
{
    private const int Latest = 30;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<string> _latestLog = [];
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private MattermostStandIn? _mattermost;
    private VirtualTime? _time;
    private string _folder = "";
    private int _seen;

    public int Lines { get; private set; }

    public int Commits { get; private set; }

    public int Calls { get; private set; }

    /// <summary>
    /// What no story may hold: a message under the name of another one, though the store has long forgotten that one, or one that was decided and kept back because of its name.
    /// </summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The last lines of the log, for whoever looks into a failure.</summary>
    public IEnumerable<string> LatestLog => _latestLog;

    /// <param name="mattermost">What people see.</param>
    /// <param name="time">When.</param>
    /// <param name="folder">Has another name in each process, so it is left out.</param>
    public void Begin(MattermostStandIn mattermost, VirtualTime time, string folder) => (_mattermost, _time, _folder) = (mattermost, time, folder);

    /// <summary>The number of one more call to Mattermost.</summary>
    public int NextCall() => ++Calls;

    public void Tell(string what)
    {
        TellWhatWasSeen();
        Write(what);
    }

    public void Committed(ChangeSet changes, CommitOutcome outcome)
    {
        var held = changes.Changes.Select(change => $"\n  {change.Kind.Name} {change.Id} {change.ExpectedVersion} {change.Write()?.Json ?? "is gone"}");
        Tell($"{_time!.Now:O} commit {++Commits} {outcome}{string.Concat(held)}");
        if (outcome != CommitOutcome.Committed)
            return;
        foreach (var change in changes.Changes.OfType<Change<OutboxRow>>())
        {
            if (change is { ExpectedVersion: 0, Document: { Operation: OutboxOperation.Post } row } && !_messages.Add(row.Id))
                Complaints.Add($"row {row.Id} was made a second time at {_time.Now:u}: {row.Draft?.Text}");
        }
    }

    /// <summary>A fingerprint of all of it.</summary>
    public string Digest()
    {
        TellWhatWasSeen();
        copy?.Flush();
        return Convert.ToHexStringLower(_hash.GetCurrentHash())[..16];
    }

    public ILogger CreateLogger(string categoryName) => new Logged(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
        _hash.Dispose();
        copy?.Dispose();
    }

    private void TellWhatWasSeen()
    {
        foreach (var entry in _mattermost?.Transcript.Since(_seen) ?? [])
        {
            _seen++;
            Write($"{entry.At:O} {entry.Kind} {JsonSerializer.Serialize(entry, Readable)}");
        }
    }

    private void Write(string line)
    {
        Lines++;
        copy?.WriteLine(line);
        _hash.AppendData(Encoding.UTF8.GetBytes(line));
        _hash.AppendData("\n"u8);
    }

    private sealed class Logged(Story story, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Without its trace, in which what the compiler has made one function of shows as one.
            var line = $"{logLevel} {category}: {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}".TrimEnd();
            if (story._folder.Length > 0)
                line = line.Replace(story._folder, "(data)", StringComparison.Ordinal);
            if (logLevel == LogLevel.Warning && category == nameof(ActivityRuntime))
                story.Complaints.Add(line);
            story._latestLog.Enqueue(line);
            if (story._latestLog.Count > Latest)
                story._latestLog.Dequeue();
            story.Tell(line);
        }
    }
}
