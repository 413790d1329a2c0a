using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Activities.Engine.People;

/// <summary>How often somebody is written to unprompted, by all activities together.</summary>
public static class NudgeBudget
{
    /// <summary>One: the items of one day come in one message.</summary>
    public const int MostADay = 1;

    public const int MostAWeek = 4;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Who has just finished something is left alone for so long.</summary>
    private static readonly TimeSpan AfterFinishing = TimeSpan.FromHours(1);

    /// <summary>The first moment from now on at which one more may come.</summary>
    /// <param name="record">What came before.</param>
    /// <param name="hours">The person's.</param>
    /// <param name="zone">The person's.</param>
    /// <param name="now"></param>
    public static DateTimeOffset NextFrom(NudgeRecord record, WorkingHours hours, TimeZoneInfo zone, DateTimeOffset now)
    {
        for (var at = now; ;)
        {
            var before = at;
            if (record.FinishedAt + AfterFinishing is { } free && free > at)
                at = free;
            at = hours.NextFrom(at, zone);
            if (record.Sent.Any(sent => IsSameDay(sent, at, zone)))
                at = hours.NextFrom(LocalTime.ToInstant(DayOf(at, zone).AddDays(1), TimeOnly.MinValue, zone), zone);
            var lastWeek = record.Sent.Where(sent => sent > at - Week).Order().ToList();
            if (lastWeek.Count >= MostAWeek)
                at = lastWeek[^MostAWeek] + Week;
            if (at == before)
                return at;
        }
    }

    public static bool IsSameDay(DateTimeOffset one, DateTimeOffset other, TimeZoneInfo zone) => DayOf(one, zone) == DayOf(other, zone);

    /// <summary>One more has gone out, or will.</summary>
    public static NudgeRecord WithSent(NudgeRecord record, string runId, DateTimeOffset at) =>
        WithoutHeld(Recent(record, at), runId) with { Sent = [.. record.Sent.Where(sent => sent > at - Week), at] };

    /// <summary>What was held back has come after all.</summary>
    public static NudgeRecord WithoutHeld(NudgeRecord record, string runId) => record with { Held = [.. record.Held.Where(one => one.RunId != runId)] };

    /// <summary>One was held back, until then or, with null, for good.</summary>
    public static NudgeRecord WithHeld(NudgeRecord record, string runId, DateTimeOffset at, DateTimeOffset? until, DateTimeOffset now)
    {
        // When it was first meant to come is what counts, however often it waits.
        var first = record.Held.FirstOrDefault(one => one.RunId == runId && one.Until is not null)?.At ?? at;
        var recent = Recent(record, now);
        return recent with { Held = [.. recent.Held.Where(one => one.RunId != runId), new HeldNudge(runId, first, until)] };
    }

    private static NudgeRecord Recent(NudgeRecord record, DateTimeOffset now) =>
        record with { Held = [.. record.Held.Where(one => (one.Until ?? one.At) > now - Week)] };

    private static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
