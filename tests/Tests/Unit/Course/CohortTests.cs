using CsCheck;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Kinds.Course;
using MattermostLearning.Content;
using MattermostLearning.Content.Holidays;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Course;

/// <summary>When lessons come to all who go through a course together, and who goes with whom.</summary>
public sealed class CohortTests
{
    /// <summary>A Friday.</summary>
    private static readonly DateTimeOffset Announced = LearningTown.At("2027-01-08 08:00");

    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Theory]
    [InlineData("from: 2027-01-13\npace: weekdays at 09:00", "Wed 13 Jan 09:00, Thu 14 Jan 09:00, Fri 15 Jan 09:00, Mon 18 Jan 09:00")]
    [InlineData("from: 2027-01-16\npace: daily", "Mon 18 Jan 09:00, Tue 19 Jan 09:00, Wed 20 Jan 09:00, Thu 21 Jan 09:00")]
    [InlineData("from: 2027-01-13\npace: every 3 days at 14:00", "Wed 13 Jan 14:00, Mon 18 Jan 14:00, Thu 21 Jan 14:00, Mon 25 Jan 14:00")]
    [InlineData("from: 2027-01-13\npace: every Saturday at 10:00", "Sat 16 Jan 10:00, Sat 23 Jan 10:00, Sat 30 Jan 10:00, Sat 06 Feb 10:00")]
    [InlineData("from: 2027-01-13\nnot-on: 2027-01-14, 2027-01-15\npace: weekdays at 09:00", "Wed 13 Jan 09:00, Mon 18 Jan 09:00, Tue 19 Jan 09:00, Wed 20 Jan 09:00")]
    [InlineData("from: 2027-03-26\npace: weekdays at 09:00", "Fri 26 Mar 09:00, Mon 29 Mar 08:00, Tue 30 Mar 08:00, Wed 31 Mar 08:00")]
    [InlineData("pace: every Monday and Thursday at 09:00", "Mon 18 Jan 09:00, Thu 21 Jan 09:00, Mon 25 Jan 09:00, Thu 28 Jan 09:00")]
    public void Lessons_come_on_the_days_of_the_pace_from_the_day_on_which_all_begin(string keys, string moments)
    {
        var clock = Clock(keys);
        var came = Enumerable.Range(0, 4).Select(lesson => lesson == 0 ? clock.Start!.Value : clock.EndOf(lesson - 1)!.Value);
        string.Join(", ", came.Select(at => at.ToString("ddd dd MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(moments);
    }

    [Fact]
    public void No_lesson_comes_on_a_holiday_and_where_every_day_is_one_none_comes()
    {
        Clock("from: 2027-01-13\npace: weekdays at 09:00", "DTSTART;VALUE=DATE:20270113").Start.ShouldBe(LearningTown.At("2027-01-14 09:00"));
        var never = Clock("from: 2027-01-13\npace: weekdays at 09:00", "DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20280103\nRRULE:FREQ=YEARLY");
        never.Start.ShouldBeNull();
        never.NextFor(WorkingHours.Usual, London, 0, Announced).ShouldBeNull();
    }

    [Fact]
    public void To_each_it_comes_in_their_own_hours_and_never_before_all_are_at_it()
    {
        var paces = new[] { "daily", "weekdays at 09:00", "every 2 days at 07:30", "every Tuesday and Friday at 16:00" };
        var zones = new[] { "Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles" }.Select(TimeZoneInfo.FindSystemTimeZoneById).ToArray();
        Gen.Int[0, 3].Select(Gen.Int[0, 4], Gen.Int[0, 60 * 24 * 60].Select(Gen.Int[1, 127]), Gen.Int[0, 4]).Always(200, (pace, place, drawn, seen) =>
        {
            var ((minutes, days), zone) = (drawn, zones[place]);
            var (now, clock) = (Announced.AddMinutes(minutes), Clock($"from: 2027-01-18\npace: {paces[pace]}"));
            var hours = WorkingHours.Usual with { Days = (Weekdays)days };
            var next = clock.NextFor(hours, zone, seen, now)!.Value;
            next.ShouldBeGreaterThan(now);
            hours.NextFrom(next, zone).ShouldBe(next);
            // Also for whoever went on by themselves to the lesson that the cohort is at, and whose own hour of it is still to come.
            next.ShouldBeGreaterThanOrEqualTo((seen == 0 ? clock.Start : clock.EndOf(seen - 1))!.Value);
        });
    }

    [Fact]
    public void Everybody_is_in_one_group_of_two_or_of_three_and_whoever_has_a_buddy_keeps_them() => Gen.Int[0, 12].Select(Gen.Int[0, 9]).Always(200, draw =>
    {
        var (paired, alone) = draw;
        var people = Enumerable.Range(0, (2 * paired) + alone).Select(number => $"p{number}").ToList();
        var buddies = people.ToDictionary(
            one => one, IReadOnlyList<string> (one) => people.IndexOf(one) is var at && at < 2 * paired ? [people[at ^ 1]] : [], StringComparer.Ordinal);
        var groups = CohortPairs.GroupsOf(people, buddies);
        var grouped = groups.SelectMany(group => group).ToList();
        grouped.ShouldBeUnique();
        groups.ShouldAllBe(group => group.Count == 2 || group.Count == 3);
        groups.Count(group => group.Count == 3).ShouldBeLessThanOrEqualTo(1);
        if (alone == 1)
            grouped.Count.ShouldBe(paired == 0 ? 0 : 3);
        else
            grouped.Order().ShouldBe(people.Skip(2 * paired).Order());
    });

    [Theory]
    [InlineData("a-b", "a b c", "a b c")] // goes along with a pair
    [InlineData("a-b", "a c", "a c")] // b is through: a would go on by themselves
    [InlineData("a-b d-e", "a d e c", "a c")] // rather with whoever was left than with a pair
    [InlineData("a-b-d", "a d c", "a d c")] // the third of them is through
    [InlineData("a-b-d", "a b d c", "")] // four are too many
    [InlineData("a-b", "a", "")]
    [InlineData("", "c", "")]
    public void Whoever_comes_late_and_alone_goes_along_with_those_who_can_do_with_company(string groups, string onTheirWay, string together)
    {
        var buddies = groups.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(group => group.Split('-'))
            .SelectMany(group => group.Select(one => (One: one, With: (IReadOnlyList<string>)[.. group.Where(other => other != one)]))).ToDictionary(one => one.One, one => one.With);
        buddies.TryAdd("c", []);

        string.Join(", ", CohortPairs.GroupsOf(onTheirWay.Split(' '), buddies).Select(group => string.Join(' ', group))).ShouldBe(together);
    }

    [Theory]
    [InlineData("cohort: channel\npace: self\ntime-zone: Europe/London", Codes.KeysExclude, "A cohort gets its lessons together, and in this pace each goes for themselves.")]
    [InlineData("cohort: threes\npace: daily\ntime-zone: Europe/London", Codes.NotAChoice, "`threes` is not one of the words that are possible here.")]
    [InlineData("cohort: pairs\npace: daily", Codes.NoZone, "No time zone is written, so the clock of this cohort is UTC.")]
    [InlineData("from: 2027-02-01", Codes.NoZone, "No time zone is written, so the clock of this cohort is UTC.")]
    public void What_a_cohort_needs_is_asked_for(string keys, string code, string message)
    {
        var finding = Read(keys).Diagnostics.ShouldHaveSingleItem();
        (finding.Code, finding.Message).ShouldBe((code, message));
    }

    [Theory]
    [InlineData("", null, "self")]
    [InlineData("pace: daily", null, "daily")]
    [InlineData("cohort: pairs", CohortMode.Pairs, "every weekday at 09:00")]
    [InlineData("from: 2027-02-01", CohortMode.Channel, "every weekday at 09:00")]
    [InlineData("from: 2027-02-01\ncohort: pairs\npace: daily", CohortMode.Pairs, "daily")]
    public void A_day_on_which_it_begins_makes_a_cohort(string keys, CohortMode? mode, string pace)
    {
        var course = (CourseDefinition)Read($"time-zone: Europe/London\n{keys}").Definition!;
        (course.Cohort, course.Pace.ToString()).ShouldBe((mode, pace));
    }

    private static CohortClock Clock(string keys, string holiday = "")
    {
        var calendar = holiday.Length == 0 ? HolidayCalendar.Empty : HolidayCalendar.Parse($"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Off\n{holiday}\nEND:VEVENT\nEND:VCALENDAR\n").Calendar!;
        return new CohortClock((CourseDefinition)Read($"cohort: channel\ntime-zone: Europe/London\n{keys}").Definition!, new RunCalendar(calendar), Announced);
    }

    private static ReadResult Read(string keys) =>
        new ContentReader([new CourseContent()]).Read("courses/one.md", $"---\nkind: course\ntitle: One\n{keys}\n---\n## A\nRead.\n\n## B\nRead.\n\n## C\nRead.\n");
}
