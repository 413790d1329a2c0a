using System.Collections.Immutable;

namespace MattermostLearning.Content.Schedules;

/// <summary>Where and between which dates a schedule applies. All dates are dates in the zone.</summary>
public sealed record ScheduleScope(TimeZoneInfo Zone)
{
    /// <summary>The first date that may have a round.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last date that may have a round.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>
    /// The date from which "every 2 weeks" counts: the ISO week of the first fitting weekday on or after it is the first week. Left out, it is
    /// <see cref="From"/>; without that too, each question begins with the next fitting weekday, so a run keeps the date of its first round
    /// here.
    /// </summary>
    public DateOnly? Anchor { get; init; }

    /// <summary>Dates that are left out; they are listed as skipped where that is asked for.</summary>
    public ImmutableSortedSet<DateOnly> NotOn { get; init; } = [];
}

/// <summary>One moment that a schedule names.</summary>
/// <param name="At">In UTC.</param>
/// <param name="Date">The date that the schedule meant, in its zone.</param>
/// <param name="Skipped">Its date stands in <c>not-on:</c>: nothing opens.</param>
public readonly record struct ScheduledInstant(DateTimeOffset At, DateOnly Date, bool Skipped);
