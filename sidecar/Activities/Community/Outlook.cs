using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Community;

/// <summary>What a run will mean for its channel.</summary>
/// <param name="Rounds">How many rounds; 0 when it has no end.</param>
/// <param name="Last">The opening of the last one; null when it has no end.</param>
/// <param name="MessagesAWeek">The most that the bot will post there in a week, over its first four weeks.</param>
public sealed record Outlook(int Rounds, DateTimeOffset? Last, int MessagesAWeek)
{
    /// <summary>Nobody looks further ahead than this.</summary>
    private const int MostRounds = 1_000;

    public static Outlook Of(RunCalendar calendar, Run run, IActivityKind kind, ActivityDefinition definition, DateTimeOffset first)
    {
        var instants = calendar.InstantsAfter(run, definition, run.DecidedThrough).Take(definition.Rounds ?? MostRounds).ToList();
        var endless = instants.Count == MostRounds && definition.Rounds is null;
        var busiest = Enumerable.Range(0, 4).Max(week => instants.Count(at => at >= first.AddDays(7 * week) && at < first.AddDays(7 * (week + 1))));
        return new Outlook(endless ? 0 : instants.Count, endless ? null : instants[^1], busiest * kind.MessagesPerRound(definition));
    }
}
