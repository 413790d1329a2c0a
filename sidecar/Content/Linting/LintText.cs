using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Linting;

/// <summary>A report for a terminal: findings, score cards, and what came of it.</summary>
public static class LintText
{
    private const string Nothing = "-";

    private static readonly ImmutableArray<string> Heads = ["words", "doing", "with whom", "ease", "min/week", "what would improve it most"];

    public static string Render(LintReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        foreach (var finding in report.Diagnostics)
            text.Append(DiagnosticRenderer.Render(finding)).Append("  more: ").Append(Rules.PlaceOf(finding.Code)).Append("\n\n");
        if (report.Cards.Length > 0)
            text.Append(Table(report.Cards)).Append('\n');
        text.Append(Sum(report));
        return report.Note is { } note ? text.Append('\n').Append(note).ToString() : text.ToString();
    }

    private static string Table(ImmutableArray<ScoreCard> cards)
    {
        ImmutableArray<string>[] rows = [Heads.Insert(0, ""), .. cards.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, Heads.Length + 1).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => IsWord(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
        return text.ToString();

        bool IsWord(int column) => column is 0 or 3 || column == Heads.Length;
    }

    private static ImmutableArray<string> Row(ScoreCard card) =>
    [
        card.Path,
        Number(card.Words),
        card.Doing is { } doing ? $"{Number(doing)} %" : Nothing,
        card.Company switch
        {
            Company.Alone => "alone",
            Company.Telling => "telling",
            Company.WithOthers => "with others",
            _ => Nothing,
        },
        card.Ease is { } ease ? Number(ease) : Nothing,
        Number(card.MinutesAWeek),
        card.Gain ?? Nothing,
    ];

    private static string Sum(LintReport report)
    {
        var sum = $"{Count(report.Files, "file")}: {Count(report.Count(Severity.Error), "error")}, {Count(report.Count(Severity.Warning), "warning")}, {Number(report.Count(Severity.Advice))} advice.";
        return report.Repairs == 0 ? sum : $"{sum} `lint --fix` mends {Count(report.Repairs, "place")}.";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{Number(count)} {what}s";

    private static string Number(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
