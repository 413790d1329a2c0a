using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>Tells the facilitators' channel, or the run's host, what Mattermost refused for good.</summary>
public sealed class DeliveryAlerts(
    LearningLedger ledger, ActivityRuntime runtime, Facilitators facilitators, Listeners listeners, TimeProvider time)
{
    private const string Name = "delivery-alert";

    public async Task RefusedAsync(OutboxRow row, string errorId, CancellationToken cancellationToken)
    {
        // An alert that is refused itself, and a message to one person who cannot be reached, end in the log.
        if (row.RunId is null || row.Operation != OutboxOperation.Post || row.ChannelId is null || row.Conversation.StartsWith(Name, StringComparison.Ordinal))
            return;
        if (await ledger.Store.GetAsync<Run>(row.RunId, cancellationToken) is not { } run)
            return;

        if (errorId == DeliveryException.ChannelIsArchived && row.ChannelId == run.ChannelId)
        {
            // Not a failure to look into, but something that happened and was not heard; the run's kind says so to its host.
            await runtime.TellAsync(run.Id, new ChannelArchived(), cancellationToken);
            return;
        }

        var channelId = await ChannelAsync(cancellationToken);
        var alert = new OutboxRow
        {
            Id = OutboxRow.IdOf(row.Id, Name),
            Conversation = $"{Name}/{run.Id}",
            Order = ledger.Next(),
            Operation = OutboxOperation.Post,
            Purpose = MessagePurpose.Report,
            ChannelId = channelId,
            PersonId = channelId is null ? run.HostId : null,
            RunId = run.Id,
            NotBefore = time.GetUtcNow(),
            Draft = (await listeners.OfAsync(channelId is null ? run.HostId : null, cancellationToken)).Speech.Say(
                "alert.refused", ("slug", run.Slug), ("channel", Token.Channel(run.ChannelId)), ("error", errorId)),
        };
        if (await ledger.Store.GetAsync<OutboxRow>(alert.Id, cancellationToken) is null)
            await ledger.CommitAsync(new ChangeSet().Save(alert), cancellationToken);
    }

    private async Task<string?> ChannelAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await facilitators.ChannelIdAsync(cancellationToken);
        }
        catch (DirectoryUnavailableException)
        {
            return null;
        }
    }
}
