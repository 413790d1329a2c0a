using System.Diagnostics.CodeAnalysis;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.FrontMatter;

namespace MattermostLearning.Content.Declarations;

internal static class KeyReading
{
    public static bool ReadScalar<T>(
        KeyDeclaration key, KeyType<T> type, FrontMatterValue written, DiagnosticBag report, [NotNullWhen(true)] out T? value)
        where T : notnull
    {
        value = default;
        var text = written.Text.Trim();
        if (text.Length == 0)
        {
            report.Error(written.Span, Codes.EmptyValue, $"`{key.Name}` has no value.", $"Write `{key.Name}: {key.Example}`, or take the line away.");
            return false;
        }
        var reading = type.Read(text);
        if (reading.TryGet(out value))
            return true;
        // Within quotes, or over several lines, places would be off.
        if (reading.Refusal!.Instead is { } instead && written.Span.Length == written.Text.Length)
            report.CanBe(written.Span, instead);
        report.Error(written.Span, reading.Refusal! with { Help = key.Meant?.Invoke(text) ?? reading.Refusal!.Help ?? $"Write `{key.Name}: {key.Example}`." });
        return false;
    }

    /// <summary>"a, b" in one line is a list of two, each with its place.</summary>
    public static IEnumerable<FrontMatterValue> SplitAtCommas(FrontMatterValue value)
    {
        if (!value.Text.Contains(','))
            return [value];
        // Places inside a quoted or folded scalar would be off; those show the whole value.
        var exact = value.Span.Length == value.Text.Length;
        var at = 0;
        var parts = new List<FrontMatterValue>();
        foreach (var part in value.Text.Split(','))
        {
            var lead = part.Length - part.TrimStart().Length;
            if (part.Trim() is { Length: > 0 } text)
                parts.Add(new FrontMatterValue(text, exact ? new TextSpan(value.Span.Start + at + lead, text.Length) : value.Span));
            at += part.Length + 1;
        }
        return parts.Count == 0 ? [value with { Text = "" }] : parts;
    }
}
