using MattermostLearning.Mattermost.Api;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>What the admin wants there to be.</summary>
internal sealed record Wishes(Uri Url, Uri CallbackUrl, string BotName, IReadOnlyList<string> Teams)
{
    public const string DefaultBotName = "learning";
    public const string DisplayName = "Learning";
    public const string BotDescription = "Mattermost Learning: type /learn";
    /// <summary>By this setup knows the tokens that it made, whichever version of it did.</summary>
    public const string TokenDescription = "Mattermost Learning, made by setup";
    public const string Trigger = "learn";
    public const string Hint = "[help]";
    public const string CommandDescription = "Learning with the team: what is open, what comes";

    /// <summary>Where the sidecar is to listen, to be kept; null where nobody said.</summary>
    public string? Listen { get; init; }

    /// <summary>Also a command that leads to another sidecar.</summary>
    public bool TakesOver { get; init; }

    public bool Tips { get; init; }

    public IReadOnlyList<string> TipWords { get; init; } = [];

    public string? LearningChannel { get; init; }

    public string? FacilitatorsChannel { get; init; }

    public string CommandUrl => At("/mattermost/command");

    public string WebhookUrl => At("/mattermost/webhook");

    public static bool IsOurCommand(string url) => url.EndsWith("/mattermost/command", StringComparison.Ordinal);

    public static bool IsOurWebhook(string url) => url.EndsWith("/mattermost/webhook", StringComparison.Ordinal);

    /// <summary>A sidecar's command, yet neither one that leads here nor one whose token is known here.</summary>
    public bool IsOfAnother(Command command, IReadOnlySet<string> knownTokens) =>
        IsOurCommand(command.Url) && command.Url != CommandUrl && !knownTokens.Contains(command.Token);

    /// <summary>The address of an incoming webhook: whoever knows it can post.</summary>
    public string HookUrl(string id) => $"{Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/hooks/{id}";

    private string At(string path) => CallbackUrl.ToString().TrimEnd('/') + path;
}
