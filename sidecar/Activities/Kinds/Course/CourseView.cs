using System.Collections.Immutable;
using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Questions;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>Every message of a course to one learner, made from state alone.</summary>
internal sealed class CourseView(CourseDefinition definition, Scene scene, string personId)
{
    public string Title => Token.Literal(definition.Title);

    private readonly CohortClock? _cohort = CohortClock.Of(definition, scene, scene.Round!);

    private Speech Speech => scene.SpeechOf(personId);

    /// <summary>Changes with every message whose buttons hold, and with every check that is done.</summary>
    public static string StepOf(CoursePart part) => string.Create(CultureInfo.InvariantCulture, $"{part.Attempt}.{part.Lesson}.{part.Check}.{part.Sent}");

    /// <summary>What people find in the channel: what it is about, and the button that begins it.</summary>
    public static Draft Opening(CourseDefinition definition, Scene scene, Run run, Occurrence round)
    {
        var speech = scene.Speech;
        var cohort = CohortClock.Of(definition, scene, round);
        List<string> lines =
        [
            Heading(definition), "",
            .. cohort is null ? [speech.Say(PaceKey(definition.Pace, "course.any-time"), ("count", definition.Lessons.Length))] : Together(definition, cohort, speech),
        ];
        if (run.HostId != Forgotten.Nobody)
            lines.Add(speech.Say("quiz.host", ("host", Token.Person(run.HostId))));
        return new Draft
        {
            Text = string.Join('\n', lines),
            Note = cohort is null ? null : scene.WhoIsIn(round),
            Buttons = [new DraftButton(speech.Say(cohort is null ? "quiz.button.start" : "challenge.button.in"), new ActionReference(ActionReference.Activity, PersonAction.Join, round.Id, PersonAction.WhileOpen)) { IsPrimary = true }],
        };
    }

    /// <summary>What a group of buddies reads first, in the conversation that is theirs.</summary>
    public static Draft Group(CourseDefinition definition, Scene scene, IReadOnlyList<string> people) => scene.Speech.Say(
        "course.group", ("title", Token.Literal(definition.Title)), ("names", scene.Speech.List([.. people.Select(Token.Person)])), ("slug", definition.Slug));

    /// <summary>The same post once it is over.</summary>
    public static Draft Over(CourseDefinition definition, Scene scene) => new() { Text = Heading(definition), Note = scene.Speech.Say("course.cancelled") };

    /// <summary>The message whose buttons hold.</summary>
    public Draft Card(CoursePart part, CardButtons buttons, Occurrence round) => new()
    {
        Text = part.Shows switch
        {
            CardKind.Done => Done(part, buttons != CardButtons.None),
            CardKind.End => Speech.Say(_cohort is null ? "course.left-out" : "course.left-open", ("title", Title), ("lessons", Speech.List([.. part.Skipped.Select(lesson => LessonTitle(lesson, Speech))]))),
            _ => Lesson(part, round, buttons != CardButtons.None),
        },
        Buttons = buttons switch
        {
            CardButtons.None => [],
            CardButtons.More => More(part, round),
            _ => Usual(part, round),
        },
    };

    /// <summary>What is said of it where other things come to them at the same moment.</summary>
    public Draft AmongOthers(Draft card, CoursePart part, Occurrence round) => card with
    {
        Briefs = [Speech.Say("course.brief", Places(part))],
        Openers = [new DraftButton(DraftButton.Fit(Title), new ActionReference(ActionReference.Activity, PersonAction.Continue, round.Id, PersonAction.WhileOpen, personId))],
    };

    /// <summary>What the message becomes once its check is done.</summary>
    public Draft Answered(CoursePart part, Occurrence round, string outcome) => $"{Card(part, CardButtons.None, round).Text}\n\n{outcome}";

    public string Outcome(AskedQuestion asked, Answer answer, Grade grade) =>
        $"{Speech.Say("quiz.you-said", ("answer", asked.Summary(answer)))}\n{asked.Verdict(grade, Speech)}";

    /// <summary>A question of a lesson, in this person's order.</summary>
    public AskedQuestion Asked(CoursePart part, QuestionCheck check, Occurrence round) =>
        AskedQuestion.Of(check.Question, string.Create(CultureInfo.InvariantCulture, $"{personId}/{round.Id}/{part.Attempt}/{check.Question.Id}"));

    public string LessonTitle(int number, Speech speech)
    {
        var lesson = definition.Lessons[number];
        var title = Token.Literal(lesson.Title);
        var stage = lesson.Example switch
        {
            ExampleStage.Whole => speech.Say("course.example"),
            ExampleStage.Half => speech.Say("course.half"),
            ExampleStage.Alone => speech.Say("course.alone"),
            _ => null,
        };
        return (stage, title.Length) switch
        {
            (null, 0) => speech.Say("course.lesson", ("number", number + 1)),
            (null, _) => title,
            (_, 0) => stage,
            _ => $"{stage}: {title}",
        };
    }

    /// <summary>In, before the first lesson comes.</summary>
    public string IsIn(DateTimeOffset first) => Speech.Say(
        definition.Cohort == CohortMode.Pairs ? "course.cohort-in-pairs" : "course.cohort-in", ("title", Title), ("moment", scene.OwnTime(personId, first)), ("slug", definition.Slug));

    /// <summary>In a cohort: who else reads what is shared in a lesson, and when. Null where nobody does.</summary>
    public (CohortMode Mode, string Names, DateTimeOffset ShownAt)? Readers(CoursePart part)
    {
        if (_cohort is null || (definition.Cohort == CohortMode.Pairs ? part.Buddies.Count == 0 : scene.Run.Status == RunStatus.Archived))
            return null;
        var end = _cohort.EndOf(part.Lesson) ?? scene.Now;
        return (definition.Cohort!.Value, Speech.List([.. part.Buddies.Select(Token.Person)]), end > scene.Now ? end : scene.Now);
    }

    public Draft Paused(CoursePart part, Occurrence round, bool byItself) => new()
    {
        Text = Speech.Say(byItself ? "course.rests" : "course.paused", Places(part)),
        Briefs = [Speech.Say("course.rests-brief", Places(part))],
        Buttons = [Button("course.button.go-on", PersonAction.Continue, PersonAction.WhileOpen, round) with { IsPrimary = true }, Button("course.button.restart", PersonAction.Restart, StepOf(part), round)],
    };

    public Draft Reminder(CoursePart part, Occurrence round) => new()
    {
        Text = Speech.Say("course.remind", Places(part)),
        Briefs = [Speech.Say("course.remind-brief", Places(part))],
        Buttons = [Button("course.button.go-on", PersonAction.Continue, PersonAction.WhileOpen, round) with { IsPrimary = true }, Button("course.button.pause", PersonAction.Rest, PersonAction.WhileOpen, round)],
    };

    public Draft End(CoursePart part)
    {
        List<string> parts = [Speech.Say("course.end", ("title", Title))];
        if (part.Answered > 0)
            parts.Add(Speech.Say("course.score", ("share", part.Points / part.Answered)));
        if (definition.WrapUp is { } wrapUp)
            parts.Add(Token.Literal(wrapUp));
        if (part.Skipped.Count > 0 && definition.HasCertificate)
            parts.Add(Speech.Say("course.no-certificate", ("slug", definition.Slug)));
        return string.Join("\n\n", parts);
    }

    /// <param name="part">Where they are.</param>
    /// <param name="isOpen">What comes next, and how to do it, is said only while there is something to press.</param>
    private string Done(CoursePart part, bool isOpen)
    {
        var done = Speech.Say(part.Skipped.Contains(part.Lesson) ? "course.passed-over" : "course.done", Places(part));
        return isOpen && !HasNext(part) && part.NextAt is { } next ? $"{done} {Speech.Say("course.next-comes", ("moment", scene.OwnTime(personId, next)))}" : done;
    }

    /// <inheritdoc cref="Done"/>
    private string Lesson(CoursePart part, Occurrence round, bool isOpen)
    {
        var lesson = definition.Lessons[part.Lesson];
        List<string> parts = [$"{Speech.Say("course.heading", Places(part))}\n**{LessonTitle(part.Lesson, Speech)}**"];
        if (part.Shows == CardKind.Lesson && lesson.Text.Length > 0)
            parts.Add(Token.Literal(lesson.Text));
        if (PresentCheck(part) is { } check)
            parts.Add(Prompt(part, check, round, isOpen));
        else if (isOpen && !HasNext(part) && part.NextAt is { } next)
            parts.Add(Speech.Say("course.next-comes", ("moment", scene.OwnTime(personId, next))));
        if (definition.Cohort == CohortMode.Channel && part is { Shows: CardKind.Lesson, Lesson: > 0 } && HasShared(part, part.Lesson - 1))
            parts.Add(Speech.Say("course.others", ("lesson", LessonTitle(part.Lesson - 1, Speech)), ("link", Token.LinkToRow(round.RootRowId))));
        // Said once, where it begins: why this comes, and how it ends.
        if (part is { Lesson: 0, Attempt: 1, Check: 0, Shows: CardKind.Lesson })
            parts.Add(Speech.Say(_cohort is null ? "course.why" : "course.why-cohort", ("slug", definition.Slug)));
        return string.Join("\n\n", parts);
    }

    private string Prompt(CoursePart part, Check check, Occurrence round, bool isOpen) => check switch
    {
        QuestionCheck question => Asked(part, question, round).Text(Speech),
        ReflectionCheck reflection when !isOpen => Token.Literal(reflection.Text),
        ReflectionCheck reflection => $"{Token.Literal(reflection.Text)}\n\n{HowToReflect(part, round)}",
        TryCheck attempt => Token.Literal(attempt.Text),
        DeedCheck deed => new DeedView(Speech).Prompt(deed, scene.Run, round),
        _ => throw new InvalidOperationException($"{check.GetType().Name} has no prompt."),
    };

    private string HowToReflect(CoursePart part, Occurrence round) => Readers(part) switch
    {
        null when _cohort is not null => Speech.Say("course.reflect-how-alone"),
        { Mode: CohortMode.Pairs, Names: var names, ShownAt: var at } => Speech.Say("course.reflect-how-pairs", ("names", names), ("moment", scene.OwnTime(personId, at))),
        { ShownAt: var at } when at > scene.Now => Speech.Say("course.reflect-how-channel", ("moment", scene.OwnTime(personId, at)), ("link", Token.LinkToRow(round.RootRowId))),
        _ => Speech.Say("course.reflect-how"),
    };

    /// <summary>They had something to write in a lesson, and wrote it.</summary>
    private bool HasShared(CoursePart part, int lesson) =>
        !part.Skipped.Contains(lesson) && definition.Lessons[lesson].Checks.Any(check => check is ReflectionCheck);

    /// <summary>There is a lesson to go on to. In a cohort it is the clock of all that brings one.</summary>
    private bool HasNext(CoursePart part) => _cohort is not null && part.Lesson + 1 < definition.Lessons.Length
        && (part.Lesson + 1 < part.Done.Count || _cohort.CameBy(scene.Now) > part.Lesson + 1);

    private ImmutableArray<DraftButton> Usual(CoursePart part, Occurrence round)
    {
        var step = StepOf(part);
        if (part.Shows == CardKind.End)
            return [Button("course.button.make-up", CourseAction.MakeUp, step, round) with { IsPrimary = true }, Button("course.button.finish", CourseAction.Finish, step, round)];
        List<DraftButton> buttons = [];
        switch (PresentCheck(part))
        {
            case QuestionCheck question when Asked(part, question, round) is { IsClicked: true } asked:
                buttons.AddRange(asked.Order.Select((option, at) => new DraftButton(
                    AskedQuestion.Letter(at), new ActionReference(ActionReference.Activity, CourseAction.Option(option), round.Id, step, personId))));
                break;
            case QuestionCheck:
                buttons.Add(Button("question.button.answer", CourseAction.Form, step, round) with { IsPrimary = true });
                break;
            case ReflectionCheck:
                buttons.Add(Button("course.button.write", CourseAction.Form, step, round) with { IsPrimary = true });
                break;
            case TryCheck:
                buttons.Add(Button("course.button.try", CourseAction.Form, step, round) with { IsPrimary = true });
                break;
            case null:
                var isLast = part.Lesson + 1 == definition.Lessons.Length;
                var waits = part.NextAt is not null && !HasNext(part);
                if (_cohort is null || !waits || isLast)
                    buttons.Add(Button(isLast ? "course.button.finish" : waits ? "course.button.next-now" : "course.button.next", CourseAction.Next, step, round) with { IsPrimary = !waits });
                break;
        }

        if (part.Lesson > 0)
            buttons.Add(Button("course.button.back", PersonAction.Back, step, round));
        buttons.Add(Button("course.button.more", CourseAction.More, step, round));
        return [.. buttons];
    }

    /// <summary>To start over stands below the pause: it is rare, and a phone shows three in a row.</summary>
    private ImmutableArray<DraftButton> More(CoursePart part, Occurrence round)
    {
        var step = StepOf(part);
        return
        [
            .. PresentCheck(part) is null ? Array.Empty<DraftButton>() : [Button("course.button.skip", PersonAction.SkipPart, step, round)],
            Button("course.button.pause", PersonAction.Rest, step, round),
            Button("course.button.less", CourseAction.Less, step, round),
        ];
    }

    private Check? PresentCheck(CoursePart part)
    {
        var checks = definition.Lessons[part.Lesson].Checks;
        return part.Shows is CardKind.Lesson or CardKind.Check && part.Check < checks.Length ? checks[part.Check] : null;
    }

    private (string Name, object Value)[] Places(CoursePart part) =>
    [
        ("title", Title), ("number", part.Lesson + 1), ("all", definition.Lessons.Length), ("lesson", LessonTitle(part.Lesson, Speech)), ("slug", definition.Slug),
    ];

    private DraftButton Button(string labelKey, string action, string step, Occurrence round) =>
        new(Speech.Say(labelKey), new ActionReference(ActionReference.Activity, action, round.Id, step, personId));

    private static string Heading(CourseDefinition definition) =>
        definition.Body.Length > 0 ? $"**{Token.Literal(definition.Title)}**\n{Token.Literal(definition.Body)}" : $"**{Token.Literal(definition.Title)}**";

    /// <summary>What everybody gets to know of a cohort before they join it.</summary>
    private static IEnumerable<string> Together(CourseDefinition definition, CohortClock cohort, Speech speech)
    {
        if (cohort.Start is { } start)
            yield return speech.Say("course.cohort", ("count", definition.Lessons.Length), ("first", speech.InChannel(start, definition.Zone)));
        yield return speech.Say(definition.Cohort == CohortMode.Pairs ? "course.cohort-pairs" : "course.cohort-channel");
    }

    private static string PaceKey(Pace pace, string key) => pace is Pace.Self ? key : "course.in-time";
}

/// <summary>Which buttons stand below the message.</summary>
internal enum CardButtons
{
    None,
    Usual,

    /// <summary>Those that are needed less often.</summary>
    More,
}
