using System.Security.Cryptography;
using MattermostLearning.Activities.Engine.Kinds;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.People;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Engine.Store;
using MattermostLearning.Activities.Words;
using MattermostLearning.Mattermost.Messages;
using MattermostLearning.Sidecar.Telemetry;

namespace MattermostLearning.Sidecar.Endpoints;

/// <summary>Makes an answer of whatever came of a callback: the reply, or one sentence that says that something went wrong.</summary>
internal sealed class CallbackReplies : IDisposable
{
    private const string ReferenceLetters = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>Beyond this the person is better served with less.</summary>
    private static readonly TimeSpan LongestRendering = TimeSpan.FromMilliseconds(700);

    /// <summary>Nobody reads an answer that comes later: Mattermost has given up by then.</summary>
    private static readonly TimeSpan LongestDecision = TimeSpan.FromSeconds(25);

    /// <summary>What a stop leaves to those who are being answered.</summary>
    private static readonly TimeSpan LongestWhenStopping = TimeSpan.FromSeconds(3);

    private readonly DraftRenderer _renderer;
    private readonly Listeners _listeners;
    private readonly TimeProvider _time;
    private readonly ILogger<CallbackReplies> _logger;
    private readonly CancellationTokenSource _stopping;

    public CallbackReplies(
        DraftRenderer renderer, Listeners listeners, IHostApplicationLifetime lifetime, StopTime stopTime, TimeProvider time, ILogger<CallbackReplies> logger)
    {
        (_renderer, _listeners, _time, _logger) = (renderer, listeners, time, logger);
        _stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, stopTime.Clock);
        lifetime.ApplicationStopping.Register(() => _stopping.CancelAfter(LongestWhenStopping));
    }

    /// <param name="personId">Whom the answer is for.</param>
    /// <param name="teamId">The team that links go through; null where there is none.</param>
    /// <param name="decide">What is to be answered.</param>
    /// <param name="rowId">The row of the message whose place the answer may take, asked for once it is decided.</param>
    public async Task<Answered> AnswerAsync(string personId, string? teamId, Func<CancellationToken, Task<Reply>> decide, Func<string?>? rowId = null)
    {
        try
        {
            // Whoever goes away meanwhile has asked all the same: the connection's end is no reason to stop.
            using var limit = new CancellationTokenSource(LongestDecision, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
            var reply = await decide(either.Token);
            var content = await RenderAsync(reply.Draft, personId, teamId, rowId?.Invoke());
            return new Answered(content ?? PostContent.Text((await SpeechAsync(personId)).Say("host.done-unnamed")))
            {
                // Of a message that would have become another one, nothing is taken away for want of words.
                Replaces = reply.ReplacesMessage && content is not null,
                NoticeTitle = reply.NoticeTitle,
                Dialog = reply.Dialog,
                // Beside a field no Markdown is read.
                FieldErrors = reply.FieldErrors?.ToDictionary(error => error.Key, error => error.Value.Replace("`", "", StringComparison.Ordinal)),
            };
        }
        catch (StoreUnavailableException e)
        {
            _logger.LogError("A callback was not taken in: {Reason}", e.Message);
            return new Answered(PostContent.Text((await SpeechAsync(personId)).Say("host.store-unavailable"))) { Instead = CallbackMeasure.Failed };
        }
        catch (Exception e)
        {
            var reference = RandomNumberGenerator.GetString(ReferenceLetters, 6);
            _logger.LogError(e, "A callback failed (reference {Reference})", reference);
            return new Answered(PostContent.Text((await SpeechAsync(personId)).Say("host.went-wrong", ("reference", reference)))) { Instead = CallbackMeasure.Failed };
        }
    }

    /// <summary>What somebody is told whose call is one too many.</summary>
    public async ValueTask<Answered> TooFastAsync(string? personId, int limit) =>
        new(PostContent.Text((await SpeechAsync(personId)).Say("host.too-fast", ("limit", limit)))) { Instead = CallbackMeasure.Limited };

    public void Dispose() => _stopping.Dispose();

    /// <param name="personId">Null where Mattermost is not to be asked about anybody.</param>
    public async ValueTask<Speech> SpeechAsync(string? personId) => (await _listeners.OfAsync(personId)).Speech;

    /// <summary>Null when it cannot be put into words now.</summary>
    private async Task<PostContent?> RenderAsync(Draft draft, string personId, string? teamId, string? rowId)
    {
        try
        {
            return await _renderer.RenderAsync(draft, teamId, rowId, () => SpeechAsync(personId), CancellationToken.None).AsTask().WaitAsync(LongestRendering, _time);
        }
        catch (Exception e)
        {
            // Everything is decided and committed; only the words for it are missing.
            if (e is not (DirectoryUnavailableException or TimeoutException))
                _logger.LogError(e, "A reply could not be put into words");
            return null;
        }
    }
}

/// <summary>What a callback is answered with.</summary>
internal sealed record Answered(PostContent Content)
{
    /// <summary>It takes the place of the pressed message, where that can be.</summary>
    public bool Replaces { get; init; }

    /// <summary>It is shown in a window of this title, where a click gave the right to open one.</summary>
    public string? NoticeTitle { get; init; }

    /// <summary>A form that is opened instead; the content is said where that cannot be.</summary>
    public DraftDialog? Dialog { get; init; }

    /// <summary>What is wrong with a form that was sent in, by field.</summary>
    public IReadOnlyDictionary<string, string>? FieldErrors { get; init; }

    /// <summary>Why it is not what was asked for: <see cref="CallbackMeasure.Failed"/> or <see cref="CallbackMeasure.Limited"/>; null where it is.</summary>
    public string? Instead { get; init; }

    /// <summary>All of its text. What answers a click beside a post cannot carry buttons.</summary>
    public string Text => string.Join("\n", Content.Attachments.Select(one => one.Text).Prepend(Content.Message).Where(text => !string.IsNullOrEmpty(text)));
}
