using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Tests.Unit.Exchange;

public sealed class CsvImportTests
{
    private const string Expected = "## Question: Which is red, or nearly?\n- [ ] A \"plum\"\n- [x] A cherry; ripe\n\n> All of them are fruit.\n";

    [Theory]
    [InlineData("question,A,B,right,explanation\n\"Which is red, or nearly?\",\"A \"\"plum\"\"\",A cherry; ripe,B,All of them are fruit.\n", "commas")]
    [InlineData("Question;Option 1;Option 2;Right;Explanation\nWhich is red, or nearly?;\"A \"\"plum\"\"\";\"A cherry; ripe\";2;All of them are fruit.\n", "semicolons")]
    [InlineData("QUESTION\tchoice 1\tchoice 2\tcorrect answer\tgeneral feedback\r\nWhich is red, or nearly?\t\"A \"\"plum\"\"\"\tA cherry; ripe\tA cherry; ripe\tAll of them are fruit.\r\n", "tabs")]
    [InlineData("\uFEFFright,explanation,B,A,question\n\nb,All of them are fruit.,A cherry; ripe,\"A \"\"plum\"\"\",\"Which is red, or nearly?\"", "a byte-order mark, an empty row, and another order")]
    public void Whatever_separates_cells_and_wherever_columns_stand(string csv, string because)
    {
        var (lists, report) = Read(csv);
        report.Findings.ShouldBeEmpty(because);
        QuestionWriter.Write(lists.ShouldHaveSingleItem().Questions.ShouldHaveSingleItem(), belowHeading: false).ShouldBe(Expected, because);
    }

    [Theory]
    [InlineData("What?,,,,,,42 ± 2,,", "## Question: What?\n### Answer\n- 42 ± 2\n")]
    [InlineData("What?,,,,,,Paris | Lutetia,typed,", "## Question: What?\n### Answer\n- Paris\n- Lutetia\n")]
    [InlineData("What?,one,two,three,Yes.,No.,\"1, 3\",choice,", "## Question: What?\n- [x] one\n  > Yes.\n- [ ] two\n  > No.\n- [x] three\n")]
    [InlineData("What?,one,two,three,,,,order,", "## Question: What?\n1. one\n2. two\n3. three\n")]
    [InlineData("What?,hammer -> nails,saw = planks,,,,,match,", "## Question: What?\n- hammer\n  - nails\n- saw\n  - planks\n")]
    public void A_row_is_of_the_type_that_it_says_or_shows(string row, string markdown)
    {
        var (lists, report) = Read($"question,option 1,option 2,option 3,feedback 1,feedback 2,right,type,explanation\n{row}\n");
        report.Findings.ShouldBeEmpty();
        QuestionWriter.Write(lists.ShouldHaveSingleItem().Questions.ShouldHaveSingleItem(), belowHeading: false).ShouldBe(markdown);
    }

    [Fact]
    public void A_column_says_which_quiz_a_question_belongs_to() => Read("question,right,quiz\nA?,a,Fruit\nB?,b,\nC?,c,Fruit\n").Lists
        .Select(list => (list.Title, string.Concat(list.Questions.Select(question => question.Text[0])))).ShouldBe([("Fruit", "AC"), (null, "B")]);

    [Theory]
    [InlineData(",a,b,A,", 3, "Row 3, column `question`: it is empty.")]
    [InlineData("What?,a,b,,", 3, "Row 3, column `right`: it is empty.")]
    [InlineData("What?,,,,", 3, "Row 3, column `right`: it is empty, and there are no options either.")]
    [InlineData("What?,a,b,C,", 3, "Row 3, column `right`: `C` is none of the options.")]
    [InlineData("What?,a,b,A,parade", 3, "Row 3, column `type`: there is no type `parade`.")]
    [InlineData("What?,a,b,,match", 3, "Row 3, column `option`: `a` belongs to nothing.")]
    [InlineData("What?,a,b,A,,,more", 3, "Row 3: it has more cells than there are columns.")]
    [InlineData("\"What?,a,b,A,", 3, "Row 3: a quotation mark is open to the end, and takes all rows behind it along.")]
    public void What_cannot_be_read_is_told_with_row_and_column(string row, int line, string message)
    {
        var (lists, report) = Read($"question,A,B,right,type\n\"Two\nlines?\",a,b,A,\n{row}");
        var finding = report.Findings.ShouldHaveSingleItem();
        // The second row has two lines.
        (finding.Severity, finding.Line, finding.Message).ShouldBe((Severity.Error, line + 1, message));
        lists.ShouldHaveSingleItem().Questions.ShouldHaveSingleItem().Text.ShouldBe("Two\nlines?");
    }

    [Theory]
    [InlineData("", "This file has no row.")]
    [InlineData("What?,a,b\n", "Row 1 has no column `question`.|Row 1 has no column `right`.")]
    [InlineData("question,right,answer\nWhat?,a,b\n", "Row 1 has the column `right` twice.")]
    public void Without_its_columns_nothing_is_read(string csv, string messages)
    {
        var (lists, report) = Read(csv);
        lists.ShouldBeEmpty();
        report.Findings.Select(each => (each.Code, each.Message)).ShouldBe(messages.Split('|').Select(message => ("MLC454", message)));
    }

    [Fact]
    public void A_column_that_means_nothing_is_told_and_left_out()
    {
        var (lists, report) = Read("question,right,points\nWhat?,a,7\n");
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Severity, finding.Message).ShouldBe((Severity.Warning, "Row 1, column `points`: it means nothing here, and stays behind."));
        lists.ShouldHaveSingleItem().Questions.Length.ShouldBe(1);
    }

    [Fact]
    public void What_a_quiz_cannot_hold_stays_behind_with_its_line()
    {
        var (lists, report) = Read("question,A,right\nWhat?,a,A\n");
        QuizFile.Write("Sample", null, lists[0].Questions, report).Questions.ShouldBe(0);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Line, finding.Message).ShouldBe((2, "This question has one option; people choose from 2 to 6."));
    }

    private static (IReadOnlyList<QuestionList> Lists, ImportReport Report) Read(string csv)
    {
        var report = new ImportReport(new SourceText("sample.csv", csv));
        return (CsvImport.Read(report), report);
    }
}
