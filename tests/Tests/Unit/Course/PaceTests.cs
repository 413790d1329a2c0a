using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.Course;

/// <summary>How a pace is written, and when the next part comes by it.</summary>
public sealed class PaceTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("self", "self")]
    [InlineData("their own pace", "self")]
    [InlineData("daily", "daily")]
    [InlineData("Every day at 9am", "daily at 09:00")]
    [InlineData("every 2 days", "every 2 days")]
    [InlineData("every other day at 10:30", "every 2 days at 10:30")]
    [InlineData("weekdays at 09:00", "every weekday at 09:00")]
    [InlineData("every Tuesday and Thursday at 10:00", "every Tuesday and Thursday at 10:00")]
    public void A_pace_is_read_from_words_and_says_them_again(string written, string shown)
    {
        Pace.Read(written).TryGet(out var pace).ShouldBeTrue();
        pace!.ToString().ShouldBe(shown);
        Pace.Read(pace.ToString()!).TryGet(out var again).ShouldBeTrue();
        again.ShouldBe(pace);
    }

    [Theory]
    [InlineData("quickly", "is no pace")]
    [InlineData("every 90 days", "1 to 31 days")]
    [InlineData("daily at noonish", "no time of day")]
    [InlineData("weekdays", "has no time of day")]
    [InlineData("every 2 weeks on Monday at 09:00", "too slow")]
    [InlineData("once on 2027-01-11 at 09:00", "too slow")]
    [InlineData("0 9 * * MON", "too slow")]
    public void What_is_no_pace_is_refused_with_an_example(string written, string because)
    {
        var reading = Pace.Read(written);
        reading.TryGet(out _).ShouldBeFalse();
        reading.Refusal!.Code.ShouldBe("MLC601");
        reading.Refusal.Message.ShouldContain(because);
        reading.Refusal.Help.ShouldNotBeNull();
    }

    // Saturday 27 March 2027 is the last day of winter time in Berlin.
    [Theory]
    [InlineData("daily", "2027-03-26 15:00", "2027-03-26 15:00", "2027-03-27 09:00")]
    [InlineData("daily at 07:30", "2027-03-27 07:30", "2027-03-27 07:30", "2027-03-28 07:30")]
    [InlineData("daily", "2027-03-22 09:00", "2027-03-24 16:00", "2027-03-25 09:00")]
    [InlineData("every 2 days", "2027-03-22 09:00", "2027-03-22 10:00", "2027-03-24 09:00")]
    [InlineData("every 2 days", "2027-03-22 09:00", "2027-03-24 10:00", "2027-03-25 09:00")]
    [InlineData("weekdays at 09:00", "2027-03-26 09:00", "2027-03-26 09:00", "2027-03-29 09:00")]
    [InlineData("every Thursday at 10:00", "2027-03-22 09:00", "2027-03-22 09:00", "2027-03-25 10:00")]
    public void The_next_part_comes_by_the_persons_own_clock(string written, string last, string after, string next)
    {
        Pace.Read(written).TryGet(out var pace).ShouldBeTrue();
        var at = pace!.Next(Local(last), Local(after), new TimeOnly(9, 0), Berlin);
        LocalTime.ToLocal(at!.Value, Berlin).ShouldBe(DateTime.Parse(next, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2027-01-08 09:00", 2, "2027-01-12 09:00")]
    [InlineData("2027-01-09 11:00", 2, "2027-01-12 11:00")]
    [InlineData("2027-03-26 09:00", 1, "2027-03-29 09:00")]
    public void Working_days_are_counted_over_weekends_and_changes_of_the_clock(string from, int days, string until) =>
        LocalTime.ToLocal(WorkingHours.Usual.WorkingDaysAfter(Local(from), days, Berlin), Berlin).ShouldBe(DateTime.Parse(until, System.Globalization.CultureInfo.InvariantCulture));

    private static DateTimeOffset Local(string local) => LocalTime.ToInstant(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), Berlin);
}
