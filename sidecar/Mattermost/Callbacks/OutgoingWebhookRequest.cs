using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace MattermostLearning.Mattermost.Callbacks;

/// <summary>A post in a public channel that began with a trigger word. It comes once and is never repeated.</summary>
public sealed record OutgoingWebhookRequest
{
    /// <summary>To be compared with <see cref="ConstantTime"/>.</summary>
    public required string Token { get; init; }

    public required string TeamId { get; init; }

    public required string ChannelId { get; init; }

    public required string UserId { get; init; }

    public string UserName { get; init; } = "";

    public required string PostId { get; init; }

    public string Text { get; init; } = "";

    public string TriggerWord { get; init; } = "";

    /// <summary>When it was posted, in milliseconds; 0 when not told.</summary>
    public long Timestamp { get; init; }

    public IReadOnlyList<string> FileIds { get; init; } = [];

    /// <summary>Reads a form. False when an id is missing or not one.</summary>
    public static bool TryParse(IReadOnlyDictionary<string, string> form, [NotNullWhen(true)] out OutgoingWebhookRequest? request) =>
        TryBuild(name => Hostile.Text(form, name), unit: 1_000, out request);

    /// <summary>Reads a JSON body. False when it is not a JSON object, or an id is missing or not one.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out OutgoingWebhookRequest? request)
    {
        request = null;
        using var document = Hostile.Parse(json);
        if (document is null) return false;
        var root = document.RootElement;
        return TryBuild(
            name => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
                ? value.GetRawText()
                : Hostile.Text(root, name),
            unit: 1,
            out request);
    }

    /// <param name="read">A field.</param>
    /// <param name="unit">Milliseconds in what the time counts: a form says seconds, JSON milliseconds.</param>
    /// <param name="request">What came.</param>
    private static bool TryBuild(Func<string, string> read, long unit, [NotNullWhen(true)] out OutgoingWebhookRequest? request)
    {
        request = null;
        var (team, channel, user, post) = (read("team_id"), read("channel_id"), read("user_id"), read("post_id"));
        if (!MattermostId.IsValid(team) || !MattermostId.IsValid(channel)) return false;
        if (!MattermostId.IsValid(user) || !MattermostId.IsValid(post)) return false;
        request = new OutgoingWebhookRequest
        {
            Token = read("token"),
            TeamId = team,
            ChannelId = channel,
            UserId = user,
            UserName = read("user_name"),
            PostId = post,
            Text = read("text"),
            TriggerWord = read("trigger_word"),
            Timestamp = long.TryParse(read("timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < long.MaxValue / 1_000 ? at * unit : 0,
            FileIds = Hostile.List(read("file_ids")).Where(MattermostId.IsValid).ToList(),
        };
        return true;
    }

    public override string ToString() => $"OutgoingWebhookRequest {{ PostId = {PostId}, UserId = {UserId} }}";
}
