using System.Globalization;
using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Engine.Outbox;
using MattermostLearning.Activities.Engine.Ports;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Activities.Words;
using MattermostLearning.Content.Diagnostics;
using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Api;
using MattermostLearning.Mattermost.Messages;
using MattermostLearning.Mattermost.Realtime;
using MattermostLearning.Sidecar.Adapters;

namespace MattermostLearning.Sidecar.Running;

/// <summary>
/// What the bot cannot tell the facilitators itself, because its token is refused or it is not in their channel, comes by an incoming webhook: that this is so,
/// how much waits, and what is wrong with the content meanwhile. Each is told once, and that it is over, too.
/// </summary>
internal sealed class AlertHook : BackgroundService
{
    private const int MostFiles = 5;
    private const int LongestProblem = 200;
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    /// <summary>A connection that is up may stay so with a token that has run out: now and then a call shows it.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);

    private readonly AlertHookSender _sender;
    private readonly MattermostClient _client;
    private readonly MattermostAccess _access;
    private readonly SocketListener _socket;
    private readonly OutboxDispatcher _outbox;
    private readonly Definitions _definitions;
    private readonly Facilitators _facilitators;
    private readonly Speech _speech;
    private readonly TimeProvider _time;
    private readonly ILogger<AlertHook> _logger;
    private readonly Alarm _alarm;
    private string? _told;

    public AlertHook(
        AlertHookSender sender, MattermostClient client, MattermostAccess access, SocketListener socket, OutboxDispatcher outbox, Definitions definitions, Facilitators facilitators, Catalogue catalogue, Naps naps, TimeProvider time,
        ILogger<AlertHook> logger)
    {
        (_sender, _client, _access, _socket, _outbox, _definitions, _facilitators, _time, _logger) = (sender, client, access, socket, outbox, definitions, facilitators, time, logger);
        _speech = catalogue.For(null);
        _alarm = new Alarm(time, naps);
        access.RefusalChanged += _alarm.Now;
        socket.Changed += _alarm.Now;
        // Authors save often while they write.
        definitions.Changed += () => _alarm.NoLaterThan(time.GetUtcNow() + ContentAlerts.Patience);
    }

    public override void Dispose()
    {
        _access.RefusalChanged -= _alarm.Now;
        _socket.Changed -= _alarm.Now;
        _sender.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            _alarm.NoLaterThan(_time.GetUtcNow() + AskAgain);
            await _alarm.SleepAsync(stoppingToken);
            try
            {
                await AskAsync(stoppingToken);
                await LookAsync(stoppingToken);
            }
            catch (DirectoryUnavailableException)
            {
                _alarm.NoLaterThan(_time.GetUtcNow() + TryAgain);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
            {
                _logger.LogWarning("The webhook of Facilitators__AlertWebhook took nothing ({Reason}); it is tried again.", e.Message);
                _alarm.NoLaterThan(_time.GetUtcNow() + TryAgain);
            }
        }
    }

    /// <summary>What Mattermost says to the token is seen by <see cref="TokenWatch"/>.</summary>
    private async Task AskAsync(CancellationToken cancellationToken)
    {
        if (!_access.IsComplete)
            return;
        try
        {
            await _client.Users.MeAsync(cancellationToken);
        }
        catch (MattermostException e)
        {
            _logger.LogDebug("Mattermost was asked whether it takes the token: {Reason}", e.Message);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await SilenceAsync(cancellationToken) is not { } why)
        {
            if (_told is null || _socket.State.Phase != SocketPhase.Up)
                return;
            await _sender.SendAsync(_speech.Say("hook.back"), cancellationToken);
            _told = null;
            return;
        }

        var news = string.Join('\n', [why, .. Errors()]);
        if (news == _told)
            return;
        var waiting = _outbox.Backlog.Depth;
        await _sender.SendAsync(waiting == 0 ? news : $"{news}\n{_speech.Say("hook.waiting", ("count", waiting))}", cancellationToken);
        _told = news;
        _logger.LogInformation("The facilitators were told by webhook what the bot cannot tell.");
    }

    /// <summary>Why the bot cannot speak in their channel; null when it can, or when nobody knows.</summary>
    private async ValueTask<string?> SilenceAsync(CancellationToken cancellationToken)
    {
        if (_access.IsRefused)
            return _speech.Say("hook.refused");
        return _socket.State.Phase == SocketPhase.Up && _facilitators.Wanted is { } wanted && await _facilitators.ChannelIdAsync(cancellationToken) is null
            ? _speech.Say("hook.no-channel", ("channel", $"~{MentionSafe.Name(wanted.Name)}"))
            : null;
    }

    private IEnumerable<string> Errors()
    {
        var errors = _definitions.Library.Diagnostics.Where(one => one.Severity == Severity.Error).DistinctBy(one => one.Path).Take(MostFiles).ToList();
        return errors.Count == 0 ? [] : errors.Select(error => _speech.Say(
            "hook.content-line",
            ("path", MentionSafe.Code(error.Path)), ("line", error.Line.ToString(CultureInfo.InvariantCulture)),
            ("problem", MentionSafe.Text(MessageLimits.Cut(error.Message.ReplaceLineEndings(" "), LongestProblem))))).Prepend(_speech.Say("hook.content"));
    }
}

/// <summary>Speaks through an incoming webhook. Its address is a secret, and in no message.</summary>
internal sealed class AlertHookSender(Uri webhook, Func<HttpMessageHandler>? transport) : IDisposable
{
    private readonly HttpClient _http = new(transport?.Invoke() ?? new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(15) };

    /// <exception cref="HttpRequestException">It was not taken.</exception>
    public async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync(webhook, new Dictionary<string, string> { ["text"] = text }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
