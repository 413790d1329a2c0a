using MattermostLearning.Content.Holidays;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>Which days an iCalendar file makes free, and what is said of one that cannot be understood.</summary>
public sealed class HolidayTests
{
    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20270326\nDTEND;VALUE=DATE:20270327", "2027-03-26")]
    [InlineData("DTSTART;VALUE=DATE:20270326", "2027-03-26")]
    [InlineData("DTSTART;VALUE=DATE:20270326\nDTEND;VALUE=DATE:20270330", "2027-03-26 2027-03-27 2027-03-28 2027-03-29")]
    [InlineData("DTSTART;VALUE=DATE:20270326\nDURATION:P2D", "2027-03-26 2027-03-27")]
    [InlineData("DTSTART;VALUE=DATE:20201225\nDTEND;VALUE=DATE:20201227\nRRULE:FREQ=YEARLY", "2026-12-25 2026-12-26 2027-12-25 2027-12-26")]
    [InlineData("DTSTART;VALUE=DATE:20201231\nDTEND;VALUE=DATE:20210102\nRRULE:FREQ=YEARLY", "2026-01-01 2026-12-31 2027-01-01 2027-12-31")]
    [InlineData("DTSTART;VALUE=DATE:20250501\nRRULE:FREQ=YEARLY;COUNT=3", "2026-05-01 2027-05-01")]
    [InlineData("DTSTART;VALUE=DATE:20250501\nRRULE:FREQ=YEARLY;UNTIL=20260601", "2026-05-01")]
    [InlineData("DTSTART;VALUE=DATE:20250501\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20260501", "2027-05-01")]
    [InlineData("DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26 2027-11-25")]
    [InlineData("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", "")]
    public void An_all_day_event_makes_its_days_free(string lines, string expected)
    {
        var (calendar, problem) = HolidayCalendar.Parse(Ics(("Free day", lines)));
        problem.ShouldBeNull();
        var days = Enumerable.Range(0, 730).Select(day => new DateOnly(2026, 1, 1).AddDays(day)).Where(date => calendar!.NameOn(date) is not null);
        string.Join(' ', days.Select(date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(expected);
    }

    [Fact]
    public void Events_at_a_time_of_day_and_cancelled_ones_are_no_holidays()
    {
        var (calendar, _) = HolidayCalendar.Parse(Ics(
            ("Meeting", "DTSTART:20270301T090000Z\nDTEND:20270301T100000Z"), ("Off", "DTSTART;VALUE=DATE:20270302\nSTATUS:CANCELLED"), ("Spring day", "DTSTART;VALUE=DATE:20270303")));
        calendar!.NameOn(new DateOnly(2027, 3, 1)).ShouldBeNull();
        calendar.NameOn(new DateOnly(2027, 3, 2)).ShouldBeNull();
        calendar.NameOn(new DateOnly(2027, 3, 3)).ShouldBe("Spring day");
    }

    [Fact]
    public void Several_files_are_one_calendar_and_the_first_name_counts()
    {
        var both = HolidayCalendar.Of([Read(("A", "DTSTART;VALUE=DATE:20270303")), Read(("B", "DTSTART;VALUE=DATE:20270303"), ("C", "DTSTART;VALUE=DATE:20270304"))]);
        both.NameOn(new DateOnly(2027, 3, 3)).ShouldBe("A");
        both.NameOn(new DateOnly(2027, 3, 4)).ShouldBe("C");
        HolidayCalendar.Empty.NameOn(new DateOnly(2027, 3, 3)).ShouldBeNull();

        static HolidayCalendar Read(params (string, string)[] events) => HolidayCalendar.Parse(Ics(events)).Calendar!;
    }

    [Theory]
    [InlineData("This is no calendar.")]
    [InlineData("")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\n")]
    [InlineData("{\"a\": 1}")]
    public void What_is_no_calendar_is_refused(string text) => HolidayCalendar.Parse(text).Problem.ShouldNotBeNull();

    [Theory]
    [InlineData("DTSTART:20270301T090000Z", "holds no all-day event")]
    [InlineData("DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=DAILY", "holds \"Free day\", which repeats daily: only FREQ=YEARLY is understood")]
    [InlineData("DTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270228", "which ends before it begins")]
    public void What_cannot_be_understood_is_named(string lines, string problem) =>
        HolidayCalendar.Parse(Ics(("Free day", lines))).Problem!.ShouldContain(problem);

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_so() => HolidayCalendar.Read("/not/there.ics").Problem!.ShouldStartWith("cannot be read: ");

    internal static string Ics(params (string Summary, string Lines)[] events)
    {
        var each = events.Select((one, index) => $"BEGIN:VEVENT\nUID:{index}@example.org\nDTSTAMP:20260101T000000Z\nSUMMARY:{one.Summary}\n{one.Lines}\nEND:VEVENT\n");
        return $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n{string.Concat(each)}END:VCALENDAR\n".ReplaceLineEndings("\r\n");
    }
}
