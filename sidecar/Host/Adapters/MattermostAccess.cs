using MattermostLearning.Mattermost;
using MattermostLearning.Mattermost.Callbacks;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>Where Mattermost is, and the tokens that count now. They may be replaced while the sidecar runs.</summary>
internal sealed class MattermostAccess(MattermostSettings settings) : IMattermostCredentials
{
    /// <summary>A name that never resolves (RFC 6761): before setup has told the address, nothing is sent anywhere.</summary>
    private static readonly Uri NotSet = new("http://not-set-up.invalid");

    private volatile MattermostSettings _now = settings;
    private volatile string? _refused;

    /// <summary>Another address or bot token: what was refused may work now.</summary>
    public event Action? Changed;

    /// <summary>The bot's token turned out to be refused, or to be taken again.</summary>
    public event Action? RefusalChanged;

    /// <summary>Mattermost did not take the bot's token when it was last asked.</summary>
    public bool IsRefused => _refused is { } refused && refused == _now.BotToken;

    public Uri BaseAddress => _now.Url ?? NotSet;

    public string? Token => _now.BotToken;

    /// <summary>Mattermost can be called.</summary>
    public bool IsComplete => _now is { Url: not null, BotToken: not null };

    /// <summary>The settings that are still missing; null when it is complete.</summary>
    public string? Missing => _now.Missing;

    public bool AcceptsCommand(string token) => IsAmong(token, _now.CommandTokens);

    public bool AcceptsWebhook(string token) => IsAmong(token, _now.WebhookTokens);

    public void Replace(MattermostSettings settings)
    {
        var before = _now;
        _now = settings;
        if (before.Url != settings.Url || before.BotToken != settings.BotToken)
            Changed?.Invoke();
    }

    /// <param name="token">With which Mattermost was asked.</param>
    /// <param name="isRefused">What it said to that.</param>
    public void Saw(string token, bool isRefused)
    {
        if (token != _now.BotToken || isRefused == IsRefused)
            return;
        _refused = isRefused ? token : null;
        RefusalChanged?.Invoke();
    }

    public override string ToString() => $"MattermostAccess {{ BaseAddress = {BaseAddress} }}";

    /// <summary>Compares with every one, so that the time tells neither how much of a guess was right nor which token it was near.</summary>
    private static bool IsAmong(string token, IReadOnlyList<string> accepted)
    {
        var found = false;
        foreach (var one in accepted)
            found |= ConstantTime.Equals(token, one);
        return found;
    }
}
