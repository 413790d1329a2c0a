using MattermostLearning.Activities.Commands;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Sealing;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Mattermost.Callbacks;
using MattermostLearning.Mattermost.Messages;
using MattermostLearning.Sidecar.Adapters;
using MattermostLearning.Sidecar.Telemetry;

namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>
/// Where Mattermost calls: commands, clicks, dialogs and outgoing webhooks. What comes in is checked here and understood elsewhere. An
/// answer that Mattermost is to show has status 200, whatever it says.
/// </summary>
internal sealed class CallbackEndpoints(
    MattermostAccess access, CallbackRouter router, CallbackReplies replies, CallerLimits limits, Sealer sealer, DialogWindows windows, WebhookCalls webhooks, BotIdentity bot,
    ILearningStore store, TimeProvider time)
{
    public static IEnumerable<PathTable.Entry> Paths =>
    [
        At("command", endpoints => endpoints.CommandAsync),
        At("action", endpoints => endpoints.ActionAsync),
        At("dialog", endpoints => endpoints.DialogAsync),
        At("webhook", endpoints => endpoints.WebhookAsync),
    ];

    /// <summary>Looked up with the first call: listing the paths must not open the store.</summary>
    private static PathTable.Entry At(string route, Func<CallbackEndpoints, RequestDelegate> handler) => new(HttpMethods.Post, $"/mattermost/{route}", context =>
    {
        var services = context.RequestServices;
        var gate = services.GetRequiredService<CallbackGate>();
        return services.GetRequiredService<CallbackMeasure>().PassAsync(
            context, route, passed => gate.PassAsync(passed, handler(services.GetRequiredService<CallbackEndpoints>())));
    });

    private async Task CommandAsync(HttpContext context)
    {
        if (!await MayBeAsync(context, access.AcceptsCommand)
            || await CallbackBody.ReadAsync(context, time, CallbackBody.Form) is not { } body)
            return;
        var form = await CallbackBody.FormAsync(body);
        if (!await IsAsync(context, form?.GetValueOrDefault("token"), access.AcceptsCommand))
            return;
        if (form is null || !SlashCommandRequest.TryParse(form, out var request))
        {
            await Refusal.WriteAsync(context, StatusCodes.Status400BadRequest, "This is no slash command.");
            return;
        }

        var teamId = IsConversation(request.ChannelName) ? null : request.TeamId;
        var caller = new Caller(request.UserId, teamId, request.ChannelId);
        var answered = limits.Takes(request.UserId)
            ? await replies.AnswerAsync(request.UserId, request.TeamId, cancel => router.CommandAsync(caller, request.Text, cancel))
            : await replies.TooFastAsync(request.UserId, limits.PerMinute);
        Note(context, answered);
        // What is typed is answered where it was typed, but for a form: then an empty answer shows nothing, and the window is the answer.
        var isShown = answered.Dialog is not null && await windows.ShowAsync(request.TriggerId, answered);
        await AnswerAsync(context, isShown ? SlashCommandReply.Nothing.ToJson() : new SlashCommandReply { Text = answered.Content.Message, Attachments = answered.Content.Attachments, Username = bot.Name }.ToJson());
    }

    private async Task ActionAsync(HttpContext context)
    {
        if (await CallbackBody.ReadAsync(context, time, CallbackBody.Json) is not { } body)
            return;
        if (!ActionRequest.TryParse(body, out var request))
        {
            await Refusal.WriteAsync(context, StatusCodes.Status400BadRequest, "This is no click.");
            return;
        }

        var teamId = request.TeamId.Length == 0 ? null : request.TeamId;
        var reference = request.Context.GetValueOrDefault(DraftRenderer.ContextKey);
        // Only the seal tells that Mattermost sent it; without one the name in it is anybody's.
        var isOurs = sealer.TryOpen(reference, out var opened);
        string? direct = null;
        var answered = limits.Takes(isOurs ? request.UserId : CallerLimits.Strangers)
            ? await replies.AnswerAsync(
                request.UserId, teamId,
                async cancel =>
                {
                    direct = teamId is null ? opened?.RowId ?? await RowOfAsync(request.PostId, cancel) : null;
                    return await router.ButtonAsync(new Caller(request.UserId, teamId, request.ChannelId), reference, cancel);
                },
                () => direct)
            : await replies.TooFastAsync(isOurs ? request.UserId : null, limits.PerMinute);
        Note(context, answered);
        var reply = answered.Replaces && direct is not null ? InPlaceOf(direct, answered.Content)
            : await windows.ShowAsync(request.TriggerId, answered) ? ActionReply.Nothing
            : ActionReply.Ephemeral(answered.Text);
        await AnswerAsync(context, reply.ToJson());
    }

    private async Task DialogAsync(HttpContext context)
    {
        if (await CallbackBody.ReadAsync(context, time, CallbackBody.Json) is not { } body)
            return;
        if (!DialogSubmission.TryParse(body, out var submission))
        {
            await Refusal.WriteAsync(context, StatusCodes.Status400BadRequest, "This is no dialog.");
            return;
        }

        // Closing a window changes nothing, and neither does sending in a notice, which asks for nothing.
        if (submission.Cancelled || submission.CallbackId == DialogWindows.Notice)
        {
            await AnswerAsync(context, DialogReply.Accepted.ToJson());
            return;
        }

        // As with clicks: only the seal tells that the form is one of ours.
        if (!sealer.TryOpen(submission.State, out _))
        {
            var speech = await replies.SpeechAsync(limits.Takes(CallerLimits.Strangers) ? submission.UserId : null);
            await AnswerAsync(context, DialogReply.Refused(speech.Say("host.dialog-unknown")).ToJson());
            return;
        }

        var teamId = submission.TeamId.Length == 0 ? null : submission.TeamId;
        var answered = limits.Takes(submission.UserId)
            ? await replies.AnswerAsync(
                submission.UserId, teamId, cancel => router.FormAsync(new Caller(submission.UserId, teamId, submission.ChannelId), submission.State, submission.Filled(), cancel))
            : await replies.TooFastAsync(submission.UserId, limits.PerMinute);
        Note(context, answered);
        var reply = answered.FieldErrors is { Count: > 0 } errors ? DialogReply.Wrong(errors)
            : answered.Text.Length > 0 ? DialogReply.Refused(answered.Text)
            : DialogReply.Accepted;
        await AnswerAsync(context, reply.ToJson());
    }

    private async Task WebhookAsync(HttpContext context)
    {
        if (!await MayBeAsync(context, access.AcceptsWebhook)
            || await CallbackBody.ReadAsync(context, time, CallbackBody.Form, CallbackBody.Json) is not { } body)
            return;
        OutgoingWebhookRequest? request;
        var isOne = CallbackBody.IsForm(context)
            ? OutgoingWebhookRequest.TryParse(await CallbackBody.FormAsync(body) ?? new Dictionary<string, string>(), out request)
            : OutgoingWebhookRequest.TryParse(body, out request);
        if (!await IsAsync(context, request?.Token, access.AcceptsWebhook))
            return;
        if (!isOne)
            await Refusal.WriteAsync(context, StatusCodes.Status400BadRequest, "This is no outgoing webhook.");
        else if (await webhooks.AnswerAsync(request!, () => CallbackMeasure.Became(context, CallbackMeasure.Failed)) is { } reply)
            await AnswerAsync(context, reply.ToJson());
    }

    /// <summary>
    /// The message of ours that was pressed. An ephemeral one is none: Mattermost cannot change it, and answers an update of it with an
    /// error that hides our answer.
    /// </summary>
    private async ValueTask<string?> RowOfAsync(string postId, CancellationToken cancellationToken) =>
        await store.FindAsync(PostedMessage.ByPost, postId, cancellationToken) is [var posted, ..] ? posted.RowId : null;

    /// <summary>The pressed message becomes this; it stays recognisable as the row that made it.</summary>
    private static ActionReply InPlaceOf(string rowId, PostContent content) =>
        new() { Update = content.WithProp(MattermostMessenger.RowProp, rowId) };

    /// <summary>Direct messages are named by the two ids, group messages by a hash; a team that comes along is only the one in view.</summary>
    private static bool IsConversation(string channelName) =>
        channelName.Contains("__", StringComparison.Ordinal) || (channelName.Length == 40 && channelName.All(char.IsAsciiHexDigitLower));

    /// <summary>A wrong token in the header is refused before anything is read.</summary>
    private static async Task<bool> MayBeAsync(HttpContext context, Func<string, bool> accepts) =>
        CallbackToken.From(context.Request.Headers.Authorization, null) is not { Length: > 0 } token || accepts(token) || await UnauthorizedAsync(context);

    private static async Task<bool> IsAsync(HttpContext context, string? bodyToken, Func<string, bool> accepts) =>
        accepts(CallbackToken.From(context.Request.Headers.Authorization, bodyToken)) || await UnauthorizedAsync(context);

    private static async Task<bool> UnauthorizedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Token";
        await Refusal.WriteAsync(context, StatusCodes.Status401Unauthorized, "The token is missing or wrong.");
        return false;
    }

    /// <summary>What is counted and traced is what became of the call, and not that there was an answer.</summary>
    private static void Note(HttpContext context, Answered answered)
    {
        if (answered.Instead is { } outcome)
            CallbackMeasure.Became(context, outcome);
    }

    private static Task AnswerAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = CallbackBody.Json;
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
