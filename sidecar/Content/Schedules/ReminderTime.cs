using System.Globalization;

namespace MattermostLearning.Content.Schedules;

/// <summary>When people who joined and did not take part are reminded, as written in <c>remind:</c>.</summary>
public abstract record ReminderTime
{
    private ReminderTime()
    {
    }

    /// <summary>The instant in UTC, or null where there is none strictly between opening and close.</summary>
    public DateTimeOffset? At(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone) =>
        Wanted(opensAt, closesAt, zone) is { } at && at > opensAt && at < closesAt ? at : null;

    protected abstract DateTimeOffset? Wanted(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone);

    /// <summary>"1 day before close".</summary>
    public sealed record BeforeClose(WrittenDuration Duration) : ReminderTime
    {
        public override string ToString() => $"{Duration} before close";

        protected override DateTimeOffset? Wanted(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone) =>
            Duration.SubtractFrom(closesAt, zone);
    }

    /// <summary>"Thursday at 10:00": the first such moment after the opening.</summary>
    public sealed record OnWeekday(DayOfWeek Day, TimeOnly Time) : ReminderTime
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day} at {Time:HH:mm}");

        protected override DateTimeOffset? Wanted(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone) =>
            Weekday.FirstAfter(opensAt, Day, Time, zone);
    }

    /// <summary>"no".</summary>
    public sealed record None : ReminderTime
    {
        public override string ToString() => "no";

        protected override DateTimeOffset? Wanted(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone) => null;
    }
}
