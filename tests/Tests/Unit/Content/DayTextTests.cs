using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.Content;

public sealed class DayTextTests
{
    // A Friday.
    private static readonly DateOnly Today = new(2027, 1, 15);

    [Theory]
    [InlineData("2027-01-20", "2027-01-20")]
    [InlineData("2026-12-01", "2026-12-01")]
    [InlineData("tomorrow", "2027-01-16")]
    [InlineData("Monday", "2027-01-18")]
    [InlineData("fri", "2027-01-22")]
    [InlineData("Saturday", "2027-01-16")]
    [InlineData("20 January", "2027-01-20")]
    [InlineData("January 20", "2027-01-20")]
    [InlineData("11 January", "2028-01-11")]
    [InlineData("15 January", "2028-01-15")]
    [InlineData("11 January 2027", "2027-01-11")]
    [InlineData("29 February", "2028-02-29")]
    public void A_day_is_the_next_one_of_that_name(string text, string expected) =>
        DayText.Read(text, Today).Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("30 February")]
    [InlineData("01/11/2027")]
    [InlineData("2027-01-20 and more")]
    public void What_is_no_day_is_refused(string text) => DayText.Read(text, Today).Refusal.ShouldNotBeNull();
}
