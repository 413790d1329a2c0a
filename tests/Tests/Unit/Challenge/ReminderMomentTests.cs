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

    private static string? Moment(string wanted, string now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        return ReminderMoment.For(Local(wanted), zone, Local(now)) is { } moment
            ? TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : null;

        DateTimeOffset Local(string text) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), zone.BaseUtcOffset);
    }
}
