using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace MattermostLearning.Sidecar.Running;

/// <summary>One line an entry, in UTC. What has lines of its own (a finding in a file) keeps them, indented; a stack trace stands only below what nobody foresaw.</summary>
internal sealed class OneLineConsole(TimeProvider time) : ConsoleFormatter(Name)
{
    public new const string Name = "one-line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var level = logEntry.LogLevel switch
        {
            LogLevel.Critical => "CRIT ",
            LogLevel.Error => "ERROR",
            LogLevel.Warning => "WARN ",
            LogLevel.Information => "info ",
            _ => "debug",
        };
        var source = logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..];
        var text = Clean(logEntry.Formatter(logEntry.State, logEntry.Exception));
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {level} {source}: {text}"));
        if (logEntry.Exception is { } exception)
            textWriter.WriteLine($"    {Clean(exception.ToString())}");
    }

    private static string Clean(string text) =>
        string.Concat(text.TrimEnd().Select(letter => letter == '\n' ? "\n    " : char.IsControl(letter) ? " " : letter.ToString()));
}
