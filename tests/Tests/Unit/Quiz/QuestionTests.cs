using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Tests.Unit.Quiz;

/// <summary>What stands at the end of a question says what kind of question it is.</summary>
public sealed class QuestionTests
{
    [Theory]
    [InlineData("## Question: Which is red?", "Which is red?")]
    [InlineData("## Question 3: Which is red?", "Which is red?")]
    [InlineData("## question 3. Which is red?", "Which is red?")]
    [InlineData("## Q: Which is red?", "Which is red?")]
    [InlineData("## Which is red?", "Which is red?")]
    [InlineData("## What does `Ctrl+K` open?", "What does `Ctrl+K` open?")]
    [InlineData("## Question\nWhich is red?", "Which is red?")]
    [InlineData("## Question: Which is red?\nThink of fruit.", "Which is red?\n\nThink of fruit.")]
    [InlineData("Which is red?\n---\n", "Which is red?")]
    public void A_question_stands_in_its_heading_or_below_it(string heading, string text) =>
        QuizReading.Question($"{heading}\n\n- [x] A cherry\n- [ ] A plum").Text.ShouldBe(text);

    [Fact]
    public void Boxes_are_options_and_quotes_below_them_are_feedback()
    {
        var question = QuizReading.Question("## Which is red?\n* [X] A cherry,\n  ripe\n  > It is\n  > sweet.\n* [ ] A `plum`\n\n> Colours are learned early.").ShouldBeOfType<ChoiceQuestion>();
        question.Options.Select(option => (option.Text, option.IsRight, option.Feedback))
            .ShouldBe([("A cherry,\nripe", true, "It is\nsweet."), ("A `plum`", false, null)]);
        question.Explanation.ShouldBe("Colours are learned early.");
        question.IsMultiple.ShouldBeFalse();
    }

    [Theory]
    [InlineData("- [x] A cherry\n- [50 %] A blood orange\n- [ ] A plum", false, "null 50 null")]
    [InlineData("- [60 %] A cherry\n- [ 40% ] A tomato\n- [-20 %] A plum", true, "60 40 -20")]
    [InlineData("- [100 %] A cherry\n- [0 %] A plum", false, "null null")]
    public void A_box_can_say_what_an_option_is_worth(string options, bool isMultiple, string worth)
    {
        var question = QuizReading.Question($"## Which is red?\n{options}").ShouldBeOfType<ChoiceQuestion>();
        question.IsMultiple.ShouldBe(isMultiple);
        string.Join(' ', question.Options.Select(option => option.Worth?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null")).ShouldBe(worth);
        question.Options[0].ShouldSatisfyAllConditions(first => first.Text.ShouldBe("A cherry"), first => first.IsRight.ShouldBeTrue());
    }

    [Fact]
    public void Several_right_boxes_are_chosen_together() =>
        QuizReading.Question("## Which are red?\n- [x] A cherry\n- [x] A tomato\n- [ ] A plum").ShouldBeOfType<ChoiceQuestion>().IsMultiple.ShouldBeTrue();

    [Fact]
    public void A_numbered_list_is_put_in_order() =>
        QuizReading.Question("## What comes first?\n1. One\n2. Two\n3. Three").ShouldBeOfType<OrderQuestion>().Items.ShouldBe(["One", "Two", "Three"]);

    [Fact]
    public void A_list_with_one_thing_below_each_is_matched() =>
        QuizReading.Question("## What belongs together?\n- Dog\n  - barks\n- Cat\n  - purrs").ShouldBeOfType<MatchQuestion>().Pairs.ShouldBe([new Pair("Dog", "barks"), new Pair("Cat", "purrs")]);

    [Theory]
    [InlineData("### Answer\nParis", Forgiveness.All, 1)]
    [InlineData("### Answer\n- Paris\n- Lutetia", Forgiveness.All, 2)]
    [InlineData("### Answers exactly\n- Paris", Forgiveness.None, 1)]
    [InlineData("### Answer forgiving case and typos\n- Paris", Forgiveness.Case | Forgiveness.Typos, 1)]
    [InlineData("### Answer, forgiving accents\n- [x] Paris\n- [ ] Lyon\n  > The second city.", Forgiveness.Accents, 2)]
    public void Below_Answer_stands_what_people_type(string below, Forgiveness forgives, int answers)
    {
        var question = QuizReading.Question($"## Which city is it?\n{below}").ShouldBeOfType<TextQuestion>();
        question.Forgives.ShouldBe(forgives);
        question.Answers.Length.ShouldBe(answers);
        question.Answers[0].ShouldSatisfyAllConditions(first => first.Text.ShouldBe("Paris"), first => first.IsRight.ShouldBeTrue());
    }

    [Fact]
    public void A_key_says_what_all_typed_answers_forgive() =>
        QuizReading.Question("## Which city?\n### Answer\nParis", "forgive: case").ShouldBeOfType<TextQuestion>().Forgives.ShouldBe(Forgiveness.Case);

    [Theory]
    [InlineData("42", "42", "42")]
    [InlineData("16,383", "16383", "16383")]
    [InlineData("16 383 ± 100", "16283", "16483")]
    [InlineData("42 +/- 2", "40", "44")]
    [InlineData("42 give or take 2", "40", "44")]
    [InlineData("200 ± 5 %", "190", "210")]
    [InlineData("10 to 12", "10", "12")]
    [InlineData("10-12", "10", "12")]
    [InlineData("-3.5", "-3.5", "-3.5")]
    [InlineData("100000000000000 ± 100 %", "0", "200000000000000")]
    public void Numbers_may_have_a_tolerance(string written, string least, string most)
    {
        var answer = QuizReading.Question($"## How many?\n### Answer\n- {written}").ShouldBeOfType<NumberQuestion>().Answers.ShouldHaveSingleItem();
        (answer.Least, answer.Most).ShouldBe((decimal.Parse(least, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(most, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("## Which is red?\nA cherry.", "MLC401", "This question has no answer.")]
    [InlineData("## Question\n- [x] A cherry\n- [ ] A plum", "MLC401", "This question does not say what it asks.")]
    [InlineData("## Which is red?\n- A cherry\n- A plum", "MLC401", "Nothing says which of these is right.")]
    [InlineData("## Which is red?\n- [ ] A cherry\n- [ ] A plum", "MLC402", "None of these options is marked as right.")]
    [InlineData("## Which is red?\n- [x] A cherry\n- A plum", "MLC403", "This option has no box, and others have one.")]
    [InlineData("## Which is red?\n- [x] A cherry\n- [] A plum", "MLC403", "`[]` is not a box that can be read.")]
    [InlineData("## Which is red?\n- [x] 1\n- [x] 2\n- [50 %] 3", "MLC403", "Several boxes have an `x`, and others a percentage.")]
    [InlineData("## Which is red?\n- [x] 1\n- [-50 %] 2", "MLC403", "Whoever chooses one of these loses nothing by it.")]
    [InlineData("## Which is red?\n- [50 %] 1\n- [25 %] 2", "MLC403", "What is right here comes to 75 %.")]
    [InlineData("## Which is red?\n- [150 %] 1\n- [ ] 2", "MLC403", "Nothing is worth 150 % of a question.")]
    [InlineData("## Which is red?\n### Answer\n- [50 %] 1\n- [ ] 2", "MLC402", "None of these answers is marked as right.")]
    [InlineData("## Which is red?\n- [x] A cherry", "MLC404", "This question has one option; people choose from 2 to 6.")]
    [InlineData("## Which is red?\n- [x] 1\n- [ ] 2\n- [ ] 3\n- [ ] 4\n- [ ] 5\n- [ ] 6\n- [ ] 7", "MLC404", "This question has 7 options; people choose from 2 to 6.")]
    [InlineData("## Which is red?\n- [x] 1\n- [x] 2\n- [ ] 3\n- [ ] 4\n- [ ] 5\n- [ ] 6", "MLC404", "This question has 6 options; people choose from 2 to 5 where several are right.")]
    [InlineData("## What is first?\n1. One\n2. Two", "MLC404", "This question has 2 of something to put in order; it takes 3 to 5.")]
    [InlineData("## How many?\n### Answer\n- 42 ± some", "MLC405", "`42 ± some` is not a number with what may differ.")]
    [InlineData("## Which?\n### Answer roughly\n- Paris", "MLC405", "`Answer roughly` does not say what may differ.")]
    [InlineData("## Which is red?\n- [x] A cherry\n- [ ] A plum\n\nThink of fruit.", "MLC406", "This stands behind the answer, where nobody reads it.")]
    [InlineData("No question.", "MLC407", "This quiz has no question.")]
    [InlineData("## Which?\n- [x] A cherry\n- [ ] a cherry", "MLC408", "`a cherry` stands here twice.")]
    [InlineData("## A?\n- [x] 1\n- [ ] 2\n\n## A?\n- [x] 1\n- [ ] 2", "MLC408", "This question stands here twice.")]
    [InlineData("- [x] A cherry\n- [ ] A plum\n\n## Which?\n- [x] 1\n- [ ] 2", "MLC401", "These options belong to no question.")]
    public void A_mistake_is_said_once(string body, string code, string message)
    {
        var error = QuizReading.OnlyError(body);
        (error.Code, error.Message).ShouldBe((code, message));
        error.Help.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("## How many?\nAnswer: 15 ± 5", "Make a heading of it, `### Answer`, and write `15 ± 5` in the line below.")]
    [InlineData("## Which is red?\na) A plum\nb) A cherry\n\nAnswer: b", "Make a list of what there is to choose from, and mark what is right: `- [x]` before it, and `- [ ]` before the others, as in `- [ ] A plum`.")]
    [InlineData("## Which is red?\n-[x] A cherry\n-[ ] A plum", "Begin each option with a hyphen and a space: `- [x] A cherry`.")]
    [InlineData("## Which is red?\n[ ] A plum\n[x] A cherry", "Begin each option with a hyphen and a space: `- [ ] A plum`.")]
    [InlineData("## Which is red?\n- a) A plum\n- b) A cherry\n\nAnswer: b", "Take this away, and mark it in the list: `- [x] A cherry`, and `- [ ]` before the others.")]
    [InlineData("## Which is red?\n1. A plum\n2. A cherry\n\n**Correct answer:** 2", "Take this away, and mark it in the list: `- [x] A cherry`, and `- [ ]` before the others.")]
    [InlineData("## Which is red?\n- A plum\n- A cherry\n\n### Solution\nA cherry", "Take this away, and mark in the list itself what is right: `- [x]` before it, and `- [ ]` before the others.")]
    [InlineData("## Which city?\n### Antwort\nParis", "Write `### Answer` instead of `### Antwort`, and below it what people are to type.")]
    [InlineData("## Which city?\n**Answer**\n\nParis", "Write `### Answer` instead of `**Answer**`, and below it what people are to type.")]
    [InlineData("## Which city?\n### Answer: Paris", "Write `### Answer`, and `Paris` in the line below.")]
    [InlineData("## Match:\n| a | b |\n|---|---|\n| Stand-up | 15 minutes |", "Pairs are a list, with what belongs to each in a line of its own below it, further in: `- Stand-up`, and then `  - 15 minutes`.")]
    [InlineData("## Match:\n- Stand-up - 15 minutes\n- Review - 1 hour", "If these are pairs, write what belongs to each in a line of its own below it, further in: `- Stand-up`, and then `  - 15 minutes`.")]
    [InlineData("## Which is red?\n- [x] A cherry\n> It is.\n- [ ] A plum\n> It is blue.", "If it is said to whoever chose what stands above it, begin it with two spaces: `  > It is.`. So must the others.")]
    [InlineData("## Which is red?\n- [x] A cherry\n* [ ] A plum\n* [ ] A pear", "Begin all of them with `- `.")]
    [InlineData("## Which is red?\n- [x] A cherry\n\nor\n\n- [ ] A plum\n- [ ] A pear", "Move it above the first one; or, if everybody is to read it afterwards, behind the last one, with `> ` before it.")]
    [InlineData("## What is first?\n- 1. One\n- 2. Two\n- 3. Three", "To put in order: a number and no hyphen, `1. This comes first`. To match: what belongs to it stands below each, further in.")]
    [InlineData("## Match:\n- Stand-up -> 15 minutes\n- Review -> 1 hour", "If these are pairs, write what belongs to each in a line of its own below it, further in: `- Stand-up`, and then `  - 15 minutes`.")]
    public void What_is_written_otherwise_in_other_places_is_said_as_it_is_written_here(string body, string help) => QuizReading.OnlyError(body).Help.ShouldBe(help);

    [Theory]
    [InlineData("## Which is red?\n- [x] A cherry\n  - It is.\n- [ ] A plum", 7, "MLC406", "This is listed below an option, where nobody reads it.")]
    [InlineData("## Which is red?\n- [ ] A plum\n- [ ] A cherry\n\n### Answer\nb", 9, "MLC406", "There are boxes to choose from above this, and people would have to type the answer.")]
    [InlineData("## What is first?\n3. Three\n1. One\n2. Two", 7, "MLC401", "By its number this comes before the line above, and by its place after it: the place counts.")]
    public void What_can_be_read_and_is_hardly_meant_is_a_warning(string body, int line, string code, string message)
    {
        var finding = QuizReading.Read(body).Diagnostics.ShouldHaveSingleItem();
        (finding.Severity, finding.Line, finding.Code, finding.Message).ShouldBe((Severity.Warning, line, code, message));
        finding.Help.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Numbers_before_boxes_are_let_pass() =>
        QuizReading.Question("## Which is red?\n1. [x] A cherry\n2. [ ] A plum\n3. [ ] A pear").ShouldBeOfType<ChoiceQuestion>().Options.Select(option => option.Text).ShouldBe(["A cherry", "A plum", "A pear"]);

    [Fact]
    public void A_wrong_key_hides_nothing_that_is_wrong_with_a_question() =>
        QuizReading.Read("## Which?\n- One\n- Two", "draw: all").Diagnostics.Select(each => each.Code).ShouldBe(["MLC104", "MLC401"]);

    [Theory]
    [InlineData("mode: any time\nschedule: every Monday at 09:00\ntime-zone: UTC", "MLC023")]
    [InlineData("mode: window", "MLC021")]
    [InlineData("mode: peer instruction", "MLC021")]
    [InlineData("mode: peer", "MLC103")]
    [InlineData("draw: 2", "MLC407")]
    [InlineData("aim: 7", "MLC104")]
    [InlineData("mode: peer instruction\nschedule: every Monday at 09:00\ntime-zone: UTC\nopen-for: 2 days\nfirst-vote: 2 days", "MLC213")]
    [InlineData("mode: any time\nranking: yes", "MLC023")]
    [InlineData("mode: peer instruction\nschedule: every Monday at 09:00\ntime-zone: UTC\nranking: yes", "MLC023")]
    public void Keys_must_fit_each_other(string lines, string code) => QuizReading.OnlyError(QuizReading.Choice, lines).Code.ShouldBe(code);

    [Fact]
    public void Only_what_can_be_voted_on_is_asked_in_peer_instruction() =>
        QuizReading.OnlyError("## Which city?\n### Answer\nParis", "mode: peer instruction\nschedule: every Monday at 09:00\ntime-zone: UTC").Code.ShouldBe("MLC409");

    [Fact]
    public void A_box_with_a_slip_can_be_mended()
    {
        var result = QuizReading.Read("## Which is red?\n- [x ] A cherry\n- [] A plum");
        var mended = Repair.Apply(result.Diagnostics.Length > 0 ? "---\nkind: quiz\ntitle: Sample\n---\n## Which is red?\n- [x ] A cherry\n- [] A plum\n" : "", result.Repairs);
        mended.ShouldEndWith("## Which is red?\n- [x] A cherry\n- [ ] A plum\n");
        QuizReading.Quizzes.Read("quizzes/sample.md", mended).HasErrors.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Conclusion")]
    [InlineData("Summary")]
    public void A_heading_that_nearly_has_another_meaning_is_asked_about(string heading)
    {
        var result = QuizReading.Read($"{QuizReading.Choice}\n## Wrap up:\nTell somebody.\n");
        result.Definition.ShouldNotBeNull();
        QuizReading.Read($"{QuizReading.Choice}\n## {heading}\nTell somebody.\n").Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("MLC301");
    }

    [Fact]
    public void A_new_file_is_clean()
    {
        var kind = new MattermostLearning.Activities.Kinds.Quiz.QuizContent();
        var text = MattermostLearning.Content.NewFile.TextOf(kind.Declaration, "feedback");
        QuizReading.Quizzes.Read("quizzes/feedback.md", text).Diagnostics.ShouldBeEmpty();
    }
}
