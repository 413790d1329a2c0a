using CsCheck;
using MattermostLearning.Content.Schedules;
using MattermostLearning.TestKit;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>What must hold for whatever schedule and zone is drawn, in 2026 and 2027.</summary>
public sealed class ScheduleProperties
{
    private static readonly TimeZoneInfo[] Zones = [.. ZoneText.All];

    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<TimeZoneInfo> Zone = Gen.Int[0, Zones.Length - 1].Select(index => Zones[index]);

    private static readonly Gen<TimeOnly> Time = Gen.Select(Gen.Int[0, 23], Gen.Int[0, 59], (hour, minute) => new TimeOnly(hour, minute));

    private static readonly Gen<Schedule> AnySchedule = Gen.OneOf<Schedule>(
        Gen.Select(Gen.Int[1, 127], Time, Gen.Int[1, 5], (days, time, weeks) =>
            (Schedule)new WeeklySchedule(Enum.GetValues<DayOfWeek>().Where(day => (days & (1 << (int)day)) != 0), time, weeks)),
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 6], Time, (week, day, time) => (Schedule)new MonthlyWeekdaySchedule((WeekOfMonth)week, (DayOfWeek)day, time)),
        Gen.Select(Gen.Int[1, 32], Time, (day, time) => (Schedule)new MonthlyDaySchedule(day, time)),
        Gen.Select(Gen.Int[0, 729], Time, (day, time) => (Schedule)new OnceSchedule(new DateOnly(2026, 1, 1).AddDays(day), time)));

    [Fact]
    public void A_schedule_reads_back_from_its_own_words() => AnySchedule.Always(times: 100, schedule =>
    {
        Schedule.Read(schedule.ToString()).Value.ShouldBe(schedule);
        Schedule.Read(schedule.ToString()).Value!.GetHashCode().ShouldBe(schedule.GetHashCode());
    });

    [Fact]
    public void Every_local_time_becomes_the_first_instant_at_which_clocks_show_it_or_a_later_one()
    {
        // All zones, a time in each quarter of an hour around each change of offset, and noon of each month.
        foreach (var zone in Zones)
        {
            foreach (var local in ChangesOf(zone).SelectMany(change => Enumerable.Range(-16, 33).Select(quarter => LocalTime.ToLocal(change, zone).AddMinutes(15 * quarter))))
                CheckFirst(local, zone);
        }
    }

    [Fact]
    public void A_daily_schedule_names_each_date_of_two_years_once() => Gen.Select(Zone, Time).Always(times: 60, (zone, time) =>
    {
        var schedule = new WeeklySchedule(Enum.GetValues<DayOfWeek>(), time);
        var scope = new ScheduleScope(zone) { From = new DateOnly(2026, 1, 1), Until = new DateOnly(2027, 12, 31) };
        var listed = schedule.Listed(scope, Begin.AddDays(-3)).ToArray();
        listed.Select(each => each.Date).ShouldBe(Enumerable.Range(0, 730).Select(day => new DateOnly(2026, 1, 1).AddDays(day)));
        listed.Zip(listed.Skip(1), (left, right) => left.At < right.At).ShouldAllBe(each => each);
        foreach (var each in listed)
        {
            var local = LocalTime.ToLocal(each.At, zone);
            local.ShouldBeGreaterThanOrEqualTo(each.Date.ToDateTime(time));
            (local - each.Date.ToDateTime(time)).ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(2));
        }
    });

    [Fact]
    public void Asking_again_from_any_moment_continues_the_same_list() => Gen.Select(AnySchedule, Zone, Gen.Int[0, 600 * 24 * 60]).Always(times: 200, (schedule, zone, minutes) =>
    {
        var scope = new ScheduleScope(zone) { From = new DateOnly(2026, 1, 1), Until = new DateOnly(2027, 12, 31) };
        var after = Begin.AddMinutes(minutes);
        var whole = schedule.Instants(scope, Begin.AddDays(-3)).Where(each => each > after);
        schedule.Instants(scope, after).ShouldBe(whole);
    });

    [Fact]
    public void Two_moments_are_never_closer_than_the_shortest_interval_but_for_a_change_of_clocks() => Gen.Select(AnySchedule, Zone).Always(times: 100, (schedule, zone) =>
    {
        var scope = new ScheduleScope(zone) { From = new DateOnly(2026, 1, 1), Until = new DateOnly(2027, 12, 31) };
        var listed = schedule.Instants(scope, Begin).ToArray();
        foreach (var (left, right) in listed.Zip(listed.Skip(1)))
            (right - left).ShouldBeGreaterThanOrEqualTo(schedule.ShortestInterval!.Value - TimeSpan.FromHours(2));
    });

    [Fact]
    public void A_window_closes_after_it_opens_and_at_the_same_time_on_the_wall() => Gen.Select(Zone, Time, Gen.Int[0, 729], Gen.Int[1, 28]).Always(times: 100, (zone, time, day, length) =>
    {
        var date = new DateOnly(2026, 1, 1).AddDays(day);
        var opensAt = LocalTime.ToInstant(date, time, zone);
        var closesAt = new Window.For(WrittenDuration.OfDays(length)).CloseOf(opensAt, zone);
        closesAt.ShouldBeGreaterThan(opensAt);
        closesAt.ShouldBe(LocalTime.ToInstant(LocalTime.ToLocal(opensAt, zone).AddDays(length), zone));
    });

    private static void CheckFirst(DateTime local, TimeZoneInfo zone)
    {
        var instant = LocalTime.ToInstant(local, zone);
        var shown = LocalTime.ToLocal(instant, zone);
        shown.ShouldBeGreaterThanOrEqualTo(local, $"{zone.Id} {local:s}");
        // No earlier second shows it: looked for in each quarter of an hour before, and in the second before.
        LocalTime.ToLocal(instant.AddSeconds(-1), zone).ShouldBeLessThan(local, $"{zone.Id} {local:s}");
        for (var quarter = 1; quarter <= 16; quarter++)
            LocalTime.ToLocal(instant.AddMinutes(-15 * quarter), zone).ShouldNotBe(local, $"{zone.Id} {local:s}");
    }

    private static IEnumerable<DateTimeOffset> ChangesOf(TimeZoneInfo zone)
    {
        for (var hour = 0; hour < 730 * 24; hour += 6)
        {
            var (from, to) = (Begin.AddHours(hour), Begin.AddHours(hour + 6));
            if (zone.GetUtcOffset(from) != zone.GetUtcOffset(to))
                yield return from.AddHours(3);
        }
    }
}
