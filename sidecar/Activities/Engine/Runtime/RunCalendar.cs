using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Content;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>The instants of a run: the one source for triggers, catching up, announcements and lists.</summary>
public static class RunCalendar
{
    /// <summary>Openings strictly after an instant, in order; lazily, and without end unless the file ends them.</summary>
    public static IEnumerable<DateTimeOffset> InstantsAfter(Run run, ActivityDefinition definition, DateTimeOffset after) =>
        ListedAfter(run, definition, after).Where(one => !one.IsSkipped).Select(one => one.At);

    /// <summary>The same with those that are left out, by `not-on:` or by `/learn skip`.</summary>
    public static IEnumerable<(DateTimeOffset At, bool IsSkipped)> ListedAfter(Run run, ActivityDefinition definition, DateTimeOffset after) =>
        ScheduleOf(run, definition)?.Listed(ScopeOf(run, definition), after).Select(one => (one.At, one.Skipped || one.At == run.Skipped)) ?? [];

    /// <summary>The next opening that is still to be decided; null when there is none.</summary>
    public static DateTimeOffset? Next(Run run, ActivityDefinition definition) => After(run, definition, run.DecidedThrough);

    public static DateTimeOffset? After(Run run, ActivityDefinition definition, DateTimeOffset after)
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
