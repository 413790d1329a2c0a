using System.Globalization;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class TimingTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly DateTimeOffset MondayNine = At("2027-01-11T09:00Z");

    [Theory]
    [InlineData("4 days", "4 days")]
    [InlineData("1 week", "1 week")]
    [InlineData("14 days", "2 weeks")]
    [InlineData("a week", "1 week")]
    [InlineData("90 minutes", "90 minutes")]
    [InlineData("120 min", "2 hours")]
    [InlineData("2h", "2 hours")]
    [InlineData("2H 30m", "150 minutes")]
    [InlineData("one day", "1 day")]
    [InlineData("1 day and 2 hours", "1 day 2 hours")]
    [InlineData("3d", "3 days")]
    public void Durations_are_read(string written, string canonical)
    {
        var duration = DurationText.Read(written).Value;
        duration.ToString().ShouldBe(canonical);
        DurationText.Read(canonical).Value.ShouldBe(duration);
    }

    [Theory]
    [InlineData("4", "`4 days` or `4 hours`")]
    [InlineData("30 seconds", "`1 minute`")]
    [InlineData("2 months", "`4 weeks`")]
    [InlineData("0 days", "`1 minute`")]
    [InlineData("400 days", "`366 days`")]
    [InlineData("999999 weeks", "`366 days`")]
    [InlineData("1.5 hours", "`90 minutes`")]
    [InlineData("some days", "`4 days`")]
    public void Durations_that_cannot_be_read_are_refused_with_help(string written, string help) =>
        DurationText.Read(written).Refusal.ShouldNotBeNull().Help.ShouldNotBeNull().ShouldContain(help);

    [Theory]
    [InlineData("4 days", "2027-01-15T09:00Z")]
    [InlineData("1 week", "2027-01-18T09:00Z")]
    [InlineData("90 minutes", "2027-01-11T10:30Z")]
    [InlineData("until Friday 16:00", "2027-01-15T16:00Z")]
    [InlineData("Friday at 16:00", "2027-01-15T16:00Z")]
    [InlineData("until Monday 9am", "2027-01-18T09:00Z")]
    [InlineData("until Monday 10:00", "2027-01-11T10:00Z")]
    [InlineData("for 2 days", "2027-01-13T09:00Z")]
    public void A_round_closes_when_the_window_says(string written, string closes)
    {
        var window = WindowText.Read(written).Value.ShouldNotBeNull();
        window.CloseOf(MondayNine, London).ShouldBe(At(closes));
        WindowText.Read(window.ToString()!).Value.ShouldBe(window);
    }

    [Fact]
    public void Four_days_end_at_the_same_time_on_the_wall_when_clocks_change_and_96_hours_do_not()
    {
        var opens = At("2027-03-25T09:00Z");
        new Window.For(WrittenDuration.OfDays(4)).CloseOf(opens, London).ShouldBe(At("2027-03-29T08:00Z"));
        WindowText.Read("96 hours").Value!.CloseOf(opens, London).ShouldBe(At("2027-03-29T09:00Z"));
    }

    [Theory]
    [InlineData("1 day before close", "2027-01-14T09:00Z")]
    [InlineData("2 hours before it closes", "2027-01-15T07:00Z")]
    [InlineData("one day before", "2027-01-14T09:00Z")]
    [InlineData("Thursday at 10:00", "2027-01-14T10:00Z")]
    [InlineData("on Thu 10am", "2027-01-14T10:00Z")]
    [InlineData("yes", "2027-01-14T09:00Z")]
    [InlineData("no", null)]
    [InlineData("never", null)]
    [InlineData("4 days before close", null)] // that is the opening itself
    [InlineData("Saturday at 10:00", null)]   // closed by then
    public void A_reminder_comes_inside_the_round_or_not_at_all(string written, string? expected)
    {
        var reminder = ReminderText.Read(written).Value.ShouldNotBeNull();
        reminder.At(MondayNine, At("2027-01-15T09:00Z"), London).ShouldBe(expected is null ? null : At(expected));
        ReminderText.Read(reminder.ToString()!).Value.ShouldBe(reminder);
    }

    [Theory]
    [InlineData("1 day", "`1 day before close`")]
    [InlineData("Thursday", "`Thursday at 10:00`")]
    [InlineData("Thirsday", "`Thursday`")]
    [InlineData("later", "`1 day before close`")]
    [InlineData("5 before close", "`5 days`")]
    public void Reminders_that_cannot_be_read_are_refused_with_help(string written, string help) =>
        ReminderText.Read(written).Refusal.ShouldNotBeNull().Help.ShouldNotBeNull().ShouldContain(help);

    [Theory]
    [InlineData("", "2027-01-13T09:00Z")]
    [InlineData("after 1 day", "2027-01-12T09:00Z")]
    [InlineData("after 90 minutes", "2027-01-11T10:30Z")]
    [InlineData("on Wednesday", "2027-01-13T09:00Z")]
    [InlineData("on Wednesday at 10:00", "2027-01-13T10:00Z")]
    [InlineData("on Saturday", null)]
    public void A_hint_comes_in_its_time(string argument, string? expected)
    {
        var hint = HintText.Read(argument).Value.ShouldNotBeNull();
        hint.At(MondayNine, At("2027-01-15T09:00Z"), London).ShouldBe(expected is null ? null : At(expected));
        HintText.Read(hint.ToString()!).Value.ShouldBe(hint);
    }

    [Theory]
    [InlineData("Europe/London", "Europe/London", "London")]
    [InlineData("europe/london", "Europe/London", "London")]
    [InlineData("London", "Europe/London", "London")]
    [InlineData("new york", "America/New_York", "New York")]
    [InlineData("America/New York", "America/New_York", "New York")]
    [InlineData("Berlin", "Europe/Berlin", "Berlin")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin", "Berlin")]
    [InlineData("utc", "UTC", "UTC")]
    public void Zones_are_read_by_id_and_by_city(string written, string id, string city)
    {
        var zone = ZoneText.Read(written).Value.ShouldNotBeNull();
        zone.Id.ShouldBe(id);
        ZoneCity.Name(zone).ShouldBe(city);
    }

    [Theory]
    [InlineData("UTC+1", "`Europe/Berlin`")]
    [InlineData("GMT -5", "`America/New_York`")]
    [InlineData("+05:30", "`Asia/Kolkata`")]
    [InlineData("UTC+0", "`Europe/London`")]
    [InlineData("CET", "`Europe/Berlin`")]
    [InlineData("PST", "`America/Los_Angeles`")]
    [InlineData("Etc/GMT+5", "`America/New_York`")]
    [InlineData("Europe/Lodnon", "Did you mean `Europe/London`?")]
    [InlineData("Berln", "Did you mean `Europe/Berlin`?")]
    [InlineData("Atlantis", "`Europe/London`|")]
    [InlineData("../../etc/passwd", "|")]
    public void Zones_that_do_not_know_when_clocks_change_are_refused_with_the_one_to_use(string written, string help)
    {
        var refusal = ZoneText.Read(written).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("MLC210");
        if (!help.EndsWith('|'))
            refusal.Help.ShouldNotBeNull().ShouldContain(help);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
