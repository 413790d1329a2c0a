namespace MattermostLearning.Sidecar.Setup;

/// <summary>What `setup` was told on its line; where it was told nothing, it asks or takes what is usual.</summary>
internal sealed record SetupOptions
{
    public string? Url { get; init; }

    public string? AdminToken { get; init; }

    public string? AdminUser { get; init; }

    public string? CallbackUrl { get; init; }

    public string? Listen { get; init; }

    public IReadOnlyList<string> Teams { get; init; } = [];

    public string? BotName { get; init; }

    public bool Tips { get; init; }

    public string? LearningChannel { get; init; }

    public string? FacilitatorsChannel { get; init; }

    public bool TakeOver { get; init; }

    public bool DryRun { get; init; }

    public bool Yes { get; init; }

    public bool Manual { get; init; }

    public string? BotToken { get; init; }

    public IReadOnlyList<string> CommandTokens { get; init; } = [];

    public bool Remove { get; init; }

    public bool EraseData { get; init; }
}
