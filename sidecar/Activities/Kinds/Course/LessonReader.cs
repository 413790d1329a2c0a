using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Content;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Markdown;
using MattermostLearning.Content.Questions;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>Takes a lesson apart into its text and its checks, each of which begins with a heading of level 3.</summary>
internal static partial class LessonReader
{
    private static readonly (string Name, CheckWord Word)[] Words =
    [
        ("Question", CheckWord.Question), ("Reflect", CheckWord.Reflect), ("Reflection", CheckWord.Reflect), ("Try", CheckWord.Try), ("Try it", CheckWord.Try),
        ("Your turn", CheckWord.Try), ("Do", CheckWord.Do), ("Do it", CheckWord.Do), ("For real", CheckWord.Do), ("Do it for real", CheckWord.Do),
    ];

    /// <summary>What else people call them.</summary>
    private static readonly (string Said, string Meant)[] AlsoSaid =
    [
        ("Task", "Do"), ("Tasks", "Do"), ("Assignment", "Do"), ("Action", "Do"), ("Exercise", "Try"), ("Practice", "Try"), ("Quiz", "Question"), ("Test", "Question"), ("Check", "Question"),
        ("To do", "Do"), ("Todo", "Do"), ("Aufgabe", "Do"), ("Übung", "Try"), ("Frage", "Question"), ("Journal", "Reflect"), ("Nachdenken", "Reflect"),
        ("Discuss", "Reflect"), ("Discussion", "Reflect"), ("Think", "Reflect"), ("Think about it", "Reflect"),
    ];

    private const int LongestNumber = 3;

    private const int LevelOfChecks = 3;

    private enum CheckWord
    {
        Question,
        Reflect,
        Try,
        Do,
    }

    /// <summary>Null where a check could not be read, which has been reported.</summary>
    public static Lesson? Read(Section<string> section, DiagnosticBag report)
    {
        var (example, title) = ExampleOf(section.Argument);
        var inner = InnerSections.Of(section, heading => WordOf(heading) is not null, (heading, span) => AskAbout(heading, span, report), report);
        if (inner.Parts.Length == 0 && WordOf(title) is { Word: var word })
            report.Warning(section.HeadingSpan, Codes.HeadingNearMiss, $"`{word}` asks people something as a heading of level 3; this is a lesson of that name.", $"Write `### {word}` below a lesson's heading, if that is meant.");
        AskAboutOthers(section.Text, LevelOfChecks, report);
        ImmutableArray<Check?> checks = [.. inner.Parts.Select(part => CheckOf(part, report))];
        return checks.Any(check => check is null) ? null : new Lesson(title, inner.Lead, [.. checks.Select(check => check!)], section.HeadingSpan) { Example = example };
    }

    private static Check? CheckOf(Section<string> part, DiagnosticBag report)
    {
        var (word, said) = WordOf(part.Argument)!.Value;
        var place = part.HeadingSpan;
        var original = part.Original is { } of ? of with { Argument = WordOf(of.Argument)!.Value.Said } : null;
        if (original is not null && (WordOf(part.Original!.Argument)!.Value.Word != word || (word == CheckWord.Do && !Equals(DeedTask.Read(original.Argument).Value, DeedTask.Read(said).Value))))
        {
            report.Error(place, Codes.TranslationDiffers, "The original asks something else here.", $"It says `### {part.Original!.Argument}`. What that asks is English in every language.");
            return null;
        }

        if (word == CheckWord.Question)
            return QuestionReader.Read(part with { Argument = said, Original = original }, Forgiveness.All, report) is { } question ? new QuestionCheck(question) : null;
        if (word == CheckWord.Do)
        {
            var task = DeedTask.Read(said);
            if (task.TryGet(out var read))
                return new DeedCheck(read, part.Markdown, place);
            report.Error(place, said.Length > 0 ? task.Refusal! : Unsaid(part.Markdown, task.Refusal!));
            return null;
        }

        // What is quoted at the end is what people see once they have tried.
        var (asked, solution) = word == CheckWord.Try ? InnerSections.EndingQuote(part.Text) : (part.Markdown, null);
        var whole = said.Length == 0 ? asked : asked.Length == 0 ? said : $"{said}\n\n{asked}";
        if (whole.Length > 0)
            return word == CheckWord.Try ? new TryCheck(whole, solution, place) : new ReflectionCheck(whole, place);
        report.Error(place, Codes.CheckIncomplete, "Nothing says what people are asked here.", "Write it in the line below.");
        return null;
    }

    /// <summary>A bare heading: what is to be done may stand below it, where nothing but people would read it.</summary>
    private static Refusal Unsaid(string below, Refusal refusal)
    {
        var first = below.Split('\n')[0].Trim();
        return refusal with
        {
            Message = "This heading does not say what people are to do in Mattermost.",
            Help = first.Length > 0 && DeedTask.Read(first).TryGet(out _) ? $"Write it in the heading: `### Do: {char.ToLowerInvariant(first[0])}{first[1..].TrimEnd('.')}`." : refusal.Help,
        };
    }

    /// <summary>Asks about what would begin a lesson or a check, were it a heading of its level.</summary>
    /// <param name="text">A lesson, or what stands above all of them.</param>
    /// <param name="level">Of headings that are looked at elsewhere.</param>
    /// <param name="report">Takes the questions.</param>
    public static void AskAboutOthers(Passage text, int level, DiagnosticBag report)
    {
        foreach (var other in OtherHeading.In(text, level))
        {
            if (AskAboutLesson(other.Said, other.Form, other.Span, report) || WordOf(other.Said) is not { } check)
                continue;
            report.Warning(
                other.Span, Codes.HeadingNearMiss, $"`{check.Word}` asks people something as a heading of level 3, and {other.Form}.",
                $"Write `### {check.Word}{(check.Said.Length > 0 ? $": {check.Said}" : "")}`, if that is meant.");
        }
    }

    private static bool AskAboutLesson(string heading, string form, TextSpan span, DiagnosticBag report)
    {
        var isLesson = NumberedLesson().IsMatch(heading);
        if (!isLesson && ExampleOf(heading).Stage == ExampleStage.None)
            return false;
        report.Warning(span, Codes.HeadingNearMiss, $"`{heading}` is a lesson of its own as a heading of level 2, and {form}.", $"Write `## {heading}`, if that is meant.");
        return true;
    }

    /// <summary>Asks about a heading that nearly is a check.</summary>
    private static void AskAbout(string heading, TextSpan span, DiagnosticBag report)
    {
        if (AskAboutLesson(heading, "this is level 3", span, report))
            return;
        if (WithoutColon().Match(heading) is { Success: true } plain && WordOf(plain.Groups["name"].Value) is { } bare && (plain.Groups["dash"].Success || (bare.Word == CheckWord.Do && DeedTask.Read(plain.Groups["said"].Value).TryGet(out _))))
        {
            report.Warning(span, Codes.HeadingNearMiss, $"Without a colon `{bare.Word}` has no meaning here, and the heading is part of the lesson's text.", $"Write `### {bare.Word}: {plain.Groups["said"].Value}`.");
            return;
        }

        var name = Beginning().Match(heading).Groups["name"].Value.Trim();
        var meant = AlsoSaid.FirstOrDefault(each => each.Said.Equals(name, StringComparison.OrdinalIgnoreCase)).Meant
            ?? (name.Length > 3 && Nearest.To(name, Words.Select(each => each.Name.ToLowerInvariant())) is { Length: > 3 } near ? $"{char.ToUpperInvariant(near[0])}{near[1..]}" : null);
        if (meant is not null)
            report.Warning(span, Codes.HeadingNearMiss, $"`{name}` has no meaning of its own here and is part of the lesson's text.", $"Did you mean `### {meant}`?");
    }

    private static (CheckWord Word, string Said)? WordOf(string heading)
    {
        var colon = heading.IndexOf(':');
        var name = WithoutNumber(heading.AsSpan(0, colon < 0 ? heading.Length : colon).Trim());
        foreach (var (known, word) in Words)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
                return (word, colon < 0 ? "" : heading[(colon + 1)..].Trim());
        }

        return null;
    }

    /// <summary>"Question 2" is a question.</summary>
    private static ReadOnlySpan<char> WithoutNumber(ReadOnlySpan<char> name)
    {
        for (var digits = 0; digits < LongestNumber && name.Length > 0 && char.IsDigit(name[^1]); digits++)
            name = name[..^1];
        return name.TrimEnd();
    }

    private static (ExampleStage Stage, string Title) ExampleOf(string heading)
    {
        var match = Faded().Match(heading);
        if (!match.Success)
            return (ExampleStage.None, heading);
        var stage = match.Groups["whole"].Success ? ExampleStage.Whole : match.Groups["half"].Success ? ExampleStage.Half : ExampleStage.Alone;
        return (stage, match.Groups["rest"].Value.Trim());
    }

    /// <summary>"Do reply with a picture", "Question 2 - What is it?"</summary>
    [GeneratedRegex(@"^(?<name>\p{L}+)(?:\s*\p{Nd}{1,3})?(?:\s*(?<dash>[-\u2013\u2014.])\s+|\s+)(?<said>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex WithoutColon();

    [GeneratedRegex(@"^(?:lesson|step|unit|part|lektion)\s*\p{Nd}{1,3}\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NumberedLesson();

    [GeneratedRegex(@"^(?<name>\p{L}[\p{L} ]*?)\s*\p{Nd}{0,3}\s*(?::\s*(?<said>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"^(?:(?<whole>(?:worked )?example)|(?<half>half[ -](?:finished|done|worked)(?: example)?)|(?<alone>alone|on your own))\s*(?:[:.]\s*(?<rest>.*)|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Faded();
}
