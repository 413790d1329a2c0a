using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Community;

/// <summary>A run that somebody is in, by their own word.</summary>
/// <param name="Run">The run.</param>
/// <param name="Title">As its open round says it, or else its file; the slug where neither can be read.</param>
/// <param name="OpenRound">The round that is open now, whether or not they are in that one.</param>
public sealed record OwnRun(Run Run, string Title, Occurrence? OpenRound);

/// <summary>What somebody is in. Only the store is asked: who has joined can leave whatever Mattermost does.</summary>
public sealed class OwnRuns(ILearningStore store, Definitions definitions)
{
    public async Task<IReadOnlyList<OwnRun>> OfAsync(string personId, string? language, CancellationToken cancellationToken)
    {
        var always = (await store.FindAsync(Enrollment.ByPerson, personId, cancellationToken)).Select(one => one.RunId).ToHashSet(StringComparer.Ordinal);
        var rounds = (await store.FindAsync(Participation.ByPerson, personId, cancellationToken)).Where(one => one.IsIn).Select(one => one.OccurrenceId).ToHashSet(StringComparer.Ordinal);
        List<OwnRun> own = [];
        foreach (var runId in always.Union(rounds.Select(Occurrence.RunOf)))
        {
            var open = (await store.FindAsync(Occurrence.ByOpenRun, runId, cancellationToken)) is [.., var last] ? last : null;
            if ((always.Contains(runId) || (open is not null && rounds.Contains(open.Id))) && await store.GetAsync<Run>(runId, cancellationToken) is { } run)
                own.Add(new OwnRun(run, await TitleAsync(run, open, language, cancellationToken), open));
        }

        return [.. own.OrderBy(one => one.Title, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Run.Id, StringComparer.Ordinal)];
    }

    /// <summary>Those of a name: in the channel where it was typed if there is one, else in that team, else anywhere.</summary>
    public static IReadOnlyList<OwnRun> Named(IReadOnlyList<OwnRun> own, string words, string? teamId, string channelId)
    {
        var wanted = RunDirectory.Plain(words);
        var named = own.Where(one => wanted.Equals(one.Run.Slug, StringComparison.OrdinalIgnoreCase) || wanted.Equals(one.Title, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var near in new Func<OwnRun, bool>[] { one => one.Run.ChannelId == channelId, one => one.Run.TeamId == teamId })
        {
            if (named.Where(near).ToList() is { Count: > 0 } here)
                return here;
        }

        return named;
    }

    private async ValueTask<string> TitleAsync(Run run, Occurrence? open, string? language, CancellationToken cancellationToken)
    {
        try
        {
            return (open is null ? await definitions.CurrentOfAsync(run, cancellationToken) : await definitions.StoredAsync(open.DefinitionHash, cancellationToken)).In(language).Title;
        }
        catch (UnreadableDocumentException)
        {
            return run.Slug;
        }
    }
}
