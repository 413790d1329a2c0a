using System.Globalization;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Markdown;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>
/// One person's way through the lessons: on, back, out and in again. One message at a time has buttons that hold, and what it shows follows from the state.
/// </summary>
internal sealed class CourseWay(CourseDefinition definition, Turn turn, string personId)
{
    private bool _hasEnded;

    public CourseDefinition Definition => definition;

    public Turn Turn => turn;

    public string PersonId => personId;

    public Scene Scene => turn.Scene;

    public Speech Speech => Scene.SpeechOf(personId);

    public CourseView View { get; } = new(definition, turn.Scene, personId);

    /// <summary>As everybody in the channel reads it.</summary>
    public CourseView InChannel => new((CourseDefinition)definition.In(Scene.Speech.Language), Scene, personId);

    /// <summary>As it was before this turn, and with what it adds.</summary>
    public CoursePart Part { get; private set; } = CourseKind.PartOf(turn.Scene.Person(personId).Participation);

    /// <summary>The clock of those whom they go together with; null where everybody goes for themselves.</summary>
    public CohortClock? Cohort { get; } = CohortClock.Of(definition, turn.Scene, turn.Round);

    /// <summary>Taken in and not through; in a cohort that may be before it begins.</summary>
    public bool IsOnTheWay => Scene.Person(personId).Participation is { IsIn: true, FinishedAt: null };

    /// <summary>Taken in, begun and not through.</summary>
    public bool IsUnderWay => IsOnTheWay && Part.HasBegun;

    /// <summary>Nothing goes on before they do something, or, in a cohort, it goes on without them.</summary>
    public bool IsTheirTurn => !Part.IsPaused && (Part.NextAt is null || !HasDoneAllThatCame);

    /// <summary>They are elsewhere than they were, or have paused.</summary>
    public bool HasMoved => Part.Sent != CourseKind.PartOf(Scene.Person(personId).Participation).Sent;

    private int Lessons => definition.Lessons.Length;

    private bool IsLast => Part.Lesson + 1 == Lessons;

    private bool IsThroughLesson => Part.Check >= definition.Lessons[Part.Lesson].Checks.Length;

    private bool HasDoneAllThatCame => Part.Done[^1] >= definition.Lessons[Part.Done.Count - 1].Checks.Length;

    /// <summary>Whether a button belongs to the message whose buttons hold. What is typed, or stands in a reminder, always means now.</summary>
    public bool IsPresent(string? step) => IsUnderWay && (step is null or PersonAction.WhileOpen || step == CourseView.StepOf(Part));

    /// <summary>"Start", `/learn join`: begins, or goes on where they were.</summary>
    public void Join()
    {
        if (Scene.StillToDo.Count > 0 && !Part.HasBegun)
        {
            turn.Answer(Speech.Say("course.first", ("title", View.Title), ("names", Speech.List([.. Scene.StillToDo.Select(slug => $"`/learn join {slug}`")]))));
            return;
        }

        var joined = turn.TakeIn(personId);
        var participation = joined ?? Scene.Person(personId).Participation!;
        if (joined is not null)
        {
            ShowWhoIsIn();
            CohortPairs.Await(definition, turn, Cohort);
        }

        if (!Part.HasBegun && Cohort?.Start > Scene.Now)
        {
            WaitForTheStart(participation);
            turn.Answer(View.IsIn(Part.NextAt!.Value));
            return;
        }

        if (!Part.HasBegun || participation.FinishedAt is not null)
        {
            Begin(participation);
            turn.Answer(Speech.Say("course.begins", ("title", View.Title)));
        }
        else if (joined is not null)
        {
            Resend(participation);
            turn.Answer(Speech.Say("course.sent-again", Place()));
        }
        else
            turn.Answer(Speech.Say(Part.IsPaused ? "course.is-paused" : "course.goes-on", Place()));
    }

    /// <summary>"Go on": where they are, once more, at the end of the direct messages.</summary>
    public void Continue()
    {
        if (!IsUnderWay)
        {
            Join();
            return;
        }

        Resend(Scene.Person(personId).Participation!);
        turn.Answer(Speech.Say("course.sent-again", Place()));
    }

    public void Next()
    {
        if (!IsThroughLesson)
        {
            AnswerOld();
            return;
        }

        turn.Answer(ShownInstead(CardButtons.None));
        GoOn(MessagePurpose.Answer);
    }

    public void Back()
    {
        if (Part.Lesson == 0)
        {
            turn.Answer(Speech.Say("course.no-back", ("title", View.Title)));
            return;
        }

        turn.Answer(ShownInstead(CardButtons.None));
        Show(Part with { Lesson = Part.Lesson - 1 }, CardKind.Lesson);
    }

    /// <summary>On without this lesson; it can be made up for at the end.</summary>
    public void Skip()
    {
        var shown = View.Card(Part, CardButtons.None, turn.Round);
        turn.Answer(new Reply { Draft = shown with { Text = $"{shown.Text}\n\n{Speech.Say("course.skipped")}" }, ReplacesMessage = true });
        if (!IsThroughLesson)
        {
            var (lesson, checks) = (Part.Lesson, definition.Lessons[Part.Lesson].Checks.Length);
            Part = Part with { Done = With(Part.Done, lesson, checks), Skipped = [.. Part.Skipped.Where(one => one != lesson), lesson] };
            turn.Record(Verbs.LeftOut, personId, AboutLesson);
        }

        GoOn(MessagePurpose.Answer);
    }

    public void Restart()
    {
        turn.Answer(ShownInstead(CardButtons.None));
        Begin(Scene.Person(personId).Participation!);
    }

    public void Pause()
    {
        Part = Part with { IsPaused = true, NextAt = null, Sent = Part.Sent + 1, MovedAt = Scene.Now };
        Keep(Scene.Person(personId).Participation!);
        turn.Record(Verbs.Paused, personId, AboutLesson);
        turn.Answer(new Reply { Draft = View.Paused(Part, turn.Round, byItself: false), ReplacesMessage = true });
    }

    /// <summary>The same message with other buttons below it.</summary>
    public void ShowButtons(CardButtons buttons) => turn.Answer(ShownInstead(buttons));

    public void MakeUp()
    {
        if (Part.Shows != CardKind.End || Part.Skipped.Count == 0)
        {
            AnswerOld();
            return;
        }

        turn.Answer(ShownInstead(CardButtons.None));
        GoToSkipped();
    }

    public void Finish()
    {
        if (Part.Shows != CardKind.End)
        {
            AnswerOld();
            return;
        }

        turn.Answer(ShownInstead(CardButtons.None));
        End();
    }

    public void Leave()
    {
        var wasIn = TakeOut();
        turn.Answer(Reply.Instead(Speech.Say(wasIn ? "course.left" : "course.left-not-in", ("title", View.Title), ("slug", definition.Slug))));
    }

    public bool TakeOut()
    {
        if (turn.TakeOut(personId) is not { } part)
            return false;
        turn.Save(part with { Watching = null });
        ShowWhoIsIn();
        CohortPairs.Await(definition, turn, Cohort);
        return true;
    }

    public void AnswerTyped() => turn.Answer(
        Part.IsPaused ? View.Paused(Part, turn.Round, byItself: false).Text
        : _hasEnded ? Speech.Say("course.end", ("title", View.Title))
        : Speech.Say("course.sent-again", Place()));

    public void AnswerOld()
    {
        if (!IsUnderWay)
            turn.Answer(Speech.Say("course.not-under-way", ("title", View.Title), ("slug", definition.Slug)));
        else
            turn.Answer(Speech.Say(Part.IsPaused ? "course.is-paused" : "course.old-button", Place()));
    }

    /// <summary>One more check is done: on to the next one, or the lesson is over.</summary>
    /// <param name="points">Of a question, of 100; null where nothing is measured.</param>
    public void Pass(int? points)
    {
        var about = $"{AboutLesson}/{Part.Check}";
        turn.Record(Verbs.Answered, personId, about, string.Create(CultureInfo.InvariantCulture, $"{Part.Lesson + 1}.{Part.Check + 1}:{points}"));
        Part = Part with
        {
            Done = With(Part.Done, Part.Lesson, Part.Check + 1),
            Points = Part.Points + (points ?? 0),
            Answered = Part.Answered + (points is null ? 0 : 1),
        };
        if (!IsThroughLesson)
        {
            Show(Part, CardKind.Check);
            return;
        }

        // The cohort may have gone on without them, and they have caught up.
        Part = Part with { Skipped = [.. Part.Skipped.Where(one => one != Part.Lesson)] };
        if (IsLast && !Part.IsMakingUp && Part.Skipped.Count == 0)
            End();
        else
            Show(Part, CardKind.Done);
    }

    /// <summary>Sent by the clock: the first lesson that they have not seen. In a cohort it comes, whatever is left to do in the one before.</summary>
    public void BringNext()
    {
        if (!Part.HasBegun)
        {
            Begin(Scene.Person(personId).Participation!, MessagePurpose.Asked);
            return;
        }

        var last = Part.Done.Count - 1;
        Part = Part with { Lesson = last, Skipped = HasDoneAllThatCame || Part.Skipped.Contains(last) ? Part.Skipped : [.. Part.Skipped, last] };
        GoOn(MessagePurpose.Asked);
    }

    /// <summary>Keeps where they are, and asks for the moment at which something is to come by itself: a lesson, or a reminder that it is their turn.</summary>
    private void Keep(Participation participation)
    {
        var task = !Part.IsPaused && !IsThroughLesson && definition.Lessons[Part.Lesson].Checks[Part.Check] is DeedCheck deed ? deed.Task : null;
        turn.Save(CourseKind.With(participation, Part) with { Watching = task is null ? null : new Watch(Scene.Now, task.Channel) });
        AwaitWhatComes();
    }

    /// <summary>Keeps what moves nobody on: what they are to do stays what it was.</summary>
    public void Remember(CoursePart part)
    {
        var participation = Scene.Person(personId).Participation!;
        Part = part;
        turn.Save(CourseKind.With(participation, Part) with { Watching = Part.IsPaused ? null : participation.Watching });
        AwaitWhatComes();
    }

    private void AwaitWhatComes()
    {
        if (Part.NextAt is { } next)
            turn.Await(CourseClock.LessonComes, next, personId);
        if (Part.HasBegun && IsTheirTurn)
            CourseClock.AwaitReminder(this);
    }

    /// <summary>In until the cohort begins. What it begins with is the same for all of them.</summary>
    private void WaitForTheStart(Participation participation)
    {
        Part = Part with { NextAt = CourseClock.NextLesson(this) };
        turn.Save(CourseKind.With(participation, Part));
        AwaitWhatComes();
    }

    /// <summary>Whoever thinks of joining a cohort sees with whom.</summary>
    private void ShowWhoIsIn()
    {
        if (Cohort is not null && turn.Run.Status != RunStatus.Archived)
            turn.EditRound(CourseView.Opening(definition, Scene, turn.Run, turn.Round));
    }

    private string AboutLesson => string.Create(CultureInfo.InvariantCulture, $"{Part.Attempt}/{Part.Lesson}");

    private void Begin(Participation participation, MessagePurpose purpose = MessagePurpose.Answer)
    {
        Part = new CoursePart { Attempt = Part.Attempt + 1, Sent = Part.Sent, Done = [0], CameAt = Scene.Now, MovedAt = Scene.Now, Buddies = Part.Buddies };
        turn.Record(Verbs.Started, personId, $"{Part.Attempt}");
        // Whoever was through is on their way again, alone or with their buddy: that may be company for somebody.
        if (participation.FinishedAt is not null)
            CohortPairs.Await(definition, turn, Cohort);
        Show(Part, CardKind.Lesson, purpose, participation with { FinishedAt = null, DefinitionHash = definition.Hash });
    }

    private void Resend(Participation participation) => Show(
        Part, Part.Shows == CardKind.End ? CardKind.End : IsThroughLesson && definition.Lessons[Part.Lesson].Checks.Length > 0 ? CardKind.Done : CardKind.Lesson,
        MessagePurpose.Answer, participation);

    private void GoOn(MessagePurpose purpose)
    {
        if (Part.IsMakingUp && Part.Skipped.Count > 0)
            GoToSkipped();
        else if (Part.IsMakingUp || IsLast)
            Arrive();
        else if (Cohort is { } cohort && purpose == MessagePurpose.Answer && Part.Lesson + 1 == Part.Done.Count && cohort.CameBy(Scene.Now) <= Part.Done.Count)
            Show(Part, CardKind.Done);
        else
        {
            var next = Part.Lesson + 1;
            Show(Part with { Lesson = next, Done = next < Part.Done.Count ? Part.Done : [.. Part.Done, 0], CameAt = Scene.Now }, CardKind.Lesson, purpose);
        }
    }

    private void GoToSkipped()
    {
        var lesson = Part.Skipped[0];
        Show(
            Part with { IsMakingUp = true, MadeUp = Part.MadeUp + 1, Lesson = lesson, Done = With(Part.Done, lesson, LeftIn(lesson)), Skipped = [.. Part.Skipped.Skip(1)], CameAt = Scene.Now },
            CardKind.Lesson);
    }

    /// <summary>What was left out by their own word begins anew; what the cohort had gone on without goes on where they were.</summary>
    private int LeftIn(int lesson) => Part.Done[lesson] < definition.Lessons[lesson].Checks.Length ? Part.Done[lesson] : 0;

    /// <summary>At the end: through, unless something was left out that they may want to make up for.</summary>
    private void Arrive()
    {
        if (Part.Skipped.Count == 0)
            End();
        else
            Show(Part with { IsMakingUp = false }, CardKind.End);
    }

    private void End()
    {
        var participation = Scene.Person(personId).Participation!;
        var isWhole = Part.Skipped.Count == 0;
        Part = Part with { NextAt = null, MovedAt = Scene.Now, Sent = Part.Sent + 1 };
        _hasEnded = true;
        turn.HasFinished(personId);
        // Whoever comes again begins with the file as it is then.
        turn.Save(CourseKind.With(participation, Part) with { FinishedAt = Scene.Now, NoReminder = true, DefinitionHash = null, Watching = null });
        // Whoever goes on without them may be company for somebody who is alone.
        CohortPairs.Await(definition, turn, Cohort);
        turn.Record(Verbs.Finished, personId, $"{Part.Attempt}", Part.Answered == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Part.Points / Part.Answered}"));
        turn.Write(personId, $"end/{Part.Attempt}", MessagePurpose.Answer, View.End(Part));
        if (isWhole && definition.HasCertificate)
        {
            var certificate = new CertificateView(definition, Scene, personId);
            turn.Write(personId, $"certificate/{Part.Attempt}", MessagePurpose.Answer, certificate.Message, file: certificate.Picture);
        }
    }

    /// <summary>Sends the message whose buttons hold from now on; what cannot be done here is passed over, and that is said in it.</summary>
    private void Show(CoursePart part, CardKind kind, MessagePurpose purpose = MessagePurpose.Answer, Participation? participation = null)
    {
        // A lesson that comes while the one before it is not done is nothing that they did.
        var isBroughtAlong = purpose == MessagePurpose.Asked && !HasDoneAllThatCame;
        Part = part with { IsPaused = false, MovedAt = isBroughtAlong ? Part.MovedAt : Scene.Now, Reminded = isBroughtAlong ? Part.Reminded : 0, Hints = 0, NextAt = null };
        List<string> notes = [];
        while (kind is CardKind.Lesson or CardKind.Check && !IsThroughLesson && definition.Lessons[Part.Lesson].Checks[Part.Check] is DeedCheck { Task: var task } && !CanBeDone(task))
        {
            notes.Add(Speech.Say("course.not-here", ("channel", DeedView.Where(task, turn.Run))));
            turn.Record(Verbs.LeftOut, personId, $"{AboutLesson}/{Part.Check}");
            Part = Part with { Done = With(Part.Done, Part.Lesson, Part.Check + 1) };
        }

        // Of a lesson that is sent anyway nothing else has to be said; where its last check falls away there is nothing left to show.
        if (kind == CardKind.Check && IsThroughLesson)
            kind = CardKind.Done;
        Part = Part with { Shows = kind, Sent = Part.Sent + 1 };
        if (kind != CardKind.End && (HasDoneAllThatCame || Cohort is not null) && Part.Done.Count < Lessons)
            Part = Part with { NextAt = CourseClock.NextLesson(this) };
        Part = Part with { Card = $"card/{CourseView.StepOf(Part)}" };
        var draft = View.Card(Part, CardButtons.Usual, turn.Round);
        if (notes.Count > 0)
            draft = draft with { Text = $"{draft.Text}\n\n{string.Join('\n', notes)}" };
        // A text in several messages stays by itself.
        if (purpose == MessagePurpose.Asked && draft.Text.Length <= LongText.Most)
            draft = View.AmongOthers(draft, Part, turn.Round);
        Keep(participation ?? Scene.Person(personId).Participation!);
        turn.Write(personId, Part.Card, purpose, draft);
    }

    private bool CanBeDone(DeedTask task) => task.Channel is { } name ? !Scene.OutOfReach.Contains(name) : turn.Run.Status != RunStatus.Archived;

    private Reply ShownInstead(CardButtons buttons) => new() { Draft = View.Card(Part, buttons, turn.Round), ReplacesMessage = true };

    private (string Name, object Value)[] Place() =>
    [
        ("title", View.Title), ("number", Part.Lesson + 1), ("all", Lessons), ("link", Token.LinkToRow(turn.DirectRowId(Part.Card, personId))), ("slug", definition.Slug),
    ];

    private static IReadOnlyList<int> With(IReadOnlyList<int> done, int lesson, int checks) => [.. done.Select((each, index) => index == lesson ? checks : each)];
}
