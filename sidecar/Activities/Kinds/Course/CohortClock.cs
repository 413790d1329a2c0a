using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Kinds.Course;

/// <summary>
/// The one clock of all who go through a course together: it hangs in the course's time zone and goes on for whoever is behind. To each of them a
/// lesson comes in their own working hours, and never before the cohort is at it.
/// </summary>
internal sealed class CohortClock(CourseDefinition definition, RunCalendar calendar, DateTimeOffset announcedAt)
{
    /// <summary>A calendar can make every day a holiday.</summary>
    private const int MostDaysWithout = 3_660;

    /// <summary>Before any pace's first moment, however slow it is.</summary>
    private const int LongBefore = -31;

    private static readonly TimeSpan JustBefore = TimeSpan.FromMinutes(1);

    /// <summary>Nobody is without working hours for so long.</summary>
    private static readonly TimeSpan LongestShift = TimeSpan.FromDays(10);

    /// <summary>Null where everybody goes for themselves.</summary>
    public static CohortClock? Of(CourseDefinition definition, Scene scene, Occurrence round) =>
        definition.Cohort is null ? null : new CohortClock(definition, scene.Calendar, round.OpenedAt);

    private DateOnly FirstDay => definition.BeginsOn(LocalTime.DateOf(announcedAt, definition.Zone));

    /// <summary>When the first lesson comes; null where the calendar leaves no day for it.</summary>
    public DateTimeOffset? Start => Moments().Select(at => (DateTimeOffset?)at).FirstOrDefault();

    /// <summary>When pairs are made of those who are in: just before, so that the first lesson can say with whom it is.</summary>
    public DateTimeOffset? PairsMeet => Start - JustBefore;

    /// <summary>How many lessons have come by then.</summary>
    public int CameBy(DateTimeOffset now) => Moments().Take(definition.Lessons.Length).TakeWhile(at => at <= now).Count();

    /// <summary>When the next lesson comes, and what was written in this one is shown; null where no day is left.</summary>
    public DateTimeOffset? EndOf(int lesson) => Moments().Select(at => (DateTimeOffset?)at).ElementAtOrDefault(lesson + 1);

    /// <summary>When the next lesson comes to somebody: in their own hours, and not before the cohort is at it. Whoever is behind gets one at each moment of the cohort's.</summary>
    /// <param name="hours">Their working hours.</param>
    /// <param name="zone">Where they are.</param>
    /// <param name="seen">How many lessons have come to them.</param>
    /// <param name="now">It comes after that.</param>
    public DateTimeOffset? NextFor(WorkingHours hours, TimeZoneInfo zone, int seen, DateTimeOffset now) => Moments()
        .Skip(seen).SkipWhile(at => at < now - LongestShift).Select(at => (DateTimeOffset?)hours.NextFrom(at, zone)).FirstOrDefault(at => at > now);

    private IEnumerable<DateTimeOffset> Moments()
    {
        var zone = definition.Zone;
        var first = FirstDay;
        var last = LocalTime.ToInstant(first.AddDays(LongBefore), TimeOnly.MinValue, zone);
        var after = LocalTime.ToInstant(first, TimeOnly.MinValue, zone).AddTicks(-1);
        for (var without = 0; without < MostDaysWithout && definition.Pace.Next(last, after, WorkingHours.Usual.From, zone) is { } at; after = at)
        {
            if (!IsFree(LocalTime.DateOf(at, zone)))
            {
                without++;
                continue;
            }

            (last, without) = (at, 0);
            yield return at;
        }
    }

    /// <summary>Of a pace that names its days, all of them count; else those from Monday to Friday.</summary>
    private bool IsFree(DateOnly date) =>
        (definition.Pace is Pace.Weekly || WorkingHours.Usual.IsDay(date)) && !definition.Settings.NotOn.Contains(date) && calendar.HolidayOn(date) is null;
}
