using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Content;

namespace MattermostLearning.Activities.Engine.Runtime;

/// <summary>What a decision about one person may need to know from outside of its run: where they can go, and what they have done elsewhere.</summary>
public sealed class Surroundings(IDirectory directory)
{
    /// <summary>The channels in which this person or the bot cannot be. While Mattermost does not say, all are taken to be open.</summary>
    internal async ValueTask<IReadOnlySet<string>> OutOfReachAsync(ActivityDefinition definition, Run run, string personId, CancellationToken cancellationToken)
    {
        HashSet<string> closed = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in definition.Places.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                if (!await IsOpenAsync(run.TeamId, name, personId, cancellationToken))
                    closed.Add(name);
            }
            catch (DirectoryUnavailableException)
            {
                // Nothing is left out because Mattermost was slow: it is asked again with the next thing that happens.
            }
        }

        return closed;
    }

    /// <summary>Of the required ones, in their order.</summary>
    internal static async ValueTask<IReadOnlyList<string>> StillToDoAsync(StateView view, ActivityDefinition definition, string personId, CancellationToken cancellationToken)
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (var part in await view.FindAsync(Participation.ByPerson, personId, cancellationToken))
        {
            if ((part.FinishedAt is not null || part.Contributions > 0) && await view.GetAsync<Run>(Occurrence.RunOf(part.OccurrenceId), cancellationToken) is { } run)
                done.Add(run.Slug);
        }

        return [.. definition.Requires.Where(slug => !done.Contains(slug))];
    }

    private async ValueTask<bool> IsOpenAsync(string teamId, string name, string personId, CancellationToken cancellationToken)
    {
        if (await directory.FindChannelAsync(teamId, name, cancellationToken) is not { IsArchived: false } channel)
            return false;
        // Whoever is not in a public channel can go there, unless they are a guest.
        if (!await directory.IsInChannelAsync(channel.Id, personId, cancellationToken)
            && (channel.Type != ChannelType.Public || await directory.PersonAsync(personId, cancellationToken) is { IsGuest: true }))
            return false;
        return await directory.EnterChannelAsync(channel, cancellationToken) == ChannelAccess.Granted;
    }
}
