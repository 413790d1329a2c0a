using System.Collections.Immutable;

namespace MattermostLearning.Content.Diagnostics;

/// <summary>
/// Collects the findings about one file. A second finding at the same place with the same code is dropped, and so is what comes after the
/// first hundred: nobody reads on.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="most">How many findings are kept; more where each is something that would otherwise be lost.</param>
public sealed class DiagnosticBag(SourceText source, int most = 100)
{
    private readonly List<Diagnostic> found = [];
    private readonly HashSet<(string Code, int Start, string Subject)> seen = [];
    private readonly List<Repair> repairs = [];

    public SourceText Source { get; } = source;

    public bool HasErrors { get; private set; }

    /// <param name="span">Where.</param>
    /// <param name="code">One of <see cref="Codes"/>.</param>
    /// <param name="message">What is wrong, in one sentence.</param>
    /// <param name="help">What to write instead.</param>
    /// <param name="subject">Tells apart findings that share place and code, such as two keys missing from one file.</param>
    public void Error(TextSpan span, string code, string message, string? help = null, string subject = "") =>
        Add(Severity.Error, span, code, message, help, subject);

    /// <inheritdoc cref="Error(TextSpan, string, string, string?, string)"/>
    public void Warning(TextSpan span, string code, string message, string? help = null, string subject = "") =>
        Add(Severity.Warning, span, code, message, help, subject);

    /// <summary>What may be written instead without anybody being asked: see <see cref="Repair"/>.</summary>
    public void CanBe(TextSpan span, string text) => repairs.Add(new Repair(span, text));

    public void Error(TextSpan span, Refusal refusal) => Error(span, refusal.Code, refusal.Message, refusal.Help);

    /// <summary>Everything found, in the order of the file.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() => found.Count == 0 ? [] : [.. found.OrderBy(each => each.Line).ThenBy(each => each.Column)];

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<Repair> Repairs => repairs.Count == 0 ? [] : [.. repairs.OrderBy(each => each.Span.Start)];

    /// <summary>Takes over the findings of an attempt that succeeded.</summary>
    internal void Add(DiagnosticBag attempt)
    {
        found.AddRange(attempt.found);
        seen.UnionWith(attempt.seen);
        repairs.AddRange(attempt.repairs);
        HasErrors |= attempt.HasErrors;
    }

    /// <summary>Takes over those findings of an attempt that are to be believed, and what can be mended of them.</summary>
    internal void Add(DiagnosticBag attempt, Func<Diagnostic, bool> which)
    {
        ImmutableArray<Diagnostic> taken = [.. attempt.found.Where(which)];
        found.AddRange(taken.Take(most - found.Count));
        if (taken.Length == attempt.found.Count)
            repairs.AddRange(attempt.repairs);
    }

    private void Add(Severity severity, TextSpan span, string code, string message, string? help, string subject)
    {
        HasErrors |= severity == Severity.Error;
        if (found.Count >= most || !seen.Add((code, span.Start, subject)))
            return;
        var (line, column) = Source.PositionAt(span.Start);
        var text = Source.Line(line);
        var length = Math.Clamp(span.Length, 1, Math.Max(1, text.Length - column + 1));
        found.Add(new Diagnostic(code, severity, message, help, Source.Path, line, column, length, text));
    }
}
