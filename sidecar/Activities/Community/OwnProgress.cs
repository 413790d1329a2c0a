using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Community;

/// <summary>What one person has done in one activity.</summary>
/// <param name="Run">The run.</param>
/// <param name="Title">The slug where its text can no longer be read.</param>
/// <param name="Zone">The activity's own, for those whose zone is not known.</param>
/// <param name="Since">Their first joining or reply that is kept.</param>
/// <param name="Replied">Rounds in which a reply of theirs stands.</param>
public sealed record OwnActivity(Run Run, string Title, TimeZoneInfo Zone, DateTimeOffset Since, int Replied)
{
    /// <summary>In every round, or among those who may be asked.</summary>
    public StandingYes? StandingYes { get; init; }

    /// <summary>The round that is open now and that they are in or have replied in.</summary>
    public Occurrence? OpenRound { get; init; }

    public bool HasRepliedInOpenRound { get; init; }
}

/// <summary>What somebody said yes to once, until they take it back.</summary>
public enum StandingYes
{
    EveryRound,

    /// <summary>Whatever is made by its members needs nobody to be in; some agree to be asked to go first.</summary>
    MayBeAsked,
}

/// <param name="Activities">What is open comes first, then the latest.</param>
/// <param name="Elsewhere">Activities in channels that they can no longer see: counted, not named.</param>
public sealed record Progress(IReadOnlyList<OwnActivity> Activities, int Elsewhere)
{
    public int Replied => Activities.Sum(one => one.Replied);
}

/// <summary>One person's own record, for that person alone. What they joined and never said anything in is no figure.</summary>
public sealed class OwnProgress(ILearningStore store, RunDirectory runs, Definitions definitions)
{
    /// <exception cref="Engine.Ports.DirectoryUnavailableException">Mattermost does not say what they may see.</exception>
    public async Task<Progress> OfAsync(string personId, string? language, CancellationToken cancellationToken)
    {
        var always = (await store.FindAsync(Enrollment.ByPerson, personId, cancellationToken)).ToDictionary(one => one.RunId, StringComparer.Ordinal);
        var parts = (await store.FindAsync(Participation.ByPerson, personId, cancellationToken))
            .Where(one => one.IsIn || one.Contributions > 0).ToLookup(one => Occurrence.RunOf(one.OccurrenceId), StringComparer.Ordinal);
        List<Run> all = [];
        foreach (var runId in always.Keys.Union(parts.Select(group => group.Key)))
        {
            if (await store.GetAsync<Run>(runId, cancellationToken) is { } run)
                all.Add(run);
        }

        var seen = await runs.SeenAmongAsync(all, personId, cancellationToken);
        List<OwnActivity> activities = [];
        foreach (var run in seen)
            activities.Add(await OneAsync(run, always.GetValueOrDefault(run.Id), [.. parts[run.Id]], language, cancellationToken));
        return new Progress(
            [.. activities.OrderBy(one => one.OpenRound is null).ThenBy(one => one.OpenRound?.ClosesAt).ThenByDescending(one => one.Since).ThenBy(one => one.Run.Id, StringComparer.Ordinal)],
            all.Count - seen.Count);
    }

    private async ValueTask<OwnActivity> OneAsync(Run run, Enrollment? always, IReadOnlyList<Participation> parts, string? language, CancellationToken cancellationToken)
    {
        var open = (await store.FindAsync(Occurrence.ByOpenRun, run.Id, cancellationToken)) is [.., var last] ? last : null;
        var now = parts.FirstOrDefault(part => part.OccurrenceId == open?.Id);
        var since = parts.Select(part => part.JoinedAt ?? Occurrence.InstantOf(part.OccurrenceId)).Append(always?.Since).OfType<DateTimeOffset>().Min();
        var definition = await DefinitionAsync(run, cancellationToken);
        return new OwnActivity(run, definition?.In(language).Title ?? run.Slug, definition?.Zone ?? TimeZoneInfo.Utc, since, parts.Count(part => part.Contributions > 0))
        {
            StandingYes = always is null ? null : definitions.KindOf(run).IsMadeByMembers ? Community.StandingYes.MayBeAsked : Community.StandingYes.EveryRound,
            OpenRound = now is null ? null : open,
            HasRepliedInOpenRound = now is { Contributions: > 0 },
        };
    }

    private async ValueTask<ActivityDefinition?> DefinitionAsync(Run run, CancellationToken cancellationToken)
    {
        try
        {
            return await definitions.CurrentOfAsync(run, cancellationToken);
        }
        catch (UnreadableDocumentException)
        {
            return null;
        }
    }
}
