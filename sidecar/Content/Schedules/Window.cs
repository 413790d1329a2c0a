using System.Globalization;

namespace MattermostLearning.Content.Schedules;

/// <summary>How long a round is open, as written in <c>open-for:</c> or <c>closes:</c>.</summary>
public abstract record Window
{
    private Window()
    {
    }

    /// <summary>When a round that opens at this instant closes, in UTC; always later than the opening.</summary>
    public abstract DateTimeOffset CloseOf(DateTimeOffset opensAt, TimeZoneInfo zone);

    /// <summary>"4 days": the same time on the wall four days later.</summary>
    public sealed record For(WrittenDuration Duration) : Window
    {
        public override DateTimeOffset CloseOf(DateTimeOffset opensAt, TimeZoneInfo zone)
        {
            var closes = Duration.AddTo(opensAt, zone);
            // A calendar day that a zone left out altogether would close a round as it opens.
            return closes > opensAt ? closes : opensAt + Duration.Nominal;
        }

        public override string ToString() => Duration.ToString();
    }

    /// <summary>"until Friday 16:00": the first such moment after the opening.</summary>
    public sealed record Until(DayOfWeek Day, TimeOnly Time) : Window
    {
        public override DateTimeOffset CloseOf(DateTimeOffset opensAt, TimeZoneInfo zone) => Weekday.FirstAfter(opensAt, Day, Time, zone);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"until {Day} {Time:HH:mm}");
    }
}
