using System.Collections.Concurrent;
using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content;
using Microsoft.Extensions.Logging;

namespace MattermostLearning.Activities.Community;

/// <summary>One run as somebody may see it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Definition">What its next round opens with, in their language; what an open round goes by is the round's own matter.</param>
/// <param name="OpenRound">The round that is open now.</param>
/// <param name="Next">The next opening.</param>
public sealed record VisibleRun(Run Run, ActivityDefinition Definition, Occurrence? OpenRound, DateTimeOffset? Next);

/// <param name="Runs">By title.</param>
/// <param name="Unreadable">Runs whose file is gone and whose kept text this build cannot read: for facilitators, who can put the file back.</param>
public sealed record VisibleRuns(IReadOnlyList<VisibleRun> Runs, IReadOnlyList<Run> Unreadable);

/// <summary>What runs where, for one person: only channels they are in and public channels of their teams; guests only the former.</summary>
public sealed class RunDirectory(ILearningStore store, Definitions definitions, IDirectory directory, RunCalendar calendar, ILogger<RunDirectory> logger)
{
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Runs that somebody may see, in their team or, from a direct message, in all of theirs; by title.</summary>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not say what the person may see.</exception>
    public async Task<IReadOnlyList<VisibleRun>> VisibleToAsync(Caller caller, CancellationToken cancellationToken) =>
        (await AllVisibleToAsync(caller, cancellationToken)).Runs;

    /// <summary>The same, with those that cannot be shown because their text cannot be read.</summary>
    /// <inheritdoc cref="VisibleToAsync"/>
    public async Task<VisibleRuns> AllVisibleToAsync(Caller caller, CancellationToken cancellationToken)
    {
        List<Run> runs = [];
        foreach (var status in new[] { RunStatus.Running, RunStatus.Paused, RunStatus.Archived })
            runs.AddRange(await store.FindAsync(Run.ByStatus, status.ToString(), cancellationToken));
        var seen = await SeenAmongAsync(runs.Where(run => caller.TeamId is null || caller.TeamId == run.TeamId), caller.PersonId, cancellationToken);

        List<VisibleRun> visible = [];
        List<Run> unreadable = [];
        foreach (var run in seen)
        {
            if (await WithRoundAsync(run, caller.Language, cancellationToken) is { } whole)
                visible.Add(whole);
            else
                unreadable.Add(run);
        }

        return new VisibleRuns(
            [.. visible.OrderBy(one => one.Definition.Title, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Run.Id, StringComparer.Ordinal)],
            [.. unreadable.OrderBy(run => run.Slug, StringComparer.Ordinal).ThenBy(run => run.Id, StringComparer.Ordinal)]);
    }

    /// <summary>Those among some runs that somebody may see. Mattermost is asked for all of them together, not run by run.</summary>
    /// <inheritdoc cref="VisibleToAsync"/>
    public async Task<IReadOnlyList<Run>> SeenAmongAsync(IEnumerable<Run> runs, string personId, CancellationToken cancellationToken)
    {
        var all = runs.ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (all.Count > 0 && await directory.PersonAsync(personId, cancellationToken) is { IsGuest: false })
        {
            foreach (var team in all.GroupBy(run => run.TeamId, run => run.ChannelId))
            {
                if (await directory.IsInTeamAsync(team.Key, personId, cancellationToken))
                    seen.UnionWith(await directory.PublicAmongAsync(team.Key, [.. team.Distinct()], cancellationToken));
            }
        }

        // What is left is private or archived, or the asker is a guest: only those who are inside see it.
        var others = all.Select(run => run.ChannelId).Where(id => !seen.Contains(id)).Distinct().ToList();
        if (others.Count > 0)
            seen.UnionWith(await directory.ChannelsOfAsync(personId, others, cancellationToken));
        return [.. all.Where(run => seen.Contains(run.ChannelId))];
    }

    /// <summary>The runs of one activity among those, the asker's own channel first.</summary>
    /// <param name="runs">What the asker may see.</param>
    /// <param name="words">A slug or a title, in any case.</param>
    /// <param name="caller">Who asks, and from where.</param>
    public static IReadOnlyList<VisibleRun> Named(IReadOnlyList<VisibleRun> runs, string words, Caller caller)
    {
        var wanted = Plain(words);
        var named = runs.Where(one => wanted.Equals(one.Run.Slug, StringComparison.OrdinalIgnoreCase)
            || wanted.Equals(one.Definition.Slug, StringComparison.OrdinalIgnoreCase)
            || one.Definition.Titles.Contains(wanted, StringComparer.OrdinalIgnoreCase)).ToList();
        var here = named.Where(one => one.Run.ChannelId == caller.ChannelId).ToList();
        return here.Count > 0 ? here : named;
    }

    /// <summary>A name as it was typed or copied, without what may stand around it.</summary>
    internal static string Plain(string words) => words.Trim().Trim('"', '*', '`');

    private async ValueTask<VisibleRun?> WithRoundAsync(Run run, string? language, CancellationToken cancellationToken)
    {
        try
        {
            var definition = (await definitions.CurrentOfAsync(run, cancellationToken)).In(language);
            var open = await store.FindAsync(Occurrence.ByOpenRun, run.Id, cancellationToken);
            return new VisibleRun(run, definition, open.Count > 0 ? open[^1] : null, calendar.Next(run, definition));
        }
        catch (UnreadableDocumentException e)
        {
            // One that cannot be read must not hide the others.
            if (_told.TryAdd(run.DefinitionHash, true))
                logger.LogWarning("Run {RunId} is left out of lists until its file is back: {Reason}", run.Id, e.Message);
            return null;
        }
    }
}
