using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class ScheduleTextTests
{
    [Theory]
    [InlineData("every Monday at 09:00", "every Monday at 09:00")]
    [InlineData("every Mon 9:00", "every Monday at 09:00")]
    [InlineData("Mondays at 9am", "every Monday at 09:00")]
    [InlineData("weekly on Monday at 09:00", "every Monday at 09:00")]
    [InlineData("Monday 9.30", "every Monday at 09:30")]
    [InlineData("each tuesday at 2:15 pm", "every Tuesday at 14:15")]
    [InlineData("EVERY FRIDAY AT NOON", "every Friday at 12:00")]
    [InlineData("at 9:00 every Monday", "every Monday at 09:00")]
    [InlineData("every Monday at 12am", "every Monday at 00:00")]
    [InlineData("every Monday at 12:30 p.m.", "every Monday at 12:30")]
    [InlineData("every day at 9:00", "every day at 09:00")]
    [InlineData("daily at 09:00", "every day at 09:00")]
    [InlineData("every weekday at 10:30", "every weekday at 10:30")]
    [InlineData("weekdays at 10:30", "every weekday at 10:30")]
    [InlineData("every working day at 10:30", "every weekday at 10:30")]
    [InlineData("every Monday and Thursday at 9:00", "every Monday and Thursday at 09:00")]
    [InlineData("every Thu, Mon & Wed at 9:00", "every Monday, Wednesday and Thursday at 09:00")]
    [InlineData("every Monday, Tuesday, Wednesday, Thursday and Friday at 9:00", "every weekday at 09:00")]
    [InlineData("on the first Tuesday of the month at 14:00", "on the first Tuesday of the month at 14:00")]
    [InlineData("every first Tuesday at 14:00", "on the first Tuesday of the month at 14:00")]
    [InlineData("monthly on the 2nd Wednesday at 8:00", "on the second Wednesday of the month at 08:00")]
    [InlineData("on the last Friday of each month at 16:00", "on the last Friday of the month at 16:00")]
    [InlineData("on the 15th of the month at 9:00", "on the 15th of the month at 09:00")]
    [InlineData("on the last day of the month at 9:00", "on the last day of the month at 09:00")]
    [InlineData("every 2 weeks on Thursday at 16:00", "every 2 weeks on Thursday at 16:00")]
    [InlineData("every other Thursday at 16:00", "every 2 weeks on Thursday at 16:00")]
    [InlineData("fortnightly on Thursday at 4pm", "every 2 weeks on Thursday at 16:00")]
    [InlineData("every three weeks on Mon and Tue at 16:00", "every 3 weeks on Monday and Tuesday at 16:00")]
    [InlineData("once on 2027-01-11 at 09:00", "once on 2027-01-11 at 09:00")]
    [InlineData("2027-01-11 09:00", "once on 2027-01-11 at 09:00")]
    [InlineData("2027-01-11T09:00", "once on 2027-01-11 at 09:00")]
    [InlineData("on Monday, 11 January 2027 at 9:00", "once on 2027-01-11 at 09:00")]
    [InlineData("Jan 11th, 2027 at 9 am", "once on 2027-01-11 at 09:00")]
    [InlineData("0 9 * * MON", "0 9 * * MON")]
    [InlineData("*/30  9-16 * * 1-5", "*/30 9-16 * * 1-5")]
    public void What_a_person_would_write_is_read(string written, string canonical)
    {
        var reading = Schedule.Read(written);
        reading.TryGet(out var schedule).ShouldBeTrue(reading.Refusal?.ToString());
        schedule!.ToString().ShouldBe(canonical);
        Schedule.TryParse(canonical, out var again).ShouldBeTrue();
        again.ShouldBe(schedule);
    }

    [Theory]
    [InlineData("every Monday", "MLC202", "`every Monday at 09:00`")]
    [InlineData("first Tuesday of the month", "MLC202", "`on the first Tuesday of the month at 09:00`")]
    [InlineData("every Mondey at 9:30", "MLC201", "Did you mean `every Monday at 09:30`?")]
    [InlineData("evry weekday at 10:00", "MLC201", "Did you mean `every weekday at 10:00`?")]
    [InlineData("at 09:00", "MLC201", "`every Monday at 09:00`")]
    [InlineData("every week at 09:00", "MLC201", "`every Monday at 09:00`")]
    [InlineData("every 2 weeks at 09:00", "MLC201", "`every 2 weeks on Monday at 09:00`")]
    [InlineData("every Monday at 25:00", "MLC201", "`00:00` to `23:59`")]
    [InlineData("every Monday at 5", "MLC201", "`05:00` or `17:00`")]
    [InlineData("every Monday at 9:00 and 15:00", "MLC201", "`0 9,15 * * MON`")]
    [InlineData("every Monday at 09:00 London", "MLC201", "`time-zone: Europe/London`")]
    [InlineData("every Monday from 2027-01-11 at 9:00", "MLC201", "`from: 2027-01-11`")]
    [InlineData("once at 9:00", "MLC201", "`once on 2027-01-11 at 09:00`")]
    [InlineData("once on 11/01/2027 at 9:00", "MLC205", "`2027-01-11` or `2027-11-01`")]
    [InlineData("once on 2027-02-30 at 9:00", "MLC205", "2027-01-11")]
    [InlineData("on Tuesday 2027-01-11 at 9:00", "MLC201", "`once on 2027-01-11 at 09:00`")]
    [InlineData("every second Tuesday at 14:00", "MLC203", "`on the second Tuesday of the month at 14:00` or `every 2 weeks on Tuesday at 14:00`")]
    [InlineData("biweekly on Friday at 9:00", "MLC203", "`every 2 weeks on Friday at 09:00`")]
    [InlineData("every 3 months at 9:00", "MLC201", "`on the first Monday of the month at 09:00`")]
    [InlineData("every other day at 9:00", "MLC201", "`every weekday at 09:00`")]
    [InlineData("on the 5th Tuesday of the month at 9:00", "MLC201", "`on the last Tuesday of the month at 09:00`")]
    [InlineData("0 0 9 * * MON", "MLC204", "`0 9 * * MON`")]
    [InlineData("0 9 * *", "MLC204", "five fields|`0 9 * * MON`")]
    [InlineData("0 25 * * *", "MLC204", "`0 9 * * MON`")]
    [InlineData("0 9 30 2 *", "MLC204", "`0 9 15 * *`")]
    [InlineData("whenever it suits", "MLC201", "`every Monday at 09:00`")]
    [InlineData("every Monday at ٠٩:٠٠", "MLC201", "`every Monday at 09:00`")]
    [InlineData("", "MLC201", "`every Monday at 09:00`")]
    public void What_cannot_be_read_is_refused_with_an_example_that_works(string written, string code, string help)
    {
        var refusal = Schedule.Read(written).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code);
        refusal.Help.ShouldNotBeNull().ShouldContain(help.Split('|')[^1]);
    }

    [Theory]
    [InlineData("every Monday at 09:00", "every 2 weeks on Monday at 09:00")]
    [InlineData("every 2 weeks on Monday at 09:00", null)]
    [InlineData("every Monday and Thursday at 09:00", null)]
    [InlineData("every weekday at 09:00", null)]
    [InlineData("on the first Monday of the month at 09:00", null)]
    [InlineData("once on 2027-01-11 at 09:00", null)]
    [InlineData("0 9 * * MON", null)]
    public void A_weekly_schedule_can_slow_down_to_every_two_weeks(string written, string? slower)
    {
        Schedule.TryParse(written, out var schedule).ShouldBeTrue();
        schedule.EveryTwoWeeks()?.ToString().ShouldBe(slower);
    }

    [Theory]
    [InlineData("every Monday at 09:00", 7 * 24)]
    [InlineData("every Monday and Thursday at 09:00", 3 * 24)]
    [InlineData("every Monday and Sunday at 09:00", 24)]
    [InlineData("every 2 weeks on Monday and Sunday at 09:00", 6 * 24)]
    [InlineData("every weekday at 09:00", 24)]
    [InlineData("on the last day of the month at 09:00", 28 * 24)]
    [InlineData("0 */4 * * *", 4)]
    [InlineData("0 9 * * MON", 7 * 24)]
    [InlineData("once on 2027-01-11 at 09:00", null)]
    public void The_shortest_interval_is_known(string written, int? hours)
    {
        Schedule.TryParse(written, out var schedule).ShouldBeTrue();
        schedule.ShortestInterval.ShouldBe(hours is { } count ? TimeSpan.FromHours(count) : null);
    }
}
