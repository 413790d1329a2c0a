using System.Collections.Immutable;
using MattermostLearning.Activities.Kinds.Quiz;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Questions;
using MattermostLearning.Tests.Unit.Quiz;

namespace MattermostLearning.Tests.Unit.Exchange;

/// <summary>Short ways to bring questions in and out in tests.</summary>
internal static class Importing
{
    public static (IReadOnlyList<Question> Questions, IReadOnlyList<Diagnostic> Findings) Gift(string gift, string? language = null)
    {
        var report = new ImportReport(new SourceText("sample.gift", gift));
        var questions = GiftImport.Read(report, language).SelectMany(list => list.Questions).ToList();
        return (questions, report.Findings);
    }

    /// <summary>What a quiz's file has of it, which always reads without a finding.</summary>
    public static (string Markdown, IReadOnlyList<Diagnostic> Findings) Written(string gift) => Written(gift, report => GiftImport.Read(report, null));

    public static (string Markdown, IReadOnlyList<Diagnostic> Findings) Written(string source, Func<ImportReport, ImmutableArray<QuestionList>> read)
    {
        var report = new ImportReport(new SourceText("sample.txt", source));
        var (text, questions) = QuizFile.Write("Sample", null, read(report).SelectMany(list => list.Questions), report);
        if (questions > 0)
        {
            var again = QuizReading.Quizzes.Read("quizzes/sample.md", text);
            again.Diagnostics.ShouldBeEmpty(text);
            again.Definition.ShouldBeOfType<QuizDefinition>().Questions.Length.ShouldBe(questions);
        }

        return (text, report.Findings);
    }

    /// <summary>The questions alone.</summary>
    public static string Body(string gift)
    {
        var (markdown, findings) = Written(gift);
        findings.ShouldBeEmpty(DiagnosticRenderer.Render(findings));
        return markdown["---\nkind: quiz\ntitle: Sample\n---\n".Length..].TrimEnd();
    }
}
