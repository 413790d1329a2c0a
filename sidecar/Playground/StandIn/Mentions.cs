using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MattermostLearning.Playground.StandIn;

/// <summary>Who a text calls (@name, @all, @channel, @here) and which channels it names (~name).</summary>
internal static partial class Mentions
{
    [GeneratedRegex(@"(?<![A-Za-z0-9_@/.-])@([a-z0-9][a-z0-9._-]*)", RegexOptions.IgnoreCase)]
    private static partial Regex At { get; }

    [GeneratedRegex(@"(?<![A-Za-z0-9_~])~([a-z0-9_-]+)")]
    private static partial Regex Tilde { get; }

    public static List<string> Of(Post post, Channel channel, World world)
    {
        var called = new SortedSet<string>(StringComparer.Ordinal);
        if (channel.Type == "D")
            called.UnionWith(channel.Members.Keys.Where(id => id != post.UserId));
        foreach (var name in Names(post.Message + "\n" + string.Join('\n', Texts(post.Props))))
        {
            if (name is "all" or "channel" or "here")
                called.UnionWith(channel.Members.Keys.Where(id => id != post.UserId));
            else if (world.UsersByName.TryGetValue(name, out var user) && channel.IsIn(user) && user.Id != post.UserId)
                called.Add(user.Id);
        }

        return [.. called];
    }

    /// <summary>Names without the @, with trailing punctuation taken off.</summary>
    public static IEnumerable<string> Names(string text) => At.Matches(text).Select(m => m.Groups[1].Value.ToLowerInvariant().TrimEnd('.', '-', '_')).Distinct();

    public static IEnumerable<string> Channels(string text) => Tilde.Matches(text).Select(m => m.Groups[1].Value).Distinct();

    public static void FillChannels(Post post, Channel channel, World world)
    {
        post.Props.Remove("channel_mentions");
        if (channel.TeamId.Length == 0)
            return;
        var named = new JsonObject();
        foreach (var name in Channels(post.Message))
        {
            if (world.ChannelsByName.TryGetValue((channel.TeamId, name), out var found) && found is { Type: "O", DeleteAt: 0 })
                named[name] = new JsonObject { ["display_name"] = found.DisplayName, ["team_name"] = world.Teams[channel.TeamId].Name };
        }

        if (named.Count > 0)
            post.Props["channel_mentions"] = named;
    }

    private static IEnumerable<string> Texts(JsonObject props) => props["attachments"] is not JsonArray attachments
        ? [] : attachments.OfType<JsonObject>().SelectMany(a => new[] { a.Text("pretext"), a.Text("text") });
}
