using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.TestKit;

/// <summary>Keeps what was logged, so that a test can say what an operator would have read.</summary>
public sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Text)> _lines = new();
    private readonly ConcurrentQueue<KeyValuePair<string, object?>> _fields = new();

    public IEnumerable<string> Lines => _lines.Select(line => $"{line.Level} {line.Category}: {line.Text}");

    public IEnumerable<string> Problems => _lines.Where(line => line.Level >= LogLevel.Warning).Select(line => $"{line.Level} {line.Category}: {line.Text}");

    /// <summary>What stands in the lines by its name, as a structured log has it.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Fields => _fields;

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Recorder(RecordedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._lines.Enqueue((logLevel, category[(category.LastIndexOf('.') + 1)..], exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}"));
            foreach (var field in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
                log._fields.Enqueue(field);
        }
    }
}
