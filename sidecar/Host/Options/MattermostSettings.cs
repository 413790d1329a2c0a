using System.Globalization;
using MattermostLearning.Mattermost;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Section `Mattermost`: where it is, and the secrets we and it know each other by.</summary>
/// <param name="Url">Null while waiting for setup.</param>
/// <param name="BotToken">Null while waiting for setup.</param>
/// <param name="CommandTokens">One for each team that has the command.</param>
/// <param name="WebhookTokens">Of outgoing webhooks; may be none.</param>
internal sealed record MattermostSettings(Uri? Url, string? BotToken, IReadOnlyList<string> CommandTokens, IReadOnlyList<string> WebhookTokens)
{
    private const string GoodToken = "26 letters a-z and digits, as Mattermost showed it when it was made.";

    /// <summary>What is still missing before anything can work; null when nothing is.</summary>
    public string? Missing => new[]
        {
            Url is null ? "Mattermost__Url" : null,
            BotToken is null ? "Mattermost__BotToken" : null,
            CommandTokens.Count == 0 ? "Mattermost__CommandTokens" : null,
        }.OfType<string>().ToList() is { Count: > 0 } names ? string.Join(", ", names) : null;

    public static MattermostSettings Read(SettingsReader settings, bool mayBeMissing) => new(
        Address(settings, mayBeMissing),
        BotTokenOf(settings, mayBeMissing),
        Tokens(settings, "Mattermost__CommandTokens", mayBeMissing),
        Tokens(settings, "Mattermost__WebhookTokens", mayBeMissing: true));

    private static Uri? Address(SettingsReader settings, bool mayBeMissing)
    {
        const string good = "https://chat.example.org, or http://127.0.0.1:8065 for one on this machine; with its sub-path, without /api.";
        if (settings.Text("Mattermost__Url") is not { } text)
        {
            if (!mayBeMissing)
                settings.Missing("Mattermost__Url", good);
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.Query.Length == 0 && address.Fragment.Length == 0)
        {
            if (address.UserInfo.Length == 0)
                return address;
            settings.WrongSecret("Mattermost__Url", "holds a name or password", good);
            return null;
        }

        settings.Wrong("Mattermost__Url", text.Contains('@', StringComparison.Ordinal) ? "..." : text, good);
        return null;
    }

    private static string? BotTokenOf(SettingsReader settings, bool mayBeMissing)
    {
        if (settings.Text("Mattermost__BotToken") is not { } token)
        {
            if (!mayBeMissing)
                settings.Missing("Mattermost__BotToken", $"the bot account's access token: {GoodToken}");
            return null;
        }

        if (MattermostId.IsValid(token))
            return token;
        settings.WrongSecret("Mattermost__BotToken", Unlike(token, ""), GoodToken);
        return null;
    }

    private static IReadOnlyList<string> Tokens(SettingsReader settings, string name, bool mayBeMissing)
    {
        var tokens = settings.List(name);
        if (tokens.Count == 0 && !mayBeMissing)
            settings.Missing(name, $"the token of the slash command, several separated by commas: each {GoodToken}");
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!MattermostId.IsValid(tokens[i]))
                settings.WrongSecret(name, Unlike(tokens[i], tokens.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (number {i + 1})") : ""), GoodToken);
        }

        return tokens;
    }

    private static string Unlike(string token, string which) =>
        string.Create(CultureInfo.InvariantCulture, $"holds a token{which} that cannot be one of Mattermost's ({token.Length} characters)");

    public override string ToString() => $"MattermostSettings {{ Url = {Url} }}";
}
