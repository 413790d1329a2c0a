namespace MattermostLearning.Mattermost.Callbacks;

/// <summary>The token that a slash command or an outgoing webhook comes with.</summary>
public static class CallbackToken
{
    private const string Scheme = "Token ";

    /// <summary>The one in the <c>Authorization: Token</c> header, else the one in the body; empty when there is neither.</summary>
    public static string From(string? authorization, string? bodyToken) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..].Trim()
            : bodyToken ?? "";
}
