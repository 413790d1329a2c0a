using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>Shows a text in a small window of the person who clicked: the one place that they are sure to see.</summary>
internal sealed class Notices(MattermostClient client, CallbackAddress address, TimeProvider time, ILogger<Notices> logger)
{
    public const string CallbackId = "notice";

    /// <summary>The right to open a window ends 3 s after the click on older servers, and the click itself waits for its answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>False where there is nothing to show in a window, or Mattermost would not open one: the text is then said beside the post.</returns>
    public async Task<bool> ShowAsync(string triggerId, Answered answered)
    {
        if (answered.NoticeTitle is not { } title || triggerId.Length == 0)
            return false;
        var dialog = new Dialog
        {
            CallbackId = CallbackId,
            Title = MessageLimits.Cut(title, client.Limits.DialogTitleRunes),
            IntroductionText = answered.Text,
            SubmitLabel = "OK",
        };
        try
        {
            using var limit = new CancellationTokenSource(Patience, time);
            await client.Dialogs.OpenAsync(triggerId, address.Dialog, dialog, limit.Token);
            return true;
        }
        catch (Exception e) when (e is MattermostException or OperationCanceledException or InvalidMessageException)
        {
            logger.LogDebug("A notice could not be opened: {Reason}", e.Message);
            return false;
        }
    }
}
