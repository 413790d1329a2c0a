using System.Text.RegularExpressions;
using MattermostLearning.Content;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Exchange;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Quiz;

/// <summary>A quiz's file with questions that come from elsewhere. Each is read again as it is written: what would not be the same question stays behind.</summary>
public static partial class QuizFile
{
    /// <summary>More at a time are asked only if the author says so.</summary>
    private const int MostAtATime = 10;

    /// <summary>Longer ones do not fit into a message.</summary>
    private const int LongestQuestion = 8000;

    private static readonly ContentReader Reader = new([new QuizContent()]);

    /// <param name="title">What people see in bold.</param>
    /// <param name="language">Of its posts; null where the sidecar's is meant.</param>
    /// <param name="questions">In order.</param>
    /// <param name="report">Takes what stays behind.</param>
    /// <returns>The file, and how many questions are in it.</returns>
    public static (string Text, int Questions) Write(string title, string? language, IEnumerable<Question> questions, ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(report);
        var written = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            if (!seen.Add(question.Id))
                report.StaysBehind(question.Place, Codes.Alike, "This question was there before, with the same text.", "Change one of them, or take it away.");
            else if (MarkdownOf(question, out var problem) is { } markdown)
                written.Add(markdown);
            else
                report.StaysBehind(question.Place, Codes.CannotHold, problem.Message, problem.Help);
        }

        List<string> lines = [$"{SharedKeys.Kind}: {QuizKind.Name}", $"{SharedKeys.Title}: {NewFile.InYaml(title)}"];
        if (language is not null)
            lines.Add($"{SharedKeys.Language}: {language}");
        if (written.Count > MostAtATime)
            lines.Add($"{QuizContent.DrawKey}: {MostAtATime}");
        return ($"---\n{string.Join('\n', lines)}\n---\n{string.Join('\n', written)}", written.Count);
    }

    /// <summary>In its heading where that can hold it, else below.</summary>
    private static string? MarkdownOf(Question question, out (string Message, string? Help) problem)
    {
        problem = ("Its text cannot stand in a quiz's file: within an answer there is a list, a heading or the like.", "Write it in plainer words.");
        foreach (var belowHeading in question.Text.Contains('\n') ? new[] { true } : [false, true])
        {
            var markdown = QuestionWriter.Write(question, belowHeading);
            if (markdown.Length > LongestQuestion)
                problem = ("It is longer than a message can be.", "Make it shorter, or two questions of it.");
            else if (markdown.Any(each => char.IsControl(each) && each is not ('\n' or '\t')))
                problem = ("It has a character that no text has.", "Take it away.");
            else
            {
                var read = Reader.Read("quizzes/from-elsewhere.md", $"---\ntitle: From elsewhere\n---\n{markdown}");
                var again = read.Definition is QuizDefinition { Questions: [var only] } ? only : null;
                // What became another question is told as that, whatever else is said of it.
                if (again is not null && !IsSame(question, again))
                    continue;
                if (read.Diagnostics is [var first, ..])
                    problem = (first.Message, first.Help);
                else if (again is not null)
                    return markdown;
            }
        }

        return null;
    }

    /// <summary>Space is nobody's answer; and what people type becomes a number where all of it is one.</summary>
    private static bool IsSame(Question meant, Question read)
    {
        if (Spaces().Replace(QuestionWriter.Write(meant, belowHeading: true), " ") != Spaces().Replace(QuestionWriter.Write(read, belowHeading: true), " "))
            return false;
        return (meant, read) switch
        {
            (NumberQuestion one, NumberQuestion other) => one.Answers.Select(each => (each.Least, each.Most)).SequenceEqual(other.Answers.Select(each => (each.Least, each.Most))),
            (TextQuestion, NumberQuestion number) => number.Answers.All(each => each.Least == each.Most),
            _ => meant.GetType() == read.GetType(),
        };
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
