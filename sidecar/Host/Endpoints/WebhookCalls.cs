using MattermostLearning.Activities.Community.Tips;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Mattermost.Callbacks;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>What outgoing webhooks bring, the token being right: tips. Mattermost sends each once, so it is seen to its end whoever hangs up.</summary>
internal sealed class WebhookCalls(TipKeeper tips, IDirectory directory, TimeProvider time, ILogger<WebhookCalls> logger)
{
    /// <param name="request">What came.</param>
    /// <param name="failed">Called where it could not be done; nobody is told then.</param>
    /// <returns>Null for no answer.</returns>
    public async Task<WebhookReply?> AnswerAsync(OutgoingWebhookRequest request, Action failed)
    {
        var at = request.Timestamp > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(request.Timestamp, LatestInstant)) : time.GetUtcNow();
        try
        {
            var tip = new TipSeen(request.PostId, request.ChannelId, request.TeamId, request.UserId, at);
            return await tips.CalledAsync(tip, request.Text, CancellationToken.None) is { } comment
                ? new WebhookReply { Text = comment, Username = await NameAsync() }
                : null;
        }
        catch (StoreUnavailableException e)
        {
            logger.LogError("A tip was not kept: {Reason}", e.Message);
            failed();
            return null;
        }
    }

    private static long LatestInstant { get; } = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private async Task<string?> NameAsync()
    {
        try
        {
            return (await directory.PersonAsync(directory.BotId))?.Username;
        }
        catch (DirectoryUnavailableException)
        {
            return null;
        }
    }
}
