using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Content;
using MattermostLearning.Content.Holidays;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>One date of a run's schedule.</summary>
/// <param name="At">When it would open.</param>
/// <param name="IsSkipped">Nothing opens then.</param>
/// <param name="Holiday">The holiday that it falls on, if any.</param>
public readonly record struct ListedRound(DateTimeOffset At, bool IsSkipped, string? Holiday);

/// <summary>The instants of a run: the one source for triggers, catching up, announcements and lists.</summary>
public sealed class RunCalendar(HolidayCalendar holidays)
{
    /// <summary>Whoever has skipped for this long is not waited for: a calendar can make every day a holiday.</summary>
    private const int LongestBreakInDays = 3_660;

    public static RunCalendar WithoutHolidays { get; } = new(HolidayCalendar.Empty);

    /// <summary>The holiday's name; null on every other day.</summary>
    public string? HolidayOn(DateOnly date) => holidays.NameOn(date);

    /// <summary>Openings strictly after an instant, in order; lazily, and without end unless the file ends them.</summary>
    public IEnumerable<DateTimeOffset> InstantsAfter(Run run, ActivityDefinition definition, DateTimeOffset after) =>
        ListedAfter(run, definition, after).Where(one => !one.IsSkipped).Select(one => one.At);

    /// <summary>The same with those that are left out, by `not-on:`, on a holiday, or by `/learn skip`.</summary>
    public IEnumerable<ListedRound> ListedAfter(Run run, ActivityDefinition definition, DateTimeOffset after)
    {
        if (definition.Schedule is null)
        {
            // It opens once, as soon as it is started, and stays open.
            if (run.CreatedAt > after)
                yield return new ListedRound(run.CreatedAt, false, null);
            yield break;
        }

        var lastOpen = after;
        foreach (var one in ScheduleOf(run, definition)?.Listed(ScopeOf(run, definition), after) ?? [])
        {
            var holiday = holidays.NameOn(one.Date);
            var isSkipped = one.Skipped || holiday is not null || one.At == run.Skipped;
            if (!isSkipped)
                lastOpen = one.At;
            else if (holiday is not null && (one.At - lastOpen).TotalDays > LongestBreakInDays)
                yield break;
            yield return new ListedRound(one.At, isSkipped, holiday);
        }
    }

    /// <summary>The next opening that is still to be decided; null when there is none.</summary>
    public DateTimeOffset? Next(Run run, ActivityDefinition definition) => After(run, definition, run.DecidedThrough);

    public DateTimeOffset? After(Run run, ActivityDefinition definition, DateTimeOffset after)
    {
        if (run.Status != RunStatus.Running || definition.Rounds is { } rounds && run.Rounds >= rounds)
            return null;
        foreach (var instant in InstantsAfter(run, definition, after))
            return instant;
        return null;
    }

    private static Schedule? ScheduleOf(Run run, ActivityDefinition definition) =>
        run.EveryTwoWeeks ? definition.Schedule?.EveryTwoWeeks() ?? definition.Schedule : definition.Schedule;

    private static ScheduleScope ScopeOf(Run run, ActivityDefinition definition) =>
        definition.Settings.From is null && run.FirstInstant is { } first
            ? definition.Scope with { Anchor = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(first, definition.Zone).DateTime) }
            : definition.Scope;
}
