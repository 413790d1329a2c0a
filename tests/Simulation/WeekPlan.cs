namespace MattermostLearning.Simulation;

/// <summary>Draws what happens in one week: what people do, and what breaks.</summary>
internal static class WeekPlan
{
    private const int Deeds = 150;
    private const int Troubles = 16;

    /// <summary>While something is wrong for a time, so many things are done in it.</summary>
    private const int DeedsInTrouble = 4;

    private static readonly (Deed Deed, int Weight)[] Likely =
    [
        (Deed.Join, 16), (Deed.JoinTwiceAtOnce, 3), (Deed.EveryRound, 5), (Deed.NoReminder, 3), (Deed.Leave, 4), (Deed.Reply, 34), (Deed.Edit, 6),
        (Deed.Delete, 6), (Deed.React, 14), (Deed.Unreact, 4), (Deed.Ask, 4), (Deed.Hold, 1), (Deed.Release, 3), (Deed.GoOn, 4), (Deed.Vote, 12), (Deed.Recall, 8),
        (Deed.Press, 80), (Deed.PressTwice, 10),
    ];

    private static readonly Break[] Possible =
    [
        Break.BadWeather, Break.BadWeather, Break.BadWeather, Break.CutSockets, Break.CutSockets, Break.ForgetConnections, Break.StallSockets, Break.Kill,
        Break.KillWithCommit, Break.KillWithCommit, Break.KillWithCall, Break.KillWithCall, Break.Stop, Break.ServerDown, Break.DiskFull, Break.DiskSlow, Break.ClockForward,
        Break.ClockBack, Break.NewToken,
    ];

    /// <param name="dice">Of the week.</param>
    /// <param name="from">Its beginning.</param>
    /// <param name="people">Who acts.</param>
    /// <param name="moments">At which something is due: half of all trouble is near one of them.</param>
    public static IReadOnlyList<Happening> Draw(Random dice, DateTimeOffset from, IReadOnlyList<string> people, IReadOnlyList<DateTimeOffset> moments)
    {
        List<Happening> all = [];
        for (var i = 0; i < Deeds; i++)
            all.Add(new Act(Sometime(), DrawDeed(dice), people[dice.Next(people.Count)], dice.Next()));
        for (var i = 0; i < Troubles; i++)
        {
            var at = dice.Next(2) == 0 ? Sometime() : moments[dice.Next(moments.Count)] + TimeSpan.FromSeconds(dice.Next(-90, 90));
            var trouble = Breakdown(dice, at, Possible[dice.Next(Possible.Length)]).ToList();
            all.AddRange(trouble);
            for (var act = 0; act < DeedsInTrouble && trouble.Count > 1; act++)
                all.Add(new Act(at + (trouble[^1].At - at) * dice.NextDouble(), DrawDeed(dice), people[dice.Next(people.Count)], dice.Next()));
        }

        return [.. all.OrderBy(one => one.At)];

        // In six of the seven days: on the last one everything comes to rest.
        DateTimeOffset Sometime() => from + TimeSpan.FromSeconds(dice.Next(6 * 86_400));
    }

    private static Deed DrawDeed(Random dice)
    {
        var left = dice.Next(Likely.Sum(one => one.Weight));
        return Likely.First(one => (left -= one.Weight) < 0).Deed;
    }

    private static IEnumerable<Trouble> Breakdown(Random dice, DateTimeOffset at, Break what)
    {
        // Mostly short; a process may be away over a night, which costs no time to simulate, as thousands of attempts in vain would.
        var lasts = dice.Next(4) switch
        {
            0 => TimeSpan.FromSeconds(dice.Next(1, 60)),
            1 when what is Break.Kill or Break.KillWithCommit or Break.KillWithCall or Break.Stop => TimeSpan.FromHours(dice.Next(1, 20)),
            _ => TimeSpan.FromMinutes(dice.Next(1, 60)),
        };
        yield return new Trouble(at, what, lasts, dice.Next(1, 12));
        Break? end = what switch
        {
            Break.BadWeather => Break.FairWeather,
            Break.StallSockets => Break.FlowSockets,
            Break.ServerDown => Break.ServerBack,
            Break.DiskFull or Break.DiskSlow => Break.DiskWell,
            _ => null,
        };
        if (end is { } well)
            yield return new Trouble(at + lasts, well);
    }
}
