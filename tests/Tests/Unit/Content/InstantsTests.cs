using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class InstantsTests
{
    [Theory]
    // London: clocks go forward on 2027-03-28 at 01:00, back on 2027-10-31 at 02:00.
    [InlineData("every Monday at 09:00", "Europe/London", "2027-03-20T00:00Z", "2027-03-22T09:00Z 2027-03-29T08:00Z 2027-04-05T08:00Z")]
    [InlineData("every Sunday at 01:30", "Europe/London", "2027-03-27T00:00Z", "2027-03-28T01:00Z 2027-04-04T00:30Z")]
    [InlineData("every Sunday at 01:30", "Europe/London", "2027-10-30T00:00Z", "2027-10-31T00:30Z 2027-11-07T01:30Z")]
    [InlineData("*/30 1 * * SUN", "Europe/London", "2027-10-30T00:00Z", "2027-10-31T00:00Z 2027-10-31T00:30Z 2027-11-07T01:00Z")]
    [InlineData("*/30 1-2 * * SUN", "Europe/London", "2027-03-27T00:00Z", "2027-03-28T01:00Z 2027-03-28T01:30Z 2027-04-04T00:00Z")]
    // Berlin: 2027-03-28 02:00 -> 03:00.
    [InlineData("every day at 02:30", "Europe/Berlin", "2027-03-27T00:00Z", "2027-03-27T01:30Z 2027-03-28T01:00Z 2027-03-29T00:30Z")]
    // Lord Howe moves by half an hour: 2027-10-03 02:00 -> 02:30 (+10:30 -> +11).
    [InlineData("every Sunday at 02:15", "Australia/Lord_Howe", "2027-09-30T00:00Z", "2027-10-02T15:30Z 2027-10-09T15:15Z")]
    // Cairo begins daylight saving at midnight: 2027-04-30 00:00 -> 01:00.
    [InlineData("every day at 00:00", "Africa/Cairo", "2027-04-28T23:00Z", "2027-04-29T22:00Z 2027-04-30T21:00Z")]
    // Samoa had no 30 December 2011.
    [InlineData("every day at 09:00", "Pacific/Apia", "2011-12-29T00:00Z", "2011-12-29T19:00Z 2011-12-30T10:00Z 2011-12-30T19:00Z")]
    [InlineData("on the 31st of the month at 12:00", "Etc/UTC", "2027-01-01T00:00Z", "2027-01-31T12:00Z 2027-02-28T12:00Z 2027-03-31T12:00Z")]
    [InlineData("on the last Friday of the month at 12:00", "Etc/UTC", "2027-01-01T00:00Z", "2027-01-29T12:00Z 2027-02-26T12:00Z 2027-03-26T12:00Z")]
    [InlineData("on the first Tuesday of the month at 14:00", "Etc/UTC", "2027-01-05T14:00Z", "2027-02-02T14:00Z 2027-03-02T14:00Z")]
    [InlineData("once on 2027-01-11 at 09:00", "America/New_York", "2026-01-01T00:00Z", "2027-01-11T14:00Z")]
    [InlineData("once on 2027-01-11 at 09:00", "America/New_York", "2027-01-11T14:00Z", "")]
    public void Moments_follow_the_clock_on_the_wall(string words, string zone, string after, string expected)
    {
        var wanted = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Of(words).Instants(In(zone), At(after)).Take(Math.Max(1, wanted.Length)).Select(Text).ShouldBe(wanted);
    }

    [Theory]
    [InlineData("2027-01-07", "2027-01-07 2027-01-21 2027-02-04")]
    [InlineData("2027-01-04", "2027-01-07 2027-01-21 2027-02-04")] // the Monday of the same week
    [InlineData("2027-01-08", "2027-01-14 2027-01-28 2027-02-11")] // the day after
    [InlineData("2027-01-11", "2027-01-14 2027-01-28 2027-02-11")]
    [InlineData("2026-12-31", "2027-01-14 2027-01-28 2027-02-11")] // the week before, across New Year
    public void Every_two_weeks_counts_from_the_week_of_its_anchor(string anchor, string expected)
    {
        var scope = In("Europe/London") with { Anchor = DateOnly.Parse(anchor, null) };
        Of("every 2 weeks on Thursday at 16:00").Listed(scope, At("2027-01-01T00:00Z")).Take(3)
            .Select(each => each.Date.ToString("yyyy-MM-dd", null)).ShouldBe(expected.Split(' '));
    }

    [Fact]
    public void Every_two_weeks_without_an_anchor_begins_with_the_first_day_that_fits()
    {
        Of("every 2 weeks on Monday and Thursday at 16:00").Instants(In("Etc/UTC"), At("2027-01-05T00:00Z")).Take(3).Select(Text)
            .ShouldBe(["2027-01-07T16:00Z", "2027-01-18T16:00Z", "2027-01-21T16:00Z"]);
    }

    [Fact]
    public void The_first_and_last_date_count_in_the_zone_of_the_schedule()
    {
        // 23:30 in New York is the next day in UTC.
        var scope = In("America/New_York") with { From = new DateOnly(2027, 1, 5), Until = new DateOnly(2027, 1, 6) };
        Of("every day at 23:30").Instants(scope, At("2026-01-01T00:00Z")).Select(Text).ShouldBe(["2027-01-06T04:30Z", "2027-01-07T04:30Z"]);
    }

    [Fact]
    public void Dates_that_are_left_out_are_listed_as_skipped()
    {
        var scope = In("Europe/London") with { NotOn = [new DateOnly(2027, 1, 11)] };
        var schedule = Of("every Monday at 09:00");
        schedule.Instants(scope, At("2027-01-01T00:00Z")).Take(2).Select(Text).ShouldBe(["2027-01-04T09:00Z", "2027-01-18T09:00Z"]);
        schedule.Listed(scope, At("2027-01-01T00:00Z")).Take(3).Select(each => each.Skipped).ShouldBe([false, true, false]);
    }

    [Fact]
    public void The_ends_of_time_do_not_throw()
    {
        foreach (var words in new[] { "every Monday at 09:00", "on the 1st of the month at 00:00", "every 2 weeks on Monday at 09:00", "0 0 * * *" })
        {
            Of(words).Instants(In("Pacific/Kiritimati"), DateTimeOffset.MinValue).First().Year.ShouldBeLessThan(1901);
            Of(words).Instants(In("Pacific/Kiritimati"), DateTimeOffset.MaxValue).ShouldBeEmpty();
            Of(words).Instants(In("Pacific/Kiritimati"), At("9999-12-20T00:00Z")).Count().ShouldBeLessThan(12);
        }
    }

    private static Schedule Of(string words) => Schedule.Read(words).Value!;

    private static ScheduleScope In(string zone) => new(TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant)
    {
        instant.Offset.ShouldBe(TimeSpan.Zero);
        return instant.ToString("yyyy-MM-ddTHH:mmZ", System.Globalization.CultureInfo.InvariantCulture);
    }
}
