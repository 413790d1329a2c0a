using System.Globalization;
using MattermostLearning.Activities.Kinds.Challenge;

namespace MattermostLearning.Tests.Unit.Challenge;

public sealed class ReminderMomentTests
{
    [Theory]
    [InlineData("within working hours it goes when it was meant to", "2027-01-14 10:00", "2027-01-14 10:00")]
    [InlineData("nine and five are still working hours", "2027-01-14 09:00", "2027-01-14 09:00")]
    [InlineData("nine and five are still working hours", "2027-01-14 17:00", "2027-01-14 17:00")]
    [InlineData("in the evening it goes at five", "2027-01-14 21:30", "2027-01-14 17:00")]
    [InlineData("in the morning it goes at five the day before", "2027-01-14 06:00", "2027-01-13 17:00")]
    [InlineData("on Monday morning it goes on Friday", "2027-01-18 08:59", "2027-01-15 17:00")]
    [InlineData("at the weekend it goes on Friday", "2027-01-17 12:00", "2027-01-15 17:00")]
    public void A_reminder_goes_at_the_last_working_moment_before(string why, string wanted, string expected) =>
        Moment(wanted, "2027-01-11 09:00").ShouldBe(expected, why);

    [Fact]
    public void A_reminder_whose_last_working_moment_has_passed_does_not_go() =>
        Moment("2027-01-16 12:00", "2027-01-15 18:00").ShouldBeNull();

    [Theory]
    [InlineData("within working hours at once", "2027-01-14 16:30", "2027-01-14 16:30")]
    [InlineData("before nine at nine", "2027-01-14 07:00", "2027-01-14 09:00")]
    [InlineData("after five on the next morning", "2027-01-14 17:30", "2027-01-15 09:00")]
    [InlineData("on Friday evening on Monday", "2027-01-15 18:00", "2027-01-18 09:00")]
    [InlineData("at the weekend on Monday", "2027-01-17 12:00", "2027-01-18 09:00")]
    public void A_reminder_that_had_to_wait_goes_at_the_next_working_moment(string why, string now, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        Text(ReminderMoment.NextFrom(Local(now, zone), zone), zone).ShouldBe(expected, why);
    }

    [Theory]
    [InlineData("2027-01-14 10:00", "2027-01-14 17:15")]
    [InlineData("2027-01-14 17:00", "2027-01-14 17:15")]
    [InlineData("2027-01-14 22:00", "2027-01-14 22:15")]
    public void A_reminder_that_cannot_be_sent_on_its_day_is_dropped(string now, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        Text(ReminderMoment.EndOfDay(Local(now, zone), zone), zone).ShouldBe(expected);
    }

    private static string? Moment(string wanted, string now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        return ReminderMoment.For(Local(wanted, zone), zone, Local(now, zone)) is { } moment ? Text(moment, zone) : null;
    }

    private static string Text(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(string text, TimeZoneInfo zone) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), zone.BaseUtcOffset);
}
