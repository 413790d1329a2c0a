using MattermostLearning.Activities.Kinds.PromptSeries;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class FrontMatterTests
{
    [Theory]
    [InlineData("host: @somebody", "MLC013", "Write `host: \"@somebody\"`.")]
    [InlineData("title: Week 1: Ask", "MLC013", "Write `title: \"Week 1: Ask\"`.")]
    [InlineData("title: Week 1: Ask  # what people see", "MLC013", "Write `title: \"Week 1: Ask\"`.")]
    [InlineData("title: Week 1: Win #1", "MLC013", "Write `title: \"Week 1: Win\"`, or, if no comment begins at `#`: `title: \"Week 1: Win #1\"`.")]
    [InlineData("channels: [#learning, sales]  # where", "MLC013", "Write `channels: [\"#learning\", sales]`.")]
    [InlineData("topics:\n  - asking\n  - @people # all", "MLC013", "Write `- \"@people\"`.")]
    [InlineData("channel: #learning", "MLC013", "Write `channel: \"#learning\"`.")]
    [InlineData("channels: [#learning, sales]", "MLC013", "Write `channels: [\"#learning\", sales]`.")]
    [InlineData("title: \"Ask\" and tell", "MLC013", "Write `title: \"\\\"Ask\\\" and tell\"`.")]
    [InlineData("title: \"Ask", "MLC013", "Write `title: \"Ask\"`.")]
    [InlineData("title: 'It's time'", "MLC013", "Write `title: \"It's time\"`.")]
    [InlineData("title: *Ask* and tell", "MLC013", "Write `title: \"*Ask* and tell\"`.")]
    [InlineData("title: %done", "MLC013", "Write `title: \"%done\"`.")]
    [InlineData("title: `code`", "MLC013", "Write `title: \"`code`\"`.")]
    [InlineData("title:Ask", "MLC012", "Write `title: Ask`.")]
    [InlineData("title: *anchor", "MLC017", "\"*anchor\"")]
    [InlineData("title: &a Ask", "MLC017", "\"&a Ask\"")]
    [InlineData("title: !!int 5", "MLC017", "\"!!int 5\"")]
    [InlineData("topics:\n  - asking\n  - @people", "MLC013", "Write `- \"@people\"`.")]
    [InlineData("channels:\n  - #learning", "MLC013", "Write `- \"#learning\"`.")]
    [InlineData("summary: # to be written", "MLC101", "Write `summary: Ask")]
    [InlineData("topics:\n\t- asking", "MLC014", "spaces")]
    [InlineData("topics:\n  - [a, b]", "MLC016", "topics")]
    [InlineData("topics:\n  deep:\n    deeper: 1", "MLC016", "topics")]
    [InlineData("rounds: 6\nrounds: 7", "MLC015", "Keep one")]
    [InlineData("topics: a\ntopics: b", "MLC015", "Keep one")]
    [InlineData("name: Ask\ntitle: Tell", "MLC015", "Keep one")]
    [InlineData("sumary: Ask", "MLC020", "Did you mean `summary`?")]
    [InlineData("Remind me: no", "MLC020", "Did you mean")]
    [InlineData("descripton: Ask", "MLC020", "Did you mean `summary`?")]
    [InlineData("time of the reminder: no", "MLC020", "Did you mean `remind`?")]
    [InlineData("colour: red", "MLC020", "take it away")]
    [InlineData("hint: Look around", "MLC020", "a line `## Hint after 1 day`")]
    [InlineData("hints: Look around", "MLC020", "a line `## Hint after 1 day`")]
    [InlineData("how it works: You ask", "MLC020", "a line `## How it works`")]
    [InlineData("wrap-up: How was it?", "MLC103", "a line `## Wrap-up`")]
    [InlineData("start: 2027-01-11", "MLC103", "`from: 2027-01-11`")]
    [InlineData("summary:", "MLC101", "Write `summary: Ask")]
    [InlineData("title: [a, b]", "MLC102", "Write `title: One good question`.")]
    [InlineData("draft: perhaps", "MLC103", "`yes`")]
    [InlineData("when-missed: sent late", "MLC103", "Did you mean `send late`?")]
    [InlineData("rounds: six", "MLC104", "`rounds: 6`")]
    [InlineData("rounds: 0", "MLC104", "`rounds: 6`")]
    [InlineData("slug: One Good Question!", "MLC105", "Write `one-good-question`.")]
    [InlineData("channel: a/b/c", "MLC106", "`team/learning`")]
    [InlineData("host: Ann Lee", "MLC107", "`learning.lead`")]
    [InlineData("language: Elvish", "MLC108", "`en`")]
    [InlineData("from: 11.01.2027", "MLC205", "`2027-01-11` or `2027-11-01`")]
    [InlineData("time-zone: UTC+1", "MLC210", "`Europe/Berlin`")]
    [InlineData("schedule: every Mondey at 9:00", "MLC201", "Did you mean `every Monday at 09:00`?")]
    [InlineData("open-for: 8 days", "MLC212", "`open-for: 1 week` or less")]
    [InlineData("schedule: every day at 09:00\nopen-for: until Friday 16:00", "MLC212", "`open-for: 1 day` or less")]
    [InlineData("open-for: 2 hours\nremind: 1 day before close", "MLC213", "`remind: no`")]
    [InlineData("open-for: 1 day\nremind: Thursday at 10:00", "MLC213", "`remind: no`")]
    [InlineData("open-for: 4 days\ncloses: Friday at 16:00", "MLC023", "Keep one")]
    [InlineData("from: 2027-03-01\nuntil: 2027-02-01", "MLC214", "`until`")]
    [InlineData("from: 2027-03-02\nuntil: 2027-03-05", "MLC214", "`schedule`, `from`, `until`")]
    [InlineData("schedule: once on 2027-01-11 at 09:00\nnot-on: 2027-01-11", "MLC214", "`schedule`, `not-on`")]
    public void One_mistake_makes_one_error_with_help(string lines, string code, string help)
    {
        var error = Reading.ReadWith(lines).OnlyError();
        error.Code.ShouldBe(code, error.ToString());
        error.Severity.ShouldBe(Severity.Error);
        error.Help.ShouldNotBeNull().ShouldContain(help, Case.Sensitive);
    }

    [Fact]
    public void Several_mistakes_are_all_told_at_once()
    {
        var result = Reading.ReadWith("host: @somebody\nchannel: #learning\nrounds: six\nsumary: x\ntitle: Week 1: Ask");
        result.Diagnostics.Select(each => (each.Code, each.Line)).ShouldBe(
            [("MLC013", 5), ("MLC013", 6), ("MLC104", 7), ("MLC020", 8), ("MLC013", 9)]);
    }

    [Fact]
    public void A_finding_shows_the_line_with_a_caret_and_what_to_write()
    {
        Reading.ReadWith("rounds: 6\nhost: @somebody # me").Diagnostics[0].ToString().ShouldBe("""
            challenges/sample.md:7:7: error MLC013: In YAML a value that begins with `@` must be quoted.
              7 | host: @somebody # me
                |       ^^^^^^^^^
              help: Write `host: "@somebody"`.

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Places_are_right_after_signs_that_take_two_units()
    {
        var error = Reading.ReadWith("title: \"\U0001F600 Ask\"\nsummary: >\n  \U0001F600 first\n  second\nrounds: six").OnlyError();
        (error.Line, error.Column, error.Length).ShouldBe((9, 9, 3));
    }

    [Fact]
    public void A_folded_text_and_control_characters_become_one_line()
    {
        Reading.ReadWith("summary: >\n  Ask\n  somebody.").Definition().Summary.ShouldBe("Ask somebody.");
        Reading.ReadWith("title: |\n  Ask\n  now").Definition().Title.ShouldBe("Ask now");
        Reading.ReadWith("title: \"Ask\\a\\tnow\"").Definition().Title.ShouldBe("Ask now");
    }

    [Fact]
    public void A_file_with_a_thousand_mistakes_shows_the_first_hundred() =>
        Reading.ReadWith(string.Join('\n', Enumerable.Range(0, 1000).Select(each => $"colour{each}: red"))).Diagnostics.Length.ShouldBe(100);

    [Fact]
    public void A_hash_inside_a_value_is_warned_of_and_a_comment_is_not()
    {
        var result = Reading.ReadWith("title: Win #1\nrounds: 6 # about six weeks");
        result.Definition().Title.ShouldBe("Win");
        result.Diagnostics.ShouldHaveSingleItem().Help.ShouldBe("If it should be: write `title: \"Win #1\"`.");
    }

    [Theory]
    [InlineData("kind: challenge\ntitle: Ask", "MLC010")]
    [InlineData("", "MLC010")]
    [InlineData("---\nkind: challenge\ntitle: Ask\n", "MLC011")]
    [InlineData("---\nkind: song\ncolour: red\n---\nAsk.", "MLC022")]
    [InlineData("---\njust words\n---\nAsk.", "MLC012")]
    [InlineData("---\n{kind: challenge}\n---\nAsk.", "MLC016")]
    [InlineData("---\n- kind\n---\nAsk.", "MLC012")]
    [InlineData("---\n? [a]\n: b\n---\nAsk.", "MLC016")]
    [InlineData("---\nkind: @challenge\ntitle: Ask\n---\nAsk.", "MLC013")]
    [InlineData("---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\nkind: challenge\n---\nAsk.", "MLC017|")]
    public void Front_matter_that_is_none_is_refused(string text, string code)
    {
        var result = Reading.Read(text);
        result.Definition.ShouldBeNull();
        if (code.EndsWith('|'))
            result.Diagnostics.Select(each => each.Code).ShouldContain(code.TrimEnd('|'));
        else
            result.OnlyError().Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("----\nkind: challenge\n---\nAsk.", "Write three hyphens, `---`, instead of `----`, and the same below the last key.")]
    [InlineData("—\nkind: challenge\n—\nAsk.", "Write three hyphens, `---`, instead of `—`, and the same below the last key.")]
    [InlineData("+++\nkind = \"challenge\"\n+++\nAsk.", "Write three hyphens, `---`, instead of `+++`, and the same below the last key.")]
    [InlineData("kind: challenge\ntitle: Ask\n---\nAsk.", "Write a line `---` above this one, and another below the last key.")]
    [InlineData("---\nkind: challenge\n-----\nAsk.", "Write three hyphens, `---`, in line 3, instead of `-----`.")]
    [InlineData("---\nkind: challenge\nAsk.", "Write a line `---` below the last key.")]
    public void What_stands_in_the_place_of_three_hyphens_is_named(string text, string help) => Reading.Read(text).OnlyError().Help.ShouldBe(help);

    [Theory]
    [InlineData("summary = Ask", "Between a key and its value stand a colon and a space.", "Write `summary: Ask`.")]
    [InlineData("summary： Ask", "Between a key and its value stand a colon and a space.", "Write `summary: Ask`.")]
    [InlineData("summary:\u00A0Ask", "Between a key and its value stand a colon and a space.", "Write `summary: Ask`.")]
    [InlineData("summary: Ask\nsomebody", "This line is no key with a value.", "If it goes on from the line above, put it into that line. Text for people stands below the second `---`.")]
    [InlineData("summary: \"Ask\" somebody", "The quote that begins here does not end with the line.", "Write `summary: \"\\\"Ask\\\" somebody\"`.")]
    public void A_line_that_YAML_cannot_read_is_said_as_it_must_be_written(string lines, string message, string help)
    {
        var error = Reading.ReadWith(lines).OnlyError();
        (error.Message, error.Help).ShouldBe((message, help));
    }

    [Theory]
    [InlineData("prompts", "Did you mean `prompt-series`?")]
    [InlineData("quizzes", "Did you mean `quiz`?")]
    [InlineData("poll", "Kinds are: prompt-series, quiz.")]
    public void A_kind_by_the_name_of_its_folder_or_by_its_beginning_is_recognised(string kind, string help) =>
        new ContentReader([new QuizContent(), new PromptSeriesContent()]).Read("a.md", $"---\nkind: {kind}\ntitle: A\n---\nAsk.").OnlyError().Help.ShouldBe(help);

    [Fact]
    public void A_mistyped_kind_that_can_only_be_one_hides_nothing_else() =>
        Reading.Read("---\nkind: chalenge\ntitle: Ask\ncolour: red\nschedule: every Mounday at 09:00\ntime-zone: London\n---\nAsk.").Diagnostics.Select(each => each.Line).ShouldBe([2, 4, 5]);

    [Theory]
    [InlineData("---\ntitle: Ask\ncolour: red\n---\nAsk.")]
    [InlineData("---\n---\nAsk.")]
    public void A_file_that_neither_says_its_kind_nor_stands_in_a_folder_of_one_is_refused(string text)
    {
        var error = Reading.Read(text, "sample.md").OnlyError();
        error.Code.ShouldBe("MLC021");
        error.Help.ShouldBe("Add a line `kind: challenge`. Kinds are: challenge.");
    }

    [Fact]
    public void Every_missing_key_is_named()
    {
        var result = Reading.Read("---\nkind: challenge\n---\nAsk.");
        result.Diagnostics.Select(each => each.Help).ShouldBe(
            ["Add a line such as `title: One good question`.", "Add a line such as `schedule: every Monday at 09:00`."]);
    }

    [Fact]
    public void A_schedule_without_a_zone_is_utc_with_a_warning()
    {
        var result = Reading.Read("---\nkind: challenge\ntitle: Ask\nschedule: every Monday at 09:00\n---\nAsk.");
        result.Definition().Zone.ShouldBe(TimeZoneInfo.Utc);
        result.Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC211");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public void Deep_nesting_is_refused_quickly(int depth)
    {
        var result = Reading.ReadWith($"topics: {new string('[', depth)}{new string(']', depth)}");
        result.HasErrors.ShouldBeTrue();
        Reading.ReadWith("", new string('>', depth) + " deep").Diagnostics.Length.ShouldBeLessThan(2);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    public void Markdown_that_is_nested_too_deeply_is_an_error_whatever_else_is_in_it(string level)
    {
        var deep = $"Ask somebody.\n\n{string.Concat(Enumerable.Repeat(level, 300))}deep";
        foreach (var body in new[] { deep, $"## Wrap-up\nAnd?\n\n{deep}" })
            Reading.ReadWith("", body).OnlyError().Code.ShouldBe("MLC305");
        Reading.ReadWith("", $"Ask somebody.\n\n{string.Concat(Enumerable.Repeat(level, 9))}not deep\n\n{new string('-', 300)}").HasErrors.ShouldBeFalse();
    }

    [Fact]
    public void Front_matter_as_long_as_a_book_is_refused() =>
        Reading.ReadWith("summary: " + new string('x', 70_000)).OnlyError().Code.ShouldBe("MLC018");
}
