using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Linting;

/// <summary>A report for programs. Names are added over time; none changes its meaning.</summary>
public static class LintJson
{
    /// <summary>Goes into files and terminals, not into web pages: quotes stay as they are.</summary>
    internal static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render(LintReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JsonObject
        {
            ["files"] = report.Files,
            ["repairs"] = report.Repairs,
            ["note"] = report.Note,
            ["findings"] = new JsonArray([.. report.Diagnostics.Select(Finding)]),
            ["cards"] = new JsonArray([.. report.Cards.Select(Card)]),
        }.ToJsonString(Readable);
    }

    private static JsonObject Finding(Diagnostic finding) => new()
    {
        ["path"] = finding.Path,
        ["line"] = finding.HasPlace ? finding.Line : null,
        ["column"] = finding.HasPlace ? finding.Column : null,
        ["length"] = finding.HasPlace ? finding.Length : null,
        ["severity"] = DiagnosticRenderer.Word(finding.Severity),
        ["code"] = finding.Code,
        ["message"] = finding.Message,
        ["help"] = finding.Help,
        ["docs"] = Rules.PlaceOf(finding.Code),
    };

    private static JsonObject Card(ScoreCard card) => new()
    {
        ["path"] = card.Path,
        ["words"] = card.Words,
        ["doing"] = card.Doing,
        ["company"] = card.Company switch
        {
            Company.Alone => "alone",
            Company.Telling => "telling",
            Company.WithOthers => "with-others",
            _ => null,
        },
        ["ease"] = card.Ease is { } ease ? Math.Round(ease, 1) : null,
        ["minutesAWeek"] = Math.Round(card.MinutesAWeek, 1),
        ["gain"] = card.Gain,
    };
}
