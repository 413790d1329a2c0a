using System.Collections.Immutable;
using System.Globalization;
using MattermostLearning.Content;
using MattermostLearning.Content.Declarations;
using MattermostLearning.Content.Design;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Content.Questions;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>How a course is written: a few keys of its own, and a heading for each lesson.</summary>
public sealed class CourseContent : IKindContent
{
    private static readonly KeyDeclaration<Pace> PaceKey = new(
        "pace", KeyTypes.Pace, "How fast lessons come to each learner, by their own clock and on their own working days: `self`, `daily`, `every 2 days`, `weekdays at 09:00`.", "weekdays at 09:00")
    {
        Default = "self: with a button for the next lesson; in a cohort weekdays at 09:00",
        Aliases = ["speed", "lessons-come", "drip"],
    };

    private static readonly Pace UsualTogether = Pace.Read("weekdays at 09:00").Value!;

    private static readonly KeyDeclaration<CohortMode> CohortKey = new(
        "cohort",
        KeyTypes.Choice(("channel", CohortMode.Channel), ("pairs", CohortMode.Pairs)),
        "Everybody goes through it at one pace, from one day on: `from`, or the first Monday that is a week away when it is started. What they write in a lesson is shown when the next one comes: in the thread of the course (`channel`), or to a buddy (`pairs`).",
        "pairs")
    {
        Default = "everybody begins when they like; with `from`, channel",
        Aliases = ["together", "buddies"],
    };

    private static readonly ListKeyDeclaration<string> RequiresKey = new(
        "requires", KeyTypes.Slug, "What somebody has to have done before they begin: the short names of other activities.", "asking-and-answering-well")
    {
        Aliases = ["prerequisites", "prerequisite", "needs", "after"],
    };

    private static readonly KeyDeclaration<bool> CertificateKey = new("certificate", KeyTypes.YesNo, "Whether there is a certificate at the end.", "no")
    {
        Default = "yes",
    };

    private const int LevelOfLessons = 2;

    private static readonly OpenHeading LessonHeading = new(
        "Lesson", "One lesson, and what is asked in it: below `### Question`, `### Reflect`, `### Try` or `### Do`, as the page of this kind shows.", "Lesson 1: Ask so that people can answer")
    {
        Aliases = ["Step", "Unit", "Part", "Lektion"],
    };

    internal static readonly PlainHeading WrapUp = new("Wrap-up", "What to take along, at the end.", "Wrap-up")
    {
        AtMost = 1,
        AlsoSaid = ["Debrief", "Closing", "Closing question", "At the end", "Conclusion", "Abschluss", "Fazit"],
    };

    public string Kind => CourseKind.Name;

    public ContentDeclaration Declaration { get; } = new(CourseKind.Name, "Short lessons in direct messages, at each learner's own pace, with checks that go on when they are done.")
    {
        Keys = [PaceKey, CohortKey, RequiresKey, CertificateKey],
        Without = [(SharedKeys.Schedule, $"It is there whenever somebody begins. For when its lessons come, write `{PaceKey.Name}: {PaceKey.Example}`; for a day on which all begin, `{CohortKey.Name}: {CohortKey.Example}` and `{SharedKeys.From.Name}: {SharedKeys.From.Example}`.")],
        Headings = [LessonHeading, WrapUp],
        KeysOfNew = [SharedKeys.Summary, SharedKeys.Topics, SharedKeys.Channel, PaceKey, SharedKeys.Takes],
        BodyOfNew = """
            Whom is this for, and what can they do at the end? Two lines. They stand above the button that begins it.

            ## Lesson 1: What people see at once
            Tell one thing in five sentences, from their own work. Then ask.

            ### Question: What would somebody do who has not learned this?
            - [x] Here stands what is right
              > Say why it is.
            - [ ] Here stands a mistake that people really make
              > Say what speaks against it.

            ## Lesson 2: What they do about it
            Say what to look for, and let people find it in their own work.

            ### Reflect: Where did you last meet this?
            Ask for one example. It stays theirs, unless they choose to share it.

            ## Lesson 3: Now for real
            Show how it looks when somebody does it well.

            ### Do: reply with a question
            Ask the others in the thread of this course, and answer one of them.

            ## Wrap-up
            What will you do differently tomorrow? Tell a colleague.
            """,
    };

    public ActivityDefinition? Read(ActivityDocument document, DiagnosticBag report)
    {
        var requires = document.Get(RequiresKey);
        if (requires.Contains(document.Slug))
            report.Error(document.PlaceOf(RequiresKey), Codes.RequiresItself, "This course requires itself, so nobody could begin it.", "Take its own short name out.");
        CohortMode? cohort = document.Has(CohortKey) ? document.Get(CohortKey, default) : document.Has(SharedKeys.From) ? CohortMode.Channel : null;
        if (cohort is not null)
            CheckCohort(document, report);
        foreach (var text in document.Texts)
            LessonReader.AskAboutOthers(text, LevelOfLessons, report);
        var written = document.Sections(LessonHeading).Length;
        var lessons = LessonsOf(document, report);
        if (written == 0)
            report.Error(document.BodySpan, Codes.NoLesson, "This course has no lesson.", $"Begin each with a line such as `## {LessonHeading.Example}`.");
        foreach (var again in lessons.Where(lesson => lesson.Title.Length > 0).GroupBy(lesson => lesson.Title, StringComparer.OrdinalIgnoreCase).SelectMany(same => same.Skip(1)))
            report.Error(again.Place, Codes.Alike, "Two lessons have this heading.", "Change one of them: people find their place by it.");
        if (lessons.Length < written)
            return null;
        return new CourseDefinition(document)
        {
            Pace = document.Get(PaceKey, cohort is null ? new Pace.Self() : UsualTogether),
            Cohort = cohort,
            HasCertificate = document.Get(CertificateKey, true),
            RequiredFirst = requires,
            RequiredAt = document.PlaceOf(RequiresKey),
        };
    }

    /// <summary>Those that can be read; what cannot be is reported.</summary>
    internal static ImmutableArray<Lesson> LessonsOf(ActivityDocument document, DiagnosticBag report) =>
        [.. document.Sections(LessonHeading).Select(section => LessonReader.Read(section, report)).OfType<Lesson>()];

    public ActivityDesign DesignOf(ActivityDefinition definition)
    {
        var course = (CourseDefinition)definition;
        var closing = course.Document.Sections(WrapUp).Select(section => new DesignText("The wrap-up", section.Markdown, section.HeadingSpan)).FirstOrDefault();
        ImmutableArray<DesignText> opening = course.Body.Length > 0 ? [new DesignText("The announcement", course.Body, course.Document.BodySpan)] : [];
        return new ActivityDesign
        {
            Texts =
            [
                .. opening,
                .. course.Lessons.Select((lesson, index) => new DesignText(string.Create(CultureInfo.InvariantCulture, $"Lesson {index + 1}"), WholeOf(lesson), lesson.Place)),
            ],
            Closing = closing,
            HasClosing = true,
            ClosingHeading = WrapUp.Example,
            Questions = course.Questions,
        };
    }

    private static void CheckCohort(ActivityDocument document, DiagnosticBag report)
    {
        if (document.Get(PaceKey, UsualTogether) is Pace.Self)
            report.Error(document.PlaceOf(PaceKey), Codes.KeysExclude, "A cohort gets its lessons together, and in this pace each goes for themselves.", $"Write `{PaceKey.Name}: {PaceKey.Example}`.");
        if (!document.Has(SharedKeys.TimeZone))
            report.Warning(document.PlaceOf(document.Has(CohortKey) ? CohortKey : SharedKeys.From), Codes.NoZone, "No time zone is written, so the clock of this cohort is UTC.", "Add a line such as `time-zone: Europe/London`.");
    }

    /// <summary>A lesson with what is asked in it.</summary>
    private static string WholeOf(Lesson lesson) => string.Join("\n\n", lesson.Checks.Select(check => check switch
    {
        QuestionCheck question => question.Question.Text,
        ReflectionCheck reflection => reflection.Text,
        TryCheck attempt => attempt.Text,
        DeedCheck deed => deed.Text,
        _ => "",
    }).Prepend(lesson.Text).Where(text => text.Length > 0));
}

/// <summary>What a course's file says.</summary>
public sealed record CourseDefinition(ActivityDocument Document) : ActivityDefinition(Document)
{
    public override string Kind => CourseKind.Name;

    public required Pace Pace { get; init; }

    /// <summary>How those who go through it together meet; null where everybody begins when they like.</summary>
    public CohortMode? Cohort { get; init; }

    public ImmutableArray<Lesson> Lessons => field.IsDefault ? field = Again(CourseContent.LessonsOf) : field;

    public override ImmutableArray<Question> Questions =>
        field.IsDefault ? field = [.. Lessons.SelectMany(lesson => lesson.Checks).OfType<QuestionCheck>().Select(check => check.Question)] : field;

    public string? WrapUp => Document.Section(CourseContent.WrapUp);

    public bool HasCertificate { get; init; }

    public ImmutableArray<string> RequiredFirst { get; init; } = [];

    public TextSpan RequiredAt { get; init; }

    public override ImmutableArray<string> Requires => RequiredFirst;

    public override TextSpan RequiresPlace => RequiredAt;

    public override ImmutableArray<string> Places =>
        [.. Lessons.SelectMany(lesson => lesson.Checks).OfType<DeedCheck>().Select(check => check.Task.Channel).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    public override bool GoesTogether => Cohort is not null;

    /// <summary>Without a date there is a week to join in, and then it begins with the week.</summary>
    public override DateOnly BeginsOn(DateOnly announcedOn)
    {
        if (Cohort is null)
            return announcedOn;
        var aWeekLater = announcedOn.AddDays(7);
        return Settings.From ?? aWeekLater.AddDays((DayOfWeek.Monday - aWeekLater.DayOfWeek + 7) % 7);
    }
}

public enum CohortMode
{
    /// <summary>In the thread of the course.</summary>
    Channel,

    /// <summary>In twos, and one group of three where they are odd, each in a conversation of its own.</summary>
    Pairs,
}
