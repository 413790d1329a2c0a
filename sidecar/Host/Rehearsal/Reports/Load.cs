using MattermostLearning.Sidecar.Rehearsal.People;

namespace MattermostLearning.Sidecar.Rehearsal.Reports;

/// <summary>What a week asks of people's attention.</summary>
/// <param name="Week">From 1.</param>
/// <param name="InChannels">Messages of the bot that everybody sees.</param>
/// <param name="Direct">Direct messages that came by themselves, to each learner.</param>
/// <param name="Answers">Answers to what they did, to each learner.</param>
internal sealed record WeekLoad(int Week, int InChannels, Spread Direct, Spread Answers);

/// <summary>Of one figure among people.</summary>
internal sealed record Spread(int Median, int Most)
{
    public static Spread Of(IEnumerable<int> figures)
    {
        int[] ordered = [.. figures.Order()];
        return ordered.Length == 0 ? new Spread(0, 0) : new Spread(ordered[ordered.Length / 2], ordered[^1]);
    }
}

/// <summary>Two activities that speak to the same people within an hour.</summary>
internal sealed record Collision(string Channel, DateTimeOffset At, IReadOnlyList<string> Titles, int Times);

/// <summary>The load on people: how much, at what hours, and what comes at once.</summary>
/// <param name="Weeks">One after the other.</param>
/// <param name="Hours">For each hour of people's own day, how many messages reached somebody in it who had not asked for them just then.</param>
/// <param name="Collisions">Openings within an hour of each other in one channel.</param>
internal sealed record Load(IReadOnlyList<WeekLoad> Weeks, IReadOnlyList<long> Hours, IReadOnlyList<Collision> Collisions)
{
    private static readonly TimeSpan Close = TimeSpan.FromHours(1);

    public static Load Of(Rehearsed rehearsed)
    {
        var names = rehearsed.Learners.ToDictionary(one => one.UserName, StringComparer.Ordinal);
        var weeks = Enumerable.Range(0, rehearsed.Line.Weeks).Select(week =>
        {
            var told = rehearsed.Told.Where(one => !one.IsEdit && rehearsed.WeekOf(one.At) == week).ToList();
            var mine = told.Where(one => names.ContainsKey(one.Reader)).ToList();
            return new WeekLoad(week + 1, told.Count(one => one.IsForAll && one.Channel != TownPlan.FacilitatorsChannel), Each(mine.Where(one => one.IsUnprompted)), Each(mine.Where(one => !one.IsUnprompted)));
        });
        return new Load([.. weeks], HoursOf(rehearsed, names), CollisionsOf(rehearsed));

        Spread Each(IEnumerable<Told> told)
        {
            var counts = told.GroupBy(one => one.Reader).ToDictionary(group => group.Key, group => group.Count());
            return Spread.Of(rehearsed.Learners.Select(one => counts.GetValueOrDefault(one.UserName)));
        }
    }

    private static long[] HoursOf(Rehearsed rehearsed, Dictionary<string, Learner> names)
    {
        var hours = new long[24];
        var zones = rehearsed.Learners.GroupBy(one => one.Zone).ToList();
        foreach (var told in rehearsed.Told.Where(one => !one.IsEdit))
        {
            if (told.IsForAll && told.Channel != TownPlan.FacilitatorsChannel)
            {
                foreach (var zone in zones)
                    hours[TimeZoneInfo.ConvertTime(told.At, zone.Key).Hour] += zone.Count();
            }
            else if (told.IsUnprompted && names.TryGetValue(told.Reader, out var who))
            {
                hours[TimeZoneInfo.ConvertTime(told.At, who.Zone).Hour]++;
            }
        }

        return hours;
    }

    private static List<Collision> CollisionsOf(Rehearsed rehearsed)
    {
        List<Collision> all = [];
        foreach (var channel in rehearsed.Openings.GroupBy(one => one.Channel))
        {
            List<Told> together = [];
            foreach (var opening in channel.OrderBy(one => one.At).Append(null))
            {
                if (opening is not null && (together.Count == 0 || opening.At - together[0].At < Close))
                {
                    together.Add(opening);
                    continue;
                }

                var titles = together.Select(one => rehearsed.TitleOf(one.Slug)).Distinct().Order(StringComparer.Ordinal).ToList();
                if (titles.Count > 1)
                    all.Add(new Collision(channel.Key, together[0].At, titles, 1));
                together = opening is null ? [] : [opening];
            }
        }

        // The same ones every week are one line.
        return [.. all.GroupBy(one => (one.Channel, string.Join('\n', one.Titles))).Select(same => same.First() with { Times = same.Count() }).OrderBy(one => one.At).ThenBy(one => one.Channel, StringComparer.Ordinal)];
    }
}
