using MattermostLearning.Activities.Community;
using MattermostLearning.Activities.Community.Tips;
using MattermostLearning.Activities.Engine.Runtime;
using MattermostLearning.Content.Holidays;

namespace MattermostLearning.Sidecar.Options;

/// <summary>Everything that the person who runs the sidecar sets. Beyond this folder nothing knows where it came from.</summary>
internal sealed record Settings(
    MattermostSettings Mattermost,
    SidecarSettings Sidecar,
    DataSettings Data,
    ContentSettings Content,
    StorageSettings Storage,
    FacilitatorSettings Facilitators,
    AlertSettings Alerts,
    TipWords Tips,
    Retention Retention,
    HolidayCalendar Holidays,
    TelemetrySettings Telemetry)
{
    /// <summary>Name and what it is, in the order in which help shows them.</summary>
    public static IReadOnlyList<(string Name, string Summary)> Known { get; } =
    [
        ("Mattermost__Url", "where Mattermost is: https://chat.example.org"),
        ("Mattermost__BotToken", "the bot account's access token"),
        ("Mattermost__CommandTokens", "the slash command's token; several separated by commas"),
        ("Mattermost__WebhookTokens", "the token of the outgoing webhook for tips; several separated by commas"),
        ("Sidecar__CallbackUrl", "how Mattermost reaches this sidecar (default: Sidecar__Listen, where that is this machine)"),
        ("Sidecar__Listen", $"where to listen (default {SidecarSettings.DefaultListen})"),
        ("Sidecar__SealingKeys", "base64 of 32 random bytes or more, the newest first (default: a key made in the data folder)"),
        ("Sidecar__WaitForSetup", $"true: start without tokens and wait for {SetupFile.Name} in the data folder"),
        ("Sidecar__Language", "the language of channel posts whose file names none: en or de (default en)"),
        ("Sidecar__CallsPerMinute", $"how many commands and clicks of one person are taken in a minute (default {SidecarSettings.DefaultCallsPerMinute})"),
        ("Sidecar__AdminListen", $"where /metrics is served, such as {TelemetrySettings.UsualAdminListen} (default: nowhere)"),
        ("Sidecar__LogFormat", "text or json (default text)"),
        ("Data__Path", $"where everything is kept (default {DataSettings.Default})"),
        ("Content__Path", $"where the Markdown files are (default {ContentSettings.Default})"),
        (GitSettings.Url, "a git repository that the content comes from; Content__Path is then a folder for it alone"),
        (GitSettings.BranchName, "its branch (default: the one that it names as its own)"),
        (GitSettings.Often, "how often it is asked (default 5 minutes)"),
        ("Storage__Provider", $"the store (default {StorageSettings.LiteDb}, the only one)"),
        ("Facilitators__People", "usernames of those who may run activities, beside system admins"),
        ("Facilitators__Channel", "a private channel whose members may: name or team/name"),
        ("Facilitators__AlertWebhook", "an incoming webhook there, for what the bot cannot tell when its token does not work"),
        ("Facilitators__TeamAdmins", "true: team admins may, in their team"),
        ("Tips__Enabled", "true: messages that begin with a word such as #til are kept as tips"),
        ("Tips__Words", $"those words (default {TipWords.Default}), in any case; several separated by commas"),
        ("Privacy__RetentionDays", $"how long closed rounds and facts are kept (default {Retention.DefaultDays}, {Retention.FewestDays} to {Retention.MostDays})"),
        ("Calendar__Holidays", "iCalendar files (.ics) of days on which nothing opens, separated by commas"),
        (TelemetrySettings.CollectorVariable, "where an OpenTelemetry collector takes traces and metrics (default: nowhere)"),
    ];

    /// <exception cref="InvalidSettingsException">Lists everything that is wrong.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var sidecar = SidecarSettings.Read(reader);
        var settings = new Settings(
            MattermostSettings.Read(reader, sidecar.WaitForSetup),
            sidecar,
            DataSettings.Read(reader),
            ContentSettings.Read(reader),
            StorageSettings.Read(reader),
            FacilitatorsSection.Read(reader),
            new AlertSettings(FacilitatorsSection.AlertWebhook(reader)),
            TipsSection.Read(reader),
            PrivacySection.Read(reader),
            CalendarSection.Read(reader),
            TelemetrySettings.Read(reader, sidecar.Listen));
        return reader.Failures.Count == 0 ? settings : throw new InvalidSettingsException([.. reader.Failures.OrderBy(failure => Place(failure.Setting))]);
    }

    /// <summary>Names in our sections that no setting has: most likely a slip of the pen.</summary>
    public static IEnumerable<string> Unknown(IConfiguration configuration)
    {
        var sections = Known.Select(known => known.Name.Split("__")[0]).Distinct();
        return sections
            .SelectMany(section => Names(configuration.GetSection(section), section))
            .Where(name => !Known.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A section within one, as `Content__Git`, is looked into where some setting is below it.</summary>
    private static IEnumerable<string> Names(IConfigurationSection section, string path) => section.GetChildren().SelectMany(child =>
        Known.Any(known => known.Name.StartsWith($"{path}__{child.Key}__", StringComparison.OrdinalIgnoreCase)) && child.Value is null
            ? Names(child, $"{path}__{child.Key}")
            : [$"{path}__{child.Key}"]);

    private static int Place(string name) => Known.Index().First(known => known.Item.Name == name).Index;
}

/// <param name="Webhook">An incoming webhook of Mattermost; null where there is none.</param>
internal sealed record AlertSettings(Uri? Webhook)
{
    public override string ToString() => "AlertSettings";
}
