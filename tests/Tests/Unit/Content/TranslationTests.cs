using MattermostLearning.Activities.Kinds.Course;
using MattermostLearning.Activities.Kinds.PromptSeries;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>A translation is its original in other words: the same dates, the same ids, judged alike.</summary>
public sealed class TranslationTests
{
    private const string Quiz = """
        ---
        kind: quiz
        title: Fruit
        summary: About fruit.
        draw: 2
        ---
        What do you know?

        ## Question: Which of these is red?
        - [ ] A plum
          > Plums are blue.
        - [x] A cherry

        ## Question: What are dried grapes called?
        ### Answer
        - [x] raisins
        - [x] sultanas
        - [ ] prunes
          > Those were plums.

        ## Question: How many pips has a cherry?
        ### Answer
        - 1

        ## Question: The smallest first.
        1. A grape
        2. A plum
        3. A melon
        """;

    private const string German = """
        ---
        title: Obst
        ---
        Was weißt du?

        ## Question: Was davon ist rot?
        - [ ] Eine Pflaume
          > Pflaumen sind blau.
        - [x] Eine Kirsche

        ## Question: Wie heißen getrocknete Trauben?
        ### Answer
        - [x] Rosinen
        - [x] Sultaninen
        - [ ] Backpflaumen
          > Das waren Pflaumen.
        - [x] Korinthen

        ## Question: Wie viele Kerne hat eine Kirsche?
        ### Answer
        - 1

        ## Question: Das Kleinste zuerst.
        1. Eine Traube
        2. Eine Pflaume
        3. Eine Melone
        """;

    private static readonly ContentReader Reader = new([new QuizContent(), new CourseContent(), new PromptSeriesContent()]);

    [Fact]
    public void A_heading_that_was_translated_although_it_means_something_is_named()
    {
        var original = Reading.ReadWith("", "Ask.\n\n## Your task\nOne thing.\n\n## Hint after 2 days\nLook.\n\n## Wrap-up\nWhom next?").Definition();
        var found = Reading.Challenges.Read("challenges/sample.de.md", "---\ntitle: Frage\n---\nFrag.\n\n## Deine Aufgabe\nEins.\n\n## Tipp nach 2 Tagen\nSchau.\n\n## Wrap-up\nWen?", original)
            .Diagnostics.ShouldHaveSingleItem();
        (found.Code, found.Line, found.Message).ShouldBe((Codes.TranslationDiffers, 9, "`## Tipp nach 2 Tagen` means nothing here, and the original has no such text."));
        found.Help.ShouldNotBeNull().ShouldContain("`## Hint after 2 days`");
    }

    [Fact]
    public void It_has_its_own_words_and_everything_else_of_its_original()
    {
        var original = With(Quiz, German);
        var german = original.In("de-AT").ShouldBeOfType<QuizDefinition>();
        (german.Title, german.Summary, german.Body).ShouldBe(("Obst", "About fruit.", "Was weißt du?"));
        (german.Slug, german.Path, german.Hash, german.SourceText, german.Draw).ShouldBe((original.Slug, original.Path, original.Hash, original.SourceText, 2));
        german.In("en").ShouldBeSameAs(original);
        original.In("fr").ShouldBeSameAs(original);
        original.In(null).ShouldBeSameAs(original);
        original.Titles.ShouldBe(["Fruit", "Obst"]);
        german.Titles.ShouldBe(["Fruit", "Obst"]);
    }

    [Fact]
    public void A_question_is_the_same_one_in_every_language_and_what_is_stored_of_it_stays_what_it_was()
    {
        var alone = Read(Quiz);
        var original = (QuizDefinition)With(Quiz, German);
        var german = (QuizDefinition)original.In("de");
        german.Questions.Select(each => each.Id).ShouldBe(alone.Questions.Select(each => each.Id));
        original.Questions.Select(each => each.Id).ShouldBe(alone.Questions.Select(each => each.Id));
        german.Questions.Select(each => each.Text).ShouldNotContain(text => text.Contains("red"));
        alone.Hash.ShouldNotBe(original.Hash);
        With(Quiz, German).Hash.ShouldBe(original.Hash);
        With(Quiz, German.Replace("Obst", "Früchte", StringComparison.Ordinal)).Hash.ShouldNotBe(original.Hash);
    }

    [Theory]
    [InlineData("Rosinen", 100, 0)]
    [InlineData("raisins", 100, 0)]
    [InlineData("Sultaninen", 100, 1)]
    [InlineData("sultanas", 100, 1)]
    [InlineData("Korinthen", 100, 0)]
    [InlineData("Backpflaumen", 0, 2)]
    [InlineData("prunes", 0, 2)]
    [InlineData("Feigen", 0, null)]
    public void What_is_typed_counts_in_both_languages_as_the_same_answer(string typed, int points, int? picked)
    {
        var question = ((QuizDefinition)With(Quiz, German).In("de")).Questions[1].ShouldBeOfType<TextQuestion>();
        var grade = Grading.Of(question, new Answer.Typed(typed)).ShouldNotBeNull();
        grade.Points.ShouldBe(points);
        grade.Picked.ShouldBe(picked is { } index ? [index] : []);
        question.Answers[2].Feedback.ShouldBe("Das waren Pflaumen.");
    }

    [Theory]
    [InlineData("- [x] Eine Kirsche\n", "- [x] Eine Kirsche\n- [ ] Eine Limette\n", "The original has other answers to this question, or others of them are right.", "In the original there are 2, and right is number 2.")]
    [InlineData("- [ ] Eine Pflaume", "- [x] Eine Pflaume", "The original has other answers to this question, or others of them are right.", "In the original there are 2, and right is number 2.")]
    [InlineData("3. Eine Melone", "3. Eine Melone\n4. Ein Kürbis", "The original has other answers to this question, or others of them are right.", "In the original there are 3 things to put in order.")]
    [InlineData("## Question: Das Kleinste zuerst.\n1. Eine Traube\n2. Eine Pflaume\n3. Eine Melone", "", "The original goes on, and this ends here.", "`## Question: The smallest first.`")]
    [InlineData("## Question: Wie viele", "## Wrap-up\nDenk nach.\n\n## Question: Wie viele", "The original has another heading here.", "line 21")]
    [InlineData("3. Eine Melone", "3. Eine Melone\n\n## Wrap-up\nDenk nach.", "The original has no such section.", "A translation has the headings of its original")]
    [InlineData("title: Obst", "title: Obst\nkind: course", "Its original is a quiz, and this a course.", "Write `kind: quiz`")]
    public void One_that_is_built_otherwise_is_told_once_and_not_used(string was, string now, string message, string help)
    {
        var changed = German.ReplaceLineEndings("\n").Replace(was, now, StringComparison.Ordinal);
        changed.ShouldNotBe(German.ReplaceLineEndings("\n"));
        var read = Reader.Read("quizzes/fruit.de.md", changed, Read(Quiz));
        read.Definition.ShouldBeNull();
        var found = read.OnlyError();
        (found.Code, found.Message).ShouldBe((Codes.TranslationDiffers, message));
        found.Help.ShouldNotBeNull().ShouldContain(help);
    }

    [Fact]
    public void Keys_are_read_in_the_original_and_one_that_says_otherwise_is_asked_about()
    {
        var original = Read(Quiz);
        var read = Reader.Read("quizzes/fruit.de.md", German.Replace("title: Obst", "title: Obst\nlanguage: de\ndraw: 1", StringComparison.Ordinal), original);
        read.Definition.ShouldBeOfType<QuizDefinition>().Draw.ShouldBe(2);
        var found = read.Diagnostics.ShouldHaveSingleItem();
        (found.Code, found.Severity, found.Message).ShouldBe((Codes.KeyOfOriginal, Severity.Warning, "`draw` is read in the original only, which says `2`."));
    }

    [Fact]
    public void A_lesson_s_checks_are_paired_and_what_is_to_be_done_is_English_in_every_language()
    {
        const string course = "---\nkind: course\ntitle: Asking\n---\nAsk.\n\n## Lesson 1: One thing\nRead.\n\n### Question: How many?\n- [x] One\n- [ ] Two\n\n### Do: reply with a question\nAsk the others.\n\n### Reflect\nWhy?\n";
        const string german = "---\ntitle: Fragen\n---\nFrag.\n\n## Lesson 1: Eine Sache\nLies.\n\n### Question: Wie viele?\n- [x] Eine\n- [ ] Zwei\n\n### Do: reply with a question\nFrag die anderen.\n\n### Reflect\nWarum?\n";
        var original = (CourseDefinition)Reader.Read("courses/asking.md", course).Definition!;
        var read = (CourseDefinition)Reader.Read("courses/asking.de.md", german, original).Definition.ShouldNotBeNull();
        read.Lessons.ShouldHaveSingleItem().Title.ShouldBe("Eine Sache");
        QuestionIn(read).Id.ShouldBe(QuestionIn(original).Id);
        QuestionIn(read).Text.ShouldBe("Wie viele?");

        Found(german.Replace("### Reflect\nWarum?\n", "", StringComparison.Ordinal)).ShouldBe("The original has 3 headings with a meaning in here, and this has 2.");
        Found(german.Replace("### Reflect", "### Try", StringComparison.Ordinal)).ShouldBe("The original asks something else here.");
        Found(german.Replace("reply with a question", "react with :eyes:", StringComparison.Ordinal)).ShouldBe("The original asks something else here.");

        string Found(string text) => Reader.Read("courses/asking.de.md", text, original).OnlyError().Message;

        static Question QuestionIn(CourseDefinition definition) => definition.Lessons[0].Checks.OfType<QuestionCheck>().Single().Question;
    }

    [Theory]
    [InlineData("- What did you learn?\n- Whom did you ask?", "- Was hast du gelernt?\n- Wen hast du gefragt?", "- Was hast du gelernt?")]
    [InlineData("Why.\n\n## Prompt\nWhat did you learn?\n\n## Prompt\nWhom did you ask?", "Warum.\n\n## Prompt\nWas hast du gelernt?\n\n## Prompt\nWen hast du gefragt?", null)]
    public void A_conversation_starter_is_the_one_in_the_same_place(string english, string german, string? tooFew)
    {
        var original = (PromptSeriesDefinition)Reader.Read("prompt-series/talk.md", $"---\nkind: prompt-series\ntitle: Talk\nschedule: every Monday at 09:00\ntime-zone: Europe/London\n---\n{english}\n").Definition!;
        var read = (PromptSeriesDefinition)Reader.Read("prompt-series/talk.de.md", $"---\ntitle: Reden\n---\n{german}\n", original).Definition.ShouldNotBeNull();
        read.Prompts.Select(each => each.Id).ShouldBe(original.Prompts.Select(each => each.Id));
        read.Prompts[1].Text.ShouldBe("Wen hast du gefragt?");
        if (tooFew is not null)
            Reader.Read("prompt-series/talk.de.md", $"---\ntitle: Reden\n---\n{tooFew}\n", original).OnlyError().Message.ShouldBe("The original has 2 conversation starters, and this has 1.");
    }

    private static QuizDefinition Read(string text) => (QuizDefinition)Reader.Read("quizzes/fruit.md", text).Definition!;

    private static ActivityDefinition With(string text, string german)
    {
        var original = Read(text);
        var read = Reader.Read("quizzes/fruit.de.md", german, original);
        return original.With([read.Definition.ShouldNotBeNull(DiagnosticRenderer.Render(read.Diagnostics))]);
    }
}
