namespace MattermostLearning.Sidecar.Options;

/// <summary>An option that belongs to one verb and is no setting.</summary>
/// <param name="Name">Without its hyphens.</param>
/// <param name="Value">What its value is called; null when it takes none.</param>
/// <param name="Summary">For help.</param>
internal sealed record VerbOption(string Name, string? Value, string Summary)
{
    private static readonly VerbOption[] OfSetup =
    [
        new("url", "URL", "where Mattermost is"),
        new("admin-token", "TOKEN", "a system admin's token, for this run only (or MATTERMOST_ADMIN_TOKEN)"),
        new("admin-user", "NAME", "sign in as this admin, for this run only; the password from MATTERMOST_ADMIN_PASSWORD, or asked for"),
        new("callback-url", "URL", "how Mattermost reaches the sidecar"),
        new("team", "NAME", "a team to work in, by the name in its address; several separated by commas"),
        new("bot-name", "NAME", "the bot's username (default learning)"),
        new("tips", null, "also the outgoing webhook for tips"),
        new("learning-channel", "NAME", "also this public channel, with the bot in it"),
        new("facilitators-channel", "NAME", "also this private channel, with the bot in it"),
        new("dry-run", null, "only say what would be done"),
        new("yes", null, "do it without asking"),
        new("manual", null, "print the steps to take by hand, and take the tokens that come of them"),
        new("bot-token", "TOKEN", "with --manual: the bot's token (or MATTERMOST_BOT_TOKEN)"),
        new("command-token", "TOKEN", "with --manual: the token of /learn; several separated by commas (or MATTERMOST_COMMAND_TOKENS)"),
        new("remove", null, "switch the bot off, delete /learn and the webhook; data stays"),
        new("erase-data", null, "with --remove: also delete everything that the sidecar stored"),
    ];

    private static readonly VerbOption[] OfDoctor =
    [
        new("json", null, "as JSON, for programs"),
        new("admin-token", "TOKEN", "a system admin's token, for this run only (or MATTERMOST_ADMIN_TOKEN): checks commands, and whether calls arrive"),
    ];

    public static IReadOnlyList<VerbOption> Of(string? verb) => verb switch
    {
        CommandLine.Setup => OfSetup,
        CommandLine.Doctor => OfDoctor,
        _ => [],
    };
}
