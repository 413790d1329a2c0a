using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Adapters;

/// <summary>Who the bot is, by Mattermost's word: asked once for each token.</summary>
internal sealed class BotIdentity
{
    private readonly MattermostClient _client;
    private readonly MattermostAccess _access;
    private volatile Known? _known;

    public BotIdentity(MattermostClient client, MattermostAccess access)
    {
        _client = client;
        _access = access;
        access.Changed += () => _known = _known is { } known ? known with { IsCurrent = false } : null;
    }

    /// <summary>Empty before Mattermost has told.</summary>
    public string Id => _known?.Id ?? "";

    /// <summary>Its username; null before Mattermost has told.</summary>
    public string? Name => _known?.Name;

    /// <exception cref="Mattermost.MattermostException">Mattermost does not tell.</exception>
    public async ValueTask<string> IdAsync(CancellationToken cancellationToken)
    {
        if (_known is { IsCurrent: true } known)
            return known.Id;
        var token = _access.Token;
        var me = await _client.Users.MeAsync(cancellationToken);
        _known = new Known(me.Id, me.Username, token == _access.Token);
        return me.Id;
    }

    private sealed record Known(string Id, string Name, bool IsCurrent);
}
