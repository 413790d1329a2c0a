using MattermostLearning.Sidecar.Rehearsal.People;
using MattermostLearning.Sidecar.Rehearsal.Reports;

namespace MattermostLearning.Sidecar.Rehearsal;

/// <summary>Lives a rehearsal through, from the afternoon before its first day.</summary>
internal static class RehearsalRun
{
    /// <summary>Whoever opens an activity on Monday starts it on Sunday, so that no zone's morning has begun.</summary>
    private static readonly TimeSpan StartedBefore = TimeSpan.FromHours(14);

    public static async Task<Rehearsed> RunAsync(RehearsalLine line, RehearsalContent content)
    {
        var from = new DateTimeOffset(line.From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var to = from.AddDays(7 * line.Weeks);
        var learners = Population.Of(line.Learners);
        await using var town = await RehearsalTown.StartAsync(content, learners, from - StartedBefore, line.Seed, line.Holidays);
        town.Crowd.Begin(from, to, TownPlan.FirstChannel);
        await town.LiveAsync(to);
        var chronicle = Chronicle.Of(town);
        var rehearsed = new Rehearsed(
            line, from, to, content.Activities, learners, Readers(content), chronicle.Told, chronicle.Happened, chronicle.Numbers, []);
        return rehearsed with { Warnings = Warning.Of(rehearsed, content, town) };
    }

    private static IReadOnlyList<(string UserName, TimeZoneInfo Zone)> Readers(RehearsalContent content)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TownPlan.FacilitatorZone);
        return [.. content.Activities.Select(one => one.Host?.TrimStart('@').ToLowerInvariant()).OfType<string>().Prepend(TownPlan.Facilitator).Distinct().Select(name => (name, zone))];
    }
}
