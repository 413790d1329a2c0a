using System.Globalization;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Tests.Unit.Engine;

public sealed class WorkingHoursTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly WorkingHours Night = new(Weekdays.Monday | Weekdays.Tuesday, new(20, 0), new(4, 0));

    [Theory]
    [InlineData("within working hours it goes when it was meant to", "2027-01-14 10:00", "2027-01-14 10:00")]
    [InlineData("nine and five are still working hours", "2027-01-14 09:00", "2027-01-14 09:00")]
    [InlineData("nine and five are still working hours", "2027-01-14 17:00", "2027-01-14 17:00")]
    [InlineData("in the evening it goes at five", "2027-01-14 21:30", "2027-01-14 17:00")]
    [InlineData("in the morning it goes at five the day before", "2027-01-14 06:00", "2027-01-13 17:00")]
    [InlineData("on Monday morning it goes on Friday", "2027-01-18 08:59", "2027-01-15 17:00")]
    [InlineData("at the weekend it goes on Friday", "2027-01-17 12:00", "2027-01-15 17:00")]
    public void A_reminder_goes_at_the_last_working_moment_before(string why, string wanted, string expected) =>
        Moment(WorkingHours.Usual, wanted, "2027-01-11 09:00").ShouldBe(expected, why);

    [Theory]
    [InlineData("before midnight", "2027-01-11 23:00", "2027-01-11 23:00")]
    [InlineData("after midnight, in the hours that began the day before", "2027-01-12 02:30", "2027-01-12 02:30")]
    [InlineData("in the day it goes before the end of the night", "2027-01-12 12:00", "2027-01-12 03:00")]
    [InlineData("on a day off it goes in the last night of work", "2027-01-15 12:00", "2027-01-13 03:00")]
    public void Who_works_at_night_is_reminded_at_night(string why, string wanted, string expected) =>
        Moment(Night, wanted, "2027-01-11 09:00").ShouldBe(expected, why);

    [Fact]
    public void A_reminder_whose_last_working_moment_has_passed_does_not_go() =>
        Moment(WorkingHours.Usual, "2027-01-16 12:00", "2027-01-15 18:00").ShouldBeNull();

    [Theory]
    [InlineData("within working hours at once", "2027-01-14 16:30", "2027-01-14 16:30")]
    [InlineData("before nine at nine", "2027-01-14 07:00", "2027-01-14 09:00")]
    [InlineData("after five on the next morning", "2027-01-14 17:30", "2027-01-15 09:00")]
    [InlineData("on Friday evening on Monday", "2027-01-15 18:00", "2027-01-18 09:00")]
    [InlineData("at the weekend on Monday", "2027-01-17 12:00", "2027-01-18 09:00")]
    public void A_reminder_that_had_to_wait_goes_at_the_next_working_moment(string why, string now, string expected) =>
        Text(WorkingHours.Usual.NextFrom(Local(now), Tokyo)).ShouldBe(expected, why);

    [Theory]
    [InlineData("2027-01-12 03:30", "2027-01-12 20:00")]
    [InlineData("2027-01-13 12:00", "2027-01-18 20:00")]
    public void So_it_does_for_who_works_at_night(string now, string expected) => Text(Night.NextFrom(Local(now), Tokyo)).ShouldBe(expected);

    [Theory]
    [InlineData("2027-01-14 10:00", "2027-01-14 17:15")]
    [InlineData("2027-01-14 17:00", "2027-01-14 17:15")]
    [InlineData("2027-01-14 22:00", "2027-01-14 22:15")]
    public void A_reminder_that_cannot_be_sent_on_its_day_is_dropped(string now, string expected) =>
        Text(WorkingHours.Usual.EndFor(Local(now), Tokyo)).ShouldBe(expected);

    [Theory]
    [InlineData("en", "18:00-09:00", "18:00-09:00")]
    [InlineData("en", "6 pm to 9:30 am", "18:00-09:30")]
    [InlineData("en", "22 – 7", "22:00-07:00")]
    [InlineData("de", "18 bis 9 Uhr", "18:00-09:00")]
    [InlineData("de", "18.30-8.15", "18:30-08:15")]
    [InlineData("en", "9-9", null)]
    [InlineData("en", "25:00-09:00", null)]
    [InlineData("en", "evenings", null)]
    [InlineData("en", "", null)]
    public void Quiet_hours_are_read_as_people_type_them(string language, string typed, string? expected)
    {
        _ = Catalogue.Shipped.For(language);
        var read = HoursText.TryReadQuiet(typed, out var from, out var until) ? HoursText.Quiet(new WorkingHours(Weekdays.MondayToFriday, until, from)) : null;
        read.ShouldBe(expected);
    }

    [Theory]
    [InlineData("en", "Mon-Fri", "Monday to Friday")]
    [InlineData("en", "monday to thursday", "Monday to Thursday")]
    [InlineData("en", "Mon, Wed and Fri", "Monday, Wednesday and Friday")]
    [InlineData("en", "tue thu", "Tuesday and Thursday")]
    [InlineData("en", "fri-mon", "Monday and Friday to Sunday")]
    [InlineData("de", "Mo-Do", "Montag bis Donnerstag")]
    [InlineData("de", "Montag bis Mittwoch und Freitag", "Montag bis Mittwoch und Freitag")]
    [InlineData("de", "di, do", "Dienstag und Donnerstag")]
    [InlineData("de", "Sat", "Samstag")]
    [InlineData("en", "mon-tue-wed", null)]
    [InlineData("en", "workdays", null)]
    [InlineData("en", "m", null)]
    [InlineData("en", ",", null)]
    public void Working_days_are_read_as_people_type_them(string language, string typed, string? expected)
    {
        var speech = Catalogue.Shipped.For(language);
        var read = HoursText.TryReadDays(typed, speech, out var days) ? HoursText.SayDays(new WorkingHours(days, new(9, 0), new(18, 0)), speech) : null;
        read.ShouldBe(expected);
    }

    private static string? Moment(WorkingHours hours, string wanted, string now) =>
        hours.AtOrBefore(Local(wanted), Tokyo, Local(now)) is { } moment ? Text(moment) : null;

    private static string Text(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, Tokyo).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(string text) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), Tokyo.BaseUtcOffset);
}
