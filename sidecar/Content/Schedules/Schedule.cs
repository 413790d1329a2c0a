using System.Diagnostics.CodeAnalysis;
using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>When rounds open, as a person wrote it. <see cref="ToString"/> gives words that read back to an equal schedule.</summary>
public abstract record Schedule
{
    // Far from the ends of the calendar, so that no arithmetic can leave it.
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(9998, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly LastDate = new(9998, 1, 1);

    private protected Schedule()
    {
    }

    /// <summary>Whether it names one moment only.</summary>
    public virtual bool IsOnce => false;

    /// <summary>
    /// The shortest time between two moments that it can name, where no clock changes; null where there is at most one moment.
    /// </summary>
    public abstract TimeSpan? ShortestInterval { get; }

    /// <summary>Reads words such as "every Monday at 09:00" or a cron expression; refused with an example that works.</summary>
    public static Reading<Schedule> Read(string text) => ScheduleText.Read(text);

    public static bool TryParse(string text, [NotNullWhen(true)] out Schedule? schedule) => Read(text).TryGet(out schedule);

    /// <summary>
    /// The moments strictly after an instant, in order, lazily and without end unless the schedule or the scope ends them. Those on dates
    /// of <see cref="ScheduleScope.NotOn"/> are left out. The calendar goes from 1900 to 9997.
    /// </summary>
    public IEnumerable<DateTimeOffset> Instants(ScheduleScope scope, DateTimeOffset after) =>
        Listed(scope, after).Where(each => !each.Skipped).Select(each => each.At);

    /// <summary>As <see cref="Instants"/>, with the skipped ones.</summary>
    public IEnumerable<ScheduledInstant> Listed(ScheduleScope scope, DateTimeOffset after)
    {
        after = after < Earliest ? Earliest : after;
        if (after >= Latest)
            yield break;
        // A day early, so that a moment moved out of a gap is not overlooked; what is not after the instant is dropped below.
        var start = Later(LocalTime.DateOf(after.AddDays(-1), scope.Zone), scope.From);
        var last = DateTimeOffset.MinValue;
        foreach (var local in LocalTimes(start, AnchorOf(scope, after)))
        {
            var date = DateOnly.FromDateTime(local);
            if (date > scope.Until || date > LastDate)
                yield break;
            var at = LocalTime.ToInstant(local, scope.Zone);
            // Several moments of a gap would all become its end: that is one moment.
            if (at <= after || at <= last)
                continue;
            last = at;
            yield return new ScheduledInstant(at, date, scope.NotOn.Contains(date));
        }
    }

    /// <summary>The same at half the pace, for a run that slows down; null where that makes no sense.</summary>
    public virtual Schedule? EveryTwoWeeks() => null;

    /// <summary>All times on the wall from a date on, in order.</summary>
    /// <param name="start">Nothing before this date is needed.</param>
    /// <param name="anchor">Counts weeks.</param>
    internal abstract IEnumerable<DateTime> LocalTimes(DateOnly start, DateOnly? anchor);

    private DateOnly? AnchorOf(ScheduleScope scope, DateTimeOffset after)
    {
        if ((scope.Anchor ?? scope.From) is { } anchor)
            return anchor;
        return NeedsAnchor ? FirstDate(scope, after) : null;
    }

    private protected virtual bool NeedsAnchor => false;

    private DateOnly FirstDate(ScheduleScope scope, DateTimeOffset after)
    {
        var start = LocalTime.DateOf(after, scope.Zone);
        foreach (var local in LocalTimes(start, null))
        {
            if (LocalTime.ToInstant(local, scope.Zone) > after)
                return DateOnly.FromDateTime(local);
        }
        return start;
    }

    private static DateOnly Later(DateOnly start, DateOnly? from) => from is { } first && first > start ? first : start;
}
