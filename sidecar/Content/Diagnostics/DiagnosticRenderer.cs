using System.Text;

namespace MattermostLearning.Content.Diagnostics;

/// <summary>Shows findings in the way of a good compiler: place, code, message, the line with a caret, and what to do.</summary>
public static class DiagnosticRenderer
{
    private const int WidestLine = 160;

    public static string Render(IEnumerable<Diagnostic> diagnostics) => string.Join("\n", diagnostics.Select(Render));

    public static string Render(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        text.Append(diagnostic.Path);
        if (diagnostic.HasPlace)
            text.Append(':').Append(diagnostic.Line).Append(':').Append(diagnostic.Column);
        text.Append(": ").Append(Word(diagnostic.Severity)).Append(' ').Append(diagnostic.Code).Append(": ").Append(Clean(diagnostic.Message)).Append('\n');
        if (diagnostic.HasPlace)
            AppendLine(text, diagnostic);
        if (diagnostic.Help is { } help)
            text.Append("  help: ").Append(Clean(help).Replace("\n", "\n        ", StringComparison.Ordinal)).Append('\n');
        return text.ToString();
    }

    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "advice",
    };

    private static void AppendLine(StringBuilder text, Diagnostic diagnostic)
    {
        // A very long line is shown around the place that matters.
        var line = diagnostic.SourceLine;
        var from = diagnostic.Column > WidestLine / 2 ? diagnostic.Column - (WidestLine / 2) : 0;
        var shown = line.Substring(Math.Min(from, line.Length), Math.Min(WidestLine, Math.Max(0, line.Length - from)));
        var number = diagnostic.Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var before = Math.Max(0, diagnostic.Column - 1 - from);
        var carets = Math.Clamp(diagnostic.Length, 1, Math.Max(1, shown.Length - before));
        text.Append("  ").Append(number).Append(" | ").Append(Clean(shown)).Append('\n');
        text.Append(' ', number.Length + 2).Append(" | ").Append(' ', before).Append('^', carets).Append('\n');
    }

    /// <summary>Control characters of a file must not reach somebody's terminal.</summary>
    private static string Clean(string text) =>
        string.Concat(text.Select(each => each == '\n' ? each : char.IsControl(each) ? ' ' : each));
}
