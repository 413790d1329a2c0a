using System.CommandLine;
using MattermostLearning.Sidecar.Setup;

namespace MattermostLearning.Sidecar.Verbs;

/// <summary>`setup`: connects the sidecar to Mattermost, and takes it away again.</summary>
internal sealed class SetupVerb : Verb
{
    private readonly Option<string> _url;
    private readonly Option<string> _adminToken;
    private readonly Option<string> _adminUser;
    private readonly Option<string> _callbackUrl;
    private readonly Option<string> _listen;
    private readonly Option<string[]> _teams;
    private readonly Option<string> _botName;
    private readonly Option<bool> _tips;
    private readonly Option<string> _learningChannel;
    private readonly Option<string> _facilitatorsChannel;
    private readonly Option<bool> _takeOver;
    private readonly Option<bool> _dryRun;
    private readonly Option<bool> _yes;
    private readonly Option<bool> _manual;
    private readonly Option<string> _botToken;
    private readonly Option<string[]> _commandTokens;
    private readonly Option<bool> _remove;
    private readonly Option<bool> _eraseData;

    public SetupVerb() : base("setup", "connects it to Mattermost: bot, teams, /learn, tokens; again: only what differs")
    {
        _url = Text("url", "URL", "where Mattermost is");
        _adminToken = Text("admin-token", "TOKEN", "a system admin's token, for this run only (or MATTERMOST_ADMIN_TOKEN)");
        _adminUser = Text("admin-user", "NAME", "sign in as this admin, for this run only; the password from MATTERMOST_ADMIN_PASSWORD, or asked for");
        _callbackUrl = Text("callback-url", "URL", "how Mattermost reaches the sidecar");
        _listen = Text("listen", "URL", "where the sidecar is to listen, such as http://0.0.0.0:8090 (kept as Sidecar__Listen)");
        _teams = List("team", "NAME", "a team to work in, by the name in its address; several separated by commas");
        _botName = Text("bot-name", "NAME", $"the bot's username (default: as before, or {Wishes.DefaultBotName})");
        _tips = Flag("tips", "also the outgoing webhook for tips");
        _learningChannel = Text("learning-channel", "NAME", "also this public channel, with the bot in it");
        _facilitatorsChannel = Text("facilitators-channel", "NAME", "also this private channel, with the bot in it and an incoming webhook for alerts");
        _takeOver = Flag("take-over", "also a /learn that leads to another sidecar");
        _dryRun = Flag("dry-run", "only say what would be done");
        _yes = Flag("yes", "do it without asking");
        _manual = Flag("manual", "print the steps to take by hand, and take the tokens that come of them");
        _botToken = Text("bot-token", "TOKEN", "with --manual: the bot's token (or MATTERMOST_BOT_TOKEN)");
        _commandTokens = List("command-token", "TOKEN", "with --manual: the token of /learn; several separated by commas (or MATTERMOST_COMMAND_TOKENS)");
        _remove = Flag("remove", "switch the bot off, delete /learn and the webhook; data stays");
        _eraseData = Flag("erase-data", "with --remove: also delete everything that the sidecar stored");
    }

    public override Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken) => SetupRun.RunAsync(
        new SetupOptions
        {
            Url = call.Of(_url),
            AdminToken = call.Of(_adminToken),
            AdminUser = call.Of(_adminUser),
            CallbackUrl = call.Of(_callbackUrl),
            Listen = call.Of(_listen),
            Teams = call.Of(_teams),
            BotName = call.Of(_botName),
            Tips = call.Has(_tips),
            LearningChannel = call.Of(_learningChannel),
            FacilitatorsChannel = call.Of(_facilitatorsChannel),
            TakeOver = call.Has(_takeOver),
            DryRun = call.Has(_dryRun),
            Yes = call.Has(_yes),
            Manual = call.Has(_manual),
            BotToken = call.Of(_botToken),
            CommandTokens = call.Of(_commandTokens),
            Remove = call.Has(_remove),
            EraseData = call.Has(_eraseData),
        },
        call.Settings, call.Terminal, call.Setup, cancellationToken);
}
