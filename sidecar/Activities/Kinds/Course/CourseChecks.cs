using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Questions;
using MattermostLearning.Activities.Recall;
using MattermostLearning.Content.Questions;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>What somebody answers, writes or does in a lesson.</summary>
internal sealed class CourseChecks(CourseWay way)
{
    /// <summary>The fields of a reflection, and of something to try.</summary>
    private const string Written = "text";
    private const string Share = "share";
    private const int LongestWritten = 2000;

    /// <summary>After so many hints there is silence.</summary>
    private const int MostHints = 2;

    private Turn Turn => way.Turn;

    private CoursePart Part => way.Part;

    private Check? Present
    {
        get
        {
            var checks = way.Definition.Lessons[Part.Lesson].Checks;
            return way.IsUnderWay && !Part.IsPaused && Part.Check < checks.Length ? checks[Part.Check] : null;
        }
    }

    /// <summary>A click on an option: the message becomes what is to be said to it.</summary>
    public void Choose(int option)
    {
        var answer = new Answer.Chosen([option]);
        if (Present is not QuestionCheck check || way.View.Asked(Part, check, Turn.Round) is not { IsClicked: true } asked || Grading.Of(check.Question, answer) is not { } grade)
        {
            way.AnswerOld();
            return;
        }

        Turn.Answer(new Reply { Draft = way.View.Answered(Part, Turn.Round, way.View.Outcome(asked, answer, grade)), ReplacesMessage = true });
        Turn.MissedOne(way.PersonId, check.Question, grade);
        way.Pass(grade.Points);
    }

    /// <summary>The check's one button: opens the form in which it is answered.</summary>
    public void OpenForm()
    {
        var (speech, action) = (way.Speech, new ActionReference(ActionReference.Activity, CourseAction.Form, Turn.Round.Id, CourseView.StepOf(Part), way.PersonId));
        DraftDialog? dialog = Present switch
        {
            QuestionCheck question when way.View.Asked(Part, question, Turn.Round) is { IsClicked: false } asked => QuestionForm.Of(asked, action, speech),
            ReflectionCheck reflection => new DraftDialog
            {
                Title = speech.Say("course.reflect-title"),
                Introduction = Token.Literal(reflection.Text),
                SubmitLabel = speech.Say("question.form-send"),
                Action = action,
                Elements = [new TextAreaElement { Name = Written, DisplayName = speech.Say("course.your-words"), MaxLength = LongestWritten }, .. ShareElement()],
            },
            TryCheck attempt => new DraftDialog
            {
                Title = speech.Say("course.try-title"),
                Introduction = Token.Literal(attempt.Text),
                SubmitLabel = speech.Say("question.form-send"),
                Action = action,
                Elements = [new TextAreaElement { Name = Written, DisplayName = speech.Say("course.your-words"), MaxLength = LongestWritten }],
            },
            _ => null,
        };
        if (dialog is null)
            way.AnswerOld();
        else
            Turn.Answer(new Reply { Draft = speech.Say("question.form-failed"), Dialog = dialog });
    }

    /// <summary>Whether it is shared is theirs to say; in a cohort that is what they came for. Whoever has no buddy yet has nobody to share it with.</summary>
    private IEnumerable<DialogElement> ShareElement()
    {
        var readers = way.View.Readers(Part);
        if (readers is null && way.Cohort is not null)
            yield break;
        yield return new BoolElement
        {
            Name = Share,
            DisplayName = way.Speech.Say("course.share"),
            Placeholder = way.Speech.Say(readers?.Mode == CohortMode.Pairs ? "course.share-how-pairs" : "course.share-how"),
            Default = readers is null ? null : "true",
            Optional = true,
        };
    }

    public void Submit(Submitted sent)
    {
        var speech = way.Speech;
        if (sent.Step != CourseView.StepOf(Part) || sent.Action != CourseAction.Form || Present is not { } check)
        {
            Turn.Answer(speech.Say("course.form-old"));
            return;
        }

        if (check is QuestionCheck question && way.View.Asked(Part, question, Turn.Round) is { IsClicked: false } asked)
            Grade(asked, sent);
        else if (check is ReflectionCheck or TryCheck)
            Take(check, sent);
        else
            Turn.Answer(speech.Say("course.form-old"));
    }

    /// <summary>They did something in Mattermost: what was asked for, or something that comes near it.</summary>
    public void See(Deed deed)
    {
        // What is heard has just been done, whatever Mattermost's clock says.
        if (Present is not DeedCheck check || Turn.Scene.Person(way.PersonId).Participation?.Watching is not { } watch || (deed.IsReadBack && deed.At < watch.Since))
            return;
        var fit = check.Task.FitOf(deed, Turn.Run.ChannelId);
        if (fit == DeedFit.Done)
        {
            Turn.EditDirect(way.PersonId, Turn.DirectRowId(Part.Card, way.PersonId), way.View.Answered(Part, Turn.Round, way.Speech.Say("course.seen")));
            way.Pass(null);
        }
        else if (fit == DeedFit.Nearly && !deed.IsReadBack && Part.Hints < MostHints)
        {
            var hints = Part.Hints + 1;
            Turn.Write(
                way.PersonId, $"hint/{CourseView.StepOf(Part)}/{deed.PostId}/{hints}", MessagePurpose.Answer, new DeedView(way.Speech).Hint(check.Task, deed, isLast: hints == MostHints, Turn.Run));
            way.Remember(Part with { Hints = hints, MovedAt = Turn.Scene.Now, Reminded = 0 });
        }
    }

    /// <summary>Whoever is forgotten takes back what they had shared: its text was theirs.</summary>
    public static void TakeBack(CourseDefinition definition, Turn turn, string personId)
    {
        var known = CourseKind.StateOfRound(turn.Round);
        var goes = Enumerable.Range(1, known.SharedIn).SelectMany(attempt => Enumerable.Range(0, known.SharedAfter + 1).Select(madeUp => (Attempt: attempt, MadeUp: madeUp)));
        var reflections = definition.Lessons.SelectMany((lesson, at) => lesson.Checks.Select((check, number) => (At: at, Number: number, Check: check))).Where(one => one.Check is ReflectionCheck);
        foreach (var (go, one) in goes.SelectMany(go => reflections.Select(one => (go, one))))
        {
            var rowId = turn.RowId(SharedName(personId, go.Attempt, go.MadeUp, one.At, one.Number));
            turn.Withdraw(rowId);
            turn.Edit(rowId, turn.Scene.Speech.Say("course.taken-back"));
        }
    }

    private void Grade(AskedQuestion asked, Submitted sent)
    {
        var (answer, errors) = QuestionForm.Read(asked, sent.Values, way.Speech);
        if (answer is null || Grading.Of(asked.Question, answer) is not { } grade)
        {
            Turn.Answer(new Reply { Draft = "", FieldErrors = errors });
            return;
        }

        Close(way.View.Outcome(asked, answer, grade));
        Turn.MissedOne(way.PersonId, asked.Question, grade);
        way.Pass(grade.Points);
    }

    private void Take(Check check, Submitted sent)
    {
        var speech = way.Speech;
        var written = sent.Values.GetValueOrDefault(Written, "").Trim();
        if (written.Length is 0 or > LongestWritten)
        {
            Turn.Answer(new Reply { Draft = "", FieldErrors = new Dictionary<string, string>(StringComparer.Ordinal) { [Written] = speech.Say("course.write-something", ("most", LongestWritten)) } });
            return;
        }

        var quoted = Quoted(written);
        if (check is TryCheck attempt)
            Close($"{speech.Say("course.you-wrote")}\n{quoted}{(attempt.Solution is { } solution ? $"\n\n{speech.Say("course.solution")}\n{Token.Literal(solution)}" : "")}");
        else if (sent.Values.GetValueOrDefault(Share) == "true" && (way.Cohort is null || way.View.Readers(Part) is not null))
            Close($"{speech.Say("course.you-wrote")}\n{quoted}\n\n{ShareWith(quoted)}");
        else
            Close($"{speech.Say("course.you-wrote")}\n{quoted}\n\n{speech.Say("course.only-you")}");
        way.Pass(null);
    }

    /// <summary>
    /// Shows it to the others: at once, or in a cohort when its lesson ends and nobody has anything to see before. A thread cannot be hidden from whoever has not
    /// written yet, so it is what was written that waits. In a pair it waits for no longer than the other one.
    /// </summary>
    /// <returns>What to say of it.</returns>
    private string ShareWith(string quoted)
    {
        var speech = way.Speech;
        var known = CourseKind.StateOfRound(Turn.Round);
        if (Part.Attempt > known.SharedIn || Part.MadeUp > known.SharedAfter)
            Turn.Round = CourseKind.WithState(Turn.Round, known with { SharedIn = Math.Max(known.SharedIn, Part.Attempt), SharedAfter = Math.Max(known.SharedAfter, Part.MadeUp) });
        var name = NameOf(way.PersonId, Part.MadeUp);
        Draft draft = Turn.Scene.Speech.Say(
            "course.shared", ("person", Token.Person(way.PersonId)), ("lesson", way.InChannel.LessonTitle(Part.Lesson, Turn.Scene.Speech)), ("text", quoted));
        if (way.View.Readers(Part) is not (var mode, var names, var shownAt))
        {
            Turn.PostInThread(name, draft);
            return speech.Say("course.you-shared", ("link", Token.LinkToRow(Turn.Round.RootRowId)));
        }

        (string, object)[] places = [("names", names), ("moment", Turn.Scene.OwnTime(way.PersonId, shownAt)), ("link", Token.LinkToRow(Turn.Round.RootRowId))];
        var isLate = shownAt <= Turn.Scene.Now;
        if (mode == CohortMode.Channel)
        {
            Turn.PostInThreadAt(shownAt, name, draft);
            return speech.Say(isLate ? "course.you-shared" : "course.waits-channel", places);
        }

        Turn.PostInGroupAt(shownAt, [way.PersonId, .. Part.Buddies], name, draft);
        Turn.SendTogether([Turn.RowId(name), .. Part.Buddies.Select(one => Turn.RowId(NameOf(one, madeUp: 0)))]);
        return speech.Say(isLate ? "course.you-shared-pairs" : "course.waits-pairs", places);

        string NameOf(string personId, int madeUp) => SharedName(personId, Part.Attempt, madeUp, Part.Lesson, Part.Check);
    }

    /// <summary>The form closes, and the message that it was opened from says what came of it.</summary>
    private void Close(string outcome)
    {
        Turn.EditDirect(way.PersonId, Turn.DirectRowId(Part.Card, way.PersonId), way.View.Answered(Part, Turn.Round, outcome));
        Turn.Answer(Reply.Accepted);
    }

    /// <summary>Whoever goes back to a lesson that they had left out in the middle does all of it once more, and what they share then stands beside what they shared before.</summary>
    private static string SharedName(string personId, int attempt, int madeUp, int lesson, int check) =>
        FormattableString.Invariant($"shared/{personId}/{attempt}/{lesson}/{check}") + (madeUp == 0 ? "" : FormattableString.Invariant($"/{madeUp}"));

    /// <summary>Nobody is called by what somebody wrote for themselves.</summary>
    private static string Quoted(string written) =>
        string.Join('\n', MentionSafe.Text(Token.Literal(written)).ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}"));
}
