using MattermostLearning.Activities.Kinds.Course;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Tests.Unit.Course;

/// <summary>How courses are written, and what is said of what cannot be read.</summary>
public sealed class CourseReadingTests
{
    private static ContentReader Courses { get; } = new([new CourseContent()]);

    [Fact]
    public void A_lesson_is_its_text_and_its_checks_in_order()
    {
        var course = Definition("""
            Intro.

            ## Lesson 1: First things
            Some text.

            ### A heading of the text
            More of it.

            ### Question: Which is red?
            - [x] A cherry
            - [ ] A plum

            ### Reflect: When did you last see one?
            Think of spring.

            ### Try
            Write it down.

            > Like this.

            ### Do: post a link
            ## Example
            All of it.

            ## Half-finished: the same again
            Half of it.

            ## Wrap-up
            What now?
            """);
        course.Body.ShouldBe("Intro.");
        course.WrapUp.ShouldBe("What now?");
        var (first, example, half) = (course.Lessons[0], course.Lessons[1], course.Lessons[2]);
        first.Title.ShouldBe("First things");
        first.Text.ShouldBe("Some text.\n\n### A heading of the text\nMore of it.");
        first.Checks[0].ShouldBeOfType<QuestionCheck>().Question.ShouldBeOfType<ChoiceQuestion>().Text.ShouldBe("Which is red?");
        first.Checks[1].ShouldBeOfType<ReflectionCheck>().Text.ShouldBe("When did you last see one?\n\nThink of spring.");
        var attempt = first.Checks[2].ShouldBeOfType<TryCheck>();
        (attempt.Text, attempt.Solution).ShouldBe(("Write it down.", "Like this."));
        first.Checks[3].ShouldBeOfType<DeedCheck>();
        (example.Title, example.Example).ShouldBe(("", ExampleStage.Whole));
        (half.Title, half.Example).ShouldBe(("the same again", ExampleStage.Half));
    }

    [Theory]
    [InlineData("", "Only words.", "MLC603", "no lesson")]
    [InlineData("pace: hurried", "## One\nText.", "MLC601", "no pace")]
    [InlineData("requires: sample", "## One\nText.", "MLC605", "requires itself")]
    [InlineData("schedule: every Monday at 09:00\ntime-zone: UTC", "## One\nText.", "MLC020", "has no `schedule`")]
    [InlineData("", "## One\n### Do: think hard\n", "MLC602", "does not say what people are to do")]
    [InlineData("", "## One\n### Reflect\n\n### Do: post a link\n", "MLC604", "Nothing says what people are asked here")]
    [InlineData("", "## One\n### Question: Which?\nNobody knows.", "MLC401", "no answer")]
    [InlineData("", "## One\nText.\n\n## Lesson: one\nText.", "MLC408", "Two lessons")]
    public void One_mistake_makes_one_error_that_says_what_to_write(string lines, string body, string code, string message)
    {
        var result = Read(body, lines);
        result.Definition.ShouldBeNull();
        var error = result.Diagnostics.ShouldHaveSingleItem(DiagnosticRenderer.Render(result.Diagnostics));
        error.Code.ShouldBe(code);
        error.Message.ShouldContain(message);
        error.Help.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void What_is_to_be_done_and_stands_below_its_heading_is_moved_into_it()
    {
        var error = Read("## One\n### Do\nPost a screenshot in ~learning.").Diagnostics.ShouldHaveSingleItem();
        (error.Code, error.Message, error.Help).ShouldBe(
            ("MLC602", "This heading does not say what people are to do in Mattermost.", "Write it in the heading: `### Do: post a screenshot in ~learning`."));
    }

    [Theory]
    [InlineData("## One\nText.\n\n### Task\nPost a hello.", 8, "Did you mean `### Do`?")]
    [InlineData("## One\nText.\n\n### Aufgabe\nPost a hello.", 8, "Did you mean `### Do`?")]
    [InlineData("## One\nText.\n\n### Do reply with a picture\nOr two.", 8, "Write `### Do: reply with a picture`.")]
    [InlineData("## One\nText.\n\n### Question 2 - Which is red?\nA cherry.", 8, "Write `### Question: Which is red?`.")]
    [InlineData("## One\nText.\n\n#### Do: post a link\nAny.", 8, "Write `### Do: post a link`, if that is meant.")]
    [InlineData("## One\nText.\n\n**Reflect**\n\nWhat surprised you?", 8, "Write `### Reflect`, if that is meant.")]
    [InlineData("## One\nText.\n\n### Half-finished\nGo on.", 8, "Write `## Half-finished`, if that is meant.")]
    [InlineData("## One\nText.\n\n### Lesson 2: Two\nText.", 8, "Write `## Lesson 2: Two`, if that is meant.")]
    [InlineData("## One\nText.\n\n# Lesson 2: Two\nText.", 8, "Write `## Lesson 2: Two`, if that is meant.")]
    [InlineData("### Lesson 1: One\nText.\n\n## Two\nText.", 5, "Write `## Lesson 1: One`, if that is meant.")]
    [InlineData("# Lesson 1: One\nText.\n\n## Two\nText.", 5, "Write `## Lesson 1: One`, if that is meant.")]
    [InlineData("## One\nText.\n\n## Lesson 2: Reflect\nWhat surprised you?", 8, "Write `### Reflect` below a lesson's heading, if that is meant.")]
    public void What_people_call_a_check_and_is_none_is_asked_about(string body, int line, string help)
    {
        var warning = Read(body).Diagnostics.ShouldHaveSingleItem();
        (warning.Code, warning.Line, warning.Help).ShouldBe(("MLC301", line, help));
    }

    [Fact]
    public void A_lesson_that_is_called_as_a_check_and_has_one_is_a_lesson() => Read("## Your turn\nText.\n\n### Try\nWrite one.").Diagnostics.ShouldBeEmpty();

    [Fact]
    public void A_check_whose_name_has_a_slip_is_asked_about_and_one_that_is_text_is_not()
    {
        var findings = Read("## One\nText.\n\n### Reflekt: Why?\nText.\n\n### Background\nText.").Diagnostics;
        var warning = findings.ShouldHaveSingleItem(DiagnosticRenderer.Render(findings));
        (warning.Severity, warning.Code, warning.Line).ShouldBe((Severity.Warning, "MLC301", 8));
        warning.Help.ShouldBe("Did you mean `### Reflect`?");
    }

    [Theory]
    [InlineData("## One\nText.\n\n### Do people wait too long?\nMost of them.")]
    [InlineData("## One\nText.\n\n**All of this** is text.\n\n#### A small heading\nText.")]
    [InlineData("## One\nText.\n\n```\n# Lesson 2: in a file\n```")]
    public void What_only_begins_like_a_check_is_text(string body) => Read(body).Diagnostics.ShouldBeEmpty();

    [Theory]
    [InlineData("## Lesson 1 - Ask")]
    [InlineData("## Lesson 1 – Ask")]
    [InlineData("## Lesson #1: Ask")]
    [InlineData("## Lektion 1: Ask")]
    [InlineData("## Ask")]
    public void A_number_before_its_name_is_not_part_of_it(string heading) => Definition($"{heading}\nText.").Lessons.ShouldHaveSingleItem().Title.ShouldBe("Ask");

    private static ReadResult Read(string body, string lines = "") => Courses.Read("courses/sample.md", $"---\nkind: course\ntitle: Sample\n{lines}{(lines.Length > 0 ? "\n" : "")}---\n{body}\n");

    private static CourseDefinition Definition(string body)
    {
        var result = Read(body);
        result.Diagnostics.ShouldBeEmpty(DiagnosticRenderer.Render(result.Diagnostics));
        return result.Definition.ShouldBeOfType<CourseDefinition>();
    }
}
