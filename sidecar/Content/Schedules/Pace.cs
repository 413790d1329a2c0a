using MattermostLearning.Content.Diagnostics;

namespace MattermostLearning.Content.Schedules;

/// <summary>How fast one person goes through something, by their own clock and on their own working days. <see cref="ToString"/> reads back to an equal pace.</summary>
public abstract record Pace
{
    private Pace()
    {
    }

    /// <summary>Reads "self", "daily", "weekdays at 09:00", "every 2 days"; refused with an example that works.</summary>
    public static Reading<Pace> Read(string text) => PaceText.Read(text);

    /// <summary>
    /// The first moment after another at which the next part comes, whatever day that is; null where people say themselves when they go on.
    /// </summary>
    /// <param name="last">When the part before it came.</param>
    /// <param name="after">It comes after this moment.</param>
    /// <param name="dayBegins">When the person's working day begins.</param>
    /// <param name="zone">The person's.</param>
    public abstract DateTimeOffset? Next(DateTimeOffset last, DateTimeOffset after, TimeOnly dayBegins, TimeZoneInfo zone);

    /// <summary>Whoever is through with one part asks for the next.</summary>
    public sealed record Self : Pace
    {
        public override DateTimeOffset? Next(DateTimeOffset last, DateTimeOffset after, TimeOnly dayBegins, TimeZoneInfo zone) => null;

        public override string ToString() => "self";
    }

    /// <param name="Days">From one part to the next.</param>
    /// <param name="At">The time of day; null for when the person's working day begins.</param>
    public sealed record Daily(int Days, TimeOnly? At) : Pace
    {
        public override DateTimeOffset? Next(DateTimeOffset last, DateTimeOffset after, TimeOnly dayBegins, TimeZoneInfo zone)
        {
            var date = LocalTime.DateOf(last, zone).AddDays(Days);
            while (true)
            {
                var at = LocalTime.ToInstant(date, At ?? dayBegins, zone);
                if (at > after)
                    return at;
                date = date.AddDays(1);
            }
        }

        public override string ToString()
        {
            var every = Days == 1 ? "daily" : FormattableString.Invariant($"every {Days} days");
            return At is { } at ? FormattableString.Invariant($"{every} at {at:HH:mm}") : every;
        }
    }

    /// <param name="Schedule">Days of the week and a time of day.</param>
    public sealed record Weekly(WeeklySchedule Schedule) : Pace
    {
        public override DateTimeOffset? Next(DateTimeOffset last, DateTimeOffset after, TimeOnly dayBegins, TimeZoneInfo zone) =>
            Schedule.Instants(new ScheduleScope(zone), Later(after, LocalTime.ToInstant(LocalTime.DateOf(last, zone).AddDays(1), TimeOnly.MinValue, zone).AddTicks(-1))).First();

        /// <summary>Whoever begins just before that time has done enough for the day.</summary>
        private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

        public override string ToString() => Schedule.ToString();
    }
}
