using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Tests.Unit.Exchange;

public sealed class MarkdownImportTests
{
    private const string Expected = "## Question: Which is red?\n- [x] A cherry\n- [ ] A plum\n";

    [Theory]
    [InlineData("1. Which is red?\n   - [x] A cherry\n   - [ ] A plum\n", "an item with boxes below")]
    [InlineData("- Question 1: Which is red?\n  - [x] A cherry\n  - [ ] A plum\n", "an item with a number of its own")]
    [InlineData("### 1. Which is red?\n- [x] A cherry\n- [ ] A plum\n", "a heading of any level")]
    [InlineData("# Which is red?\n* A cherry\n* A plum\n\n**Answer:** A cherry\n", "a heading, a list and the right text")]
    [InlineData("1. Which is red?\n   - a) A cherry\n   - b) A plum\n\n   Answer: a\n", "letters, and the right one")]
    [InlineData("1. Which is red?\n   1. A cherry\n   2. A plum\n\n   Correct answer: 1\n", "numbers, and the right one")]
    public void Options_can_be_written_in_many_ways(string markdown, string because) => Written(markdown).ShouldBe(Expected, because);

    [Theory]
    [InlineData("1. Which fruit fell on Newton?\n   Answer: apple | an apple\n", "## Question: Which fruit fell on Newton?\n### Answer\n- apple\n- an apple\n")]
    [InlineData("## How many keys?\nAnswer: 88\n", "## Question: How many keys?\n### Answer\n- 88\n")]
    [InlineData("## What comes first?\n1. One\n2. Two\n3. Three\n", "## Question: What comes first?\n1. One\n2. Two\n3. Three\n")]
    [InlineData("## What belongs together?\n- Dog\n  - barks\n- Cat\n  - purrs\n", "## Question: What belongs together?\n- Dog\n  - barks\n- Cat\n  - purrs\n")]
    public void What_a_quiz_takes_as_an_answer_is_one(string markdown, string expected) => Written(markdown).ShouldBe(expected);

    [Fact]
    public void A_heading_above_a_list_of_questions_is_a_quiz()
    {
        var (lists, report) = Read("# Fruit\n1. A?\n   Answer: a\n2. B?\n   Answer: b\n\n# Tools\n- C?\n  - [x] c\n  - [ ] d\n");
        report.Findings.ShouldBeEmpty();
        lists.Select(list => (list.Title, list.Questions.Length)).ShouldBe([("Fruit", 2), ("Tools", 1)]);
    }

    [Fact]
    public void A_title_above_headings_that_ask_is_the_quizs_name()
    {
        var (lists, _) = Read("# Fruit\n\n## A?\nAnswer: a\n\n## B?\nAnswer: b\n");
        var list = lists.ShouldHaveSingleItem();
        (list.Title, list.Questions.Length).ShouldBe(("Fruit", 2));
    }

    [Theory]
    [InlineData("1. A?\n   Answer: a\n2. Which?\n   - one\n   - two\n", 3, "Nothing says which of these is right.")]
    [InlineData("1. A?\n   Answer: a\n2. Which?\n   - one\n   - two\n\n   Answer: c\n", 3, "`c` is none of these options.")]
    [InlineData("1. A?\n   Answer: a\n2. B\n", 3, "This question has no answer.")]
    public void What_cannot_be_read_is_told_with_its_line(string markdown, int line, string message)
    {
        var (lists, report) = Read(markdown);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Severity, finding.Line, finding.Message).ShouldBe((Severity.Error, line, message));
        lists.ShouldHaveSingleItem().Questions.Length.ShouldBe(1);
    }

    [Fact]
    public void Text_that_belongs_to_no_question_is_told()
    {
        var finding = Read("Take your time.\n\n1. A?\n   Answer: a\n").Report.Findings.ShouldHaveSingleItem();
        (finding.Severity, finding.Line).ShouldBe((Severity.Warning, 1));
    }

    private static string Written(string markdown)
    {
        var (lists, report) = Read(markdown);
        report.Findings.ShouldBeEmpty();
        return QuestionWriter.Write(lists.ShouldHaveSingleItem().Questions.ShouldHaveSingleItem(), belowHeading: false);
    }

    private static (IReadOnlyList<QuestionList> Lists, ImportReport Report) Read(string markdown)
    {
        var report = new ImportReport(new SourceText("sample.md", markdown));
        return (MarkdownImport.Read(report), report);
    }
}
