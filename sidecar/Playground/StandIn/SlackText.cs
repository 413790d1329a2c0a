using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MattermostLearning.Playground.StandIn;

/// <summary>What Mattermost does to texts that do not say <c>skip_slack_parsing</c>.</summary>
internal static partial class SlackText
{
    [GeneratedRegex(@"<([^<|>]+)\|([^|>]+)>")]
    private static partial Regex Link { get; }

    public static string Links(string text) => Link.Replace(text, m => $"[{m.Groups[2].Value}]({m.Groups[1].Value})");

    public static string All(string text) =>
        Links(text).Replace("<!channel>", "@channel", StringComparison.Ordinal).Replace("<!here>", "@here", StringComparison.Ordinal).Replace("<!all>", "@all", StringComparison.Ordinal);

    /// <summary>Links in attachments are always turned, whatever the answer says about its text.</summary>
    public static JsonArray Attachments(JsonArray attachments)
    {
        var copy = (JsonArray)attachments.DeepClone();
        foreach (var attachment in copy.OfType<JsonObject>())
        {
            foreach (var name in new[] { "text", "pretext" })
            {
                if (attachment.Text(name) is { Length: > 0 } text)
                    attachment[name] = Links(text);
            }
        }

        return copy;
    }
}
