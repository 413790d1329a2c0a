using MattermostLearning.Activities.Engine.Documents;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Content.Library;

namespace MattermostLearning.Activities.Community.Library;

/// <summary>Files of which the facilitators' channel is told, each with an offer to put it into the library.</summary>
public sealed class FileOffers(LearningLedger ledger, Definitions definitions, LibraryMessages messages, IDirectory directory, TimeProvider time)
{
    private const string MimeType = "text/markdown";

    /// <summary>A version that is offered by the message of a row, and what that message says.</summary>
    public async ValueTask<(LibraryVersion Version, Draft Draft)> OfAsync(LooseFile file, string rowId, IReadOnlyList<string>? attachments, CancellationToken cancellationToken)
    {
        var version = VersionOf(file, rowId, attachments);
        return (version, messages.Offered(version, await FileReview.Of(file, definitions).HereAsync(directory, cancellationToken)));
    }

    /// <summary>Puts a file that was made here into the channel, to be taken away and changed, or put in as it is. Doing it twice does it once.</summary>
    public async Task HandOutAsync(string rowId, string channelId, LooseFile file, FileReview review, CancellationToken cancellationToken)
    {
        if (await ledger.Store.GetAsync<OutboxRow>(rowId, cancellationToken) is not null)
            return;
        var version = VersionOf(file, rowId);
        var row = Row(rowId, channelId, rootPostId: null, messages.Made(version, review)) with { Files = [new OutboxFile(LooseFile.NameOf(file.Path), MimeType, file.Text)] };
        await ledger.CommitAsync(new ChangeSet().Save(version).Save(row), cancellationToken);
    }

    /// <summary>An answer in the channel, or in a thread there.</summary>
    public OutboxRow Row(string rowId, string channelId, string? rootPostId, Draft draft) => new()
    {
        Id = rowId,
        Conversation = $"library/{rowId}",
        Order = ledger.Next(),
        Operation = OutboxOperation.Post,
        Purpose = MessagePurpose.Answer,
        ChannelId = channelId,
        RootPostId = rootPostId,
        NotBefore = time.GetUtcNow(),
        Draft = draft,
    };

    private LibraryVersion VersionOf(LooseFile file, string rowId, IReadOnlyList<string>? attachments = null) =>
        new() { Id = rowId, Path = file.Path, Text = file.Text, Attachments = attachments, OfferedAt = time.GetUtcNow(), RowId = rowId };
}
