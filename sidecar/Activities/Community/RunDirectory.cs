using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Community;

/// <summary>One run as somebody may see it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Definition">What its next round opens with; what an open round goes by is the round's own matter.</param>
/// <param name="OpenRound">The round that is open now.</param>
/// <param name="Next">The next opening.</param>
public sealed record VisibleRun(Run Run, ActivityDefinition Definition, Occurrence? OpenRound, DateTimeOffset? Next);

/// <summary>What runs where, for one person: only channels they are in and public channels of their teams; guests only the former.</summary>
public sealed class RunDirectory(ILearningStore store, Definitions definitions, IDirectory directory)
{
    /// <summary>Runs that somebody may see, in their team or, from a direct message, in all of theirs; by title.</summary>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not say what the person may see.</exception>
    public async Task<IReadOnlyList<VisibleRun>> VisibleToAsync(Caller caller, CancellationToken cancellationToken)
    {
        List<VisibleRun> visible = [];
        foreach (var status in new[] { RunStatus.Running, RunStatus.Paused, RunStatus.Archived })
        {
            foreach (var run in await store.FindAsync(Run.ByStatus, status.ToString(), cancellationToken))
            {
                if ((caller.TeamId is null || caller.TeamId == run.TeamId) && await directory.MaySeeAsync(caller.PersonId, run.ChannelId, run.TeamId, cancellationToken))
                    visible.Add(await WithRoundAsync(run, cancellationToken));
            }
        }

        return [.. visible.OrderBy(one => one.Definition.Title, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Run.Id, StringComparer.Ordinal)];
    }

    /// <summary>The runs of one activity among those, the asker's own channel first.</summary>
    /// <param name="runs">What the asker may see.</param>
    /// <param name="words">A slug or a title, in any case.</param>
    /// <param name="caller">Who asks, and from where.</param>
    public static IReadOnlyList<VisibleRun> Named(IReadOnlyList<VisibleRun> runs, string words, Caller caller)
    {
        var wanted = words.Trim().Trim('"', '*', '`');
        var named = runs.Where(one => wanted.Equals(one.Run.Slug, StringComparison.OrdinalIgnoreCase)
            || wanted.Equals(one.Definition.Slug, StringComparison.OrdinalIgnoreCase)
            || wanted.Equals(one.Definition.Title, StringComparison.OrdinalIgnoreCase)).ToList();
        var here = named.Where(one => one.Run.ChannelId == caller.ChannelId).ToList();
        return here.Count > 0 ? here : named;
    }

    private async ValueTask<VisibleRun> WithRoundAsync(Run run, CancellationToken cancellationToken)
    {
        var definition = await definitions.CurrentOfAsync(run, cancellationToken);
        var open = await store.FindAsync(Occurrence.ByOpenRun, run.Id, cancellationToken);
        return new VisibleRun(run, definition, open.Count > 0 ? open[^1] : null, RunCalendar.Next(run, definition));
    }
}
