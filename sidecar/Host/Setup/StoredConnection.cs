using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MattermostLearning.Sidecar.Options;

namespace MattermostLearning.Sidecar.Setup;

/// <summary>
/// What `mattermost.json` holds of the connection, and what setup made, so that nobody has to say it again; its other settings are left as they are.
/// </summary>
internal sealed record StoredConnection
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string? Url { get; init; }

    public string? CallbackUrl { get; init; }

    public string? Listen { get; init; }

    public string? BotToken { get; init; }

    public IReadOnlyList<string> CommandTokens { get; init; } = [];

    public IReadOnlyList<string> WebhookTokens { get; init; } = [];

    public bool TipsEnabled { get; init; }

    public string? FacilitatorsChannel { get; init; }

    /// <summary>A secret: whoever knows it can post there.</summary>
    public string? AlertWebhook { get; init; }

    /// <summary>The bot of the last setup.</summary>
    public string? BotName { get; init; }

    /// <summary>Every team that a setup worked in, in that order.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    public string? LearningChannel { get; init; }

    /// <summary>Nobody but its owner may read it.</summary>
    public bool IsPrivate { get; init; } = true;

    /// <exception cref="CannotStartException">It is there and cannot be read.</exception>
    public static StoredConnection Read(string path)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().Add(new SetupFile(path)).Build());
        return new StoredConnection
        {
            Url = reader.Text("Mattermost__Url"),
            CallbackUrl = reader.Text("Sidecar__CallbackUrl"),
            Listen = reader.Text("Sidecar__Listen"),
            BotToken = reader.Text("Mattermost__BotToken"),
            CommandTokens = reader.List("Mattermost__CommandTokens"),
            WebhookTokens = reader.List("Mattermost__WebhookTokens"),
            TipsEnabled = reader.Flag("Tips__Enabled"),
            FacilitatorsChannel = reader.Text("Facilitators__Channel"),
            AlertWebhook = reader.Text("Facilitators__AlertWebhook"),
            BotName = reader.Text("Setup__BotName"),
            Teams = reader.List("Setup__Teams"),
            LearningChannel = reader.Text("Setup__LearningChannel"),
            IsPrivate = OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0,
        };
    }

    /// <summary>As far as it is true of this Mattermost, too: tokens of one are never shown to another.</summary>
    public StoredConnection At(Uri url) => Url is null || SameAddress(Url, url)
        ? this
        : new StoredConnection { Url = Url, CallbackUrl = CallbackUrl, Listen = Listen, TipsEnabled = TipsEnabled, IsPrivate = IsPrivate };

    public static bool SameAddress(string stored, Uri wished) => stored.TrimEnd('/') == wished.ToString().TrimEnd('/');

    /// <summary>Tokens are in no message.</summary>
    public override string ToString() => SetupFile.Name;

    /// <summary>Writes it whole or not at all, for its owner's eyes only. A running sidecar takes the tokens at once.</summary>
    public void Write(string path)
    {
        var root = File.Exists(path) && new FileInfo(path).Length > 0
            ? JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!.AsObject()
            : [];
        Set(root, "Mattermost", "Url", Url);
        Set(root, "Mattermost", "BotToken", BotToken);
        Set(root, "Mattermost", "CommandTokens", Joined(CommandTokens));
        Set(root, "Mattermost", "WebhookTokens", Joined(WebhookTokens));
        Set(root, "Sidecar", "CallbackUrl", CallbackUrl);
        Set(root, "Sidecar", "Listen", Listen);
        Set(root, "Tips", "Enabled", TipsEnabled ? "true" : null);
        Set(root, "Facilitators", "Channel", FacilitatorsChannel);
        Set(root, "Facilitators", "AlertWebhook", AlertWebhook);
        Set(root, "Setup", "BotName", BotName);
        Set(root, "Setup", "Teams", Joined(Teams));
        Set(root, "Setup", "LearningChannel", LearningChannel);

        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            file.Write(Encoding.UTF8.GetBytes(root.ToJsonString(Indented) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private static string? Joined(IReadOnlyList<string> many) => many.Count > 0 ? string.Join(',', many) : null;

    /// <summary>However the file spelled the setting before, afterwards it stands there once.</summary>
    private static void Set(JsonObject root, string section, string name, string? value)
    {
        foreach (var flat in root.Select(one => one.Key).Where(key => Is(key.Replace("__", ":", StringComparison.Ordinal), $"{section}:{name}")).ToList())
            root.Remove(flat);
        var key = root.Select(one => one.Key).FirstOrDefault(one => Is(one, section)) ?? section;
        if (root[key] is not JsonObject part)
        {
            if (value is null)
                return;
            root[key] = part = [];
        }

        foreach (var same in part.Select(one => one.Key).Where(one => Is(one, name)).ToList())
            part.Remove(same);
        if (value is not null)
            part[name] = value;
        else if (part.Count == 0)
            root.Remove(key);

        static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
    }
}
