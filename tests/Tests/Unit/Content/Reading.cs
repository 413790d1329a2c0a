using MattermostLearning.Activities.Kinds.Challenge;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>Short ways to read Markdown in tests.</summary>
internal static class Reading
{
    public static ContentReader Challenges { get; } = new([new ChallengeContent()]);

    public static ReadResult Read(string text, string path = "challenges/sample.md") => Challenges.Read(path, text);

    /// <summary>A valid challenge with some lines of front matter more.</summary>
    public static ReadResult ReadWith(string lines, string body = "Ask somebody.", string path = "challenges/sample.md") =>
        Read(Challenge(lines, body), path);

    public static string Challenge(string lines, string body = "Ask somebody.")
    {
        var text = "---\nkind: challenge\n";
        if (!lines.Contains("title:", StringComparison.Ordinal))
            text += "title: Sample\n";
        if (!lines.Contains("schedule:", StringComparison.Ordinal))
            text += "schedule: every Monday at 09:00\n";
        if (!lines.Contains("zone", StringComparison.OrdinalIgnoreCase) && !lines.Contains("tz:", StringComparison.Ordinal))
            text += "time-zone: Europe/London\n";
        return $"{text}{lines}\n---\n{body}\n";
    }

    public static ChallengeDefinition Definition(this ReadResult result)
    {
        result.Diagnostics.Where(each => each.Severity == Severity.Error).ShouldBeEmpty(DiagnosticRenderer.Render(result.Diagnostics));
        return result.Definition.ShouldBeOfType<ChallengeDefinition>();
    }

    /// <summary>The one finding there is: one mistake makes one error.</summary>
    public static Diagnostic OnlyError(this ReadResult result)
    {
        result.Definition.ShouldBeNull();
        return result.Diagnostics.ShouldHaveSingleItem(DiagnosticRenderer.Render(result.Diagnostics));
    }
}
