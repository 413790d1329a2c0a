using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MattermostLearning.Sidecar.Doctor;

/// <summary>A report for people and for programs.</summary>
internal static class Rendering
{
    private static readonly DoctorJson Relaxed = new(new JsonSerializerOptions(DoctorJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Json(Report report) => JsonSerializer.Serialize(report, Relaxed.Report);

    public static string Text(Report report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings)
        {
            text.Append(Word(finding.Verdict).PadRight(12)).Append(finding.Check.PadRight(14)).Append(finding.Seen).Append('\n');
            if (finding.Advice is { } advice)
                text.Append(' ', 12).Append("-> ").Append(advice).Append('\n');
        }

        var failed = report.Findings.Count(finding => finding.Verdict == Verdict.Failed);
        var warnings = report.Findings.Count(finding => finding.Verdict == Verdict.Warning);
        return text.Append('\n').Append((failed, warnings) switch
        {
            (0, 0) => "All is well.",
            (0, 1) => "It works; one warning.",
            (0, _) => $"It works; {warnings} warnings.",
            (1, _) => "One check failed. Begin with it.",
            _ => $"{failed} checks failed. Begin with the first.",
        }).ToString();
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Warning => "warning",
        Verdict.Failed => "failed",
        _ => "not checked",
    };
}
