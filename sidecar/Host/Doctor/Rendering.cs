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

        return text.Append('\n').Append(Sum(report)).ToString();
    }

    /// <summary>It is said to work only where a call of Mattermost's was seen to arrive, and a sidecar runs that would answer it.</summary>
    private static string Sum(Report report)
    {
        var failed = report.Findings.Count(finding => finding.Verdict == Verdict.Failed);
        if (failed > 0)
            return failed == 1 ? "One check failed. Begin with it." : $"{failed} checks failed. Begin with the first.";
        if (!report.Has("callback", Verdict.Ok))
            return $"Nothing failed, but whether Mattermost's calls arrive was not seen.{(report.Has("sidecar", Verdict.Ok) ? "" : " No sidecar runs here.")}";
        if (!report.Has("sidecar", Verdict.Ok))
            return "Nothing failed, but no sidecar runs here: start it with `run`.";
        return report.Findings.Count(finding => finding.Verdict == Verdict.Warning) switch
        {
            0 => "All is well.",
            1 => "It works; one warning.",
            var warnings => $"It works; {warnings} warnings.",
        };
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Warning => "warning",
        Verdict.Failed => "failed",
        _ => "not checked",
    };
}
