using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MattermostLearning.Mattermost.Callbacks;

/// <summary>
/// A click on a button or a choice in a menu. Nobody signs it: who clicked is believed only together with a seal in the context, and the
/// selected option is what anybody may have typed.
/// </summary>
public sealed record ActionRequest
{
    public required string UserId { get; init; }

    public string UserName { get; init; } = "";

    public required string ChannelId { get; init; }

    /// <summary>Empty in direct and group messages.</summary>
    public string TeamId { get; init; } = "";

    public required string PostId { get; init; }

    /// <summary>Opens a dialog, within seconds.</summary>
    public string TriggerId { get; init; } = "";

    /// <summary>button or select.</summary>
    public string Type { get; init; } = "";

    /// <summary>The strings of the context that the button was made with, without the selected option.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();

    /// <summary>What was chosen in a menu; null for a button.</summary>
    public string? SelectedOption { get; init; }

    /// <summary>Reads the body. False when it is not a JSON object, or an id is missing or not one.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out ActionRequest? request)
    {
        request = null;
        using var document = Hostile.Parse(json);
        if (document is null) return false;
        var root = document.RootElement;
        var (user, channel, post) = (Hostile.Text(root, "user_id"), Hostile.Text(root, "channel_id"), Hostile.Text(root, "post_id"));
        var team = Hostile.Text(root, "team_id");
        if (!MattermostId.IsValid(user) || !MattermostId.IsValid(channel) || !MattermostId.IsValid(post)) return false;
        if (!Hostile.IsIdOrEmpty(team)) return false;

        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty("context", out var sent) && sent.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in sent.EnumerateObject())
            {
                if (Hostile.String(entry.Value) is { } value) context[entry.Name] = value;
            }
        }
        context.Remove("selected_option", out var selected);

        request = new ActionRequest
        {
            UserId = user,
            UserName = Hostile.Text(root, "user_name"),
            ChannelId = channel,
            TeamId = team,
            PostId = post,
            TriggerId = Hostile.Text(root, "trigger_id"),
            Type = Hostile.Text(root, "type"),
            Context = context,
            SelectedOption = selected ?? (Hostile.Text(root, "selected_option") is { Length: > 0 } beside ? beside : null),
        };
        return true;
    }

    public override string ToString() => $"ActionRequest {{ PostId = {PostId}, UserId = {UserId} }}";
}
