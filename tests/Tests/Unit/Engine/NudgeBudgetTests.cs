using System.Globalization;
using CsCheck;
using MattermostLearning.TestKit;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.People;

namespace MattermostLearning.Tests.Unit.Engine;

/// <summary>One unprompted message a day and four a week, in working hours, and none within an hour of finishing something.</summary>
public sealed class NudgeBudgetTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("nothing came before", "", "", "Tue 12 10:00", "Tue 12 10:00")]
    [InlineData("one came yesterday", "Mon 11 10:00", "", "Tue 12 10:00", "Tue 12 10:00")]
    [InlineData("one came today", "Tue 12 09:00", "", "Tue 12 10:00", "Wed 13 09:00")]
    [InlineData("in quiet hours", "", "", "Tue 12 20:00", "Wed 13 09:00")]
    [InlineData("on a day off", "", "", "Sat 16 10:00", "Mon 18 09:00")]
    [InlineData("one came on Friday", "Fri 15 16:00", "", "Fri 15 16:30", "Mon 18 09:00")]
    [InlineData("four came within the week", "Fri 08 10:00,Mon 11 10:00,Tue 12 10:00,Wed 13 10:00", "", "Thu 14 10:00", "Fri 15 10:00")]
    [InlineData("four came, and the first of them on a Sunday", "Sun 10 10:00,Mon 11 10:00,Tue 12 10:00,Wed 13 10:00", "", "Thu 14 10:00", "Mon 18 09:00")]
    [InlineData("something was finished half an hour ago", "", "Tue 12 09:30", "Tue 12 10:00", "Tue 12 10:30")]
    [InlineData("something was finished late in the day", "", "Tue 12 16:45", "Tue 12 17:00", "Wed 13 09:00")]
    public void One_more_comes_at(string why, string sent, string finished, string now, string expected)
    {
        var record = new NudgeRecord
        {
            PersonId = "person",
            Sent = [.. sent.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(At)],
            FinishedAt = finished.Length == 0 ? null : At(finished),
        };
        var next = NudgeBudget.NextFrom(record, WorkingHours.Usual, Berlin, At(now));
        TimeZoneInfo.ConvertTime(next, Berlin).ToString("ddd dd HH:mm", CultureInfo.InvariantCulture).ShouldBe(expected, why);
    }

    [Fact]
    public void Whatever_comes_due_nobody_gets_more_than_one_a_day_and_four_a_week() =>
        Gen.Select(Gen.Int[0, 600], Gen.Int[0, 3]).List[60].Always(100, moments =>
        {
            var record = new NudgeRecord { PersonId = "person" };
            var now = At("Mon 11 00:00");
            foreach (var (minutes, chance) in moments)
            {
                now += TimeSpan.FromMinutes(minutes);
                if (chance == 0)
                    record = record with { FinishedAt = now };
                if (NudgeBudget.NextFrom(record, WorkingHours.Usual, Berlin, now) is var next && next == now)
                    record = NudgeBudget.WithSent(record, "run", now);
                else
                    next.ShouldBeGreaterThan(now);
                record.Sent.Count.ShouldBeLessThanOrEqualTo(NudgeBudget.MostAWeek);
                record.Sent.Select(sent => TimeZoneInfo.ConvertTime(sent, Berlin).Date).ShouldBeUnique();
            }
        });

    /// <summary>In January 2027, in Berlin.</summary>
    private static DateTimeOffset At(string text) =>
        new(DateTime.ParseExact($"2027-01-{text[4..]}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(1));
}
