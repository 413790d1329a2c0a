using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Content.Exchange;

/// <summary>
/// A table with a question in each row: its columns are known by their names in the first row. Commas, semicolons and tabs separate cells, whichever makes more of that row
/// known.
/// </summary>
public sealed partial class CsvImport
{
    private static readonly string[] Delimiters = [",", ";", "\t"];

    private static readonly string[] Needed = ["question", "right"];

    private static readonly string[] Arrows = ["->", "→", "="];

    private readonly ImportReport report;
    private readonly Column?[] columns;

    private CsvImport(ImportReport report, Column?[] columns)
    {
        this.report = report;
        this.columns = columns;
    }

    /// <summary>A list for each name in the column `quiz`, or one.</summary>
    public static ImmutableArray<QuestionList> Read(ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (Delimiters.Select(delimiter => Rows(report.Source, delimiter)).MaxBy(rows => rows.FirstOrDefault()?.Cells.Count(cell => Column.Of(cell) is not null) ?? 0)?.ToList() is not [var head, .. var rows])
        {
            report.StaysBehind(new TextSpan(0, 1), Codes.ColumnsUnclear, "This file has no row.", Help);
            return [];
        }

        Column?[] columns = [.. head.Cells.Select(Column.Of)];
        foreach (var missing in Needed.Where(name => columns.All(each => each?.Name != name)))
            report.StaysBehind(head.Place, Codes.ColumnsUnclear, $"Row 1 has no column `{missing}`.", Help);
        foreach (var again in columns.OfType<Column>().GroupBy(each => each).Where(each => each.Skip(1).Any()))
            report.StaysBehind(head.Place, Codes.ColumnsUnclear, $"Row 1 has the column `{again.Key}` twice.", "Take one of them away.");
        if (report.Findings.Count > 0)
            return [];
        foreach (var (cell, _) in head.Cells.Zip(columns).Where(each => each.Second is null && each.First.Length > 0))
            report.ComesOtherwise(head.Place, $"Row 1, column `{Written.Short(cell)}`: it means nothing here, and stays behind.", Help);

        var import = new CsvImport(report, columns);
        return
        [
            .. rows.Select(row => (row, Question: import.QuestionOf(row))).Where(each => each.Question is not null)
                .GroupBy(each => import.Cell(each.row, "quiz"))
                .Select(quiz => new QuestionList(quiz.Key.Length == 0 ? null : quiz.Key, [.. quiz.Select(each => each.Question! with { Place = each.row.Place })])),
        ];
    }

    private const string Help = "The first row names the columns: `question`, `right`, and as they are needed `option 1` to `option 6`, `feedback 1` to `feedback 6`, `explanation`, `type` and `quiz`.";

    /// <summary>With the line that each begins in, and its number as a table shows it.</summary>
    private static IEnumerable<Row> Rows(SourceText source, string delimiter)
    {
        // What stands between quotation marks that are not where they belong is a cell's text as it is.
        using var parser = new CsvParser(new StringReader(source.Text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter, HasHeaderRecord = false, IgnoreBlankLines = false, TrimOptions = TrimOptions.Trim, BadDataFound = null,
        });
        for (var line = 1; parser.Read(); line = parser.RawRow + 1)
        {
            var cells = parser.Record!;
            if (cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
                yield return new Row(parser.Row, source.LineSpan(Math.Min(line, source.LineCount)), [.. cells.Select(cell => cell.Trim())], parser.RawRecord.Count(each => each == '"') % 2 == 0);
        }
    }

    private Question? QuestionOf(Row row)
    {
        if (!row.IsClosed)
            return Unreadable(row, null, "a quotation mark is open to the end, and takes all rows behind it along.", "Close it, and write a quotation mark within a cell twice: `\"\"`.");
        if (row.Cells.Skip(columns.Length).Any(cell => cell.Length > 0))
            return Unreadable(row, null, "it has more cells than there are columns.", "Put quotation marks around a cell that holds the sign which separates cells.");
        var text = Cell(row, "question");
        if (text.Length == 0)
            return Unreadable(row, "question", "it is empty.", "Write what is asked, or delete the row.");
        ImmutableArray<Option> options =
        [
            .. columns.Select((column, at) => (column, at)).Where(each => each.column?.Name == "option" && each.at < row.Cells.Length && row.Cells[each.at].Length > 0).OrderBy(each => each.column!.Number)
                .Select(each => new Option(row.Cells[each.at], false, Cell(row, "feedback", each.column!.Number) is { Length: > 0 } feedback ? feedback : null)),
        ];
        var question = Names.Fold(Cell(row, "type")) switch
        {
            "" => options.Length > 0 ? Choice(row, text, options) : Typed(row, text),
            "choice" or "multiplechoice" or "single" or "singlechoice" or "multiple" => Choice(row, text, options),
            "typed" or "text" or "shortanswer" or "number" or "numeric" or "numerical" => Typed(row, text),
            "order" or "ordering" => new OrderQuestion(text, [.. options.Select(each => each.Text)]),
            "match" or "matching" or "pairs" => Match(row, text, options),
            _ => Unreadable(row, "type", $"there is no type `{Written.Short(Cell(row, "type"))}`.", "Write `choice`, `typed`, `order` or `match`, or leave it empty."),
        };
        return question is null || Cell(row, "explanation") is not { Length: > 0 } explanation ? question : question with { Explanation = explanation };
    }

    private Question? Choice(Row row, string text, ImmutableArray<Option> options)
    {
        var right = Cell(row, "right");
        if (right.Length == 0)
            return Unreadable(row, "right", "it is empty.", "Write the number, the letter or the text of the right option; several with commas between them.");
        return RightOptions.Find(right, [.. options.Select(each => each.Text)]) is { } chosen
            ? new ChoiceQuestion(text, [.. options.Select((each, number) => each with { IsRight = chosen.Contains(number) })])
            : Unreadable(row, "right", $"`{Written.Short(right)}` is none of the options.", "Write the number, the letter or the text of the right option; several with commas between them.");
    }

    private Question? Typed(Row row, string text)
    {
        ImmutableArray<Option> answers = [.. Cell(row, "right").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(each => new Option(each, true, null))];
        return answers.Length == 0
            ? Unreadable(row, "right", "it is empty, and there are no options either.", "Write what is right; where several answers are, with `|` between them.")
            : TypedQuestionReader.OfNumbers(text, answers) ?? (Question)new TextQuestion(text, answers, Forgiveness.All);
    }

    private Question? Match(Row row, string text, ImmutableArray<Option> options)
    {
        var pairs = ImmutableArray.CreateBuilder<Pair>();
        foreach (var option in options)
        {
            if (Arrows.FirstOrDefault(each => option.Text.Contains(each, StringComparison.Ordinal)) is not { } arrow)
                return Unreadable(row, "option", $"`{Written.Short(option.Text)}` belongs to nothing.", "Write `one thing -> what belongs to it` into each option.");
            var sides = option.Text.Split(arrow, 2, StringSplitOptions.TrimEntries);
            pairs.Add(new Pair(sides[0], sides[1]));
        }

        return new MatchQuestion(text, pairs.ToImmutable());
    }

    private string Cell(Row row, string name, int number = 0)
    {
        var at = Array.FindIndex(columns, column => column == new Column(name, number));
        return at >= 0 && at < row.Cells.Length ? row.Cells[at] : "";
    }

    private Question? Unreadable(Row row, string? column, string message, string help)
    {
        var where = column is null ? "" : $", column `{column}`";
        report.StaysBehind(row.Place, Codes.ImportUnreadable, string.Create(CultureInfo.InvariantCulture, $"Row {row.Number}{where}: {message}"), help);
        return null;
    }

    private sealed record Row(int Number, TextSpan Place, ImmutableArray<string> Cells, bool IsClosed);

    /// <param name="Name">As the documentation has it.</param>
    /// <param name="Number">Of an option or its feedback, from 1; else 0.</param>
    private sealed partial record Column(string Name, int Number)
    {
        public override string ToString() => Number == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name} {Number}");

        /// <summary>Null where the name means nothing.</summary>
        public static Column? Of(string written)
        {
            var name = Names.Fold(written);
            if (Numbered().Match(name) is { Success: true } match)
                return new Column(match.Groups["feedback"].Success ? "feedback" : "option", char.IsAsciiDigit(name[^1]) ? name[^1] - '0' : name[^1] - 'a' + 1);
            return name switch
            {
                "question" or "questiontext" or "text" => new Column("question", 0),
                "right" or "rightanswer" or "answer" or "answers" or "correct" or "correctanswer" or "solution" or "key" => new Column("right", 0),
                "explanation" or "generalfeedback" => new Column("explanation", 0),
                "type" or "questiontype" => new Column("type", 0),
                "quiz" or "category" => new Column("quiz", 0),
                _ => null,
            };
        }

        [GeneratedRegex("^(?:(?<feedback>feedback)|option|choice|answer)?[1-6a-f]$", RegexOptions.CultureInvariant)]
        private static partial Regex Numbered();
    }
}
