using System.Text.Json.Nodes;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Linting;

/// <summary>A report for code review: SARIF 2.1.0, which git hosts show beside the lines of a change.</summary>
public static class Sarif
{
    public static string Render(LintReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string[] codes = [.. report.Diagnostics.Select(each => each.Code).Distinct().Order(StringComparer.Ordinal)];
        return new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject { ["name"] = "Mattermost Learning", ["rules"] = new JsonArray([.. codes.Select(RuleOf)]) },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. report.Diagnostics.Select(each => Result(each, Array.IndexOf(codes, each.Code)))]),
            }),
        }.ToJsonString(LintJson.Readable);
    }

    private static JsonObject RuleOf(string code) => new()
    {
        ["id"] = code,
        ["shortDescription"] = new JsonObject { ["text"] = Rules.Find(code)?.Title ?? code },
        ["help"] = new JsonObject { ["text"] = $"See {Rules.PlaceOf(code)}." },
    };

    private static JsonObject Result(Diagnostic finding, int rule) => new()
    {
        ["ruleId"] = finding.Code,
        ["ruleIndex"] = rule,
        ["level"] = finding.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "note",
        },
        ["message"] = new JsonObject { ["text"] = finding.Help is { } help ? $"{finding.Message} {help}" : finding.Message },
        ["locations"] = new JsonArray(new JsonObject { ["physicalLocation"] = Place(finding) }),
    };

    private static JsonObject Place(Diagnostic finding)
    {
        var place = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = Address(finding.Path) } };
        if (finding.HasPlace)
            place["region"] = new JsonObject { ["startLine"] = finding.Line, ["startColumn"] = finding.Column, ["endColumn"] = finding.Column + finding.Length };
        return place;
    }

    /// <summary>Relative paths stay relative: a review knows the repository's root, this machine does not.</summary>
    private static string Address(string path) =>
        (Path.IsPathRooted(path) ? "file://" : "") + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
