using System.Diagnostics.CodeAnalysis;
using MattermostLearning.Mattermost.Messages;

namespace MattermostLearning.Mattermost.Callbacks;

/// <summary>A slash command, as the server posts it. Everything but the text is the server's word once the token is right.</summary>
public sealed record SlashCommandRequest
{
    /// <summary>To be compared with <see cref="ConstantTime"/>.</summary>
    public required string Token { get; init; }

    public required string TeamId { get; init; }

    public string TeamDomain { get; init; } = "";

    public required string ChannelId { get; init; }

    public string ChannelName { get; init; } = "";

    public required string UserId { get; init; }

    public string UserName { get; init; } = "";

    /// <summary>With its slash: <c>/learn</c>.</summary>
    public required string Command { get; init; }

    /// <summary>What was typed behind it.</summary>
    public string Text { get; init; } = "";

    /// <summary>Opens a dialog, within seconds.</summary>
    public string TriggerId { get; init; } = "";

    /// <summary>Where later answers go, for 30 minutes and five times; null when it is no address.</summary>
    public Uri? ResponseUrl { get; init; }

    /// <summary>The thread it was typed in; empty elsewhere, and always on older servers.</summary>
    public string RootId { get; init; } = "";

    /// <summary>The people mentioned in the text: id by name, without @.</summary>
    public IReadOnlyDictionary<string, string> MentionedUsers { get; init; } = new Dictionary<string, string>();

    /// <summary>The channels mentioned in the text: id by name, without ~.</summary>
    public IReadOnlyDictionary<string, string> MentionedChannels { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the form; values that came several times stand with commas between them. False when an id is missing or not one.</summary>
    public static bool TryParse(IReadOnlyDictionary<string, string> form, [NotNullWhen(true)] out SlashCommandRequest? request)
    {
        request = null;
        var (team, channel, user) = (Hostile.Text(form, "team_id"), Hostile.Text(form, "channel_id"), Hostile.Text(form, "user_id"));
        var (command, root) = (Hostile.Text(form, "command"), Hostile.Text(form, "root_id"));
        if (!MattermostId.IsValid(team) || !MattermostId.IsValid(channel) || !MattermostId.IsValid(user)) return false;
        if (command is not ['/', _, ..] || !Hostile.IsIdOrEmpty(root)) return false;

        request = new SlashCommandRequest
        {
            Token = Hostile.Text(form, "token"),
            TeamId = team,
            TeamDomain = Hostile.Text(form, "team_domain"),
            ChannelId = channel,
            ChannelName = Hostile.Text(form, "channel_name"),
            UserId = user,
            UserName = Hostile.Text(form, "user_name"),
            Command = command,
            Text = Hostile.Text(form, "text"),
            TriggerId = Hostile.Text(form, "trigger_id"),
            ResponseUrl = MessageValidator.IsWebAddress(Hostile.Text(form, "response_url")) ? new Uri(form["response_url"]) : null,
            RootId = root,
            MentionedUsers = Mentions(form, "user_mentions"),
            MentionedChannels = Mentions(form, "channel_mentions"),
        };
        return true;
    }

    public override string ToString() => $"SlashCommandRequest {{ Command = {Command}, ChannelId = {ChannelId}, UserId = {UserId} }}";

    private static Dictionary<string, string> Mentions(IReadOnlyDictionary<string, string> form, string key)
    {
        var names = Hostile.List(Hostile.Text(form, key));
        var ids = Hostile.List(Hostile.Text(form, key + "_ids"));
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (names.Length != ids.Length) return found;
        foreach (var (name, id) in names.Zip(ids))
        {
            if (MattermostId.IsValid(id)) found[name] = id;
        }
        return found;
    }
}
