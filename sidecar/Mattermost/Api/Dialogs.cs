using System.Text.Json;
using MattermostLearning.Mattermost.Messages;
using MattermostLearning.Mattermost.Transport;

namespace MattermostLearning.Mattermost.Api;

public interface IDialogsApi
{
    /// <summary>
    /// Opens a dialog for the person whose click or command gave the trigger. The trigger lives 3 s on servers before 10.x, so call this
    /// inside the callback. A dialog that could not work throws an <see cref="InvalidMessageException"/> before anything is sent.
    /// </summary>
    /// <param name="triggerId">From the callback.</param>
    /// <param name="submitUrl">Where the submission goes.</param>
    /// <param name="dialog">The form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task OpenAsync(string triggerId, Uri submitUrl, Dialog dialog, CancellationToken cancellationToken);
}

internal sealed class DialogsApi(MattermostTransport http) : IDialogsApi
{
    public Task OpenAsync(string triggerId, Uri submitUrl, Dialog dialog, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(triggerId);
        if (!submitUrl.IsAbsoluteUri) throw new ArgumentException("The submission needs an absolute address.", nameof(submitUrl));
        MessageValidator.Require(dialog, http.Limits);
        return http.SendAsync(
            HttpMethod.Post,
            "actions/dialogs/open",
            new OpenDialogWire(triggerId, submitUrl.AbsoluteUri, MessageJson.Element(dialog)),
            MattermostJson.Wire.OpenDialogWire,
            cancellationToken);
    }
}

internal sealed record OpenDialogWire(string TriggerId, string Url, JsonElement Dialog);
