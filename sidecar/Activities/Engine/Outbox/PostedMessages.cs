using MattermostLearning.Activities.Engine.Store;

namespace MattermostLearning.Activities.Engine.Outbox;

/// <summary>Reads from the store where rows of the outbox became posts.</summary>
public sealed class PostedMessages(ILearningStore store) : IPostedMessages
{
    public async ValueTask<string?> PostOfAsync(string rowId, CancellationToken cancellationToken) =>
        (await store.GetAsync<PostedMessage>(rowId, cancellationToken))?.PostId;
}
