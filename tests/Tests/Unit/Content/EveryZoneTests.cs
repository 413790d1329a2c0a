using System.Collections.Concurrent;
using MattermostLearning.Content.Schedules;

namespace MattermostLearning.Tests.Unit.Content;

/// <summary>
/// Every IANA zone of this machine, five shapes of schedule, two years: each occurrence once, at the promised time on the wall. What is
/// promised is worked out here in another way: a walk over the days of a calendar, and a look at the clock of the zone.
/// </summary>
public sealed class EveryZoneTests
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = new(2027, 12, 31);

    /// <summary>Beside some of the day, when clocks are changed: at midnight, and between one and four.</summary>
    private static readonly string[] Times = ["00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "09:00", "23:30"];

    private static readonly ConcurrentDictionary<string, WallClock> Clocks = new();

    public static TheoryData<string> Shapes =>
        ["every day", "every weekday", "every Sunday", "every Monday", "on the last Sunday of the month", "on the second Tuesday of the month", "every 2 weeks on Sunday", "every 3 weeks on Thursday"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_occurrence_comes_once_at_the_promised_local_time(string shape)
    {
        var days = Days(shape).ToList();
        var (zones, occurrences, gaps, overlaps) = (0, 0, 0, 0);
        foreach (var zone in ZoneText.All)
        {
            zones++;
            var clock = Clocks.GetOrAdd(zone.Id, _ => new WallClock(zone));
            foreach (var time in Times)
            {
                var firsts = days.Select(day => clock.First(day.ToDateTime(TimeOnly.Parse(time, null)))).ToList();
                var promised = firsts.Select(one => one.At).Distinct().ToList();
                gaps += firsts.Count(one => one.IsAfterGap);
                overlaps += firsts.Count(one => one.IsInOverlap);
                var scope = new ScheduleScope(zone) { From = First, Until = Last };
                var schedule = Schedule.Read($"{shape} at {time}").Value!;

                var listed = schedule.Instants(scope, new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero)).Select(one => one.UtcDateTime).ToList();

                var wrong = promised.Zip(listed).FirstOrDefault(pair => pair.First != pair.Second);
                wrong.Second.ShouldBe(wrong.First, $"{schedule} in {zone.Id}");
                listed.Count.ShouldBe(promised.Count, $"{schedule} in {zone.Id}");
                occurrences += listed.Count;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{shape}: {zones} zones, {occurrences} occurrences, of them {gaps} in a gap and {overlaps} in an overlap");
        zones.ShouldBeGreaterThan(300);
        // What happens only some weeks can miss every change of clocks; what happens daily, or on the Sundays on which they change, cannot.
        if (shape is "every day" or "every Sunday")
            Math.Min(gaps, overlaps).ShouldBeGreaterThan(50);
    }

    /// <summary>Day by day, as somebody with a calendar would.</summary>
    private static IEnumerable<DateOnly> Days(string shape)
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            var isLastOfItsName = day.AddDays(7).Month != day.Month;
            // Weeks begin on a Monday and are counted from the one of the first day that fits: Sunday the 4th, Thursday the 1st.
            var isDue = shape switch
            {
                "every day" => true,
                "every weekday" => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
                "every Sunday" => day.DayOfWeek == DayOfWeek.Sunday,
                "every Monday" => day.DayOfWeek == DayOfWeek.Monday,
                "on the last Sunday of the month" => day.DayOfWeek == DayOfWeek.Sunday && isLastOfItsName,
                "on the second Tuesday of the month" => day.DayOfWeek == DayOfWeek.Tuesday && day.Day is >= 8 and <= 14,
                "every 2 weeks on Sunday" => day.DayOfWeek == DayOfWeek.Sunday && (day.DayNumber - new DateOnly(2026, 1, 4).DayNumber) % 14 == 0,
                "every 3 weeks on Thursday" => day.DayOfWeek == DayOfWeek.Thursday && (day.DayNumber - new DateOnly(2026, 1, 1).DayNumber) % 21 == 0,
                _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Nobody has said which days these are."),
            };
            if (isDue)
                yield return day;
        }
    }

    /// <summary>
    /// A clock on the wall, looked at every hour for two years, and every quarter of an hour where it was changed. It is asked only what it shows at a moment: .NET itself says of
    /// zones whose winter time is the exception (Europe/Dublin) that times exist which their clocks never show.
    /// </summary>
    private sealed class WallClock
    {
        private static readonly DateTime Begin = new(2025, 12, 28, 0, 0, 0, DateTimeKind.Utc);
        private static readonly DateTime End = new(2028, 1, 4, 0, 0, 0, DateTimeKind.Utc);

        /// <summary>From when on the clock is how far from UTC.</summary>
        private readonly List<(DateTime From, TimeSpan Offset)> _stretches = [];

        public WallClock(TimeZoneInfo zone)
        {
            TimeSpan Offset(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone) - utc;

            _stretches.Add((Begin, Offset(Begin)));
            for (var hour = Begin.AddHours(1); hour < End; hour = hour.AddHours(1))
            {
                if (Offset(hour) == _stretches[^1].Offset)
                    continue;
                for (var utc = hour.AddMinutes(-45); utc <= hour; utc = utc.AddMinutes(15))
                {
                    if (Offset(utc) is var offset && offset != _stretches[^1].Offset)
                        _stretches.Add((utc, offset));
                }
            }
        }

        /// <summary>The first moment at which the clock shows this or a later time.</summary>
        public (DateTime At, bool IsAfterGap, bool IsInOverlap) First(DateTime local)
        {
            DateTime? shown = null;
            for (var i = 0; i < _stretches.Count; i++)
            {
                var (from, offset) = _stretches[i];
                var at = DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
                if (at < from)
                    return shown is { } first ? (first, false, false) : (from, true, false);
                if (at >= (i + 1 < _stretches.Count ? _stretches[i + 1].From : End))
                    continue;
                if (shown is { } earlier)
                    return (earlier, false, true);
                shown = at;
            }

            return (shown!.Value, false, false);
        }
    }
}
