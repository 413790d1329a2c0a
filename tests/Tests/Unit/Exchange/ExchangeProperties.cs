using System.Collections.Immutable;
using System.Text;
using CsCheck;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Questions;
using MattermostLearning.TestKit;
using MattermostLearning.Tests.Unit.Quiz;

namespace MattermostLearning.Tests.Unit.Exchange;

public sealed class ExchangeProperties
{
    private static readonly string[] Words =
    [
        "plum", "a = b", "{x}", "~here", "50 %", "%50%", "C#", "::", "a\\b", "\\n", "[html]", "[x]", "(a)", "`=`", "**bold**", "_____", "->", "// no", "$CATEGORY:", "ü", "😀", "1.", "*", "T",
    ];

    private static readonly Gen<string> Phrase = Gen.Int[0, Words.Length - 1].Array[1, 5].Select(picks => string.Join(' ', picks.Select(pick => Words[pick])));

    private static readonly Gen<string> Lines = Phrase.Array[1, 3].Select(lines => string.Join("\n\n", lines));

    private static readonly Gen<string?> Feedback = Gen.OneOf(Gen.Const((string?)null), Lines.Select(lines => (string?)lines));

    private static readonly Gen<ImmutableArray<Option>> Options = Gen.Select(Phrase, Feedback, Gen.Bool).Array[2, 5]
        .Select(each => each.Select((option, number) => new Option($"{option.Item1} {number}", number == 0 || option.Item3, option.Item2)).ToImmutableArray());

    private static readonly Gen<Question> Any = Gen.OneOf<Question>(
        Gen.Select(Lines, Options).Select((text, options) => (Question)new ChoiceQuestion(text, options)),
        Gen.Select(Lines, Options).Select((text, options) => (Question)new ChoiceQuestion(text, [.. options.Select((option, number) => option with { IsRight = number == 0, Worth = number == 1 ? 25 : null })])),
        Gen.Select(Lines, Options).Select((text, options) => (Question)new ChoiceQuestion(text, [.. options.Select((option, number) => option with { IsRight = number < 2, Worth = number == 0 ? 60 : number == 1 ? 40 : -20 })])),
        Gen.Select(Lines, Gen.Bool, Feedback, Feedback).Select((text, isTrue, yes, no) => (Question)new ChoiceQuestion(text, [new Option("True", isTrue, yes), new Option("False", !isTrue, no)])),
        Gen.Select(Lines, Options).Select((text, options) => (Question)new TextQuestion(text, options, Forgiveness.All)),
        Gen.Select(Lines, Gen.Int[-1000, 1000], Gen.Int[0, 50], Feedback).Select((text, number, tolerance, feedback) =>
            (Question)new NumberQuestion(text, [new NumberAnswer(number - tolerance, number + tolerance, new Option(tolerance == 0 ? $"{number}" : $"{number} ± {tolerance}", true, feedback))])),
        Gen.Select(Lines, Phrase.Array[2, 5]).Select((text, sides) => (Question)new MatchQuestion(text, [.. sides.Select((side, number) => new Pair($"{side} {number}", $"{side} {number * 2}"))])));

    private static readonly Gen<Question> Explained = Gen.Select(Any, Feedback).Select((question, explanation) => question with { Explanation = explanation });

    [Fact]
    public void What_is_exported_and_imported_again_is_the_same_or_was_said_to_stay_behind() => Explained.Always(times: 2_000, question =>
    {
        var report = new ImportReport(new SourceText("quizzes/sample.md", "---\n---\n"));
        var gift = GiftWriter.Write("Sample / one", [question], report);
        if (report.Findings.Count > 0)
        {
            report.Findings.ShouldAllBe(each => each.Message.Contains("->"));
            return;
        }

        var back = new ImportReport(new SourceText("sample.gift", gift));
        var list = GiftImport.Read(back, null).ShouldHaveSingleItem(gift);
        list.Title.ShouldBe("Sample / one");
        back.Findings.ShouldBeEmpty(gift);
        QuestionWriter.Write(list.Questions.ShouldHaveSingleItem(gift), belowHeading: true).ShouldBe(QuestionWriter.Write(question, belowHeading: true), gift);
    });

    [Fact]
    public void Every_quiz_of_the_library_comes_back_from_GIFT_as_it_was()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "content/quizzes"), "*.md"))
        {
            var quiz = QuizReading.Quizzes.Read("quizzes/any.md", File.ReadAllText(file)).Definition.ShouldBeOfType<QuizDefinition>();
            var report = new ImportReport(new SourceText(file, quiz.SourceText));
            var gift = GiftWriter.Write(quiz.Title, quiz.Questions, report);
            var orders = quiz.Questions.Count(question => question is OrderQuestion);
            report.Findings.Count(each => each.Severity == Severity.Error).ShouldBe(orders);
            GiftImport.Read(new ImportReport(new SourceText("any.gift", gift)), null).SelectMany(list => list.Questions).Select(question => QuestionWriter.Write(question, belowHeading: true))
                .ShouldBe(quiz.Questions.Where(question => question is not OrderQuestion).Select(question => QuestionWriter.Write(question, belowHeading: true)), file);
        }
    }

    [Fact]
    public void A_question_that_is_written_reads_as_it_was()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "content/quizzes"), "*.md"))
        {
            var quiz = QuizReading.Quizzes.Read("quizzes/any.md", File.ReadAllText(file)).Definition.ShouldBeOfType<QuizDefinition>();
            var report = new ImportReport(new SourceText(file, quiz.SourceText));
            var (text, questions) = QuizFile.Write(quiz.Title, null, quiz.Questions, report);
            report.Findings.ShouldBeEmpty(file);
            questions.ShouldBe(quiz.Questions.Length);
            QuizReading.Quizzes.Read("quizzes/again.md", text).Diagnostics.ShouldBeEmpty();
        }
    }

    private static readonly string[] Signs =
    [
        "{", "}", "=", "~", "#", "####", "->", "::", ":", "..", "%50%", "%", "\\", "\\n", "\n", "\n\n", "//", "$CATEGORY:", "[html]", "[markdown]", "[plain]", "<b>", "</b>", "<ul><li>", "&amp;", "&#0;", "T", "FALSE",
        "12", "1e99", "-", "- ", "1. ", "* ", "> ", "## ", "### Answer", "`", "```", "_____", "\t", "word", "\u0000", "\uD800", "😀", "\r\n", "\uFEFF", "\"", ";", ",", "question",
    ];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Int[0, Signs.Length - 1].Array[0, 80].Select(picks => string.Concat(picks.Select(pick => Signs[pick]))),
        Gen.String[0, 400],
        Gen.Byte.Array[0, 400].Select(Encoding.UTF8.GetString));

    /// <summary>About a million random bytes; `MATTERMOST_LEARNING_SCALE` makes it more.</summary>
    [Fact]
    public void No_bytes_make_a_reader_fail_and_what_is_written_is_clean() => AnyText.Always(times: 4_000, text =>
    {
        Importing.Written(text, report => GiftImport.Read(report, null));
        Importing.Written(text, CsvImport.Read);
        Importing.Written(text, MarkdownImport.Read);
        Importing.Written($"question,right,A,B,type\n{text}", CsvImport.Read);
    });

    [Fact]
    public void Plain_text_as_Markdown_shows_what_it_says() => AnyText.Where(text => !text.Contains('\u0000') && !text.Contains('\uD800') && !text.Contains('\r')).Select(text => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))).Always(times: 4_000, text =>
        Bare(Markdig.Markdown.ToPlainText(PlainMarkdown.Of(text))).ShouldBe(Bare(text)));

    private static string Bare(string text) => string.Concat(text.Where(each => !char.IsWhiteSpace(each)));
}
