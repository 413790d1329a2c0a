using System.Globalization;

namespace MattermostLearning.Content.Schedules;

/// <summary>When a hint appears in the thread, as written in its heading.</summary>
public abstract record HintTime
{
    private HintTime()
    {
    }

    /// <summary>The instant in UTC, or null where there is none strictly between opening and close.</summary>
    public DateTimeOffset? At(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone) =>
        Wanted(opensAt, closesAt, zone) is var at && at > opensAt && at < closesAt ? at : null;

    protected abstract DateTimeOffset Wanted(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone);

    /// <summary>"Hint": when half of the window has passed, to the minute.</summary>
    public sealed record HalfTime : HintTime
    {
        public override string ToString() => "";

        protected override DateTimeOffset Wanted(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone) =>
            opensAt.ToUniversalTime().AddMinutes(Math.Floor((closesAt - opensAt).TotalMinutes / 2));
    }

    /// <summary>"Hint after 1 day".</summary>
    public sealed record After(WrittenDuration Duration) : HintTime
    {
        public override string ToString() => $"after {Duration}";

        protected override DateTimeOffset Wanted(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone) =>
            Duration.AddTo(opensAt, zone);
    }

    /// <summary>"Hint on Wednesday at 10:00"; without a time, at the time on the wall at which the round opened.</summary>
    public sealed record OnWeekday(DayOfWeek Day, TimeOnly? Time) : HintTime
    {
        public override string ToString() =>
            Time is { } time ? string.Create(CultureInfo.InvariantCulture, $"on {Day} at {time:HH:mm}") : $"on {Day}";

        protected override DateTimeOffset Wanted(DateTimeOffset opensAt, DateTimeOffset closesAt, TimeZoneInfo zone) =>
            Weekday.FirstAfter(opensAt, Day, Time ?? TimeOnly.FromDateTime(LocalTime.ToLocal(opensAt, zone)), zone);
    }
}
