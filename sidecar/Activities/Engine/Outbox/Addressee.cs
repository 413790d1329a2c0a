using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Words;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>Whom a row is for: how they are spoken to, and whether this is a moment to do so.</summary>
public sealed class Addressee(IDirectory directory, Listeners listeners, Definitions definitions, Catalogue catalogue)
{
    /// <summary>One person's own language in their direct messages; the run's in a channel.</summary>
    public async ValueTask<Speech> SpeechAsync(OutboxRow row, Run? run, CancellationToken cancellationToken)
    {
        if (IsDirect(row))
            return (await listeners.OfAsync(row.PersonId, cancellationToken)).Speech;
        return catalogue.For(run is null ? null : (await definitions.CurrentOfAsync(run, cancellationToken)).Settings.Language);
    }

    /// <summary>An unprompted message to somebody who is out of office or does not want to be disturbed. What they asked for always goes.</summary>
    /// <exception cref="DirectoryUnavailableException">Mattermost does not say.</exception>
    public async ValueTask<bool> HasToWaitAsync(OutboxRow row, CancellationToken cancellationToken) =>
        IsDirect(row) && row.Purpose is (MessagePurpose.Nudge or MessagePurpose.Report)
        && (await directory.NotToBeDisturbedAsync([row.PersonId!], cancellationToken)).Count > 0;

    private static bool IsDirect(OutboxRow row) => row is { ChannelId: null, PersonId: not null };
}
