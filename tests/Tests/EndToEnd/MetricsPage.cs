using System.Text.RegularExpressions;

namespace MattermostLearning.Tests.EndToEnd;

/// <summary>A row of the table in docs/metrics.md.</summary>
/// <param name="Exported">Its name in Prometheus.</param>
/// <param name="Instrument">Its name in OpenTelemetry.</param>
/// <param name="Kind">histogram, counter or gauge.</param>
/// <param name="Unit">Empty for none.</param>
/// <param name="Labels">All that there can be, as `name=value`.</param>
internal sealed record MetricRow(string Exported, string Instrument, string Kind, string Unit, IReadOnlyList<string> Labels);

/// <summary>What docs/ tells of metrics.</summary>
internal static partial class MetricsPage
{
    public static string Folder { get; } = Path.Combine(Root(), "docs");

    public static IReadOnlyList<MetricRow> Rows { get; } =
    [
        .. from line in File.ReadLines(Path.Combine(Folder, "metrics.md"))
           let row = Row().Match(line)
           where row.Success
           select new MetricRow(
               row.Groups["exported"].Value, row.Groups["instrument"].Value, row.Groups["kind"].Value, row.Groups["unit"].Value, [.. Labels(row.Groups["labels"].Value)]),
    ];

    /// <summary>Metrics that a file of docs/ asks for, as the table names them.</summary>
    public static IReadOnlyList<string> NamedIn(string file) =>
        [.. Name().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(match => Suffix().Replace(match.Value, "")).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Labels(string cell) =>
        from Match label in Label().Matches(cell)
        from value in label.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries)
        select $"{label.Groups["name"].Value}={value}";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MattermostLearning.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the project's folder.");
        return folder;
    }

    [GeneratedRegex(@"^\| `(?<exported>learning_\w+)` \| `(?<instrument>[\w.]+)` \((?<kind>\w+)\) \| (`(?<unit>[^`]+)`)? ?\| (?<labels>[^|]*)\| [^|]+ \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>\w+)`: (?<values>[\w, ]+)")]
    private static partial Regex Label();

    [GeneratedRegex(@"\blearning_\w+")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
