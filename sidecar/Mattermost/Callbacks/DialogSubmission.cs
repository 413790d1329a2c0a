using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace MattermostLearning.Mattermost.Callbacks;

/// <summary>
/// A dialog sent or closed. Only the user id is the server's word: state, callback id and values can be forged by any signed-in person.
/// </summary>
public sealed record DialogSubmission
{
    public required string UserId { get; init; }

    /// <summary>Empty where the server does not say.</summary>
    public string ChannelId { get; init; } = "";

    /// <summary>Empty in direct and group messages.</summary>
    public string TeamId { get; init; } = "";

    public string CallbackId { get; init; } = "";

    /// <summary>The seal that the dialog was opened with.</summary>
    public string State { get; init; } = "";

    /// <summary>Closed without sending.</summary>
    public bool Cancelled { get; init; }

    private IReadOnlyDictionary<string, JsonElement> Values { get; init; } = new Dictionary<string, JsonElement>();

    public IEnumerable<string> Names => Values.Keys;

    /// <summary>What was typed or chosen in an element; null when nothing was. Numbers read as text.</summary>
    public string? Text(string element) => !Values.TryGetValue(element, out var value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => Hostile.String(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    /// <summary>Whether a checkbox is ticked.</summary>
    public bool Flag(string element) =>
        Values.TryGetValue(element, out var value)
        && (value.ValueKind == JsonValueKind.True || (Hostile.String(value) is { } text && bool.TryParse(text, out var ticked) && ticked));

    /// <summary>All that was typed or chosen, as text: a checkbox as `true` or `false`. What was left empty, and what is of no known form, is not in it.</summary>
    public IReadOnlyDictionary<string, string> Filled() => Values.Keys
        .Select(name => (name, Text: Values[name].ValueKind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => Text(name),
        }))
        .Where(one => !string.IsNullOrWhiteSpace(one.Text))
        .ToDictionary(one => one.name, one => one.Text!, StringComparer.Ordinal);

    /// <summary>A whole number; null when it is none.</summary>
    public int? Number(string element) =>
        int.TryParse(Text(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What was chosen where several values may be.</summary>
    public IReadOnlyList<string> Choices(string element)
    {
        if (!Values.TryGetValue(element, out var value)) return [];
        if (value.ValueKind == JsonValueKind.Array) return value.EnumerateArray().Select(Hostile.String).OfType<string>().ToList();
        return Text(element) is { Length: > 0 } one ? [one] : [];
    }

    /// <summary>Reads the body. False when it is not a JSON object, or an id is missing or not one.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out DialogSubmission? submission)
    {
        submission = null;
        using var document = Hostile.Parse(json);
        if (document is null) return false;
        var root = document.RootElement;
        var (user, channel, team) = (Hostile.Text(root, "user_id"), Hostile.Text(root, "channel_id"), Hostile.Text(root, "team_id"));
        if (!MattermostId.IsValid(user) || !Hostile.IsIdOrEmpty(channel) || !Hostile.IsIdOrEmpty(team)) return false;

        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (root.TryGetProperty("submission", out var sent) && sent.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in sent.EnumerateObject()) values[entry.Name] = entry.Value.Clone();
        }
        submission = new DialogSubmission
        {
            UserId = user,
            ChannelId = channel,
            TeamId = team,
            CallbackId = Hostile.Text(root, "callback_id"),
            State = Hostile.Text(root, "state"),
            Cancelled = Hostile.Flag(root, "cancelled") || Hostile.Text(root, "type") == "dialog_cancellation",
            Values = values,
        };
        return true;
    }

    public override string ToString() => $"DialogSubmission {{ UserId = {UserId}, Cancelled = {Cancelled} }}";
}
