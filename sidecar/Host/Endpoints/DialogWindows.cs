using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>
/// Opens small windows for the person who has just typed or clicked: a text, where that is the one place they are sure to see, or a form.
/// </summary>
internal sealed class DialogWindows(MattermostClient client, CallbackAddress address, Sealer sealer, TimeProvider time, ILogger<DialogWindows> logger)
{
    /// <summary>A text to read: whoever sends it in changes nothing.</summary>
    public const string Notice = "notice";

    /// <summary>A form; what it is for stands sealed in its state.</summary>
    public const string Form = "form";

    /// <summary>The right to open a window ends 3 s after the click on older servers, and the click itself waits for its answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>False where there is nothing to show in a window, or Mattermost would not open one: the text is then said beside the post.</returns>
    public async Task<bool> ShowAsync(string triggerId, Answered answered)
    {
        if (triggerId.Length == 0 || DialogOf(answered) is not { } dialog)
            return false;
        try
        {
            using var limit = new CancellationTokenSource(Patience, time);
            await client.Dialogs.OpenAsync(triggerId, address.Dialog, dialog, limit.Token);
            return true;
        }
        catch (Exception e) when (e is MattermostException or OperationCanceledException or InvalidMessageException)
        {
            // A notice is then said otherwise; a form that could not be opened is something that its person misses.
            logger.Log(
                dialog.CallbackId == Form ? LogLevel.Warning : LogLevel.Debug, "A window ({Kind}) could not be opened: {Reason}", dialog.CallbackId, e.Message);
            return false;
        }
    }

    private Dialog? DialogOf(Answered answered) => answered switch
    {
        { Dialog: { } form } => new Dialog
        {
            CallbackId = Form,
            Title = MessageLimits.Cut(form.Title, client.Limits.DialogTitleRunes),
            IntroductionText = form.Introduction,
            Elements = form.Elements,
            SubmitLabel = form.SubmitLabel,
            State = sealer.Seal(form.Action),
        },
        { NoticeTitle: { } title } => new Dialog
        {
            CallbackId = Notice,
            Title = MessageLimits.Cut(title, client.Limits.DialogTitleRunes),
            IntroductionText = answered.Text,
            SubmitLabel = "OK",
        },
        _ => null,
    };
}
