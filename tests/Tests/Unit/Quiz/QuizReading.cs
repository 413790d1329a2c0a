using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Tests.Unit.Quiz;

/// <summary>Short ways to read quizzes in tests.</summary>
internal static class QuizReading
{
    public const string Choice = "## Question: Which is red?\n- [x] A cherry\n  > It is.\n- [ ] A plum\n  > It is blue.\n";

    public static ContentReader Quizzes { get; } = new([new QuizContent()]);

    public static ReadResult Read(string body, string lines = "") => Quizzes.Read("quizzes/sample.md", $"---\nkind: quiz\ntitle: Sample\n{lines}{(lines.Length > 0 ? "\n" : "")}---\n{body}\n");

    public static QuizDefinition Definition(string body, string lines = "")
    {
        var result = Read(body, lines);
        result.Diagnostics.Where(each => each.Severity == Severity.Error).ShouldBeEmpty(DiagnosticRenderer.Render(result.Diagnostics));
        return result.Definition.ShouldBeOfType<QuizDefinition>();
    }

    public static Question Question(string body, string lines = "") => Definition(body, lines).Questions.ShouldHaveSingleItem();

    /// <summary>One mistake makes one error.</summary>
    public static Diagnostic OnlyError(string body, string lines = "")
    {
        var result = Read(body, lines);
        result.Definition.ShouldBeNull();
        return result.Diagnostics.ShouldHaveSingleItem(DiagnosticRenderer.Render(result.Diagnostics));
    }
}
