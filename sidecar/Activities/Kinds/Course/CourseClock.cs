using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>What comes by itself: the next lesson, at the learner's own pace; two reminders when it is their turn, and then a pause that says so.</summary>
internal sealed class CourseClock(CourseWay way)
{
    public const string LessonComes = "lesson";
    public const string ReminderComes = "remind";

    /// <summary>The first reminder comes after so many working days.</summary>
    private const int FirstAfter = 2;

    private const int MostReminders = 2;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>A reminder that finds no room for so long is dropped, and the next one is due.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private CoursePart Part => way.Part;

    private PersonInScene Person => way.Scene.Person(way.PersonId);

    private bool IsSilent => way.Scene.Held is not null || Person.Settings?.IsPausedAt(way.Scene.Now) == true;

    /// <summary>When the next lesson comes, on a working day of theirs; null where they go on by themselves.</summary>
    public static DateTimeOffset? NextLesson(CourseWay way)
    {
        var person = way.Scene.Person(way.PersonId);
        return way.Cohort is { } cohort ? cohort.NextFor(person.Hours, way.Scene.ZoneOf(way.PersonId), way.Part.Done.Count, way.Scene.Now) : NextOfPace(way, way.Scene.Now);
    }

    private static DateTimeOffset? NextOfPace(CourseWay way, DateTimeOffset after)
    {
        var (person, zone) = (way.Scene.Person(way.PersonId), way.Scene.ZoneOf(way.PersonId));
        var pace = person.Settings?.Pace ?? way.Definition.Pace;
        while (pace.Next(way.Part.CameAt, after, person.Hours.From, zone) is { } at)
        {
            if (person.Hours.IsDay(LocalTime.DateOf(at, zone)))
                return at;
            after = at;
        }

        return null;
    }

    /// <summary>Asks for the moment at which somebody whose turn it is would be reminded.</summary>
    public static void AwaitReminder(CourseWay way)
    {
        if (way.Definition.Reminder is ReminderTime.None)
            return;
        var at = DueAt(way);
        way.Turn.AwaitUndisturbed(ReminderComes, at, way.PersonId, at + Patience);
    }

    public void BringLesson()
    {
        if (!way.IsOnTheWay || Part.IsPaused || Part.NextAt is not { } planned || planned > way.Scene.Now)
            return;
        if (IsSilent)
        {
            // It comes at the next moment of the pace at which it may.
            way.Remember(Part with { NextAt = NextLesson(way) });
            return;
        }

        if (NotAtNight(planned) is var morning && morning > way.Scene.Now)
        {
            way.Remember(Part with { NextAt = morning });
            return;
        }

        way.BringNext();
    }

    /// <summary>
    /// What their pace has at that moment where they are comes then, whatever the hour. What is late, for there was no sidecar, or was planned where they no
    /// longer are, or before Mattermost had said where that is, waits for their working hours.
    /// </summary>
    private DateTimeOffset NotAtNight(DateTimeOffset planned)
    {
        var isLate = way.Scene.Now - planned > WorkingHours.Grace;
        if (!isLate && way.Cohort is null && NextOfPace(way, planned.AddTicks(-1)) == planned)
            return planned;
        return Person.Hours.NextFrom(isLate ? way.Scene.Now : planned, way.Scene.ZoneOf(way.PersonId));
    }

    public void Remind()
    {
        var (turn, scene) = (way.Turn, way.Scene);
        if (!way.IsUnderWay || !way.IsTheirTurn || Person.IsGone || Person.Settings is { RemindersOff: true })
            return;
        var (due, zone) = (DueAt(way), scene.ZoneOf(way.PersonId));
        // They have done something since it was asked for; or, silent as it is, it is asked for again tomorrow.
        if (IsSilent || LocalTime.DateOf(due, zone) > LocalTime.DateOf(scene.Now, zone))
        {
            var later = IsSilent ? Person.Hours.NextFrom(scene.Now + TimeSpan.FromDays(1), zone) : due;
            turn.AwaitUndisturbed(ReminderComes, later, way.PersonId, later + Patience);
            return;
        }

        var isLast = Part.Reminded == MostReminders;
        // In a cohort a lesson comes whatever is left to do: on its day it is all the reminder that there is.
        if (!isLast && way.Cohort is not null && (IsToday(Part.CameAt) || IsToday(Part.NextAt)))
        {
            way.Remember(Part with { Reminded = Part.Reminded + 1 });
            return;
        }

        var reminded = Part with { Reminded = Part.Reminded + 1, IsPaused = isLast, NextAt = isLast ? null : Part.NextAt, Sent = isLast ? Part.Sent + 1 : Part.Sent };
        var draft = isLast ? way.View.Paused(reminded, turn.Round, byItself: true) : way.View.Reminder(Part, turn.Round);
        // Named by what it counts from: whoever did something meanwhile, and is at the same place still, is reminded anew.
        turn.Nudge(way.PersonId, $"remind/{CourseView.StepOf(Part)}/{InstantKey.Of(Part.MovedAt)}/{Part.Reminded}", draft, Person.Hours.EndFor(scene.Now, zone));
        way.Remember(reminded);
        turn.Record(isLast ? Verbs.Paused : Verbs.Reminded, way.PersonId, $"{CourseView.StepOf(Part)}/{reminded.Reminded}");

        bool IsToday(DateTimeOffset? at) => at is { } moment && LocalTime.DateOf(moment, zone) == LocalTime.DateOf(scene.Now, zone);
    }

    private static DateTimeOffset DueAt(CourseWay way)
    {
        var (hours, zone, moved) = (way.Scene.Person(way.PersonId).Hours, way.Scene.ZoneOf(way.PersonId), way.Part.MovedAt);
        var wanted = way.Part.Reminded == 0 ? hours.WorkingDaysAfter(moved, FirstAfter, zone) : moved + (way.Part.Reminded * Week);
        var from = wanted > way.Scene.Now ? wanted : way.Scene.Now;
        return hours.NextFrom(from, zone);
    }
}
