using System.Globalization;

namespace MattermostLearning.Benchmarks.Measuring;

/// <summary>The rows as a Markdown table, padded so that a terminal shows it as well.</summary>
internal static class Table
{
    private static readonly string[] Heading = ["what was measured", "measured", "baseline", "ratio", "aim", ""];

    public static string Render(IEnumerable<Row> rows)
    {
        List<string[]> cells =
        [
            Heading,
            .. rows.Select(row => new[]
            {
                row.What, row.Measured, row.Baseline, row.Ratio.ToString("0.00", CultureInfo.InvariantCulture), row.Aim?.ToString() ?? "", row.Verdict,
            }),
        ];
        var widths = Heading.Select((_, column) => cells.Max(line => line[column].Length)).ToArray();
        var lines = cells.Select(line => "| " + string.Join(" | ", line.Select((cell, column) => cell.PadRight(widths[column]))) + " |").ToList();
        lines.Insert(1, "|" + string.Join("|", widths.Select(width => new string('-', width + 2))) + "|");
        return string.Join('\n', lines);
    }
}
